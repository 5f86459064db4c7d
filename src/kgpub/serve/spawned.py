"""A worker that loads the store for itself and talks by standard input and output: for systems that cannot fork."""

from __future__ import annotations

import os
import sys

from pyoxigraph import RdfFormat, Store

from kgpub.serve import worker

__all__ = ["main"]


def main(file: str, memory: int) -> None:
    """Load N-Quads from a file, give up every other file and connection, and answer until there are no more jobs."""
    store = Store()
    store.load(path=file, format=RdfFormat.N_QUADS)
    worker.warm(store)
    channel, out = os.dup(0), os.dup(1)
    worker.confine(memory)
    worker.work(channel, out, store)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
