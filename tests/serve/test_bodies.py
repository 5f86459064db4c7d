"""Bodies up to a limit, in pieces of any size."""

from __future__ import annotations

import asyncio
import time

import pytest
from starlette.requests import Request
from starlette.types import Message

from kgpub.serve.bodies import read_body

MEGABYTE = b"a" * 1_000_000


def read(pieces: list[bytes], room: int, length: bytes | None = None) -> tuple[bytes | None, int]:
    """Return what is read of a body in pieces, and how many of them were asked for."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": pieces[taken - 1], "more_body": taken < len(pieces)}

    headers = [] if length is None else [(b"content-length", length)]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    return asyncio.run(read_body(request, room)), taken


@pytest.mark.parametrize(
    ("pieces", "length", "body", "taken"),
    [
        ([b"abc", b"", b"de"], b"5", b"abcde", 3),
        ([b"abc", b"de"], None, b"abcde", 2),
        ([b""], b"0", b"", 1),
        # A little too large, it is read to its end, so that its sender is there to be told.
        ([b"abc", b"def", b"g"], None, None, 3),
        ([b"abc", b"def"], b"6", None, 2),
        ([MEGABYTE] * 9, None, None, 3),
        # It says that it is much larger: nothing of it is read.
        ([b"abc"], b"2000006", None, 0),
        ([b"abc"], b"9" * 5_000, None, 0),
        # What is no number is the business of the server; it is counted all the same.
        ([b"abc", b"def"], b"-1", None, 2),
        ([b"abc", b"def"], "٣".encode(), None, 2),
        ([b"abc", b"def"], b"3", None, 2),
    ],
)
def test_a_body_is_read_up_to_the_limit_and_a_bounded_rest_thrown_away(
    pieces: list[bytes], length: bytes | None, body: bytes | None, taken: int
) -> None:
    assert read(pieces, 5, length) == (body, taken)


def test_pieces_of_one_byte_cost_no_more_each_the_more_there_are() -> None:
    """Joined anew for each piece, a body of ten times as many would take a hundred times as long."""

    def seconds(number: int) -> float:
        pieces = [b"a"] * number
        began = time.process_time()
        assert read(pieces, number)[0] == b"a" * number
        return time.process_time() - began

    few = min(seconds(20_000) for _ in range(3))
    assert seconds(200_000) < 30 * few
