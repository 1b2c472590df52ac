"""Bars for a place as small as a part of a page: names at the left, numbers at the right.

At print size, with all type at 8 points or more. Several panels stand side by side in one picture.
Nothing moves and nothing answers a pointer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.letters import width, wrapped
from dashboard.charts.marks.look import FONT, GREY, INK, PAPER, Style, template
from dashboard.charts.marks.marks import bar_marker, figure
from dashboard.charts.marks.sheets import SMALLEST_TYPE

TYPE = SMALLEST_TYPE + 0.1
TITLE, LINE, AIR, BAR = 19, 13, 4, 10  # px: title, line of a name, between rows, bar
NAMES = 0.4  # of the width of a panel, at most
GAP = 6  # px between name, bar and number
BETWEEN = 16  # px between two panels


@dataclass(frozen=True)
class Row:
    """A row: name, parts of its bar from left to right as (length, look), and the number after."""

    name: str
    parts: Sequence[tuple[float, Style]]
    number: str


@dataclass(frozen=True)
class Panel:
    """Rows on one scale under a title, with a legend of solid looks below. Plain text."""

    title: str
    rows: Sequence[Row]
    legend: Sequence[tuple[str, Style]] = field(default_factory=tuple)


def small_bars(panels: Sequence[Panel], size: tuple[float, float]) -> go.Figure:
    """Panels from left to right in `size` (width, height) px.

    Rows keep their height: what is too high for the size is cut at its foot, so ask for enough.
    """
    wide = (size[0] - BETWEEN * (len(panels) - 1)) / max(1, len(panels))
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for place, panel in enumerate(panels):
        left = place * (wide + BETWEEN)
        bottom = _rows(panel, left, wide, data, notes, shapes)
        _legend(panel, left, bottom + GAP, wide, notes, shapes)
    return figure(data, _layout(size) | {"annotations": notes, "shapes": shapes})


def _rows(
    panel: Panel,
    left: float,
    wide: float,
    data: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    shapes: list[dict[str, Any]],
) -> float:
    """Adds bars, words and the line where the bars begin. Returns where the rows end."""
    names = [wrapped(row.name, TYPE, NAMES * wide) or [""] for row in panel.rows]
    named = max((width(line, TYPE) for lines in names for line in lines), default=0)
    counted = max((width(row.number, TYPE) for row in panel.rows), default=0)
    longest = max((sum(n for n, _ in row.parts) for row in panel.rows), default=0) or 1
    scale = max(1.0, wide - named - counted - 3 * GAP) / longest
    start, top = left + named + GAP, float(TITLE)
    notes.append(_words(f"<b>{escaped(panel.title)}</b>", left, TITLE / 2))
    for row, lines in zip(panel.rows, names, strict=True):
        middle, end = top + LINE * len(lines) / 2, start
        for length, style in row.parts:
            if length:
                data.append(_bar(end, length * scale, middle, style))
                end += length * scale
        notes.append(_words("<br>".join(map(escaped, lines)), left, middle))
        notes.append(_words(escaped(row.number), end + GAP / 2, middle))
        top += LINE * len(lines) + AIR
    shapes.append(
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": start,
            "x1": start,
            "y0": TITLE - 2,
            "y1": top - AIR + 2,
            "line": {"color": GREY, "width": 1},
        }
    )
    return top


def _bar(start: float, length: float, middle: float, style: Style) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [length],
        "base": [start],
        "y": [middle],
        "width": [BAR],
        "marker": bar_marker(style),
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _words(text: str, left: float, middle: float) -> dict[str, Any]:
    return {
        "text": text,
        "x": left,
        "y": middle,
        "xref": "x",
        "yref": "y",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": TYPE, "color": INK},
    }


def _legend(
    panel: Panel,
    left: float,
    top: float,
    wide: float,
    notes: list[dict[str, Any]],
    shapes: list[dict[str, Any]],
) -> None:
    """Adds the legend, in lines as full as they can be. Plotly's own would move the plot."""
    x, y = left, top
    for name, style in panel.legend:
        needed = BAR + GAP + width(name, TYPE)
        if x > left and x + needed > left + wide:
            x, y = left, y + LINE + AIR
        shapes.append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "y",
                "x0": x,
                "x1": x + BAR,
                "y0": y,
                "y1": y + BAR,
                "fillcolor": style.fill,
                "line": {"color": style.outline, "width": 1},
            }
        )
        notes.append(_words(escaped(name), x + BAR + GAP / 2, y + BAR / 2))
        x += needed + 2 * GAP


def _layout(size: tuple[float, float]) -> dict[str, Any]:
    """One unit of either axis is one px."""
    wide, high = size
    axis = {"visible": False, "fixedrange": True, "automargin": False}
    return {
        "template": template(),
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": TYPE, "color": INK},
        "barmode": "overlay",
        "showlegend": False,
        "width": wide,
        "height": high,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "xaxis": axis | {"range": [0, wide]},
        "yaxis": axis | {"range": [high, 0]},
    }
