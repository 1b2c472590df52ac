"""Measure 12 for two editions: what moved, and effects that add up."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.edition.selection import default_selection
from dashboard.figures.editions import points, signed
from dashboard.measures.comparison import (
    ITEMS,
    MARKS,
    Side,
    Step,
    class_changes,
    figures_moved,
    headline_steps,
    moved,
    sides,
)
from dashboard.measures.coverage import coverage

COVERED = {"cmcoord_level": "module"}
LATER = {
    "statement": "Later.",
    "as_of": "2026-11-20",
    "contributions_as_of": "2018-02-28",
    "producer": "Nobody",
    "licence": "None",
    "url": "",
}


@pytest.fixture
def two(edition):
    """AAA gap and then covered, BBB new in the review, CCC only in the later personnel."""
    one = edition(
        name="one",
        persons={"AAA": 60, "BBB": 30, "DDD": 10},
        courses=[("AAA", {"centre": "x", "course_title": "A"}), ("DDD", {"centre": "old"})],
    )
    two = edition(
        name="two",
        persons={"AAA": 60},
        later={"AAA": 20, "BBB": 20, "CCC": 60},
        courses=[("AAA", {"centre": "x", **COVERED}), ("BBB", COVERED), ("DDD", {"centre": "new"})],
        package={"edition": LATER},
    )
    return one, two


@pytest.fixture
def both(two):
    one, other = two
    return sides(one, default_selection(one), other)


def test_the_earlier_edition_is_before_whichever_is_looked_at(two):
    one, other = two
    for looked_at, against in ((one, other), (other, one)):
        before, after = sides(looked_at, default_selection(looked_at), against)
        assert (before.tables, after.tables) == (one, other)


def test_a_chosen_date_counts_for_the_edition_looked_at_and_the_other_keeps_its_own(two):
    one, other = two
    chosen = replace(default_selection(one), as_of="2018-02-28", personnel="military")

    before, after = sides(one, chosen, other)

    assert (before.selection.as_of, after.selection.as_of) == ("2018-02-28", "2018-02-28")
    assert (after.selection.edition, after.selection.personnel) == ("two", "military")


def test_the_steps_begin_and_end_at_the_headlines_of_the_two_editions(both):
    steps = headline_steps(*both)

    for side, step in zip(both, (steps.before, steps.after), strict=True):
        headline = coverage(side.tables, side.selection)
        assert (step.lower, step.upper, step.N) == (headline.lower, headline.upper, headline.N)


def test_the_effects_are_those_of_the_review_and_of_the_personnel_alone(both):
    steps = headline_steps(*both)

    assert (steps.before.lower, steps.before.N) == (0, 100)
    assert (steps.evidence.lower, steps.evidence.N) == (90, 100)
    assert (steps.after.lower, steps.after.N) == (40, 100)
    assert (steps.other_way.lower, steps.other_way.upper, steps.other_way.N) == (0, 80, 100)


def test_a_country_that_the_review_does_not_have_is_not_in_the_review(both):
    assert headline_steps(*both).other_way.marks["not-reviewed"] == 80


def test_an_edition_compared_with_itself_moves_nothing(two):
    one, _ = two
    before, after = sides(one, default_selection(one), one)

    steps = headline_steps(before, after)
    assert steps.before.marks == steps.evidence.marks == steps.after.marks == steps.other_way.marks
    assert not class_changes(before, after)["changed"].any()
    assert all(moved(before, after, items).empty for items in ITEMS)
    assert (figures_moved(before, after)["difference"] == 0).all()


def test_class_changes_count_every_person_of_both_dates_once(both):
    rows, steps = class_changes(*both), headline_steps(*both)

    assert rows["persons_before"].sum() == steps.before.N
    assert rows["persons_after"].sum() == steps.after.N
    for column, step in (("was", steps.before), ("became", steps.evidence)):
        sums = rows.groupby(column)["persons_before"].sum()
        assert {mark: int(sums.get(mark, 0)) for mark in MARKS} == step.marks


def test_class_changes_name_the_countries(both):
    rows = class_changes(*both).set_index("country_iso3")

    assert tuple(rows.loc["AAA", ["was", "became"]]) == ("gap", "covered")
    assert tuple(rows.loc["BBB", ["was", "became"]]) == ("not-reviewed", "covered")
    assert not rows.loc["CCC", "changed"]


def test_what_came_went_and_changed_goes_by_identifier(both):
    courses = moved(*both, "courses")

    assert list(zip(courses["change"], courses["id"], strict=True)) == [
        ("came", "BBB-1"),
        ("came", "DDD-2"),
        ("went", "DDD-1"),
        ("changed", "AAA-0"),
    ]
    assert courses["level_change"].iloc[-1] == "Related → Module"


def test_a_renamed_item_is_marked_by_its_page_and_country(both):
    courses = moved(*both, "courses").set_index("id")

    assert courses.loc["DDD-2", "same_page"] and courses.loc["DDD-1", "same_page"]
    assert not courses.loc["BBB-1", "same_page"]


def test_only_reviewed_countries_come_and_go(both):
    assert list(moved(*both, "countries")["id"]) == ["BBB"]


def test_the_counts_that_a_report_quotes(both):
    rows = figures_moved(*both).set_index("figure")

    assert tuple(rows.loc["Courses", ["before", "after", "difference"]]) == (2, 3, 1)
    assert rows.loc["Reviewed countries: Covered", "difference"] == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    counts=st.lists(
        st.lists(st.integers(0, 10_000), min_size=6, max_size=6), min_size=3, max_size=3
    )
)
def test_the_effects_add_up_as_they_are_printed(counts):
    steps = [Step("r", "2018-01-31", dict(zip(MARKS, row, strict=True))) for row in counts]
    if all(step.N for step in steps):
        for bound in ("lower", "upper"):
            first, middle, last = (points(step, bound) for step in steps)
            assert (middle - first) + (last - middle) == last - first
        assert all(step.lower <= step.upper <= step.N for step in steps)


@pytest.mark.parametrize(("number", "text"), [(23, "+23"), (0, "±0"), (-4, "−4")])
def test_a_difference_carries_its_sign(number, text):
    assert signed(number) == text


def test_a_side_keeps_tables_and_selection(two):
    one, _ = two
    assert Side(one, default_selection(one)).tables is one
