"""The training centres: best level, courses and place of each."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.maps.centre_marks import BESIDE, LARGEST, SMALLEST, placed, radius
from dashboard.edition.selection import default_selection
from dashboard.measures.centres import centre_levels
from dashboard.measures.courses import considered

TWO_CENTRES = [
    ("AAA", {"centre": "one", "cmcoord_level": "related"}),
    ("AAA", {"centre": "one", "cmcoord_level": "module", "course_type": "academic"}),
    ("AAA", {"centre": "two", "cmcoord_level": "not-documented"}),
]


def _by_id(tables, selection):
    return centre_levels(tables, selection).set_index("centre_id")


def test_a_centre_has_the_best_level_of_its_considered_courses(edition):
    tables = edition(courses=TWO_CENTRES)
    frame = _by_id(tables, default_selection(tables))

    assert frame.at["AAA-one", "state"] == "module"
    assert frame.at["AAA-one", "courses"] == 2
    assert frame.at["AAA-one", "reaches"]
    assert frame.at["AAA-two", "state_letter"] == "?"
    assert not frame.at["AAA-two", "reaches"]


def test_filters_take_courses_from_a_centre_and_the_centre_stays(edition):
    tables = edition(courses=TWO_CENTRES)
    selection = replace(default_selection(tables), course_types=("academic",))
    frame = _by_id(tables, selection)

    assert frame.at["AAA-one", "courses"] == 1
    assert frame.at["AAA-two", "state"] == "no-course"
    assert frame.at["AAA-two", "state_label"] == "No course matches the filters"


@pytest.mark.parametrize(
    ("level", "threshold", "reaches"),
    [
        ("module", "module", True),
        ("cimic", "module", False),
        ("cimic", "related", True),
        ("module", "dedicated", False),
        ("none-found", "related", False),
    ],
)
def test_the_threshold_says_which_centres_reach_it(edition, level, threshold, reaches):
    tables = edition(courses=[("AAA", {"cmcoord_level": level})])
    selection = replace(default_selection(tables), threshold=threshold)

    assert centre_levels(tables, selection)["reaches"].tolist() == [reaches]


def test_every_centre_is_on_the_map_or_counted_as_not_placed(edition):
    nowhere = {"latitude": "", "longitude": "", "location_basis": ""}
    stand_in = {"location_basis": "country", "city": ""}
    tables = edition(courses=[("AAA", {}), ("BBB", nowhere), ("CCC", stand_in)])
    frame = centre_levels(tables, default_selection(tables))

    assert len(placed(frame)) + int((~frame["placed"]).sum()) == len(tables.centres)
    assert frame.set_index("country_iso3")["in_city"].to_dict() == {
        "AAA": True,
        "BBB": True,
        "CCC": False,
    }


def test_the_centres_hold_every_considered_course(edition):
    tables = edition(courses=TWO_CENTRES)
    for types in ((), ("academic",), ("exercise",)):
        selection = replace(default_selection(tables), course_types=types)
        frame = centre_levels(tables, selection)
        levels = list(tables.package.codes("levels"))

        assert frame["courses"].sum() == considered(tables, selection).sum()
        assert (frame[levels].sum(axis=1) == frame["courses"]).all()


def _at_one_place(number):
    return pd.DataFrame(
        {
            "centre_id": [f"c{i}" for i in range(number)],
            "longitude": 10.0,
            "latitude": 50.0,
            "placed": True,
            "courses": 1,
        }
    )


@given(number=st.integers(2, 40))
def test_centres_of_one_city_stand_apart_and_near_it(number):
    points = placed(_at_one_place(number))
    places = points[["longitude", "latitude"]]

    assert not places.duplicated().any()
    assert (abs(points["latitude"] - 50) <= BESIDE * (1 + number // 8) + 0.001).all()


def test_a_centre_alone_in_its_city_stands_on_it_and_order_does_not_matter():
    assert placed(_at_one_place(1))[["longitude", "latitude"]].values.tolist() == [[10.0, 50.0]]
    four = _at_one_place(4)
    turned = placed(four.iloc[::-1]).set_index("centre_id")[["longitude", "latitude"]]
    assert turned.sort_index().equals(
        placed(four).set_index("centre_id")[["longitude", "latitude"]].sort_index()
    )


@given(courses=st.integers(0, 500))
def test_more_courses_are_never_a_smaller_point(courses):
    assert SMALLEST <= radius(courses) <= radius(courses + 1) <= LARGEST
