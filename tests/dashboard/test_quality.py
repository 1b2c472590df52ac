"""Measure 11: the facts behind a grade, and the rule of the grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.coverage import coverage
from dashboard.measures.quality import FIELDS, GRADES, TESTS, _tests, country_quality

FULL = {
    "duration_days_min": "5",
    "year_from": "2014",
    "year_to": "2016",
    "is_un_recognised": "true",
    "audiences": ("military",),
    "languages": ("en",),
    "topics": ("ihl",),
}
# Dated 2010, eight years before the review; no length, recognition, audience, language or topic.
OLD = {"year_from": "2010", "year_to": "2010"}


def _quality(tables, **choices):
    selection = Selection("tiny", "2018-01-31", **choices)
    return country_quality(tables, selection).set_index("country_iso3")


def test_full_recent_documented_and_cross_checked_is_an_a(edition):
    row = _quality(edition(courses=[("AAA", FULL)])).loc["AAA"]

    assert (row["fields_filled"], row["fields_total"], row["sources"]) == (len(FIELDS),) * 2 + (2,)
    assert (row["newest_year"], row["age_years"], row["documented"]) == (2016, 2, 1)
    assert (row["grade"], row["why"]) == ("A", "Passes all four tests.")


def test_each_failed_test_costs_a_grade(edition):
    courses = [
        ("AAA", FULL | OLD),
        ("BBB", FULL | OLD | {"languages": (), "topics": (), "audiences": ()}),
        ("CCC", OLD),
    ]
    quality = _quality(edition(courses=courses))

    assert list(quality.sort_index()["grade"]) == ["B", "C", "C"]
    assert quality.loc["AAA", "why"] == (
        "Passes three of the four tests; falls short in age of the newest evidence (eight years)."
    )
    assert "fields filled (5 of 10)" in quality.loc["CCC", "why"]


def test_without_a_documented_course_the_grade_is_d_whatever_else_passes(edition):
    row = _quality(edition(courses=[("AAA", FULL | {"cmcoord_level": "not-documented"})])).loc[
        "AAA"
    ]

    assert row["grade"] == "D"
    assert "without a documented course the grade is D" in row["why"]


def test_none_found_is_documented(edition):
    row = _quality(edition(courses=[("AAA", FULL | {"cmcoord_level": "none-found"})])).loc["AAA"]

    assert (row["documented"], row["grade"]) == (1, "A")


def test_a_country_without_a_considered_course_is_a_d_and_says_so(edition):
    tables = edition(courses=[("AAA", FULL)], reviewed=["BBB"])

    quality = _quality(tables, course_types=("academic",))

    assert list(quality["grade"]) == ["D", "D"]
    assert set(quality["why"]) == {
        "No considered course is recorded, so there is no evidence to grade."
    }


def test_countries_outside_the_review_have_no_grade(edition):
    assert list(_quality(edition(courses=[("AAA", {})], persons={"BBB": 9})).index) == ["AAA"]


def test_a_year_after_the_review_is_age_nought_and_a_missing_year_has_no_age(edition):
    courses = [
        ("AAA", FULL | {"year_to": "2026"}),
        ("BBB", FULL | {"year_from": "", "year_to": ""}),
    ]
    quality = _quality(edition(courses=courses))

    assert quality.loc["AAA", "age_years"] == 0
    assert quality["age_years"].isna()["BBB"] and not quality.loc["BBB", "is_recent"]
    assert "no year named" in quality.loc["BBB", "why"]


def test_a_source_named_twice_counts_once(edition):
    courses = [
        ("AAA", FULL | {"centre": "one", "source_url": "https://example.org/centre"}),
        ("AAA", FULL | {"centre": "one", "source_url": ""}),
    ]

    assert _quality(edition(courses=courses)).loc["AAA", "sources"] == 1


def test_the_largest_contributor_stands_first_with_its_persons(edition):
    tables = edition(courses=[("AAA", {}), ("BBB", {})], persons={"AAA": 3, "BBB": 9})

    quality = country_quality(tables, default_selection(tables))

    assert list(quality["country_iso3"]) == ["BBB", "AAA"]
    assert quality["persons"].sum() == coverage(tables, default_selection(tables)).N


@given(
    courses=st.integers(0, 9),
    documented=st.integers(0, 9),
    filled=st.integers(0, 90),
    sources=st.integers(0, 9),
    age=st.one_of(st.none(), st.integers(0, 30)),
)
def test_better_evidence_never_fails_a_test_that_worse_evidence_passes(
    courses, documented, filled, sources, age
):
    import pandas as pd

    def frame(documented, filled, sources, age):
        row = {
            "courses": courses,
            "documented": documented,
            "fields_filled": filled,
            "fields_total": 10 * courses,
            "sources": sources,
        }
        return pd.DataFrame([row]).assign(age_years=pd.array([age], dtype="Int64"))

    worse = _tests(frame(documented, filled, sources, age))
    better = _tests(
        frame(documented + 1, filled + 1, sources + 1, None if age is None else age // 2)
    )
    assert all(better[test][0] >= worse[test][0] for test in TESTS)


def test_there_is_a_rule_for_every_grade():
    assert list(GRADES) == ["A", "B", "C", "D"] and all(GRADES.values())


@pytest.mark.parametrize("courses", [[], [("AAA", FULL)]])
def test_an_edition_of_any_size_can_be_graded(edition, courses):
    assert len(_quality(edition(courses=courses))) == len(courses)
