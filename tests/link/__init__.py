"""Tests of the linking stage, on invented items and on a real SPARQL server."""
