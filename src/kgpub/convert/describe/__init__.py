"""A document, an actor or a place to its triples: one module for each class of the ontology."""
