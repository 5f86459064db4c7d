"""A journal's text in columns with numbered documents, each with a heading and a source note."""

from kgpub.convert.formats.bulletin.reader import read_bulletin

__all__ = ["read_bulletin"]
