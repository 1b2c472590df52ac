"""The map to walk around in, as deck.gl gets it."""

import json
import re
from functools import cache

import pandas as pd
import pytest

from dashboard.charts.maps.deck import STYLE, MapData, world_deck
from dashboard.charts.maps.deck_centres import inert, plain, rgba
from dashboard.charts.maps.world import UNDETERMINED
from dashboard.charts.marks import projections
from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES
from dashboard.edition.selection import default_selection
from dashboard.figures.boundaries import mercator_boundaries
from dashboard.figures.catalogue import figure
from tests.dashboard.chart_frames import MARKUP, country, every_mark, states, validated

NOTHING = pd.DataFrame(columns=["persons"])
NO_CENTRES = pd.DataFrame(columns=["placed", "courses"])
ARCS = pd.DataFrame(
    {
        "country_iso3": ["GHA"],
        "country_name": ["Ghana"],
        "mission": ["UNIFIL"],
        "persons": [870],
        "from_longitude": [-1.0],
        "from_latitude": [8.0],
        "to_longitude": [35.1],
        "to_latitude": [33.1],
    }
)


def centre(iso3, state, courses=4, **more):
    return {
        "centre_id": f"{iso3}-c",
        "centre_name": "Centre",
        "acronym": "",
        "city": "Town",
        "country_iso3": iso3,
        "country_name": iso3,
        "longitude": 1.0,
        "latitude": 2.0,
        "placed": True,
        "in_city": True,
        "courses": courses,
        "state": state,
        "provider": "Kind",
        "state_letter": STATE_STYLES[state].letter,
        "state_label": state,
        **more,
    }


def spec(frame, centres=NO_CENTRES, arcs=NOTHING, chosen=None):
    deck = world_deck(MapData(frame, centres, arcs, chosen), mercator_boundaries())
    return json.loads(deck.to_json())


def layers(content):
    return {layer["id"]: layer for layer in content["layers"][0]}


@cache
def full():
    return spec(every_mark(), pd.DataFrame([centre("GHA", "module")]), ARCS, "GHA")


def test_nothing_is_asked_of_another_machine():
    text = json.dumps(full())

    assert full()["mapStyle"] == STYLE and not STYLE.startswith(("http", "//"))
    assert not re.search(r"https?://|cartocdn|mapbox://", text)


def test_every_layer_has_its_own_id():
    ids = [layer["id"] for layer in full()["layers"][0]]

    assert len(ids) == len(set(ids)) and all(ids)


@pytest.mark.parametrize("iso3", ["GHA", "PAK", "ETH", "NPL", "TZA", "MAR"])
def test_a_country_is_filled_as_in_every_other_chart(iso3):
    keys = {
        "GHA": "covered",
        "PAK": "gap",
        "ETH": "partial",
        "NPL": "not-documented",
        "TZA": "no-course",
        "MAR": "not-reviewed",
    }
    fills = {
        feature["customdata"][0]: feature["properties"]["fill"]
        for feature in layers(full())["countries"]["data"]
    }

    assert fills[iso3] == rgba(MARK_STYLES[keys[iso3]].fill)


def test_partial_and_not_documented_are_hatched_in_their_own_colours():
    drawn = layers(full())

    assert drawn["hatch-partial"]["getColor"] == rgba("#DB7B18")
    assert drawn["hatch-not-documented"]["getColor"] == rgba("#595959")
    assert drawn["hatch-partial"]["data"] and drawn["hatch-not-documented"]["data"]
    assert "hatch-covered" not in drawn and "hatch-gap" not in drawn


def test_hatch_lines_are_at_45_degrees_on_this_map():
    for start, end in layers(full())["hatch-partial"]["data"][:40]:
        (x1, y1), (x2, y2) = projections.to_mercator(*start), projections.to_mercator(*end)
        assert abs((x2 - x1) - (y2 - y1)) < 0.05


def test_no_course_and_not_reviewed_have_a_dotted_outline():
    dots = layers(full())["dotted-outlines"]["data"]

    assert any(29 < lon < 41 and -12 < lat < 0 for lon, lat in dots)  # Tanzania
    assert len(dots) > 50


def test_areas_of_undetermined_status_say_so_and_lead_nowhere():
    areas = layers(full())["undetermined"]["data"]

    assert len(areas) == len(UNDETERMINED)
    assert {area["hover"] for area in areas} == {"Area of undetermined status"}
    assert not any("customdata" in area for area in areas)


def test_a_country_without_a_shape_is_a_point():
    drawn = layers(spec(states(country("MLT", 9, "unknown", "not-documented"))))

    assert [point["customdata"] for point in drawn["small-countries"]["data"]] == [["MLT"]]
    assert drawn["countries"]["data"] == []


