"""Who is let in, who makes room, and how many files the system gives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from kgpub.serve import door as module
from kgpub.serve.door import Door
from kgpub.serve.limits import Limits


class Guest:
    """A connection that does what a test tells it."""

    def __init__(self, since: float | None = None) -> None:
        self.address = ""
        self.since = since
        self.ended: list[str] = []
        self.judged = 0

    def idle_since(self) -> float | None:
        return self.since

    def judge(self, now: float) -> None:
        self.judged += 1

    def abort(self, reason: str) -> None:
        self.ended.append(reason)
        self.door.leave(self)

    door: Door


def within(act: Callable[[], None]) -> None:
    """Run something where there is a loop, as a server has one."""

    async def run() -> None:
        act()

    asyncio.run(run())


def test_who_has_waited_longest_makes_room() -> None:
    door = Door(Limits(connections=2))
    guests = [Guest(5.0), Guest(3.0), Guest(9.0)]

    def act() -> None:
        for guest in guests:
            guest.door = door
            assert door.enter(guest, "192.0.2.1") == ""

    within(act)
    assert [guest.ended for guest in guests] == [[], ["room"], []]
    assert door.open == {guests[0], guests[2]}


@pytest.mark.parametrize(
    ("hosts", "refused"),
    [
        (["192.0.2.1", "192.0.2.1", "192.0.2.1"], ["", "", "client_connections"]),
        (["192.0.2.1", "192.0.2.1", "192.0.2.2"], ["", "", ""]),
        # A client with IPv6 has a network of 64 bits to choose from.
        (["2001:db8::1", "2001:db8::2", "2001:db8::ffff:3"], ["", "", "client_connections"]),
        (["2001:db8::1", "2001:db8::2", "2001:db8:0:1::3"], ["", "", ""]),
        (["fe80::1%eth0", "fe80::2%eth0", "fe80::3%eth0"], ["", "", "client_connections"]),
        # A proxy stands for many, and a socket that is a file has no address.
        (["127.0.0.1", "127.0.0.1", "127.0.0.1"], ["", "", ""]),
        (["", "", ""], ["", "", ""]),
        (["of no form", "of no form", "of no form"], ["", "", "client_connections"]),
    ],
)
def test_a_client_is_an_address_or_a_network(hosts: list[str], refused: list[str]) -> None:
    door = Door(Limits(client_connections=2))
    door.is_proxy = ["127.0.0.1"].__contains__
    found: list[str] = []
    within(lambda: found.extend(door.enter(Guest(), host) for host in hosts))
    assert found == refused


def test_a_place_that_is_given_back_can_be_taken_again() -> None:
    door = Door(Limits(connections=1, client_connections=1))

    def act() -> None:
        for _ in range(3):
            guest = Guest()
            assert door.enter(guest, "192.0.2.1") == ""
            assert door.enter(Guest(), "192.0.2.2") == "connections"
            door.leave(guest)
            door.leave(guest)

    within(act)
    assert not door.open


def test_only_so_many_may_read_why_they_must_go() -> None:
    door = Door(Limits())
    assert [door.linger(Guest()) for _ in range(102)] == [True] * 100 + [False] * 2


def test_one_timer_looks_at_all_and_ends_with_the_last() -> None:
    door = Door(Limits(header_seconds=0.04))
    guests = [Guest(), Guest()]

    async def run() -> int:
        for guest in guests:
            door.enter(guest, "192.0.2.1")
        await asyncio.sleep(0.1)
        for guest in guests:
            door.leave(guest)
        await asyncio.sleep(0.05)
        seen = guests[0].judged
        await asyncio.sleep(0.1)
        return seen

    seen = asyncio.run(run())
    assert seen == guests[0].judged == guests[1].judged
    assert 2 <= seen <= 11


@pytest.mark.parametrize(
    ("given", "asked", "most"),
    [
        ((1_024, 524_288), 2_256, 1_000),
        ((1_024, 1_024), 1_024, 384),
        ((65_536, 65_536), None, 1_000),
        ((100, 100), 100, 1),
        ((1_024, -1), 2_256, 1_000),
        ((-1, -1), None, 1_000),
    ],
)
def test_the_system_is_asked_for_files(
    monkeypatch: pytest.MonkeyPatch, given: tuple[int, int], asked: int | None, most: int
) -> None:
    set_to: list[tuple[int, int]] = []

    class System:
        RLIMIT_NOFILE, RLIM_INFINITY = 7, -1

        @staticmethod
        def getrlimit(_: int) -> tuple[int, int]:
            return given

        @staticmethod
        def setrlimit(_: int, pair: tuple[int, int]) -> None:
            set_to.append(pair)

    monkeypatch.setattr(module, "resource", System)
    door = Door(Limits())
    door.fit_files()
    assert (set_to, door.most) == ([] if asked is None else [(asked, given[1])], most)
