"""Mapping over items: the same results in the same order, in this process or in spawned ones."""

from __future__ import annotations

import os

import pytest

from kgpub.execute.local import map_local


def square(number: int) -> int:
    return number * number


def pid(number: int) -> int:
    return os.getpid()


def picky(number: int) -> int:
    if number == 13:
        raise ValueError(f"{number} is not for me")
    return number


def test_results_come_in_the_order_of_the_items_whatever_the_workers() -> None:
    items = list(range(40))
    serial = list(map_local(square, items, workers=1))
    assert serial == [number * number for number in items]
    assert list(map_local(square, items, workers=2)) == serial


def test_few_items_are_done_here() -> None:
    assert set(map_local(pid, range(7), workers=4)) == {os.getpid()}
    assert set(map_local(pid, range(20), workers=1)) == {os.getpid()}


def test_many_items_are_done_elsewhere() -> None:
    elsewhere = set(map_local(pid, range(8), workers=2))
    assert os.getpid() not in elsewhere
    assert len(elsewhere) <= 2


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_of_the_work_is_raised_here(workers: int) -> None:
    with pytest.raises(ValueError, match="13 is not for me"):
        list(map_local(picky, range(20), workers=workers))


def test_serial_results_come_one_by_one() -> None:
    results = map_local(picky, range(20), workers=1)
    assert [next(results) for _ in range(13)] == list(range(13))


def test_no_items_give_no_results() -> None:
    assert list(map_local(square, [], workers=2)) == []
