"""One root error: every child says what to do next, and has the exit code that the command line gives it."""

from __future__ import annotations

import pytest

from kgpub import errors
from kgpub.errors import BadInput, CorpusErrors, KgpubError
from kgpub.model import Problem


def test_every_error_is_one_of_ours_with_the_exit_code_of_the_manual() -> None:
    codes = {name: getattr(errors, name).exit_code for name in errors.__all__}
    assert codes == {
        "BadInput": 2,
        "BadParameter": 3,
        "BadProject": 2,
        "BadQuery": 3,
        "BadService": 2,
        "CorpusErrors": 1,
        "KgpubError": 1,
    }
    assert all(issubclass(getattr(errors, name), KgpubError) for name in errors.__all__)


def test_the_text_of_an_error_ends_in_what_to_do() -> None:
    assert str(BadInput("a.txt: is empty", advice="Name a text.")) == "a.txt: is empty\n  Name a text."
    assert str(BadInput("a.txt: is empty")) == "a.txt: is empty"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 problem in the corpus"), (2, "2 problems in the corpus"), (0, "0 problems in the corpus")],
)
def test_corpus_errors_carry_all_problems_and_count_them(count: int, text: str) -> None:
    problems = [Problem("a.yaml", line, "", "", "is odd") for line in range(count)]
    error = CorpusErrors(problems, advice="Mend them.")
    assert error.problems == tuple(problems)
    assert str(error) == f"{text}\n  Mend them."
