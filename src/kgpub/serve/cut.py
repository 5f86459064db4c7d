"""Cutting an answer after so many rows while the engine writes it, so that what is given is whole in its format.

The engine writes a table faster than rows could be written one by one in Python, but it writes all of it. So its bytes pass
through `Cut`, which finds the end of the last row that is allowed and stops the engine there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryResultsFormat

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["MARK", "Cut", "Enough"]

MARK: Final = "#truncated-after-{rows}-rows"
_TOKENS: Final = {
    QueryResultsFormat.JSON: re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}"]', re.DOTALL),
    QueryResultsFormat.XML: re.compile(rb"</result>"),
    QueryResultsFormat.CSV: re.compile(rb'"[^"]*+"|\r\n|"'),
    QueryResultsFormat.TSV: re.compile(rb"\n"),
}
_HINTS: Final = {
    QueryResultsFormat.JSON: b"}",
    QueryResultsFormat.XML: b"<",
    QueryResultsFormat.CSV: b"\n",
    QueryResultsFormat.TSV: b"\n",
}
_HEAD: Final = {QueryResultsFormat.CSV: 1, QueryResultsFormat.TSV: 1}
"""Lines above the first row."""
_COUNTED: Final = 256_000
"""Bytes up to which the rows of a whole answer are counted: beyond, counting would take longer than writing."""
_ROOM: Final = 1_000_000
"""Bytes over the limit that one unfinished row may take."""


class Enough(Exception):
    """The engine need write no more: the answer has more rows, or more bytes, than are given."""


class Cut:
    """A sink for the engine that keeps at most `rows` rows and `size` bytes; `value` is the answer, marked where it was cut."""

    def __init__(self, form: QueryResultsFormat, rows: int, size: int) -> None:
        self._form = form
        self._limit = rows
        self._size = size
        self._data = bytearray()
        self._hints = 0
        self._seen = 0  # bytes searched
        self._depth = 0
        self._lines = -_HEAD.get(form, 0)  # whole rows found
        self._end = -1  # end of the last row to be given
        self.truncated = False

    @property
    def rows(self) -> int | None:
        """How many rows the answer has; None where it is long, whole and not counted."""
        if not self.truncated:
            if len(self._data) > _COUNTED:
                return None
            self._search()
        return max(0, min(self._lines, self._limit))

    def write(self, data: Buffer, /) -> int:
        """Take what the engine wrote; raise Enough once there are more rows or bytes than are given."""
        written = bytes(data)
        self._data += written
        # Every row has its hint, one byte that no two pieces share: before there are enough of these, the exact
        # search, which is slow, is not needed.
        self._hints += written.count(_HINTS[self._form])
        if self._hints > self._limit or len(self._data) > self._size:
            self._search()
            self._hints = max(0, self._lines)
        return len(written)

    def flush(self) -> None:
        """Do nothing: the engine asks for it."""

    def value(self) -> bytes:
        """Return the answer."""
        return self._marked() if self.truncated else bytes(self._data)

    def _search(self) -> None:
        """Find the rows that have come since the last search; raise Enough at the first that is too many."""
        for found in _TOKENS[self._form].finditer(self._data, self._seen):
            if found[0] == b'"':
                break  # a text that is not written to its end yet
            self._seen = found.end()
            if not self._ends_row(found[0]):
                continue
            if self._lines >= self._limit or self._seen > self._size:
                self._cut()
            self._lines += 1
            self._end = self._seen
        if len(self._data) > self._size + _ROOM:
            self._cut()

    def _cut(self) -> None:
        self.truncated = True
        raise Enough

    def _ends_row(self, token: bytes) -> bool:
        if self._form != QueryResultsFormat.JSON:
            return not token.startswith(b'"')
        self._depth += {b"{": 1, b"}": -1}.get(token, 0)
        # The answer is one bracket, its results a second, a row the third.
        return token == b"}" and self._depth == 2

    def _marked(self) -> bytes:
        mark = MARK.format(rows=self.rows).encode()
        head = {QueryResultsFormat.JSON: b'"bindings":[', QueryResultsFormat.XML: b"<results>"}.get(self._form, b"\n")
        data = bytes(self._data[: self._end if self._end > 0 else self._data.find(head) + len(head)])
        if self._form == QueryResultsFormat.JSON:
            return data.replace(b'},"results":', b',"link":["' + mark + b'"]},"results":', 1) + b"]}}"
        if self._form == QueryResultsFormat.XML:
            link = b'<link href="' + mark + b'"/></head>'
            comment = f"<!-- truncated after {self.rows} rows -->".encode()
            return data.replace(b"</head>", link, 1) + b"</results>" + comment + b"</sparql>"
        # CSV and TSV have no place for a remark: the header says it.
        return data
