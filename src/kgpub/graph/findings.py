"""What validation finds: one result of a shape or of a check, before it is traced back to the corpus."""

from __future__ import annotations

from dataclasses import dataclass

from kgpub.model import Severity

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A validation result (SHACL, section 3.6.2); nodes and values are N-Triples terms, empty where there is none."""

    severity: Severity
    focus: str
    path: str
    value: str
    message: str
    source: str
    """The shape or the check that found it."""
