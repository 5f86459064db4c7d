"""Small pure parsers, one per kind of value: text in, value or None out."""
