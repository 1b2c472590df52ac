"""Top contributors as bars."""

import pytest

from dashboard.charts.forms.contributor_bars import contributors_bar
from tests.dashboard.chart_frames import (
    MARKUP,
    country,
    every_mark,
    legend,
    states,
    validated,
)


def bars(fig):
    return [t for t in fig.data if t.hovertext]


def test_rank_one_stands_on_top():
    fig = validated(contributors_bar(every_mark()))
    bottom, top = fig.layout.yaxis.range
    assert top < bottom
    assert fig.layout.yaxis.ticktext[0].startswith("Country GHA")
    assert fig.layout.yaxis.tickvals == (0, 1, 2, 3, 4, 5)


def test_every_name_has_its_state_letter_beside_it():
    ticks = contributors_bar(every_mark()).layout.yaxis.ticktext
    assert [t.split("<b>")[1].split("</b>")[0] for t in ticks] == list("MRC?N–")


def test_bars_end_with_the_count_and_its_share_of_the_world():
    frame = states(country("GHA", 6_521, "covered", "module"), world=92_511)
    fig = contributors_bar(frame)
    assert bars(fig)[0].text == ("6,521  (7%)",)
    assert bars(fig)[0].textposition == "outside"
    assert bars(fig)[0].cliponaxis is False


def test_no_percentage_below_a_total_of_ten():
    fig = contributors_bar(states(country("GHA", 3, "covered", "module"), world=7))
    assert bars(fig)[0].text == ("3  (3 of 7)",)


@pytest.mark.parametrize(
    ("name", "fill", "hatch"),
    [
        ("Covered", "#144372", None),
        ("Established gap", "#DB7B18", None),
        ("Partial evidence", "#FFFFFF", "#DB7B18"),
        ("?  Not documented (unknown)", "#FFFFFF", "#595959"),
        ("N  No course recorded (unknown)", "#EEEEEE", None),
        ("–  Not in the review (unknown)", "#EEEEEE", None),
    ],
)
def test_every_class_and_unknown_state_has_its_own_fill(name, fill, hatch):
    trace = next(t for t in bars(contributors_bar(every_mark())) if t.name == name)
    assert (trace.marker.color, trace.marker.pattern.fgcolor) == (fill, hatch)


def test_the_legend_names_every_mark_in_use_and_no_other():
    fig = contributors_bar(every_mark())
    assert legend(fig) == [t.name for t in bars(fig)]
    few = contributors_bar(states(country("PAK", 10, "gap", "related")))
    assert legend(few) == ["Established gap"]


def test_a_second_legend_says_what_the_other_letters_mean():
    names = legend(contributors_bar(every_mark()), "legend2")
    assert names == [
        "<b>M</b>  UN-CMCoord module",
        "<b>C</b>  CIMIC only",
        "<b>R</b>  Related humanitarian content",
    ]


def test_a_gap_whose_courses_are_not_documented_has_its_letter_explained():
    fig = contributors_bar(states(country("PAK", 10, "gap", "not-documented")))
    assert legend(fig, "legend2") == ["<b>?</b>  Not documented"]


def test_dotted_boxes_lie_over_the_bars_of_no_course_and_not_reviewed():
    boxes = contributors_bar(every_mark()).layout.shapes
    assert [(s.x1, (s.y0 + s.y1) / 2) for s in boxes] == [(3_000, 4), (1_000, 5)]
    assert all(s.line.dash for s in boxes)


def test_countries_without_personnel_have_no_bar():
    fig = contributors_bar(every_mark())
    assert not any("AUT" in tick for tick in fig.layout.yaxis.ticktext)
    assert sum(len(t.y) for t in bars(fig)) == 6


def test_two_countries_of_one_name_keep_two_bars():
    fig = contributors_bar(
        states(
            country("AAA", 9, "gap", "related", "Same"), country("BBB", 8, "gap", "related", "Same")
        )
    )
    assert bars(fig)[0].y == (0, 1)


def test_the_left_margin_grows_with_the_names_but_leaves_a_phone_room_for_bars():
    short = contributors_bar(states(country("TCD", 9, "gap", "related", "Chad")))
    long = contributors_bar(states(country("XXX", 9, "gap", "related", "N" * 90)))
    assert short.layout.margin.l < long.layout.margin.l
    assert 358 - long.layout.margin.l - long.layout.margin.r > 100


def test_markup_in_a_name_stays_text_on_axis_and_hover():
    fig = contributors_bar(states(country("XXX", 9, "gap", "related", "<b>x</b>")))
    assert fig.layout.yaxis.ticktext[0].startswith("&lt;b&gt;x&lt;/b&gt;")
    long = contributors_bar(states(country("XXX", 9, "gap", "related", MARKUP)))
    assert "<a" not in long.to_json()


def test_no_contributor_at_all_is_an_empty_chart():
    fig = validated(contributors_bar(states(country("AUT", 0, "gap", "related"))))
    assert not bars(fig)
