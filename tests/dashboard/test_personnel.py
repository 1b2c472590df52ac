"""P(c): who is counted."""

import pytest

from dashboard.edition.selection import Selection
from dashboard.measures.personnel import persons_by_country

PERSONS = {
    ("AAA", "troops", "MINX"): 100,
    ("AAA", "staff-officers", "MINY"): 20,
    ("AAA", "individual-police", "MINX"): 3,
}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, 123),
        ({"personnel": "military"}, 120),
        ({"personnel": "police"}, 3),
        ({"personnel": "staff-officers"}, 20),
        ({"missions": ("MINX",)}, 103),
        ({"missions": ("MINX", "MINY"), "personnel": "military"}, 120),
        ({"missions": ("ELSEWHERE",)}, 0),
    ],
)
def test_personnel_are_those_of_the_chosen_types_and_missions(edition, choice, expected):
    tables = edition(persons=PERSONS)

    assert persons_by_country(tables, Selection("tiny", "2018-01-31", **choice)).sum() == expected
