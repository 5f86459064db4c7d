"""Record files: a record to YAML that is the same byte for byte each time, and a folder of them replaced whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

__all__ = ["SCHEMA_LINE", "record_text", "replace_records"]

SCHEMA_LINE = "# yaml-language-server: $schema=../../schema/record.schema.json\n"
_WIDTH = 160
_STR = "tag:yaml.org,2002:str"
# The C emitter is about six times the pure one; some builds of PyYAML lack it.
_Base: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]  # which of the two it is, is known only at run time
    """Dates stay plain: the corpus is read by the YAML 1.2 core schema, which has none."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


def record_text(record: Mapping[str, Any]) -> str:
    """Return the YAML text of a record: short values in flow style, keys in the order given, strings like numbers quoted."""
    node = _node(record, top=True)
    body: str = yaml.serialize(node, Dumper=_Dumper, width=_WIDTH, allow_unicode=True)
    return SCHEMA_LINE + body


def replace_records(records: Mapping[str, str], folder: Path) -> tuple[list[str], list[str]]:
    """Replace a folder of record files by new ones, whole or not at all; return the names that changed and that went."""
    before = {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))} if folder.is_dir() else {}
    beside = folder.with_name(folder.name + ".new")
    old = folder.with_name(folder.name + ".old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, text in records.items():
        (beside / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    after = {f"{name}.yaml": text.encode() for name, text in records.items()}
    changed = [name for name, content in after.items() if before.get(name) != content]
    return changed, [name for name in before if name not in after]


def _node(data: Any, *, top: bool = False) -> yaml.Node:
    if isinstance(data, Mapping):
        pairs = [(_node(key), _node(item)) for key, item in data.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=not top and _is_short(data))
    if isinstance(data, Sequence) and not isinstance(data, str):
        flow = all(not isinstance(item, Mapping) for item in data) or (len(data) == 1 and _is_short(data[0]))
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item) for item in data], flow_style=flow)
    if isinstance(data, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", "true" if data else "false")
    if isinstance(data, int):
        return yaml.ScalarNode("tag:yaml.org,2002:int", str(data))
    text = str(data)
    quoted = text.replace(",", "").replace("_", "").replace(".", "").isdigit() or ":" in text
    return yaml.ScalarNode(_STR, text, style='"' if quoted else None)


def _is_short(data: Any) -> bool:
    """Whether a mapping is a value: nothing inside it but scalars and lists of scalars."""
    return isinstance(data, Mapping) and all(
        not isinstance(item, Mapping)
        and not (isinstance(item, Sequence) and not isinstance(item, str) and any(isinstance(i, Mapping) for i in item))
        for item in data.values()
    )
