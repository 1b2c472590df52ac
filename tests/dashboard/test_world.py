"""The world by class."""

import json
from functools import cache
from pathlib import Path

import pytest

from dashboard.charts.maps.boundaries import Boundaries
from dashboard.charts.maps.world import UNDETERMINED, world_map
from tests.dashboard.chart_frames import (
    MARKUP,
    country,
    every_mark,
    legend,
    states,
    validated,
)
from tools.hatches import prepare

FOLDER = Path(__file__).parents[2] / "dashboard/static/boundaries"


@cache
def boundaries() -> Boundaries:
    return prepare(json.loads((FOLDER / "countries_110m.geojson").read_text()))


def world(frame):
    return world_map(frame, boundaries().shapes, boundaries())


def areas(fig) -> dict[str, str]:
    """Code -> fill, over all choropleth traces."""
    return {
        code: t.colorscale[0][1] for t in fig.data if t.type == "choropleth" for code in t.locations
    }


def lines(fig):
    return [t for t in fig.data if t.type == "scattergeo" and t.mode == "lines"]


def points(fig):
    return [t for t in fig.data if t.type == "scattergeo" and t.mode == "markers"]


@pytest.mark.parametrize(
    ("code", "fill"),
    [
        ("GHA", "#144372"),
        ("PAK", "#DB7B18"),
        ("ETH", "#FFFFFF"),
        ("NPL", "#FFFFFF"),
        ("TZA", "#EEEEEE"),
        ("MAR", "#EEEEEE"),
        ("AUT", "#DB7B18"),
    ],
)
def test_countries_are_filled_by_class(code, fill):
    assert areas(validated(world(every_mark())))[code] == fill


def test_countries_neither_contributing_nor_reviewed_are_plain_land():
    fig = world(every_mark())
    assert set(areas(fig)) == {*every_mark()["country_iso3"], *UNDETERMINED}
    assert fig.layout.geo.showland


def test_partial_is_hatched_orange_and_not_documented_grey():
    fig = world(every_mark())
    hatches = {t.line.color for t in lines(fig) if t.line.dash == "solid"}
    assert hatches == {"#DB7B18", "#595959"}


def test_hatch_lines_stay_within_the_box_of_their_country():
    fig = world(states(country("ETH", 9, "partial", "cimic")))
    hatch = next(t for t in lines(fig) if t.line.dash == "solid")
    assert all(32 < lon < 49 for lon in hatch.lon if lon is not None)
    assert all(3 < lat < 16 for lat in hatch.lat if lat is not None)


def test_no_course_and_not_reviewed_have_a_dotted_outline_and_no_line_of_their_fill():
    fig = world(states(country("TZA", 9, "unknown", "no-course")))
    assert next(t.line.dash for t in lines(fig)) == "1.5px,2.5px"
    fill = next(t for t in fig.data if t.type == "choropleth" and "TZA" in t.locations)
    assert fill.marker.line.width == 0


def test_areas_of_undetermined_status_are_drawn_as_such():
    fig = world(every_mark())
    first = fig.data[0]
    assert list(first.locations) == list(UNDETERMINED)
    assert set(first.hovertext) == {"Area of undetermined status"}
    assert "Area of undetermined status" in legend(fig)
    assert any(t.line.dash == "1px,2px" for t in lines(fig))


def test_an_area_of_undetermined_status_never_takes_the_class_of_a_country():
    fill = areas(
        world(states(*(country(code, 5, "covered", "module") for code in ("IND", "PAK", "CHN"))))
    )
    assert {fill[code] for code in UNDETERMINED} == {"#D9DBDE"}


def test_the_topojson_of_the_page_has_every_shape_of_the_geojson():
    """Plotly asks for this file by the name of scope and resolution."""
    topology = json.loads((FOLDER / "world_110m.json").read_text())
    codes = {shape["id"] for shape in topology["objects"]["countries"]["geometries"]}
    assert boundaries().shapes <= codes
    fig = world(every_mark())
    assert (fig.layout.geo.scope or "world", fig.layout.geo.resolution) == ("world", 110)
    assert fig.data[0].locationmode == "ISO-3"


@pytest.mark.parametrize("code", ["ESP", "PRT", "ECU"])
def test_the_further_part_of_a_country_takes_its_class_too(code):
    fig = world(states(country(code, 9, "covered", "module")))
    part = next(t for t in lines(fig) if t.fill == "toself")
    assert part.fillcolor == "#144372"


def test_a_country_without_a_shape_is_a_point_at_its_coordinates():
    row = country("MLT", 9, "partial", "cimic") | {"latitude": 35.9, "longitude": 14.4}
    point = points(world(states(row)))[0]
    assert (point.lon, point.lat) == ((14.4,), (35.9,))
    assert "Country MLT" in point.hovertext[0]


def test_a_country_without_shape_and_coordinates_is_left_out_not_misplaced():
    row = country("MLT", 9, "partial", "cimic") | {"latitude": float("nan"), "longitude": None}
    assert not points(world(states(row)))


def test_a_small_country_shows_its_class_by_a_point_on_its_shape():
    point = points(world(states(country("RWA", 9, "partial", "cimic"))))[0]
    assert 28 < point.lon[0] < 31
    assert not points(world(states(country("CHN", 9, "partial", "cimic"))))


def test_symbols_tell_the_classes_apart_without_colour():
    frame = states(
        country("MLT", 9, "covered", "module"),
        country("BRB", 9, "gap", "related"),
        country("SGP", 9, "partial", "cimic"),
        country("SYC", 9, "unknown", "not-documented"),
        country("MCO", 9, "unknown", "no-course"),
    )
    symbols = [t.marker.symbol for t in points(world(frame))]
    assert len(symbols) == len(set(symbols)) == 5


def test_the_legend_names_every_state_in_use_and_the_land():
    names = legend(world(every_mark()))
    assert [name.rsplit("  ", 1)[0] for name in names[:6]] == [
        "Covered",
        "Established gap",
        "Partial evidence",
        "?  Not documented (unknown)",
        "N  No course recorded (unknown)",
        "–  Not in the review (unknown)",
    ]
    assert names[6:] == [
        "Contributes no personnel, not in the review",
        "Area of undetermined status",
    ]
    assert not any("partial" in name.lower() for name in legend(world(every_mark().head(2))))


def test_large_countries_carry_the_letter_of_their_state():
    frame = states(country("CHN", 9, "partial", "cimic"), country("BRA", 9, "covered", "dedicated"))
    letters = next(t for t in world(frame).data if t.type == "scattergeo" and t.mode == "text")
    assert sorted(letters.text) == ["<b>C</b>", "<b>D</b>"]
    assert sorted(letters.textfont.color) == ["#1D2329", "#FFFFFF"]


def test_hover_gives_state_and_reason_of_a_country():
    fig = world(every_mark())
    hover = next(t for t in fig.data if t.type == "choropleth" and "ETH" in t.locations).hovertext
    assert "State: C  CIMIC only" in hover[0]
    assert "Because of cimic." in hover[0]
    assert "20,000 of 100,000 persons (20%)" in hover[0]


def test_markup_in_a_name_stays_text():
    assert "<a" not in world(states(country("CHN", 9, "partial", "cimic", MARKUP))).to_json()


def test_an_empty_selection_still_draws_the_land():
    frame = every_mark().head(0)
    assert legend(validated(world(frame))) == [
        "Contributes no personnel, not in the review",
        "Area of undetermined status",
    ]
