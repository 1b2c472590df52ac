"""Which courses are considered, and the receipts of each."""

import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.courses import considered, receipts

COURSES = [
    (
        "AAA",
        {
            "year_from": "2010",
            "year_to": "2012",
            "audiences": ("military",),
            "languages": ("en", "fr"),
        },
    ),
    (
        "AAA",
        {
            "year_from": "2014",
            "year_to": "",
            "audiences": ("military", "police"),
            "provider_type": "police-academy",
            "course_type": "academic",
        },
    ),
    ("BBB", {"year_from": "", "year_to": "", "course_type": "", "provider_type": ""}),
]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({}, [True, True, True]),
        ({"course_types": ("academic",)}, [False, True, False]),
        ({"course_types": ("academic", "pre-deployment")}, [True, True, False]),
        ({"audiences": ("police",)}, [False, True, False]),
        ({"languages": ("fr",)}, [True, False, False]),
        ({"providers": ("police-academy",)}, [False, True, False]),
        ({"audiences": ("military",), "languages": ("en",)}, [True, False, False]),
        # years: overlap counts, an open end is still running, no year at all is left out
        ({"years": (2012, 2013)}, [True, False, False]),
        ({"years": (2011, 2011)}, [True, False, False]),
        ({"years": (2016, 2020)}, [False, True, False]),
        ({"years": (1990, 2030)}, [True, True, False]),
        ({"years": (1990, 2009)}, [False, False, False]),
    ],
)
def test_a_course_is_considered_when_it_is_known_to_match_every_filter(edition, choice, kept):
    tables = edition(courses=COURSES)

    mask = considered(tables, Selection("tiny", "2018-01-31", **choice))

    assert dict(zip(tables.courses["course_id"], mask.tolist(), strict=True)) == dict(
        zip(["AAA-0", "AAA-1", "BBB-2"], kept, strict=True)
    )


def test_every_course_carries_its_source_and_its_workbook_cell(edition):
    added = {"matrix_row": "", "matrix_sheet": ""}
    tables = edition(courses=[("AAA", {"matrix_row": "123"}), ("BBB", added)])

    rows = receipts(tables, considered(tables, default_selection(tables)))

    assert list(rows["workbook_cell"]) == ["Matrix!row 123", ""]
    assert list(rows["source_url"]) == ["https://example.org/course"] * 2
    assert list(rows["country_name"]) == ["Land AAA", "Land BBB"]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2010", "2012", "2010–2012"),
        ("2010", "2010", "2010"),
        ("2014", "", "since 2014"),
        ("", "", ""),
    ],
)
def test_years_are_shown_as_people_write_them(edition, first, last, text):
    tables = edition(courses=[("AAA", {"year_from": first, "year_to": last})])

    assert receipts(tables, considered(tables, default_selection(tables)))["years"].item() == text
