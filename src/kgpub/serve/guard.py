"""What a query must pass before the engine sees it: nothing that reaches out, nothing that crashes the parser.

The engine executes SERVICE and offers no switch for it, and some thousand nested brackets end the process. Its grammar has
no word boundaries (`1SERVICE<…>` and `true}SERVICE` are read), and `<` opens either an IRI or a comparison, so a lexer of ours
could be led astray. The checks therefore look at the raw text and err on the safe side: each refusal says how to write the
same thing acceptably.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from kgpub.serve.limits import Limits

__all__ = ["Limits", "Refusal", "check", "graph_iri", "names_graphs", "without_texts"]

_SERVICE: Final = re.compile(
    # A variable (?service) or a local name (ex:service) that ends in the word is no keyword …
    r"(?P<harmless>[?$:][A-Za-z0-9_]*)?service"
    # … nor is the word where no endpoint follows it: in a text, a comment or an IRI.
    r"(?=(?:\s|\#[^\r\n]*[\r\n])*+(?:silent|[<?$]|[\w.\-%\\]*+:))",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?(?:<(?P<iri>[^<>\s]*)>|[\w.-]*:)", re.IGNORECASE)
_NOISE: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"""'
    r"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*+'''"
    r'|"(?:[^"\\\r\n]|\\.)*+"'
    r"|'(?:[^'\\\r\n]|\\.)*+'"
    r"|(?P<iri><[^<>\"{}|^`\\\s]*+>)"
    r"|\#[^\r\n]*+",
    re.DOTALL,
)
_UPDATE: Final = re.compile(
    r"\s*+(?:(?:PREFIX\s+[\w.-]*:\s*<[^<>\s]*>|BASE\s*<[^<>\s]*>)\s*+)*+"
    r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)


class Refusal(Exception):
    """A query that is not run; `status` is 400 (mend it), 403 (not allowed here), 413 (too long), 503 (takes too long) ….

    `reason` is a word for logs and metrics, `headers` go with the answer.
    """

    def __init__(
        self, status: int, message: str, *, reason: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.reason = reason
        self.headers = dict(headers or {})


def check(query: str, limits: Limits) -> None:
    """Raise Refusal where a query is too long or too deep, would change the data, or would fetch anything from elsewhere."""
    if len(query) > limits.characters:
        raise Refusal(
            413,
            f"The query has {len(query):,} characters; at most {limits.characters:,} are taken. Download the data instead.",
        )
    brackets = sum(map(query.count, "([{"))
    if brackets > limits.brackets:
        raise Refusal(
            400, f"The query opens {brackets} brackets; at most {limits.brackets} are taken. Ask in several queries."
        )
    operators = sum(map(query.count, "!&|^+-*/"))
    if operators > limits.operators:
        raise Refusal(
            400, f"The query has {operators} operators; at most {limits.operators} are taken. Use IN or VALUES."
        )
    if any(found["harmless"] is None for found in _SERVICE.finditer(query)):
        raise Refusal(
            403,
            "SERVICE is refused: this endpoint asks no other. Ask it yourself, or where the word stands in a text or a comment, "
            "write it so that neither a bracket, a question mark nor a name with a colon follows.",
        )
    plain = without_texts(query)
    if found := _UPDATE.match(plain):
        raise Refusal(
            403,
            f"{found[1].upper()} is refused: this endpoint is read-only. Queries are SELECT, ASK, CONSTRUCT, DESCRIBE.",
        )


def names_graphs(query: str) -> bool:
    """Return whether a query has a FROM or FROM NAMED of its own; without one it is asked of the union of all graphs."""
    return _FROM.search(without_texts(query)) is not None


def graph_iri(iri: str) -> str:
    """Return the IRI of a graph as the protocol takes it; raise Refusal where it is not absolute.

    A graph that is not here is an empty one: nothing is fetched from elsewhere.
    """
    try:
        NamedNode(iri)
    except ValueError:
        raise Refusal(400, f"<{iri[:200]}> is not an absolute IRI, so it names no graph. Write it whole.") from None
    return iri


def without_texts(query: str) -> str:
    """Return a query with its texts and comments taken out, and its IRIs left in."""
    return _NOISE.sub(lambda found: found["iri"] or " ", query)
