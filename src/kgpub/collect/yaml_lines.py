"""YAML to plain values with the line of every field (YAML 1.2 core schema: no dates, no octal or base-60 numbers, no yes/no)."""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["BrokenYaml", "load_with_lines"]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+$")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

# libyaml is about eight times the pure loader; some builds of PyYAML lack it.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenYaml(ValueError):
    """The text is not YAML that a record can be written in; `line` is 1-based."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def load_with_lines(text: str) -> tuple[Any, dict[str, int]]:
    """Return the document's value and, for each field path (`senders[0].actor`, "" for the whole), its 1-based line.

    Raises BrokenYaml for text that is not YAML, a key that stands twice, an anchor that is used, or more than one document.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenYaml(mark.line + 1 if mark else 0, error.problem or str(error)) from error
    except yaml.YAMLError as error:
        raise BrokenYaml(0, str(error)) from error
    if node is None:
        return None, {"": 1}
    reading = _Reading()
    return reading.value(node, ""), reading.lines


class _Reading:
    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: str) -> Any:
        line = self.lines[path] = node.start_mark.line + 1
        # A node that is met again was named by an alias; one may even stand inside itself.
        if id(node) in self._seen:
            raise BrokenYaml(line, "the value with this anchor (&) is repeated further down (*); write it out there")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, f"{path}[{i}]") for i, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise BrokenYaml(line, "a key must be a plain word")
            key = str(key_node.value)
            if key in result:
                raise BrokenYaml(line, f"the key {key!r} stands twice")
            below = f"{path}.{key}" if path else key
            result[key] = self.value(value_node, below)
            self.lines[below] = line
        return result


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if getattr(node, "style", None) not in (None, ""):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text
