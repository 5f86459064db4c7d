"""Pages as a citation has them."""

from __future__ import annotations

import pytest

from kgpub.convert.describe.editions import page_range


@pytest.mark.parametrize(
    ("pages", "text"),
    [((), ""), (("41",), "41"), (("41", "42"), "41-42"), (("41", "42", "43"), "41-43"), (("41", "43"), "41, 43"),
     (("43", "41", "42"), "41-43"), (("41", "41"), "41"), (("9", "10"), "9-10")],
)  # fmt: skip
def test_pages_that_follow_each_other_are_a_range(pages: tuple[str, ...], text: str) -> None:
    assert page_range(pages) == text
