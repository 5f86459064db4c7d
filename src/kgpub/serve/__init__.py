"""The publication over HTTP: entities at their IRIs, canned queries, downloads and a read-only SPARQL endpoint."""
