"""Hatch lines and outlines computed from polygons."""

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.charts.maps.boundaries import path
from dashboard.charts.marks.projections import from_natural_earth, to_natural_earth
from dashboard.figures.boundaries import boundaries, mercator_boundaries
from tools import hatches
from tools.hatches import SPACING, prepare

GEOJSON = json.loads(
    (Path(__file__).parents[2] / "dashboard/static/boundaries/countries_110m.geojson").read_text()
)
WORLD = prepare(GEOJSON)


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    """A ring along meridians and parallels, close enough to be straight on the map."""
    n = 40

    def side(x0, y0, x1, y1):
        return [(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n) for i in range(n)]

    ring = [
        *side(west, south, east, south),
        *side(east, south, east, north),
        *side(east, north, west, north),
        *side(west, north, west, south),
    ]
    return [*ring, ring[0]]


def collection(**shapes: list) -> dict:
    """Features by code; a shape is a list of polygons, a polygon a list of rings."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": code.rstrip("_"),
                "geometry": {"type": "MultiPolygon", "coordinates": parts},
            }
            for code, parts in shapes.items()
        ],
    }


def pieces(lines) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight pieces of hatch lines, on the map."""
    return [
        (to_natural_earth(*a), to_natural_earth(*b)) for line in lines for a, b in pairwise(line)
    ]


def inside(point: tuple[float, float], rings: list) -> bool:
    """Even-odd rule, on the map."""
    x, y = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([to_natural_earth(*p[:2]) for p in ring]):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossed % 2 == 1


def middle(piece) -> tuple[float, float]:
    (x1, y1), (x2, y2) = piece
    return (x1 + x2) / 2, (y1 + y2) / 2


def rings_of(code: str) -> list:
    """All rings of all features of a code."""
    shapes = [f["geometry"] for f in GEOJSON["features"] if f["id"] == code]
    parts = [
        part
        for shape in shapes
        for part in (
            shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        )
    ]
    return [ring for part in parts for ring in part]


# Long enough that the rounding of coordinates cannot move its middle over a border.
LONG = 0.2


@pytest.mark.parametrize("code", ["RUS", "IDN", "ZAF", "CHL", "NPL", "RWA", "FJI", "ESP", "CAN"])
def test_every_hatch_line_lies_inside_its_country(code):
    rings = rings_of(code)
    long = [p for p in pieces(WORLD.hatch[code]) if math.dist(*p) > LONG]
    assert long or code in ("RWA", "FJI")
    assert all(inside(middle(piece), rings) for piece in long)


def test_holes_stay_empty():
    hole = box(8, 8, 12, 12)
    lines = prepare(collection(AAA=[[box(0, 0, 20, 20), hole]])).hatch["AAA"]
    assert pieces(lines)
    assert not any(inside(middle(piece), [hole]) for piece in pieces(lines))


def test_lesotho_is_left_out_of_the_hatch_of_south_africa():
    lesotho = rings_of("LSO")
    long = [p for p in pieces(WORLD.hatch["ZAF"]) if math.dist(*p) > LONG]
    assert not any(inside(middle(piece), lesotho) for piece in long)


def test_hatch_lines_rise_at_45_degrees_on_the_map_and_stand_evenly_apart():
    lines = prepare(collection(AAA=[[box(-30, -30, 30, 30)]]), spacing=2.0).hatch["AAA"]
    offsets = []
    for (x1, y1), (x2, y2) in pieces(lines):
        if math.dist((x1, y1), (x2, y2)) > 1:
            assert y2 - y1 == pytest.approx(x2 - x1, abs=0.05)
            offsets.append(((x1 - y1) / math.sqrt(2)) / 2.0)
    assert len(offsets) > 20
    assert all(abs(o - round(o)) < 0.02 for o in offsets)


def test_every_part_of_a_country_is_hatched():
    apart = prepare(collection(AAA=[[box(0, 0, 10, 10)], [box(40, 0, 50, 10)]])).hatch["AAA"]
    assert {x > 25 for (x, _), _ in pieces(apart)} == {True, False}


def test_a_code_with_two_features_keeps_both_and_names_the_second_as_further():
    world = prepare(collection(AAA=[[box(0, 0, 10, 10)]], AAA_=[[box(40, 0, 50, 10)]]))
    assert {x > 25 for (x, _), _ in pieces(world.hatch["AAA"])} == {True, False}
    assert [ring[0] for ring in world.further["AAA"]] == [(40, 0)]


def test_plotly_would_miss_the_second_feature_of_these_codes():
    assert set(WORLD.further) == {"ECU", "ESP", "PRT", "PSE"}


def test_a_shared_border_is_drawn_once():
    west, east = box(0, 0, 10, 10), box(10, 0, 20, 10)
    world = prepare(collection(AAA=[[west]], BBB=[[east]]))
    shared = [line for codes, line in world.borders if codes == {"AAA", "BBB"}]
    assert len(shared) == 1
    assert {x for x, _ in shared[0]} == {10}
    assert (
        len(world.outline(["AAA", "BBB"]))
        == len(world.outline(["AAA"])) + len(world.outline(["BBB"])) - 1
    )


def test_an_outline_follows_the_border_under_it():
    corners = [p for line in WORLD.outline(["GHA"]) for p in line]
    ring = {tuple(p) for p in rings_of("GHA")[0]}
    assert len(corners) > 10
    assert set(corners) <= ring


@pytest.mark.parametrize("code", sorted(WORLD.label))
def test_a_label_stands_inside_its_country(code):
    x, y = WORLD.label[code]
    crossed = 0
    for ring in rings_of(code):
        for (x1, y1), (x2, y2) in pairwise([tuple(p[:2]) for p in ring]):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    assert crossed % 2 == 1


def test_the_hatch_of_the_whole_world_stays_small():
    assert sum(len(line) + 1 for lines in WORLD.hatch.values() for line in lines) < 15_000


def test_lines_are_joined_with_a_break_between_them():
    assert path([[(1, 2), (3, 4)], [(5, 6), (7, 8)]]) == ([1, 3, None, 5, 7], [2, 4, None, 6, 8])
    assert path([]) == ([], [])


def test_a_wider_spacing_gives_fewer_lines():
    one, two = (
        prepare(collection(AAA=[[box(0, 0, 30, 30)]]), s).hatch["AAA"]
        for s in (SPACING, 2 * SPACING)
    )
    assert len(one) == pytest.approx(2 * len(two), abs=2)


@pytest.mark.parametrize("longitude", [-180, -77.5, 0, 12.34, 180])
@pytest.mark.parametrize("latitude", [-56, -23.4, 0, 45, 80, 89])
def test_the_projection_leads_back_to_where_it_came_from(longitude, latitude):
    assert from_natural_earth(*to_natural_earth(longitude, latitude)) == pytest.approx(
        (longitude, latitude), abs=1e-4
    )


@pytest.mark.parametrize(
    ("latitude", "length"), [(30, 0.9570), (45, 0.9006), (60, 0.8196), (75, 0.7160)]
)
def test_parallels_are_as_long_as_in_the_table_of_natural_earth(latitude, length):
    """Lengths relative to the equator as T. Patterson drew them; the polynomial comes close."""
    assert to_natural_earth(1, latitude)[0] / to_natural_earth(1, 0)[0] == pytest.approx(
        length, abs=0.002
    )


def test_the_file_that_maps_read_is_what_the_tool_makes_of_the_shapes():
    assert hatches.MADE.read_text(encoding="utf-8") == hatches.content(GEOJSON)
    assert boundaries() == WORLD
    assert mercator_boundaries() == prepare(GEOJSON, projection=hatches.MERCATOR)
