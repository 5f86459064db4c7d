"""From longitude and latitude to points of a picture."""

from __future__ import annotations

import pytest

from kgpub.publish.pages.land import land
from kgpub.publish.pages.projection import Frame, conic, outline


def test_the_cone_is_that_of_the_manual() -> None:
    """On a sphere of radius one: parallels 33 and 45, origin 23 N 96 W, point 35 N 75 W, gives x 0.2966785, y 0.2462112."""
    project = conic((33, 45), -96)
    x, y = project(-75, 35)
    _, origin = project(-96, 23)
    assert x == pytest.approx(0.2966785, abs=1e-6)
    assert y - origin == pytest.approx(0.2462112, abs=1e-6)


def test_a_frame_holds_its_places_and_the_land_stays_inside_it() -> None:
    places = [(37.6, 55.8), (116.4, 39.9), (125.8, 39.0)]
    frame = Frame.round(places, (35, 58), 1000, (0.1, 0.1, 0.1, 0.1))
    assert all(frame.shows(frame.at(*one), 20) for one in places)
    west, east = frame.at(*places[0]), frame.at(*places[1])
    assert west[0] < east[0]
    assert west[1] < east[1]
    path = outline(frame, land("wide"))
    numbers = [int(one) for one in path.replace("M", " ").replace("L", " ").replace("Z", " ").split()]
    assert min(numbers) >= -4
    assert max(numbers) <= 1004
    assert len(path) < 40_000
