"""Every rule that reads a value has its sentence, and no sentence is about a rule that is gone."""

from __future__ import annotations

import re

from kgpub.convert.formats.bulletin.rules import RULES
from tests.tiny import PROJECT

NOT_IN_THIS_CORPUS = {"seat-of-body"}
"""Rules that the code has and this journal's records need not: a layout file that names the body's home calls for it."""

CODE = PROJECT / "src" / "kgpub" / "convert" / "formats" / "bulletin"


def named() -> set[str]:
    files = sorted(PROJECT.glob("corpus/**/records/*.yaml"))
    assert files
    return {rule for file in files for rule in re.findall(r"\brule: ([\w-]+)", file.read_text(encoding="utf-8"))}


def test_every_rule_that_the_corpus_names_has_a_sentence_and_none_is_unused() -> None:
    assert named() ^ set(RULES) == NOT_IN_THIS_CORPUS


def test_a_rule_that_this_corpus_does_not_need_is_in_the_code() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in CODE.glob("*.py") if file.name != "rules.py")
    assert {rule for rule in NOT_IN_THIS_CORPUS if f'"{rule}"' not in code} == set()


def test_a_meaning_is_one_sentence() -> None:
    assert {rule: text for rule, text in RULES.items() if not re.fullmatch(r"[A-Z][^.|]*\.", text)} == {}
