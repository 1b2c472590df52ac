"""The square table of counts, and the swatches."""

import xml.etree.ElementTree as xml

import pandas as pd
import pytest

from dashboard.charts.forms.square_matrix import HEADS, square_matrix
from dashboard.charts.marks.look import CLASS_STYLES, MARK_STYLES, PAPER, STATE_STYLES, swatch
from dashboard.measures.comparison import MARKS
from tests.dashboard.chart_frames import MARKUP, MARKUP_ESCAPED, legend, validated

STYLES = {mark: MARK_STYLES[mark] for mark in MARKS}
LABELS = {mark: mark.capitalize() for mark in MARKS}


def _matrix(*rows, labels=LABELS):
    cells = [
        {"down": a, "across": b, "number": n, "more": more, "hover": f"{a} {b}"}
        for a, b, n, more in rows
    ]
    frame = pd.DataFrame(cells, columns=["down", "across", "number", "more", "hover"])
    return validated(square_matrix(frame, STYLES, labels, "before", "after"))


def _texts(fig):
    """(down, across) -> text, from the traces that carry text."""
    return {
        (MARKS[int(y)], MARKS[int(base)]): text
        for trace in fig.data
        if trace.text
        for y, base, text in zip(trace.y, trace.base, trace.text, strict=True)
    }


def test_a_cell_shows_its_count_and_its_second_line():
    texts = _texts(_matrix(("gap", "covered", 1234, "35,466"), ("gap", "gap", 2, "")))

    assert "<b>1,234</b>" in texts["gap", "covered"] and "35,466" in texts["gap", "covered"]
    assert texts["gap", "gap"] == "<b>2</b>"


@pytest.mark.parametrize("mark", MARKS)
def test_what_stayed_the_same_has_the_look_of_its_kind(mark):
    fig = _matrix((mark, mark, 3, ""))

    cell = next(t for t in fig.data if t.customdata is not None)
    assert cell.marker.color == STYLES[mark].fill
    assert bool(cell.marker.pattern.shape) == STYLES[mark].hatch
    assert len(fig.layout.shapes) == STYLES[mark].dotted


def test_what_differs_is_plain_whatever_its_kind():
    fig = _matrix(("gap", "covered", 1, ""), ("not-reviewed", "partial", 1, ""))

    cell = next(t for t in fig.data if t.customdata is not None)
    assert cell.marker.color == PAPER and len(cell.x) == 2
    assert [list(pair) for pair in cell.customdata] == [
        ["gap", "covered"],
        ["not-reviewed", "partial"],
    ]


def test_every_pair_has_a_place_also_when_there_is_nothing():
    fig = _matrix()

    assert len(fig.data[0].x) == len(MARKS) ** 2
    assert len(legend(fig)) == len(MARKS)
    assert len(fig.layout.xaxis.ticktext) == len(fig.layout.yaxis.ticktext) == len(MARKS)


def test_labels_are_shown_as_they_are_written():
    assert any(MARKUP_ESCAPED in name for name in legend(_matrix(labels=LABELS | {"gap": MARKUP})))


def test_every_level_state_and_class_has_a_head():
    assert set(HEADS) >= set(STATE_STYLES) | (set(CLASS_STYLES) - {"unknown"})


@pytest.mark.parametrize("style", [*CLASS_STYLES.values(), *STATE_STYLES.values()])
def test_a_swatch_is_a_picture_with_hatch_dots_and_letter(style):
    root = xml.fromstring(swatch(style))

    letters = [part.text for part in root.iter() if part.tag.endswith("text")]
    assert letters == ([style.letter] if style.letter else [])
    assert ("stroke-dasharray" in swatch(style)) == style.dotted
    assert any(part.tag.endswith("path") for part in root) == style.hatch
