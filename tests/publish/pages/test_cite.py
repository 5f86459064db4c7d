"""Citations in three forms."""

from __future__ import annotations

import json

from kgpub.publish.catalogue import Publication
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import cited, tex
from kgpub.publish.pages.facts import Facts

BASE = "https://example.org/letters/"
PUBLICATION = Publication(
    BASE, "Letters & more", "", "The editors", "https://example.org/free", "en", "1.2", "2026-11-24"
)
BOOK = Book(Facts([]), PUBLICATION, frozenset({"document/W1"}))


def test_a_page_is_cited_in_words_with_release_and_address() -> None:
    said = cited(BOOK, f"{BASE}document/W1", "A telegram")
    assert said.plain == (
        "A telegram. In: Letters & more. The editors, release 1.2, 2026-11-24. https://example.org/letters/document/W1"
    )


def test_bibtex_escapes_what_tex_would_read_as_a_command() -> None:
    said = cited(BOOK, f"{BASE}document/W1", "100 % {sure}").bibtex
    assert said.startswith("@misc{document-W1,\n")
    assert r"title = {100 \% \{sure\}}" in said
    assert r"booktitle = {Letters \& more}" in said
    assert "url = {https://example.org/letters/document/W1}" in said
    assert tex("a_b") == r"a\_b"


def test_csl_json_is_json_with_the_fields_of_its_schema() -> None:
    (entry,) = json.loads(cited(BOOK, f"{BASE}document/W1", "A telegram", csl={"archive": "APRF"}).csl)
    assert entry["id"] == "document-W1"
    assert entry["archive"] == "APRF"
    assert entry["issued"] == {"date-parts": [[2026, 11, 24]]}
