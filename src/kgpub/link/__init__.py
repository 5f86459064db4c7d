"""Proposes links to items elsewhere, and keeps what an editor decides on them: pure of every other stage."""
