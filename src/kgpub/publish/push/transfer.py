"""A release laid into a store: new graphs beside the old ones, compared, exchanged at once, compared again, the old ones removed.

What is to be done is found out from the store each time, not from a record of what was done: a graph is right when what the
store gives back is what the dump says. So a push that was broken off is resumed by the next one, wherever it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kgpub.errors import BadInput
from kgpub.publish.push.client import StoreClient, StoreError
from kgpub.publish.push.dump import Dump
from kgpub.publish.push.manifest import beside, manifest_lines, manifest_name, read_manifest
from kgpub.publish.push.same import difference, fingerprint, written

__all__ = ["Push", "Pushed", "Tell"]

Tell = Callable[[str, int, int], None]
_OTHER = "The store changes more than spellings (docs/push.md has those allowed for): correct the value, or take another store."
_BROKEN = "Is what stands between, a proxy, cutting answers off? Run the same command again; the old release stands."
_STILL = (
    "Did somebody write there meanwhile? Run the same command again; the graphs of the old release are not removed yet."
)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push came to: the graphs that stood already, those loaded, those removed, and the statements of all."""

    standing: int
    loaded: int
    removed: int
    statements: int
    digest: str


class _Exchange(NamedTuple):
    waiting: str
    name: str
    statements: int


@dataclass(frozen=True, slots=True)
class Push:
    """One release on its way into one store."""

    dump: Dump
    client: StoreClient
    base: str
    version: str
    tell: Tell = lambda what, done, total: None

    def run(self) -> Pushed:
        """Load the release; when this returns, the store holds it and nothing of an earlier one."""
        digests = self._digests()
        manifest = manifest_name(self.base)
        earlier = read_manifest(self.base, self.client.get(manifest))
        self._try_endpoints(manifest)
        waiting = earlier.beside
        if self.client.target.update:
            waiting |= {beside(self.base, digest) for digest in digests.values()}
        # Only added to until the end: broken off at any point, every graph of either release is still known by it.
        self.client.add(manifest, manifest_lines(self.base, self.version, digests, waiting, standing=False))
        loaded, exchanges, found = self._load(digests)
        self._exchange(exchanges)
        self._compare(exchanges)
        statements = self._count(digests, found)
        gone = sorted(earlier.graphs - digests.keys())
        self._remove([*gone, *sorted(earlier.beside | {one.waiting for one in exchanges})])
        self.client.put(manifest, manifest_lines(self.base, self.version, digests, standing=True))
        return Pushed(len(digests) - loaded, loaded, len(gone), statements, _total(digests))

    def _digests(self) -> dict[str, str]:
        ours = f"{self.base}push/"
        names = self.dump.names()
        if taken := [name for name in names if name.startswith(ours)]:
            raise BadInput(
                f"<{taken[0]}>: graphs below {ours} are for `kgpub push`", advice="Name the graph otherwise."
            )
        return {name: self.dump.digest(name) for name in names}

    def _try_endpoints(self, manifest: str) -> None:
        # A wrong address is found before anything is loaded, not after.
        self.client.counts([manifest])
        if self.client.target.update:
            self.client.update(f"DROP SILENT GRAPH <{beside(self.base, 'none')}>")

    def _load(self, digests: dict[str, str]) -> tuple[int, list[_Exchange], dict[str, tuple[int, int]]]:
        """Return how many graphs were not there, what is to be exchanged, and the bounds of each graph's count."""
        loaded, exchanges, found = 0, [], {}
        for number, (name, digest) in enumerate(digests.items(), 1):
            given = self._given(name)
            found[name] = (len(given), len(self.dump.starts[name]))
            if given != self._held(name):
                loaded += 1
                if self.client.target.update:
                    waiting = beside(self.base, digest)
                    if given != self._held(waiting):
                        self._put(waiting, name, given)
                    exchanges.append(_Exchange(waiting, name, len(given)))
                else:
                    self._put(name, name, given)
            self.tell("push", number, len(digests))
        return loaded, exchanges, found

    def _given(self, name: str) -> set[str]:
        return written(b"".join(self.dump.lines(name)))

    def _held(self, name: str) -> set[str]:
        data = self.client.get(name)
        try:
            return written(data)
        except SyntaxError as error:
            raise StoreError(f"graph <{name}> comes back as no N-Triples: {error}", advice=_BROKEN) from error

    def _put(self, where: str, name: str, given: set[str]) -> None:
        self.client.put(where, self.dump.lines(name), whole=where == name)
        held = self._held(where)
        if given != held:
            raise StoreError(
                f"graph <{name}> does not come back as it was sent: {difference(given, held)}", advice=_OTHER
            )

    def _exchange(self, exchanges: Sequence[_Exchange]) -> None:
        done = 0
        for batch in _batches(exchanges, self.client.target.kind.switch):
            # COPY and not MOVE: sent twice, a MOVE fails, and in Virtuoso empties the graph it should have filled.
            self.client.update(" ;\n".join(f"COPY <{one.waiting}> TO <{one.name}>" for one in batch))
            done += len(batch)
            self.tell("exchange", done, len(exchanges))

    def _compare(self, exchanges: Sequence[_Exchange]) -> None:
        for number, one in enumerate(exchanges, 1):
            given, held = self._given(one.name), self._held(one.name)
            if given != held:
                raise StoreError(
                    f"graph <{one.name}> is not what was exchanged: {difference(given, held)}", advice=_STILL
                )
            self.tell("compare", number, len(exchanges))

    def _count(self, digests: dict[str, str], found: dict[str, tuple[int, int]]) -> int:
        """Return how many statements the store's query engine counts; integer 1 and decimal 1.0 may be one to it or two."""
        counts = self.client.counts(list(digests))
        for name, (least, most) in found.items():
            if not least <= counts[name] <= most:
                raise StoreError(
                    f"graph <{name}>: a query counts {counts[name]} statements, the release has {most}", advice=_STILL
                )
        return sum(counts.values())

    def _remove(self, names: Sequence[str]) -> None:
        for number, name in enumerate(names, 1):
            self.client.delete(name)
            self.tell("remove", number, len(names))


def _batches(exchanges: Sequence[_Exchange], most: int) -> Iterator[list[_Exchange]]:
    batch: list[_Exchange] = []
    for one in exchanges:
        if batch and most and sum(other.statements for other in batch) + one.statements > most:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _total(digests: dict[str, str]) -> str:
    return fingerprint(f"{name} {digest}" for name, digest in digests.items()).digest
