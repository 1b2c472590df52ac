"""A few large numbers under a question: what sets the scene, read from the last row of a room."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.marks import figure
from dashboard.charts.marks.plot_height import needs

ACROSS = 3  # numbers in a row
QUESTION_SIZE, NUMBER_SIZE, WORDS_SIZE = 13, 30, 12  # px
# Characters of a line: as many as stand beside each other in a column of a page.
QUESTION_WIDTH, WORDS_WIDTH = 48, 18
QUESTION_LINE, NUMBER_LINE, WORDS_LINE = 18, 36, 15  # px
RULE, AIR = 12, 12  # px: from the question to the numbers, below a row
LINE = "#808080"  # seen on the paper of both themes
LEAST, MOST = 0.95, 1.15  # of its height, a file may press and stretch the plot to


@dataclass(frozen=True)
class Large:
    """A number as it is written, and the words below it (plain)."""

    number: str
    words: str


def large_numbers(question: str, numbers: Sequence[Large]) -> go.Figure:
    """The question (plain), and the numbers below it in rows of `ACROSS`, from left to right."""
    asked = textwrap.wrap(question, QUESTION_WIDTH)
    rows = [numbers[start : start + ACROSS] for start in range(0, len(numbers), ACROSS)]
    notes = [_note("<br>".join(map(escaped, asked)), 0, 0, QUESTION_SIZE)]
    shapes, top = [], QUESTION_LINE * len(asked) + RULE
    for row in rows:
        shapes.append(_rule(top))
        top += RULE
        lines = [textwrap.wrap(one.words, WORDS_WIDTH) for one in row]
        for place, (one, words) in enumerate(zip(row, lines, strict=True)):
            notes.append(_note(f"<b>{escaped(one.number)}</b>", place, top, NUMBER_SIZE))
            text = "<br>".join(map(escaped, words))
            notes.append(_note(text, place, top + NUMBER_LINE, WORDS_SIZE))
        top += NUMBER_LINE + WORDS_LINE * max(map(len, lines)) + AIR
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "height": top + 8,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4, "pad": 0},
        "meta": needs(top, LEAST * top, MOST * top),
        "xaxis": hidden | {"range": [0, ACROSS]},
        "yaxis": hidden | {"range": [top, 0]},
        "shapes": shapes,
        "annotations": notes,
    }
    # Axes without a trace are not drawn, and what stands on them is not either.
    return figure(
        [{"type": "scatter", "x": [None], "y": [None], "showlegend": False, "hoverinfo": "skip"}],
        layout,
    )


def _note(text: str, place: float, top: float, size: float) -> dict[str, Any]:
    return {
        "text": text,
        "x": place,
        "xref": "x",
        "xanchor": "left",
        "y": top,
        "yref": "y",
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size},
    }


def _rule(top: float) -> dict[str, Any]:
    """A line over a row of numbers."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": 0,
        "x1": ACROSS,
        "y0": top,
        "y1": top,
        "line": {"color": LINE, "width": 1.2},
    }