def test_what_can_be_pointed_at_leads_to_a_country():
    for name in ("countries", "small-countries", "centres", "arcs"):
        layer = layers(full())[name]
        assert layer["pickable"]
        assert all(len(one["customdata"][0]) == 3 for one in layer["data"])


def test_a_centre_has_size_colour_letter_and_ring():
    centres = pd.DataFrame([centre("GHA", "dedicated", 16), centre("PAK", "not-documented", 1)])
    drawn = layers(spec(every_mark(), centres))
    large, small = drawn["centres"]["data"]

    assert large["radius"] > small["radius"]
    assert (large["fill"], small["fill"]) == (rgba("#144372"), rgba("#FFFFFF"))
    assert large["line"] != small["line"]
    assert [letter["text"] for letter in drawn["centre-letters"]["data"]] == ["D", "?"]


def test_data_is_never_markup_nor_an_expression():
    frame = states(country("GHA", 9, "covered", "module", name=MARKUP))
    centres = pd.DataFrame([centre("GHA", "module", centre_name="@@=1+1")])
    drawn = layers(spec(frame, centres))

    assert set(spec(frame)["layers"][0][0]) >= {"data"}
    hover = drawn["countries"]["data"][0]["hover"]
    assert MARKUP in hover.replace("\n", " ")
    assert not drawn["centres"]["data"][0]["hover"].startswith("@@")
    assert (
        "html"
        not in world_deck(MapData(frame, NO_CENTRES, NOTHING), mercator_boundaries())._tooltip
    )
    assert inert("@@=x") == " @@=x" and plain("<b>a</b><br>&lt;i&gt;") == "a\n<i>"


def test_what_is_not_asked_for_is_not_drawn():
    drawn = layers(spec(every_mark().iloc[:0]))

    assert drawn["countries"]["data"] == []
    assert not {"centres", "arcs", "missions", "chosen-outline"} & set(drawn)
    land = {feature["geometry"]["type"] for feature in drawn["land"]["data"]}
    assert land == {"MultiPolygon"}


def test_the_chosen_country_is_outlined_whatever_its_fill():
    drawn = layers(full())

    assert drawn["chosen-halo"]["getColor"] != drawn["chosen-outline"]["getColor"]
    assert "chosen-outline" not in layers(spec(every_mark(), chosen="XXX"))


def test_slim_shapes_are_closed_and_share_their_borders():
    slim = mercator_boundaries().slim
    rings = [ring for parts in slim.values() for part in parts for ring in part]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    points = {
        iso3: {p for part in slim[iso3] for ring in part for p in ring} for iso3 in ("GHA", "TGO")
    }
    assert len(points["GHA"] & points["TGO"]) >= 2


@pytest.mark.parametrize("place", [(0.0, 0.0), (35.14, 33.12), (-172.0, -13.6), (100.0, 79.0)])
def test_mercator_goes_there_and_back(place):
    assert projections.from_mercator(*projections.to_mercator(*place)) == pytest.approx(place)


@pytest.mark.parametrize("show", ["both", "countries", "centres"])
@pytest.mark.parametrize("with_arcs", [True, False])
def test_the_file_of_the_map_is_a_sound_chart_with_its_disclaimer(edition, show, with_arcs):
    tables = edition(
        courses=[("GHA", {}), ("PAK", {"cmcoord_level": "module"})],
        persons={("GHA", "troops", "UNX"): 50, ("IND", "troops", "UNX"): 9},
    )
    shown = figure(
        "centres-map",
        tables,
        default_selection(tables),
        show=show,
        with_arcs=with_arcs,
        country="GHA",
    )

    assert validated(shown.draw()).data
    assert "do not imply official endorsement" in shown.chart.to_json()
    assert shown.deck() is not None
    assert shown.is_map and len(shown.alt) > 30


def test_the_map_says_what_stands_in_for_a_city_and_what_is_not_placed(edition):
    nowhere = {"latitude": "", "longitude": ""}
    tables = edition(
        courses=[
            ("AAA", {"cmcoord_level": "module"}),
            ("BBB", nowhere),
            ("CCC", {"location_basis": "country", "city": ""}),
        ],
        persons={"AAA": 5},
    )
    shown = figure("centres-map", tables, default_selection(tables))

    assert shown.title == "Module or higher documented at 1 of 3 centres, in one country"
    assert "Markers show the city, not the site." in shown.note
    assert "Of 1 the city is not known" in shown.note
    assert "1 without a place" in shown.note
    assert shown.table["location"].tolist().count("Not placed") == 1
    numbers = {number.id: number.n for number in shown.numbers}
    assert numbers["centres-map.placed"] == 2
