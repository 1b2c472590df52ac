"""Identifiers are readable, unique, and stay when a matrix is reordered or grows."""

import random

from etl.review.rows import build_tables, identify_centres, identify_courses
from tests.fixtures.editions import HEADER

ROWS = [
    ("Ghana", "Kofi Annan Centre", "UN-CIMIC course", "CIMIC only", "KAIPTC"),
    ("Ghana", "Kofi Annan Centre", "Protection of civilians", "Related", "KAIPTC"),
    ("Kenya", "Peace Support Training Centre", "UN-CIMIC course", "Module", "IPSTC"),
    ("Kenya", "Школа", "Курс", "?", None),
    (
        "Kenya",
        "Police School",
        "A title that goes on and on, far beyond what anybody would want in a link, one",
        "?",
        None,
    ),
    (
        "Kenya",
        "Police School",
        "A title that goes on and on, far beyond what anybody would want in a link, two",
        "?",
        None,
    ),
]
WITH_ACRONYM = (*HEADER, "Acronym")


def ids(review) -> dict[tuple, str]:
    centre_ids = identify_centres(review.centres)
    return {**centre_ids, **identify_courses(review.courses, centre_ids)}


def test_identifiers_are_readable(review_of):
    assert {"GHA-kaiptc", "GHA-kaiptc-un-cimic-course"} <= set(
        ids(review_of(ROWS, WITH_ACRONYM)).values()
    )


def test_identifiers_are_unique(review_of):
    given = ids(review_of(ROWS, WITH_ACRONYM))

    assert len(set(given.values())) == len(given)


def test_identifiers_stay_when_rows_are_reordered_or_others_are_added(review_of):
    before = ids(review_of(ROWS, WITH_ACRONYM))
    more = [
        *ROWS,
        ("Ghana", "Police Academy", "Courses", "?", "GPA"),
        ("Kenya", "Police School", "New", "?", None),
    ]
    random.Random(7).shuffle(more)
    after = ids(review_of(more, WITH_ACRONYM))

    assert {key: after[key] for key in before} == before


def test_two_centres_with_one_acronym_are_called_by_their_names(review_of):
    rows = [
        ("Kenya", "Army School", "One", "?", "PSTC"),
        ("Kenya", "Police School", "Two", "?", "PSTC"),
    ]
    review = review_of(rows, WITH_ACRONYM)

    assert set(identify_centres(review.centres).values()) == {
        "KEN-army-school",
        "KEN-police-school",
    }


def test_identifiers_that_would_meet_by_joining_are_kept_apart(review_of):
    review = review_of(
        [("Kenya", "A", "B C", "?", None), ("Kenya", "A B", "C", "?", None)], WITH_ACRONYM
    )
    given = identify_courses(review.courses, identify_centres(review.centres))

    assert len(set(given.values())) == 2


def test_the_countries_are_those_of_the_review_and_of_every_contribution(review_of):
    contribution = {"country_iso3": "NPL"}
    rows = build_tables(review_of(ROWS, WITH_ACRONYM), [contribution])["countries"]

    assert {row["country_iso3"]: row["in_review"] for row in rows} == {
        "GHA": True,
        "KEN": True,
        "NPL": False,
    }


def test_a_centre_without_coordinates_stands_at_its_countrys_reference_point_and_says_so(review_of):
    header = (*HEADER, "Latitude", "Longitude")
    rows = [
        ("Ghana", "A", "One", "?", 5.6, -0.2),
        ("Ghana", "B", "Two", "?", None, None),
        ("Ghana", "C", "3", "?", 5.6, None),
    ]
    centres = {
        row["centre_name"]: row for row in build_tables(review_of(rows, header), [])["centres"]
    }

    assert (centres["A"]["location_basis"], centres["A"]["latitude"]) == ("matrix", 5.6)
    assert centres["B"]["location_basis"] == centres["C"]["location_basis"] == "country"
    assert centres["B"]["latitude"] == centres["C"]["latitude"] != 5.6
