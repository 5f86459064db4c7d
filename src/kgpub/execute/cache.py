"""Results kept from build to build: one small file for each name, good as long as its key stays the same."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

__all__ = ["Cache"]


class Cache:
    """A folder of JSON files; whatever is missing, stale or broken in it is simply made again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str, key: str) -> Any:
        """Return what was kept under a name, or None where it was kept under another key."""
        try:
            kept = json.loads((self._folder / f"{name}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return kept.get("value") if isinstance(kept, dict) and kept.get("key") == key else None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keep a value that JSON can hold; it appears whole or not at all."""
        file = self._folder / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(json.dumps({"key": key, "value": value}, ensure_ascii=False), encoding="utf-8")
        beside.replace(file)
