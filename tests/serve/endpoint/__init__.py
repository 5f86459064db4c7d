"""A triple store behind the service."""
