"""Measure 6: the order of steps, the curve, plans, offices, and the shortlist in files."""

import io
from itertools import combinations

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.edition.selection import Selection, default_selection
from dashboard.exports.data.workbook import MEANINGS, shortlist_workbook
from dashboard.figures import catalogue
from dashboard.measures.closing import (
    ALL_OFFICES,
    MARKS,
    NO_OFFICE,
    UNITS,
    centres_that_stand,
    closing,
    offices,
    planned,
)
from dashboard.measures.coverage import coverage
from dashboard.measures.states import NO_MATCH_ASKS
from tests.dashboard.chart_frames import legend, validated

NEWS, CURRICULUM = "news-report", "curriculum"
COURSES = [
    ("COV", {"cmcoord_level": "module"}),
    ("GAP", {"cmcoord_level": "related", "evidence_type": CURRICULUM}),
    ("PAR", {"cmcoord_level": "cimic", "evidence_type": NEWS}),
    ("UNK", {"cmcoord_level": "not-documented", "evidence_type": NEWS}),
]
PERSONS = {"COV": 10, "GAP": 40, "PAR": 30, "UNK": 12, "NOC": 5, "NRV": 3}
REGIONS = {"COV": "ROWCA", "GAP": "ROWCA", "PAR": "ROSEA", "NRV": "ROSEA"}


@pytest.fixture
def tables(edition):
    """Of 100: 10 covered, 40 gap, 30 partial, and 20 of the three unknown states."""
    return edition(courses=COURSES, persons=PERSONS, reviewed=["NOC"], regions=REGIONS)


@pytest.fixture
def selection(tables):
    return default_selection(tables)


def test_steps_stand_by_persons_and_count_up_from_today(tables, selection):
    result = closing(tables, selection)

    assert (result.start, result.N, result.end) == (10, 100, 100)
    assert list(result.steps["code"]) == ["GAP", "PAR", "UNK", "NOC", "NRV"]
    assert list(result.steps["cumulative"]) == [50, 80, 92, 97, 100]
    assert list(result.steps["step"]) == [1, 2, 3, 4, 5]


def test_the_action_follows_the_class_and_the_unknown_states_ask_for_different_things(
    tables, selection
):
    steps = closing(tables, selection).steps.set_index("code")

    assert dict(steps["action"]) == {
        "GAP": "engage",
        "PAR": "ask",
        "UNK": "ask",
        "NOC": "ask",
        "NRV": "search",
    }
    assert steps.loc["GAP", "ask"] == "Ask of gap"
    assert steps["ask"].nunique() == 5


def test_where_filters_leave_no_course_the_filters_come_first(tables):
    filtered = Selection("tiny", "2018-01-31", course_types=("academic",))
    steps = closing(tables, filtered).steps

    without = steps[steps["state"] == "no-course"]
    assert set(without["ask"]) == {NO_MATCH_ASKS} and set(without["action"]) == {"loosen"}
    figure = catalogue.figure("plan", tables, filtered, plan=("GAP",))
    assert "Planned, by loosening the filters" in legend(validated(figure.draw()))


def test_the_smallest_number_of_steps_for_each_mark(tables, selection):
    result = closing(tables, selection)

    assert [result.needed(mark) for mark in MARKS] == [1, 2, 3]
    assert (result.needed(10), result.needed(51), result.needed(100)) == (0, 2, 5)


def test_an_office_alone_counts_on_all_personnel(tables, selection):
    result = closing(tables, selection, office="ROSEA")

    assert list(result.steps["code"]) == ["PAR", "NRV"]
    assert (result.start, result.end, result.N) == (10, 43, 100)
    assert result.needed(50) is None
    assert list(closing(tables, selection, office=NO_OFFICE).steps["code"]) == ["UNK", "NOC"]


def test_offices_share_the_open_personnel_and_those_without_stand_last(tables, selection):
    rows = offices(tables, selection)
    whole = rows.drop_duplicates("office")

    assert list(whole["office"]) == ["ROWCA", "ROSEA", NO_OFFICE]
    assert whole["office_open"].sum() == rows["persons"].sum() == 90
    assert whole["office_countries"].sum() == rows["countries"].sum() == 5
    assert whole.set_index("office").loc["ROSEA", "largest"] == ("Land PAR", "Land NRV")


def test_a_plan_moves_the_headline_and_its_bounds(tables, selection):
    result = planned(tables, selection, ("GAP", "NRV"))

    assert (result.before, result.lower) == (10, 53)
    assert (result.upper_before, result.upper, result.N) == (60, 100, 100)
    assert result.segments["persons"].sum() == 100
    named = result.segments[result.segments["planned"] != ""]
    assert dict(zip(named["planned"], named["persons"], strict=True)) == {
        "engage": 40,
        "search": 3,
    }


