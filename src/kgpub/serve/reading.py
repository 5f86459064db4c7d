"""What a worker sent for a page, read back as a result."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from kgpub.results import Column, Result

__all__ = ["read_back"]


def read_back(body: bytes, columns: tuple[Column, ...] = ()) -> Result:
    """Return the rows, or the yes or no, of JSON results; the columns are those of a query's header, else all there are."""
    answer = parse_query_results(body, format=QueryResultsFormat.JSON)
    if not isinstance(answer, QuerySolutions):
        return Result(boolean=bool(answer))
    names = [variable.value for variable in answer.variables]
    return Result(
        columns=columns or tuple(Column(name, name) for name in names),
        rows=tuple(tuple(row[place] for place in range(len(names))) for row in answer),
    )
