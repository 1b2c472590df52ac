"""The grid of countries by level."""

import pytest

from dashboard.charts.forms.level_matrix import LEVELS, level_matrix
from tests.dashboard.chart_frames import (
    MARKUP,
    STATE_LABELS,
    country,
    every_mark,
    legend,
    states,
    validated,
)

LABELS = {level: STATE_LABELS[level][1] for level in LEVELS}


def numbers(fig) -> dict[tuple[int, int], str]:
    """(row, column) -> letter and number shown, for cells that end in a bold number."""
    return {
        (row, int(base)): text.replace("<b>", "").removesuffix("</b>")
        for t in fig.data
        if t.text
        for row, base, text in zip(t.y, t.base, t.text, strict=True)
        if text.endswith("</b>")
    }


def test_a_cell_shows_its_letter_and_how_many_courses_a_country_has_at_the_level():
    fig = validated(level_matrix(every_mark(), LABELS))
    assert numbers(fig) == {
        (0, 1): "M 1",
        (0, 5): "? 2",
        (1, 3): "R 1",
        (1, 4): "0 1",
        (2, 2): "C 2",
        (3, 5): "? 3",
        (6, 3): "R 1",
    }


def test_column_heads_carry_the_letters_of_the_levels():
    heads = level_matrix(every_mark(), LABELS).layout.xaxis.ticktext
    assert [head.split("<b>")[1][0] for head in heads] == list("DMCR0?")


def test_the_legend_names_every_level_in_full_even_one_that_nobody_has():
    assert legend(level_matrix(every_mark(), LABELS)) == [
        f"<b>{letter}</b>  {label}" for letter, label in list(STATE_LABELS.values())[:6]
    ]


@pytest.mark.parametrize(
    ("level", "fill"),
    [
        ("module", "#1F69B3"),
        ("cimic", "#82B5E9"),
        ("related", "#D4E5F7"),
        ("none-found", "#DB7B18"),
    ],
)
def test_cells_are_filled_by_level(level, fill):
    fig = level_matrix(every_mark(), LABELS)
    assert next(t for t in fig.data if t.name == LABELS[level]).marker.color == fill


def test_a_number_on_a_hatch_stands_on_white():
    fig = level_matrix(every_mark(), LABELS)
    hatched = next(t for t in fig.data if t.name == LABELS["not-documented"])
    chip = next(t for t in fig.data if t.text and list(t.y) == list(hatched.y))
    assert hatched.marker.pattern.shape == "/"
    assert hatched.text is None
    assert chip.marker.color == "#FFFFFF"
    assert max(chip.x) < min(hatched.x)


def test_an_empty_cell_is_blank_and_says_why_when_pointed_at():
    fig = level_matrix(states(country("PAK", 9, "gap", "related", related=2)), LABELS)
    blank = next(t for t in fig.data if t.hovertext and "none of" in t.hovertext[0])
    assert blank.text is None
    assert len(blank.hovertext) == 5
    assert "Dedicated course: none of 2 considered courses" in blank.hovertext[0]
    assert "Because of related." in blank.hovertext[0]


def test_a_country_without_a_considered_course_is_one_dotted_cell_with_its_state():
    fig = level_matrix(every_mark(), LABELS)
    words = next(t for t in fig.data if t.text and not t.text[0].endswith("</b>"))
    assert words.text == ("<b>N</b>  No course recorded", "<b>–</b>  Not in the review")
    assert list(words.y) == [4, 5]
    assert [(s.y0 + s.y1) / 2 for s in fig.layout.shapes] == [4, 5]


def test_no_cell_is_both_blank_and_filled():
    fig = level_matrix(every_mark(), LABELS)
    cells = [
        (row, round(base + x / 2, 3))
        for t in fig.data
        if t.hovertext
        for row, base, x in zip(t.y, t.base, t.x, strict=True)
    ]
    assert len(cells) == len(set(cells)) == 5 * len(LEVELS) + 2


def test_markup_in_names_and_labels_stays_text():
    frame = states(country("XXX", 9, "gap", "related", MARKUP, related=1))
    fig = level_matrix(frame, {**LABELS, "related": MARKUP})
    assert "<a" not in fig.to_json()


def test_one_course_is_not_called_courses():
    fig = level_matrix(states(country("PAK", 9, "gap", "related", related=1)), LABELS)
    assert "1 of 1 considered course<br>" in fig.data[0].hovertext[0]
