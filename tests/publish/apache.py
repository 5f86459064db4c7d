"""As much of Apache's mod_rewrite as our rules use, to hold them to what they promise: in one folder, for one request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["Answer", "ask"]


_OTHERS = (
    "Options -MultiViews",
    "RewriteEngine on",
    "<IfModule mod_headers.c>",
    "  Header always set Access-Control-Allow-Origin *",
    "  Header always merge Vary Accept",
    "</IfModule>",
)


@dataclass
class Answer:
    """A status, and where a redirection leads."""

    status: int
    location: str = ""


@dataclass
class _Rule:
    pattern: str
    target: str
    flags: dict[str, str]
    conditions: list[str] = field(default_factory=list)


def ask(rules: str, path: str, accept: str = "") -> Answer:
    """Return what the first rule that fits a path (as in a folder's `.htaccess`, without the leading slash) answers."""
    for rule in _read(rules):
        found = re.search(rule.pattern, path)
        if found is None or not all(_holds(condition, accept) for condition in rule.conditions):
            continue
        if "G" in rule.flags:
            assert rule.target == "-"
            return Answer(410)
        assert "L" in rule.flags
        return Answer(int(rule.flags["R"]), _filled(rule.target, found))
    return Answer(404)


def _read(rules: str) -> list[_Rule]:
    found: list[_Rule] = []
    conditions: list[str] = []
    for line in rules.splitlines():
        directive, _, rest = line.partition(" ")
        if directive == "RewriteCond":
            variable, _, pattern = rest.partition(" ")
            assert variable == "%{HTTP_ACCEPT}"
            # Apache splits arguments at white space.
            assert len(pattern.split()) == 1
            conditions.append(pattern)
        elif directive == "RewriteRule":
            pattern, target, flags = rest.split()
            named = dict(one.partition("=")[::2] for one in flags.strip("[]").split(","))
            found.append(_Rule(pattern, target, named, conditions))
            conditions = []
        else:
            assert not line or line.startswith("#") or line in _OTHERS, line
    return found


def _holds(condition: str, accept: str) -> bool:
    negated = condition.startswith("!")
    return (re.search(condition.removeprefix("!"), accept) is None) == negated


def _filled(target: str, found: re.Match[str]) -> str:
    def part(match: re.Match[str]) -> str:
        return match[2] if match[1] else found[int(match[3])] or ""

    return re.sub(r"(\\)(.)|\$(\d)", part, target)
