"""Measure 5: what is missing and what is not known, side by side and never as one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.edition.selection import default_selection
from dashboard.figures import catalogue
from dashboard.measures.coverage import coverage
from dashboard.measures.two_gaps import GAPS, two_gaps
from tests.dashboard.chart_frames import validated

COURSES = [
    ("COV", {"cmcoord_level": "module"}),
    ("GAP", {"cmcoord_level": "related"}),
    ("PAR", {"cmcoord_level": "cimic", "evidence_type": "news-report"}),
    ("UNK", {"cmcoord_level": "not-documented", "evidence_type": "news-report"}),
]
PERSONS = {"COV": 29, "GAP": 29, "PAR": 20, "UNK": 10, "NOC": 5, "NRV": 7}


@pytest.fixture
def tables(edition):
    return edition(courses=COURSES, persons=PERSONS, reviewed=["NOC"])


def test_an_established_gap_is_one_and_what_nobody_knows_the_other(tables):
    result = two_gaps(tables, default_selection(tables))

    assert (result.persons("coverage"), result.persons("evidence")) == (29, 42)
    assert list(result.of("coverage")["country_iso3"]) == ["GAP"]
    assert list(result.of("evidence")["country_iso3"]) == ["PAR", "UNK", "NRV", "NOC"]
    assert (result.N, result.countries) == (100, 6)


def test_regions_keep_the_three_unknown_states_apart(tables):
    rows = two_gaps(tables, default_selection(tables)).by_region

    assert set(rows.loc[rows["country_class"] == "unknown", "state"]) == {
        "not-documented",
        "no-course",
        "not-reviewed",
    }
    assert set(rows["region_persons"]) == {100}
    assert (rows["persons"].sum(), rows["countries"].sum()) == (100, 6)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({iso3: st.integers(0, 50) for iso3 in PERSONS}))
def test_both_gaps_and_the_covered_make_everybody(edition, persons):
    tables = edition(courses=COURSES, persons=persons, reviewed=["NOC"])
    selection = default_selection(tables)
    result, known = two_gaps(tables, selection), coverage(tables, selection)

    assert known.lower + sum(result.persons(gap) for gap in GAPS) == result.N == known.N
    assert result.persons("coverage") == known.N - known.upper
    assert result.persons("evidence") == known.upper - known.lower
    assert result.by_region["persons"].sum() == known.N


def test_the_titles_say_how_large_each_gap_is_and_what_it_asks_for(tables):
    selection = default_selection(tables)

    assert catalogue.figure("coverage-gap", tables, selection).title == (
        "Coverage gap: 29 per cent of personnel (29 of 100), from one country, to close by training"
    )
    assert catalogue.figure("evidence-gap", tables, selection).title.endswith(
        "from four countries, to close by asking and searching"
    )


def test_both_lists_have_the_same_scale(tables):
    ranges = [
        catalogue.figure(f"{gap}-gap", tables, default_selection(tables)).draw().layout.xaxis.range
        for gap in GAPS
    ]

    assert ranges[0] == ranges[1]


@pytest.mark.parametrize("id", ["coverage-gap", "evidence-gap", "gap-regions"])
def test_every_chart_is_one_that_plotly_knows(tables, id):
    figure = catalogue.figure(id, tables, default_selection(tables))

    validated(figure.screen)
    validated(figure.chart)


@pytest.mark.parametrize("unit", ["persons", "countries"])
def test_regions_count_persons_or_countries(tables, unit):
    figure = catalogue.figure("gap-regions", tables, default_selection(tables), unit=unit)

    assert [(one.n, one.N) for one in figure.numbers] == (
        [(29, 100), (42, 100)] if unit == "persons" else [(1, 6), (4, 6)]
    )


def test_without_a_gap_a_list_says_so(edition):
    tables = edition(courses=COURSES, persons={"COV": 20})
    selection = default_selection(tables)

    assert catalogue.figure("coverage-gap", tables, selection).empty
    assert catalogue.figure("evidence-gap", tables, selection).empty
    assert not catalogue.figure("gap-regions", tables, selection).empty
