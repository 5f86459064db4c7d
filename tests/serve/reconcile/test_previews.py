"""Previews: names in context, and text that stays text."""

from __future__ import annotations

from typing import Any


def page(client: Any, one: str) -> str:
    answer = client.get("/reconcile/preview", params={"id": one})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    return str(answer.text)


def test_a_person_is_shown_among_names_letters_partners_and_places(client):
    text = page(client, "person/ben-inkwell")
    for words in (
        "<title>Ben Inkwell</title>",
        'href="/person/ben-inkwell"',
        "<dd>2 written · 2 received</dd>",
        "1950-01-10: Telegram, Inkwell to Seal: rope",
        "1950-03-01: Telegram, Inkwell to Quill: thanks",
        'href="/document/L4"',
        ">Ada Quill</a> <small>2</small>",
        ">Northport</a> <small>2</small>",
        ">Envoy in Northport</a>",
    ):
        assert words in text


def test_names_bear_their_language_and_cover_names_a_line_of_their_own(client):
    text = page(client, "person/ada-quill")
    assert '<span lang="ru">Ада Перо</span>' in text
    assert "<dt>Cover names</dt>\n<dd>" in text
    assert "head of the harbour board; 1890-02-03 to ?" in text


def test_a_place_is_shown_with_the_letters_from_and_to_it(client):
    text = page(client, "place/northport")
    assert "<dd>2 sent from here · 0 sent here</dd>" in text
    assert "1950-01-10: Telegram, Inkwell to Seal: rope" in text
    assert "41.5, 12.25" in text


def test_an_archive_and_a_letter_have_theirs(client):
    assert "2 kept here" in page(client, "archive/TA")
    letter = page(client, "document/L1")
    assert ">Ben Inkwell</a>" in letter
    assert "<dd>1950-01-10</dd>" in letter


def test_a_name_with_markup_stays_text(client):
    text = page(client, "person/marked")
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Keel &amp; Co" in text
    assert "style=" not in text


def test_the_style_is_served_and_knows_light_and_dark(client):
    answer = client.get("/reconcile/preview.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in answer.text
