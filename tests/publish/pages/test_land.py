"""The coast of the base map: its file, and how that is made."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kgpub.publish.pages.land import land, make, rings, thinned, within

BOX = (0.0, 0.0, 10.0, 10.0)
TOPOLOGY = {
    "transform": {"scale": [1, 1], "translate": [100, 20]},
    "arcs": [[[0, 0], [20, 0], [0, 20]], [[20, 20], [-20, 0], [0, -20]]],
    "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0, 1]]}]}},
}


def test_a_ring_is_joined_of_its_arcs_also_of_those_that_run_backwards() -> None:
    assert rings(TOPOLOGY) == [[(100, 20), (120, 20), (120, 40), (100, 40), (100, 20)]]
    backwards = TOPOLOGY | {"objects": {"land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[~1, ~0]]]}]}}}
    assert rings(backwards) == [[(100, 20), (100, 40), (120, 40), (120, 20), (100, 20)]]


def test_a_ring_across_the_180th_meridian_runs_on() -> None:
    arcs = [[[179, 60], [-358, 0], [0, 5], [358, 0], [0, -5]]]
    across = TOPOLOGY | {"transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": arcs}
    across = across | {"objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}}}
    longitudes = [x for x, _ in rings(across)[0]]
    assert max(longitudes) - min(longitudes) == 2


@pytest.mark.parametrize(
    ("ring", "left"),
    [
        ([(2, 2), (4, 2), (4, 4)], [(2, 2), (4, 2), (4, 4)]),
        ([(20, 20), (30, 20), (30, 30)], []),
        ([(-5, 5), (5, 5), (5, 15), (-5, 15)], [(0, 5), (5, 5), (5, 10), (0, 10)]),
    ],
)
def test_what_lies_outside_a_box_is_cut_off(ring: list[tuple[float, float]], left: list[tuple[float, float]]) -> None:
    assert sorted(within(ring, BOX)) == sorted(left)


def test_points_on_a_line_are_left_out_and_corners_are_kept() -> None:
    assert thinned([(0, 0), (1, 0.01), (2, 0), (2, 2), (0, 2), (0, 0)], 0.1) == [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]


def test_the_file_says_where_it_is_from_and_holds_the_region() -> None:
    kept = json.loads((files("kgpub.publish.pages") / "land.json").read_text(encoding="utf-8"))
    assert "Natural Earth" in kept["origin"]
    assert "public domain" in kept["origin"]
    assert "kgpub.publish.pages.land" in kept["command"]
    assert set(make(TOPOLOGY)) == {"origin", "command", "wide", "near"} == set(kept)
    longitudes = [x for ring in land("wide") for x, _ in ring]
    assert min(longitudes) < 37 < 140 < max(longitudes)
