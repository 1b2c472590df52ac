"""Numbers, names and hover boxes on marks."""

import pandas as pd
import pytest

from dashboard.charts.marks.labels import (
    AXIS_WIDTH,
    axis_name,
    count,
    country_hover,
    escaped,
    marks_in_use,
    per_cent,
    world_total,
)
from tests.dashboard.chart_frames import MARKUP, country, every_mark, states


@pytest.mark.parametrize(
    ("part", "total", "text"),
    [
        (6_521, 92_511, "7%"),
        (5, 1_000, "1%"),  # halves go up
        (1, 92_511, "&lt;1%"),
        (92_510, 92_511, "&gt;99%"),
        (0, 92_511, "0%"),
        (92_511, 92_511, "100%"),
        (3, 7, "3 of 7"),
        (9, 9, "9 of 9"),
        (5, 10, "50%"),
        (0, 0, ""),
    ],
)
def test_shares_are_whole_per_cents_and_none_below_a_total_of_ten(part, total, text):
    assert per_cent(part, total) == text


def test_counts_are_never_abbreviated():
    assert count(1_234_567) == "1,234,567"


@pytest.mark.parametrize(
    ("iso3", "name", "shown"),
    [
        ("GHA", "Ghana", "Ghana"),
        ("COD", "Democratic Republic of the Congo", "DR Congo"),
        ("XXX", "A name that is far too long for an axis", "A name that is f…"),
        ("XXX", "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
    ],
)
def test_names_on_an_axis_leave_room_for_the_bars(iso3, name, shown):
    assert axis_name(iso3, name) == shown
    assert len(axis_name("XXX", "n" * 80)) <= AXIS_WIDTH


def test_escaping_leaves_no_tag_that_plotly_would_read():
    assert "<" not in escaped(MARKUP)
    assert escaped("Côte d'Ivoire") == "Côte d'Ivoire"


def test_the_world_total_is_that_of_the_shares_not_of_the_rows():
    frame = states(country("GHA", 6_521, "covered", "module"), world=92_511)
    assert world_total(frame["persons"], frame["share"]) == 92_511
    nobody = pd.Series([0, 0])
    assert world_total(nobody, nobody / 1.0) == 0


def test_every_unknown_state_is_a_mark_of_its_own_in_the_order_of_the_legend():
    assert list(marks_in_use(every_mark())) == [
        "covered",
        "gap",
        "partial",
        "not-documented",
        "no-course",
        "not-reviewed",
    ]


def hover(row: dict, total: int) -> str:
    return country_hover(next(states(row).itertuples(index=False)), total)


def test_a_hover_box_names_persons_share_class_state_and_reason():
    text = hover(country("GHA", 6_521, "covered", "module", "Ghana"), 92_511)
    assert text == (
        "<b>Ghana</b> (GHA)<br>6,521 of 92,511 persons (7%)<br>Class: Covered"
        "<br>State: M  UN-CMCoord module<br><i>Because of module.</i>"
    )


def test_a_hover_box_gives_no_percentage_below_a_total_of_ten():
    assert "<br>3 of 7 persons<br>" in hover(country("GHA", 3, "covered", "module"), 7)


def test_a_hover_box_of_a_country_without_personnel_says_so():
    assert "No personnel under this selection" in hover(country("AUT", 0, "gap", "related"), 500)


def test_markup_in_a_name_stays_text_in_a_hover_box():
    text = hover(country("GHA", 5, "covered", "module", "<a href='x'>y</a>"), 500)
    assert "&lt;a href='x'&gt;y&lt;/a&gt;" in text
    assert "<a" not in text
