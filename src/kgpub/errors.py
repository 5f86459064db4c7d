"""What can go wrong that a user can mend: one root error, each child carrying where, what and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgpub.model import Problem

__all__ = ["BadInput", "BadParameter", "BadProject", "BadQuery", "BadService", "CorpusErrors", "KgpubError"]


class KgpubError(Exception):
    """The root of every error that kgpub raises on purpose; its text is shown to the user as it is."""

    exit_code = 1

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n  {self.advice}" if self.advice else self.message


class BadProject(KgpubError):
    """The publication itself cannot be read: no `kgpub.toml`, or a setting in it is wrong."""

    exit_code = 2


class BadInput(KgpubError):
    """A source file given to a command cannot be read as what the command expects."""

    exit_code = 2


class BadService(KgpubError):
    """A service elsewhere does not answer, or not as its protocol says."""

    exit_code = 2


class CorpusErrors(KgpubError):
    """The corpus has problems; all of them are carried, in the order of file and line."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem], *, advice: str = "") -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the corpus", advice=advice)


class BadQuery(KgpubError):
    """A query (canned or asked) cannot be read or run."""

    exit_code = 3


class BadParameter(KgpubError):
    """A parameter of a canned query is missing, unknown or of the wrong type.

    `parameter` is its name; `allowed` is what it may be and `near` what was likely meant, where these are known.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        advice: str = "",
        parameter: str = "",
        allowed: Sequence[str] = (),
        near: Sequence[str] = (),
    ) -> None:
        super().__init__(message, advice=advice)
        self.parameter = parameter
        self.allowed = tuple(allowed)
        self.near = tuple(near)
