"""What takes longest at a start, begun first: the data is loaded twice, beside all that the service else has to make ready.

A process of its own loads it for the workers that run queries (zygote.py), and a thread for pages; the engine does not hold
Python's lock meanwhile.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kgpub.errors import BadInput
from kgpub.serve.forked import CAN_FORK, Forked

__all__ = ["Early"]


class Early:
    """The data of a built publication on its way into memory; `nursery` is None where the system cannot fork."""

    def __init__(self, source: Path, memory: int) -> None:
        self._source = source
        # Before there is any thread: the process ends with the thread that started it.
        self.nursery = Forked(None, source, memory) if CAN_FORK else None
        if self.nursery is not None:
            self.nursery.launch()
        self._pool = ThreadPoolExecutor(1)
        self._loading: Future[Store] = self._pool.submit(_loaded, source)

    def store(self) -> Store:
        """Wait for the store; raise BadInput where the file is no N-Quads."""
        try:
            return self._loading.result()
        except (SyntaxError, OSError) as error:
            raise BadInput(f"{self._source}: cannot be loaded: {error}", advice="Run `kgpub build` again.") from error

    def close(self) -> None:
        """End what no service has taken up."""
        self._pool.shutdown()
        if self.nursery is not None:
            self.nursery.abandon()


def _loaded(source: Path) -> Store:
    store = Store()
    # The build has read it back already: that every IRI is one need not be seen again, which saves a third of the time.
    store.load(path=source, format=RdfFormat.N_QUADS, lenient=True)
    return store
