"""kgpub publishes archival correspondence as linked data."""

__all__ = ["__version__"]

__version__ = "0.1.0"
