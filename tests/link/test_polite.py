"""How servers are asked: seldom, patiently, and never twice for the same answer; the clock is ours."""

from __future__ import annotations

import io
import urllib.error
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import pytest

from kgpub.errors import BadService
from kgpub.link.polite import Manners, Polite, user_agent

ADDRESS = "https://example.org/sparql"


@dataclass
class Clock:
    """A clock that moves when somebody sleeps."""

    now: float = 1_700_000_000.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def polite(clock: Clock, cache: Path | None = None, **more: float) -> Polite:
    return Polite(Manners("kgpub", now=clock.read, sleep=clock.sleep, **more), cache)  # type: ignore[arg-type]


def refused(code: int, after: str = "") -> urllib.error.HTTPError:
    headers = Message()
    if after:
        headers["Retry-After"] = after
    return urllib.error.HTTPError(ADDRESS, code, "told", headers, io.BytesIO())


def answers(*given: bytes | Exception) -> Callable[[], bytes]:
    left: Iterator[bytes | Exception] = iter(given)

    def send() -> bytes:
        one = next(left)
        if isinstance(one, Exception):
            raise one
        return one

    return send


def test_one_request_a_second_unless_told_otherwise(clock: Clock) -> None:
    asking = polite(clock)
    for number in range(3):
        asking.get(ADDRESS, str(number), answers(b"x"))
    assert clock.slept == [1.0, 1.0]
    quick = polite(clock, rate=4.0)
    quick.get(ADDRESS, "a", answers(b"x"))
    quick.get(ADDRESS, "b", answers(b"x"))
    assert clock.slept[2:] == [0.25]


def test_a_server_that_is_busy_is_asked_again_when_it_says(clock: Clock) -> None:
    asking = polite(clock)
    assert asking.get(ADDRESS, "q", answers(refused(429, "7"), refused(503), b"done")) == b"done"
    assert clock.slept == [7.0, 2.0]
    assert asking.sent == 3


def test_retry_after_may_be_a_day_and_time(clock: Clock) -> None:
    # 1 700 000 000 is 14 November 2023, 22:13:20.
    asking = polite(clock)
    asking.get(ADDRESS, "q", answers(refused(429, "Tue, 14 Nov 2023 22:13:50 GMT"), b"done"))
    assert clock.slept == [30.0]
    asking = polite(clock)
    clock.slept.clear()
    asking.get(ADDRESS, "q", answers(refused(429, "soon"), b"done"))
    assert clock.slept == [1.0]


def test_waits_grow_and_end(clock: Clock) -> None:
    with pytest.raises(BadService) as error:
        polite(clock).get(ADDRESS, "q", answers(*[refused(503)] * 5))
    assert str(error.value) == (
        f"{ADDRESS}: answered 503 told (5 times)\n  Nothing was changed. Try again later; what was answered so far is kept."
    )
    assert clock.slept == [1.0, 2.0, 4.0, 8.0]


def test_a_server_that_wants_a_long_rest_gets_it(clock: Clock) -> None:
    with pytest.raises(BadService, match="asks us to wait 3600 seconds"):
        polite(clock).get(ADDRESS, "q", answers(refused(429, "3600")))
    assert clock.slept == []


def test_what_will_not_get_better_is_not_asked_again(clock: Clock) -> None:
    with pytest.raises(BadService, match="answered 404 told\n  See whether the address"):
        polite(clock).get(ADDRESS, "q", answers(refused(404)))
    with pytest.raises(BadService, match="answered 403 told\n  It may want to know whom to write to: name yourself"):
        polite(clock).get(ADDRESS, "q", answers(refused(403)))


def test_a_server_that_is_not_there_is_named(clock: Clock) -> None:
    lost = urllib.error.URLError("Name or service not known")
    with pytest.raises(BadService, match=r"cannot be reached: Name or service not known \(5 times\)"):
        polite(clock).get(ADDRESS, "q", answers(*[lost] * 5))


def test_an_answer_is_kept_for_a_week_and_by_its_question(clock: Clock, tmp_path: Path) -> None:
    asking = polite(clock, tmp_path)
    assert asking.get(ADDRESS, "q", answers(b"one")) == b"one"
    assert asking.get(ADDRESS, "q", answers()) == b"one"
    assert asking.get(ADDRESS, "other", answers(b"two")) == b"two"
    assert asking.get("https://example.org/other", "q", answers(b"three")) == b"three"
    clock.now += 7 * 86400 + 1
    assert asking.get(ADDRESS, "q", answers(b"new")) == b"new"


def test_who_wants_news_keeps_answers_for_a_short_time(clock: Clock, tmp_path: Path) -> None:
    polite(clock, tmp_path).get(ADDRESS, "q", answers(b"old"))
    clock.now += 800
    assert polite(clock, tmp_path, keep=900).get(ADDRESS, "q", answers()) == b"old"
    clock.now += 200
    assert polite(clock, tmp_path, keep=900).get(ADDRESS, "q", answers(b"new")) == b"new"
    assert polite(clock, tmp_path).get(ADDRESS, "q", answers()) == b"new"


def test_a_failure_is_not_kept(clock: Clock, tmp_path: Path) -> None:
    with pytest.raises(BadService):
        polite(clock, tmp_path).get(ADDRESS, "q", answers(refused(404)))
    assert polite(clock, tmp_path).get(ADDRESS, "q", answers(b"x")) == b"x"


def test_the_user_agent_names_us_and_somebody() -> None:
    assert user_agent("0.1.0", "a@example.org") == "kgpub/0.1.0 (a@example.org) kgpub-link"
    assert "no contact given" in user_agent("0.1.0", "")
