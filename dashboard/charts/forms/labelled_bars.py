"""Horizontal bars with their words above them: nothing is cut on a phone, and a zero keeps its row.

Rows are placed in pixels, so that a bar is as high beside two others as beside ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.look import GREY, Style
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_ABOVE,
    STAYS_WHEN_PICKED,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
)
from dashboard.charts.marks.plot_height import needs

LINE = 17  # px of a line of words
UNDER_WORDS = 4  # px between words and bar
BAR = 22  # px, room for a number inside
AIR = 14  # px below a bar
BREAK = 30  # px of a row that says what lies between two bars
LEGEND, LEGEND_LINE = 12, 19  # px; a phone has room for one entry in a line
WORDS_SIZE, BREAK_SIZE = 12, 11
LEAST, MOST = 0.86, 1.3  # of its height, a file may press and stretch the plot to


@dataclass(frozen=True)
class Piece:
    """A piece of a bar: its length in the unit of the chart, fill, hover box (escaped), and the
    text inside it, left out where there is no room."""

    length: float
    style: Style
    hover: str
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of parts from left to right. `words` above it are escaped, lines apart by <br>;
    `before`: what lies between this bar and the one above it; `picks`: what a click hands over."""

    words: str
    parts: tuple[Piece, ...]
    before: str = ""
    picks: tuple[str, ...] = ()


def labelled_bars(
    bars: Sequence[Bar], legend: Sequence[tuple[str, Style]] = (), full: float = 0, of: str = ""
) -> go.Figure:
    """The bars from top to bottom.

    `legend`: escaped name and style of each kind of part, none when the words name them. `full`:
    the length that takes the whole width; the longest bar unless given. `of`: what a bar stands
    for, so that a country is found in it (`measures.spotlight.KINDS`).
    """
    longest = max((sum(part.length for part in bar.parts) for bar in bars), default=0)
    tops, height = _places(bars)
    data, shapes = [], []
    for bar, top in zip(bars, tops, strict=True):
        middle = top + _words_height(bar) + BAR / 2
        drawn, boxes = _parts(bar, middle)
        data, shapes = data + drawn, shapes + boxes
        shapes.append(_foot_line(middle))
    data = [trace | {"meta": {"of": of}} for trace in data]
    data += [legend_entry(name, style) for name, style in legend]
    layout = {
        "barmode": "overlay",
        "height": height + _legend_height(len(legend)) + 8,
        "meta": needs(
            height,
            LEAST * height,
            MOST * height,
            folds=[
                top - BREAK * bool(bar.before) for bar, top in zip(bars[1:], tops[1:], strict=True)
            ],
            with_line=1.4,
        ),
        "margin": {"l": 2, "r": 2, "t": 4, "b": 4, "pad": 0},
        "uniformtext": {"minsize": BREAK_SIZE, "mode": "hide"},
        "xaxis": {
            "range": [0, (full or longest or 1) * 1.004],
            "visible": False,
            "fixedrange": True,
        },
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        "legend": LEGEND_ABOVE,
        "shapes": shapes,
        "annotations": [
            note for bar, top in zip(bars, tops, strict=True) for note in _words(bar, top)
        ],
    }
    return figure(data, layout)


def _words_height(bar: Bar) -> float:
    return LINE * (1 + bar.words.count("<br>")) + UNDER_WORDS


def _legend_height(entries: int) -> float:
    return LEGEND + LEGEND_LINE * entries if entries else 0


def _places(bars: Sequence[Bar]) -> tuple[list[float], float]:
    """Where the words of each bar begin, in px from the top, and the height of all."""
    tops, place = [], 0.0
    for bar in bars:
        place += BREAK * bool(bar.before)
        tops.append(place)
        place += _words_height(bar) + BAR + AIR
    return tops, max(place, LINE)


def _parts(bar: Bar, middle: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The parts of one bar as traces, and the dotted outlines over them."""
    traces, boxes, start = [], [], 0.0
    for part in bar.parts:
        if part.length:
            traces.append(_trace(part, start, middle, bar.picks))
            if part.style.dotted:
                ends = start, start + part.length
                boxes.append(dotted_box(*ends, middle - BAR / 2, middle + BAR / 2))
        start += part.length
    return traces, boxes


def _trace(part: Piece, start: float, middle: float, picks: tuple[str, ...]) -> dict[str, Any]:
    picked = {"customdata": [list(picks)], **STAYS_WHEN_PICKED} if picks else {}
    return {
        "type": "bar",
        "orientation": "h",
        "name": "",
        "showlegend": False,
        "x": [part.length],
        "base": [start],
        "y": [middle],
        "width": [BAR],
        "marker": bar_marker(part.style),
        "hovertext": [part.hover],
        "hovertemplate": HOVER,
        "text": [part.text],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": part.style.text, "size": BREAK_SIZE},
    } | picked


def _foot_line(middle: float) -> dict[str, Any]:
    """Where a bar begins: a bar without length is seen to be there."""
    ends = {"x0": 0, "x1": 0, "y0": middle - BAR / 2 - 2, "y1": middle + BAR / 2 + 2}
    return {"type": "line", "xref": "x", "yref": "y", **ends, "line": {"color": GREY, "width": 1.5}}


def _words(bar: Bar, top: float) -> list[dict[str, Any]]:
    place = {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "yref": "y",
        "yanchor": "top",
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
    }
    words = [place | {"text": bar.words, "y": top, "font": {"size": WORDS_SIZE}}]
    if bar.picks:
        words[0]["name"] = bar.picks[0]
    if bar.before:
        between = f"<i>{bar.before}</i>"
        words.append(place | {"text": between, "y": top - BREAK, "font": {"size": BREAK_SIZE}})
    return words
