"""Pages in a real Chromium, and programs of others against the running service."""
