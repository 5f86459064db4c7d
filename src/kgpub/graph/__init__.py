"""The graph stage: N-Quads into a store, what follows from two records, and what is wrong with either."""