def test_a_plan_names_countries_or_centres_and_counts_a_country_once(tables, selection):
    result = planned(tables, selection, ("GAP", "GAP-centre-1", "PAR-centre-2"))

    assert list(result.rows["country_iso3"]) == ["GAP", "PAR"]
    assert result.lower == 80


def test_what_adds_nothing_to_a_plan_is_named(tables, selection):
    result = planned(tables, selection, ("COV", "GAP"))

    assert result.idle == ("Land COV",)
    assert (
        "Land COV adds nothing"
        in catalogue.figure("plan", tables, selection, plan=("COV", "GAP")).note
    )


def test_the_centre_with_most_courses_stands_for_its_country(edition):
    many = {"centre": "many", "cmcoord_level": "not-documented", "evidence_type": NEWS}
    tables = edition(
        courses=[("AAA", many), ("AAA", many), ("AAA", {**many, "centre": "few"})],
        persons={"AAA": 9},
    )
    row = centres_that_stand(tables, default_selection(tables)).iloc[0]

    assert (row["centre_id"], row["centre_courses"], row["other_centres"]) == ("AAA-many", 2, 1)
    assert row["why_centre"] == "Two considered courses, the most of 2 centres."


@pytest.mark.parametrize(
    ("one", "two", "winner", "why"),
    [
        ({"course_type": "academic"}, {"course_type": "pre-deployment"}, "two", "pre-deployment"),
        ({"scope": "regional"}, {"scope": "national"}, "two", "scope (national)"),
        ({"scope": ""}, {"scope": "regional"}, "two", "scope (regional)"),
        ({"centre_name": "Beta"}, {"centre_name": "Alpha"}, "two", "first by name"),
        ({"centre_name": "Alpha"}, {"centre_name": "Beta"}, "one", "first by name"),
    ],
)
def test_ties_between_centres_are_settled_and_explained(edition, one, two, winner, why):
    tables = edition(courses=[("AAA", {"centre": "one", **one}), ("AAA", {"centre": "two", **two})])
    row = centres_that_stand(tables, default_selection(tables)).iloc[0]

    assert row["centre_id"] == f"AAA-{winner}"
    assert why in row["why_centre"]


def test_without_a_centre_there_is_nobody_to_go_to_yet(tables, selection):
    steps = closing(tables, selection, "centres").steps

    assert list(steps["code"]) == ["GAP-centre-1", "PAR-centre-2", "UNK-centre-3", "NOC", "NRV"]
    assert list(steps["centre_id"])[-2:] == ["", ""]
    assert list(steps["action"])[-2:] == ["search", "search"]
    assert "no centre is recorded" in steps["ask"].iloc[3]


# A tiny edition: persons, whether reviewed, and the level and evidence of some courses a country.
_COURSE = st.tuples(
    st.sampled_from(["module", "cimic", "related", "none-found", "not-documented"]),
    st.sampled_from([CURRICULUM, NEWS]),
    st.sampled_from(["one", "two"]),
)
_COUNTRY = st.tuples(st.integers(0, 30), st.booleans(), st.lists(_COURSE, max_size=3))
_TINY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _built(edition, countries):
    named = list(zip("ABCDEF", countries, strict=False))
    return edition(
        courses=[
            (iso3 * 3, {"cmcoord_level": level, "evidence_type": kind, "centre": centre})
            for iso3, (_, _, courses) in named
            for level, kind, centre in courses
        ],
        persons={iso3 * 3: persons for iso3, (persons, _, _) in named},
        reviewed=[iso3 * 3 for iso3, (_, reviewed, _) in named if reviewed],
    )


@pytest.mark.slow
@_TINY
@given(st.lists(_COUNTRY, min_size=1, max_size=6))
def test_the_curve_rises_from_the_lower_bound_to_everybody(edition, countries):
    tables = _built(edition, countries)
    selection = default_selection(tables)
    known = coverage(tables, selection)
    for unit in UNITS:
        result = closing(tables, selection, unit)
        heights = [result.start, *result.steps["cumulative"]]

        assert (heights[0], heights[-1], result.N) == (known.lower, known.N, known.N)
        assert heights == sorted(heights)
        everything = planned(tables, selection, tuple(result.steps["code"]))
        assert everything.lower == everything.upper == everything.N == known.N


