"""The converting stage is pure: plain values in, N-Quads text and problems out; no disk, clock, network or environment."""
