"""A triple store behind the service: what is asked of it over HTTP."""
