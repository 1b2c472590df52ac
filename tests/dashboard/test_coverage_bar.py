"""The one bar of all personnel and its two bounds."""

import pandas as pd
import pytest

from dashboard.charts.forms.coverage_bar import coverage_bar
from tests.dashboard.chart_frames import (
    CLASS_LABELS,
    MARKUP,
    MARKUP_ESCAPED,
    STATE_LABELS,
    legend,
    validated,
)


def segments(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Rows of (class, state or "", persons), as measures/coverage.py hands them over."""
    total = sum(persons for _, _, persons in rows)
    return pd.DataFrame(
        {
            "country_class": key,
            "class_label": CLASS_LABELS[key],
            "state": state,
            "state_label": STATE_LABELS[state][1] if state else "",
            "persons": persons,
            "share": persons / total if total else 0.0,
            "countries": 2,
        }
        for key, state, persons in rows
    )


REAL = segments(
    ("gap", "", 13_654),
    ("covered", "", 6_521),
    ("unknown", "not-documented", 15_537),
    ("unknown", "not-reviewed", 3_679),
    ("partial", "", 53_120),
)


def bars(fig):
    return fig.data[0]


def test_segments_fill_the_bar_from_documented_to_established_gap():
    fig = validated(coverage_bar(REAL))
    names = [text.split("<br>")[0] for text in bars(fig).hovertext]
    assert names == [
        "<b>Covered</b>",
        "<b>Partial evidence</b>",
        "<b>?  Not documented</b> (unknown)",
        "<b>–  Not in the review</b> (unknown)",
        "<b>Established gap</b>",
    ]
    ends = [base + x for base, x in zip(bars(fig).base, bars(fig).x, strict=True)]
    assert ends == pytest.approx([*bars(fig).base[1:], 1.0])
    assert bars(fig).base[0] == 0


def test_the_free_zone_begins_at_the_lower_and_ends_at_the_upper_bound():
    fig = coverage_bar(REAL)
    lower, upper = fig.layout.annotations
    assert (lower.text, upper.text) == ("<b>7%</b> lower bound", "<b>85%</b> upper bound")
    assert lower.x == pytest.approx(6_521 / 92_511)
    assert upper.x == pytest.approx((92_511 - 13_654) / 92_511)
    assert lower.x == pytest.approx(bars(fig).base[1])
    assert upper.x == pytest.approx(bars(fig).base[-1])


@pytest.mark.parametrize(
    ("rows", "bounds"),
    [
        ([("covered", "", 100)], ("100%", "100%")),
        ([("gap", "", 100)], ("0%", "0%")),
        ([("partial", "", 60), ("unknown", "no-course", 40)], ("0%", "100%")),
        ([("covered", "", 3), ("gap", "", 4)], ("3 of 7", "3 of 7")),
    ],
)
def test_bounds_hold_at_the_ends_and_in_small_totals(rows, bounds):
    fig = validated(coverage_bar(segments(*rows)))
    assert tuple(n.text.split("</b>")[0][3:] for n in fig.layout.annotations) == bounds


def test_close_bounds_are_labelled_on_two_lines():
    far = coverage_bar(REAL).layout.annotations
    near = coverage_bar(
        segments(("covered", "", 45), ("partial", "", 10), ("gap", "", 45))
    ).layout.annotations
    assert far[0].y == far[1].y
    assert near[0].y < near[1].y


def test_the_legend_names_every_segment_with_counts_and_letters():
    assert legend(coverage_bar(REAL)) == [
        "Covered: 6,521 (7%), 2 countries",
        "Partial evidence: 53,120 (57%), 2 countries",
        "?  Not documented: 15,537 (17%), 2 countries",
        "–  Not in the review: 3,679 (4%), 2 countries",
        "Established gap: 13,654 (15%), 2 countries",
    ]


def test_partial_and_unknown_are_hatched_each_in_its_own_colour():
    fig = coverage_bar(REAL)
    hatched = {
        t.name: t.marker.pattern.fgcolor
        for t in fig.data
        if t.marker.pattern.shape and not t.showlegend
    }
    assert hatched == {"Partial evidence": "#DB7B18", "?  Not documented": "#595959"}


def test_only_countries_without_a_course_or_not_reviewed_are_outlined_in_dots():
    fig = coverage_bar(REAL)
    dotted = [s for s in fig.layout.shapes if s.line.dash]
    widths = list(bars(fig).marker.line.width)
    assert [s.type for s in dotted] == ["rect"]
    assert dotted[0].x0 == pytest.approx(bars(fig).base[3])
    assert widths == [1, 1, 1, 0, 1]


def test_labels_stand_in_the_bar_with_a_legible_colour_and_hide_where_they_do_not_fit():
    fig = coverage_bar(REAL)
    labels = next(t for t in fig.data if t.text)
    assert labels.insidetextfont.color == ("#FFFFFF", *["#1D2329"] * 4)
    assert fig.layout.uniformtext.mode == "hide"


def test_without_states_unknown_is_one_hatched_segment():
    rows = segments(("covered", "", 60), ("unknown", "", 40)).drop(columns=["state", "state_label"])
    assert legend(coverage_bar(rows))[1].startswith("Unknown: 40")


def test_without_persons_the_bar_is_empty():
    fig = validated(coverage_bar(segments(("covered", "", 0), ("gap", "", 0))))
    assert not fig.data
    assert not fig.layout.annotations


def test_markup_in_a_label_stays_text():
    fig = coverage_bar(segments(("covered", "", 60)).assign(class_label=MARKUP))
    assert legend(fig) == [f"{MARKUP_ESCAPED}: 60 (100%), 2 countries"]
    assert "<a href" not in bars(fig).hovertext[0]