@pytest.mark.slow
@_TINY
@given(st.lists(_COUNTRY, min_size=1, max_size=6))
def test_no_other_choice_of_as_many_countries_or_centres_covers_more(edition, countries):
    tables = _built(edition, countries)
    selection = default_selection(tables)
    offered = {
        "countries": list(tables.countries["country_iso3"]),
        "centres": list(tables.centres["centre_id"]),
    }
    for unit in UNITS:
        steps = closing(tables, selection, unit).steps
        if unit == "centres":
            steps = steps[steps["centre_id"] != ""]
        for k, reached in enumerate(steps["cumulative"], start=1):
            best = max(
                planned(tables, selection, choice).lower
                for choice in combinations(offered[unit], k)
            )
            assert reached == best


@pytest.mark.slow
@_TINY
@given(st.lists(_COUNTRY, min_size=1, max_size=6), st.sets(st.sampled_from("ABCDEF")))
def test_a_plan_adds_up_whatever_it_names(edition, countries, names):
    tables = _built(edition, countries)
    selection = default_selection(tables)
    known = coverage(tables, selection)

    result = planned(tables, selection, tuple(iso3 * 3 for iso3 in sorted(names)))

    assert known.lower <= result.lower <= result.upper <= known.N
    assert known.upper == result.upper_before <= result.upper
    assert result.lower == known.lower + result.rows["persons"].sum()
    assert result.segments["persons"].sum() == known.N


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("id", ["closing", "offices", "plan"])
def test_every_chart_is_one_that_plotly_knows(tables, selection, id, unit):
    options = {"closing": {"unit": unit, "plan": ("GAP",)}, "plan": {"plan": ("GAP", "PAR")}}
    figure = catalogue.figure(id, tables, selection, **options.get(id, {}))

    validated(figure.screen)
    validated(figure.chart)
    assert not figure.empty


def test_asking_searching_and_training_never_look_alike_on_the_curve(tables, selection):
    chart = catalogue.figure("closing", tables, selection).draw()
    fills = {}
    for trace in chart.data:
        if trace.type == "bar" and trace.customdata is not None:
            look = (trace.marker.color, str(trace.marker.pattern.fgcolor))
            fills.setdefault(look, set()).update(code for (code,) in trace.customdata)

    # No course and no review share their grey; the strip, the legend and the letter part them.
    assert sorted(map(sorted, fills.values())) == [["GAP"], ["NOC", "NRV"], ["PAR"], ["UNK"]]
    assert [text.split(" ")[0] for text in legend(chart)] == [
        "Engage",
        "Ask",
        "Ask",
        "Ask",
        "Search",
    ]


def test_the_title_says_by_what_means(tables, selection):
    figure = catalogue.figure("closing", tables, selection)

    assert figure.title == (
        "One country could bring coverage from 10 per cent to half: one by training"
    )
    assert figure.numbers[0].label == (
        "10 per cent covered today (10 of 100); half takes one country, three quarters two and "
        "90 per cent three"
    )


@pytest.mark.parametrize(
    ("persons", "said"),
    [
        ({"COV": 20}, "nothing is left to close"),
        ({"QQQ": 0}, "No country contributes"),
    ],
)
def test_with_nothing_to_close_the_figures_say_what_to_loosen(edition, persons, said):
    tables = edition(courses=COURSES, persons=persons)
    selection = default_selection(tables)

    assert said in catalogue.figure("closing", tables, selection).empty
    assert said in catalogue.figure("offices", tables, selection).empty


def test_an_office_without_open_countries_names_itself(edition):
    tables = edition(courses=COURSES, persons=PERSONS, regions={"GAP": "ROWCA"})
    figure = catalogue.figure("closing", tables, default_selection(tables), office="ROSEA")

    assert figure.empty.startswith("ROSEA Rosea") and "Choose another office" in figure.empty


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("office", [ALL_OFFICES, "ROSEA"])
def test_the_shortlist_leaves_as_a_workbook_that_explains_itself(tables, selection, unit, office):
    figure = catalogue.figure("closing", tables, selection, unit=unit, office=office)

    book = openpyxl.load_workbook(io.BytesIO(shortlist_workbook(figure, tables, selection)))

    rows = list(book["Shortlist"].values)
    assert list(rows[0]) == list(figure.table.columns)
    assert len(rows) == 1 + len(figure.table)
    about = dict(list(book["About"].values)[1:])
    assert about["Title"] == figure.title and about["Source"] == figure.source
    assert {row[0] for row in list(book["Columns"].values)[1:]} <= set(MEANINGS)


def test_steps_that_need_a_search_for_a_centre_are_not_called_centres(edition):
    tables = edition(courses=COURSES, persons={"GAP": 30, "NRV": 70})
    figure = catalogue.figure("closing", tables, default_selection(tables), unit="centres")

    assert figure.title == (
        "Two steps could bring coverage from 0 per cent to half: one by training, one by searching"
    )
