"""A title made of a document's facts."""

from __future__ import annotations

import pytest

from kgpub.convert.describe.titles import made_title
from kgpub.convert.read import read_document
from tests.convert.samples import RECORD, raw, sample_context

QUILL, SAND, VANE = ("{actor: ada-quill}", "{actor: bruno-sand}", "{actor: clara-vane}")
TITLES = [
    ("", "Letter, undated"),
    ("date: 1893-02-03\n", "Letter, 3 February 1893"),
    ("date: 1893-02-03?\n", "Letter, 3 February 1893"),
    ("date: 1893-02\n", "Letter, 1893-02"),
    (f"senders: [{QUILL}]\nrecipients: [{SAND}]\ndate: 1893-12-31\n", "Letter, Ada Quill to Bruno Sand, 31 December 1893"),
    (f"senders: [{QUILL}]\n", "Letter, Ada Quill, undated"),
    (f"senders: [{QUILL}, {VANE}]\nrecipients: [{SAND}]\nrelays: [{VANE}]\n",
     "Letter, Ada Quill and Clara Vane to Bruno Sand, via Clara Vane, undated"),
    (f"senders: [{QUILL}, {QUILL}]\n", "Letter, Ada Quill, undated"),
    ("senders: [{unidentified: true, printed: J.}]\n", "Letter, J., undated"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "title"), TITLES)
def test_a_title_names_form_parties_and_day(added: str, title: str) -> None:
    document, problems = read_document(raw(RECORD + added), sample_context())
    assert problems == []
    assert made_title(document, sample_context()) == title
