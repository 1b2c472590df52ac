"""What each choice does to a share: one row a choice, its words above its marks on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import BLUE, CLEAR, DARK_BLUE, PAPER
from dashboard.charts.marks.marks import HOVER, LEGEND_ABOVE, figure
from dashboard.charts.marks.plot_height import needs

ROW_HEIGHT = 52  # px: a line of text and a row of marks
FILE_ROWS = (50, 33, 60)  # px of a row in a file: usual, least, most
AXIS_HEIGHT = 64  # px: the scale and the legend
TEXT_FOOT, MARKS = 0.5, 0.26  # of a row, from its foot
RANGE_WIDTH = 9  # px
LINE = "#808080"  # 3 to 1 and more on the paper of both themes
EDGE = 0.012  # so that a mark at an end of the scale is whole


@dataclass(frozen=True)
class OptionRow:
    """One mark on a row: its place (a share, 0 to 1) and its hover text (plain lines)."""

    share: float
    hover: tuple[str, ...]
    is_base: bool = False


@dataclass(frozen=True)
class Row:
    """One choice: its words (`strong` in bold), the stretch it covers and the marks on it."""

    strong: str
    text: str
    options: Sequence[OptionRow] = field(default_factory=tuple)


def tornado(rows: Sequence[Row], base: float, ticks: Sequence[str]) -> go.Figure:
    """From lowest to highest share for each choice alone, around the share of the selection.

    `ticks`: labels of 0, a quarter, half, three quarters and all.
    """
    feet = [-place - 1 for place in range(len(rows))]
    marks = [
        (foot + MARKS, option)
        for foot, row in zip(feet, rows, strict=True)
        for option in row.options
    ]
    data = [
        *(
            _stretch(foot + MARKS, row.options)
            for foot, row in zip(feet, rows, strict=True)
            if row.options
        ),
        _dots([m for m in marks if not m[1].is_base], "Another option", BLUE, "circle"),
        _dots([m for m in marks if m[1].is_base], "As selected", DARK_BLUE, "diamond"),
    ]
    lines = [_base_line(base, foot + MARKS) for foot in feet]
    return _rows(data, rows, feet, ticks, lines)


def moves(rows: Sequence[Row], ticks: Sequence[str]) -> go.Figure:
    """How far each choice moves the share over all combinations of the others.

    Options of a row, in this order: the middle move (median), the largest, and from the selection.
    """
    feet = [-place - 1 for place in range(len(rows))]
    found = [(foot + MARKS, row.options) for foot, row in zip(feet, rows, strict=True)]
    data = [
        *(_stretch(y, [OptionRow(0, ()), options[1]]) for y, options in found),
        _dots([(y, options[1]) for y, options in found], "Largest move", BLUE, "circle"),
        _dots(
            [(y, options[0]) for y, options in found],
            "Middle move (median)",
            LINE,
            "line-ns",
            width=3,
        ),
        _dots(
            [(y, options[2]) for y, options in found], "From the selection", DARK_BLUE, "diamond"
        ),
    ]
    return _rows(data, rows, feet, ticks, [])


def _rows(
    data: list[dict[str, Any]],
    rows: Sequence[Row],
    feet: Sequence[int],
    ticks: Sequence[str],
    shapes: list[dict[str, Any]],
) -> go.Figure:
    layout = {
        "height": len(rows) * ROW_HEIGHT + AXIS_HEIGHT,
        "meta": needs(*(len(rows) * row for row in FILE_ROWS), folds=feet[:-1], with_line=1.35),
        "margin": {"l": 6, "r": 22, "t": 12, "b": 24, "pad": 0},
        "xaxis": {
            "range": [-EDGE, 1 + EDGE],
            "tickmode": "array",
            "tickvals": [place / (len(ticks) - 1) for place in range(len(ticks))],
            "ticktext": list(ticks),
            "tickfont": {"size": 12},
            "tickangle": 0,
            "fixedrange": True,
            "ticklabeloverflow": "allow",
            "showgrid": True,
            "zeroline": False,
            "gridcolor": "rgba(128,128,128,0.22)",
            "ticks": "",
        },
        "yaxis": {"range": [-len(rows) or -1, 0.05], "visible": False, "fixedrange": True},
        "legend": LEGEND_ABOVE,
        "shapes": shapes,
        "annotations": [_words(row, foot) for row, foot in zip(rows, feet, strict=True)],
    }
    return figure(data, layout)


def _base_line(base: float, y: float) -> dict[str, Any]:
    """Where the selection stands, beside the marks only: the words above them stay clear of it."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": base,
        "x1": base,
        "y0": y - 0.2,
        "y1": y + 0.2,
        "layer": "below",
        "line": {"color": LINE, "width": 1.5},
    }


def _stretch(y: float, options: Sequence[OptionRow]) -> dict[str, Any]:
    shares = [option.share for option in options]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [min(shares), max(shares)],
        "y": [y, y],
        "line": {"color": "rgba(31,105,179,0.45)", "width": RANGE_WIDTH},
        "name": "",
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _dots(
    marks: Sequence[tuple[float, OptionRow]], name: str, colour: str, symbol: str, width: int = 1
) -> dict[str, Any]:
    """Marks with a white ring (a stroke has none): they part from each other and from the page."""
    stroke = symbol.startswith("line")
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": True,
        "x": [option.share for _, option in marks],
        "y": [y for y, _ in marks],
        "marker": {
            "symbol": symbol,
            "size": 14 if stroke else 12,
            "color": CLEAR if stroke else colour,
            "line": {"color": colour if stroke else PAPER, "width": width},
        },
        "hovertext": ["<br>".join(map(escaped, option.hover)) for _, option in marks],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _words(row: Row, foot: float) -> dict[str, Any]:
    return {
        "text": f"<b>{escaped(row.strong)}</b>  {escaped(row.text)}".strip(),
        "showarrow": False,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": foot + TEXT_FOOT,
        "yref": "y",
        "yanchor": "bottom",
        "font": {"size": 12},
        "borderpad": 1,
        "align": "left",
    }
