"""Requests to other people's servers: seldom, signed, repeated with patience, and never twice for the same answer.

What is sent is the caller's affair; this module says when, and keeps what came back.
"""

from __future__ import annotations

import email.utils
import hashlib
import http.client
import os
import time
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kgpub.errors import BadService

__all__ = ["Manners", "Polite", "user_agent"]

_LATER = {429, 500, 502, 503, 504}
"""Answers after which the same request may do better; 500 is how query services say that time was up."""


def user_agent(version: str, contact: str) -> str:
    """Return what we call ourselves, with somebody to write to, as Wikimedia's User-Agent policy asks."""
    return f"kgpub/{version} ({contact or 'no contact given'}) kgpub-link"


@dataclass(frozen=True, slots=True)
class Manners:
    """How often, how long and how patiently to ask; the clock can be replaced."""

    agent: str = "kgpub"
    rate: float = 1.0
    """Requests a second, at most."""
    timeout: float = 60.0
    tries: int = 5
    longest_wait: float = 300.0
    """Seconds that we wait when told to; where a server asks for more, the work is left for later."""
    keep: float = 7 * 86400.0
    """Seconds that an answer is good for."""
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Polite:
    """Asks one server, in the manners given; `cache` is a folder for answers, or None."""

    manners: Manners
    cache: Path | None = None
    sent: int = 0
    _last: float = field(default=float("-inf"))

    def get(self, address: str, question: str, send: Callable[[], bytes]) -> bytes:
        """Return the kept answer to a question, or what `send` brings; raise BadService where nothing comes."""
        file = self._file(address, question)
        if file and file.is_file() and self.manners.now() - file.stat().st_mtime < self.manners.keep:
            return file.read_bytes()
        answer = self._patiently(address, send)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_name(f"{file.name}.{os.getpid()}.new")
            beside.write_bytes(answer)
            os.utime(beside, (self.manners.now(), self.manners.now()))
            beside.replace(file)
        return answer

    def _file(self, address: str, question: str) -> Path | None:
        name = hashlib.sha256(f"{address}\n{question}".encode()).hexdigest()
        return self.cache / name[:2] / name if self.cache else None

    def _patiently(self, address: str, send: Callable[[], bytes]) -> bytes:
        said = ""
        for number in range(self.manners.tries):
            self._wait_turn()
            try:
                return send()
            except urllib.error.HTTPError as error:
                said = f"answered {error.code} {error.reason}"
                wait = self._asked_to_wait(address, error.headers.get("Retry-After", ""))
                if error.code not in _LATER:
                    raise BadService(f"{address}: {said}", advice=_advice(error.code)) from error
            except (OSError, http.client.HTTPException) as error:
                said, wait = f"cannot be reached: {getattr(error, 'reason', None) or error}", None
            if number + 1 < self.manners.tries:
                self.manners.sleep(2.0**number if wait is None else wait)
        advice = "Nothing was changed. Try again later; what was answered so far is kept."
        raise BadService(f"{address}: {said} ({self.manners.tries} times)", advice=advice)

    def _wait_turn(self) -> None:
        wait = self._last + 1 / self.manners.rate - self.manners.now()
        if wait > 0:
            self.manners.sleep(wait)
        self._last = self.manners.now()
        self.sent += 1

    def _asked_to_wait(self, address: str, header: str) -> float | None:
        """Return the seconds of a Retry-After header (RFC 9110, 10.2.3): a number, or a day and time."""
        if not header:
            return None
        try:
            wait = float(header) if header.isdigit() else self._until(header)
        except (TypeError, ValueError):
            return None
        if wait > self.manners.longest_wait:
            advice = "Nothing was changed. Try again then; what was answered so far is kept."
            raise BadService(f"{address}: asks us to wait {wait:.0f} seconds", advice=advice)
        return max(wait, 0.0)

    def _until(self, header: str) -> float:
        return email.utils.parsedate_to_datetime(header).timestamp() - self.manners.now()


def _advice(code: int) -> str:
    if code == 403:
        return "It may want to know whom to write to: name yourself with --contact."
    return "See whether the address is that of the service: https://query.wikidata.org/sparql is Wikidata's."
