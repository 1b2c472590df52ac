"""The words of a figure, and how they stand around its chart: in a file inside it, on a page beside.

A file is laid out on a `Sheet`. The chart keeps the height it was drawn with where the sheet has no
height of its own; on a slide or a square it is stretched or pressed into what the words leave it.
"""

import html
from dataclasses import asdict, dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.letters import balanced, height, parted, wrapped
from dashboard.charts.marks.look import (
    BOUNDARIES,
    DISCLAIMER,
    FONT,
    INK,
    PAPER,
    QUIET_INK,
    template,
)
from dashboard.charts.marks.sheets import PAGE_WIDE, SMALLEST_TYPE, Paper
from dashboard.charts.typeset import legends
from dashboard.charts.typeset.fit import Fit, fitted
from dashboard.charts.typeset.ink import in_page_ink
from dashboard.charts.typeset.map_fit import map_fitted
from dashboard.charts.typeset.margins import inset
from dashboard.charts.typeset.scaled import with_type

FOOT = "foot"  # name of the annotation that holds note, source and statement
BODY = 13  # px, type that a chart gives no size
# Of the size of the type: height of a capital; between title and subtitle (Plotly's own); between
# them and the chart; between the chart and the words at the foot.
CAPITAL, TITLE_GAP, CHART_GAP, FOOT_GAP = 0.72, 0.5, 0.6, 1.5
ABOVE = 0.4  # of the height that a chart leaves empty: the part above it


@dataclass(frozen=True)
class Words:
    """The words of one figure, plain text.

    Finding; population with n and filters; source; what the figure cannot tell; the finding for
    those who do not see the chart; the edition's own words about what it is and is not; where the
    view is to be found again and what it was made from; a line about one country, in bold.
    """

    title: str
    subtitle: str
    source: str
    note: str = ""
    alt: str = ""
    statement: str = ""
    origin: str = ""
    spotlight: str = ""


def finish(
    fig: go.Figure, words: Words, *, disclaimer: bool = False, sheet: Paper = PAGE_WIDE
) -> go.Figure:
    """A copy of a chart made ready for a file: our template, white paper, all words inside it.

    The words are also kept, plain, in `layout.meta["words"]`. No type is smaller than 8 points at
    the size of the sheet. Raises ValueError without a title or a source: no figure leaves without
    either. Raises DoesNotFit when the sheet is too small for the chart.
    """
    if not words.title.strip() or not words.source.strip():
        raise ValueError("A figure needs a title (its finding) and a source.")
    around = _around(words, disclaimer, sheet)
    chart = fig.to_dict()
    fit = map_fitted if "geo" in chart["layout"] else fitted
    return _assembled(fit(chart, sheet, around.above, around.below), words, around, sheet)


def on_screen(fig: go.Figure, words: Words) -> go.Figure:
    """A copy of an unfinished chart for a page, which prints the words itself so that they wrap.

    Streamlit's theme sets fonts and background, the page the ink. The words travel along in
    `layout.meta["words"]`, as they do in a file.
    """
    plain = fig.to_dict()
    plain["layout"] |= {"meta": {"words": asdict(words)}}
    return go.Figure(in_page_ink(plain), _validate=False)


@dataclass(frozen=True)
class _Around:
    """The lines over and under the chart, escaped, and the px that they take."""

    title: list[str]
    subtitle: list[str]
    foot: list[str]
    above: float
    below: float


def _around(words: Words, disclaimer: bool, sheet: Paper) -> _Around:
    room = sheet.width - 2 * sheet.pad
    title = balanced(words.title, sheet.title, room, bold=True)
    subtitle = parted(words.subtitle, sheet.subtitle, room) if words.subtitle else []
    spotlight = wrapped(words.spotlight, sheet.subtitle, room, bold=True)
    source = f"Source: {words.source}"
    of_map = f"{BOUNDARIES} {DISCLAIMER}" if disclaimer else ""
    said = [words.note, source, words.statement, of_map, words.origin]
    foot = [line for text in said for line in wrapped(text, sheet.foot, room)]
    above = sheet.pad + height(len(title), sheet.title)
    above += height(len(subtitle) + len(spotlight), sheet.subtitle)
    above += (TITLE_GAP + CHART_GAP) * sheet.title
    below = sheet.pad + height(len(foot), sheet.foot) + FOOT_GAP * sheet.foot
    subtitle = [*_escaped(subtitle), *(f"<b>{line}</b>" for line in _escaped(spotlight))]
    return _Around(_escaped(title), subtitle, _escaped(foot), above, below)


def _escaped(lines: list[str]) -> list[str]:
    return [html.escape(line, quote=False) for line in lines]


def _assembled(fit: Fit, words: Words, around: _Around, sheet: Paper) -> go.Figure:
    """The chart and its words at their places."""
    plain, margin = with_type(fit.plain, fit.type), fit.around
    height = sheet.height or fit.height + around.above + around.below
    spare = ABOVE * (height - fit.height - around.above - around.below)
    top = around.above + spare + fit.over + margin.top
    bottom = height - top - fit.plot
    room = sheet.width - 2 * sheet.pad
    feet = {1: fit.plot + margin.top + fit.over, 0: -margin.bottom - legends.AIR}
    hung = {
        name: place
        for edge, foot in feet.items()
        for name, place in legends.placed(
            fit.plain, edge, fit.type, (sheet.pad, room), fit.plot, foot
        ).items()
    }
    layout = plain["layout"] | with_type(margin.axes, fit.type) | with_type(hung, fit.type)
    layout = inset(layout, margin, room)
    layout |= {
        "template": template(),
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": max(SMALLEST_TYPE, BODY * fit.type), "color": INK},
        "width": sheet.width,
        "height": height,
        "margin": {
            "l": sheet.pad,
            "r": sheet.pad,
            "t": top,
            "b": bottom,
            "pad": 0,
            # All room is measured: a browser that adds some would part words and chart.
            "autoexpand": False,
        },
        "title": _title(around, height, sheet),
        "annotations": [*layout["annotations"], _foot(around.foot, bottom, sheet)],
        "meta": {"words": asdict(words)},
    }
    return go.Figure({"data": plain["data"], "layout": layout}, _validate=False)


def _title(around: _Around, height: float, sheet: Paper) -> dict[str, Any]:
    return {
        "text": f"<b>{'<br>'.join(around.title)}</b>",
        "font": {"size": sheet.title, "color": INK, "family": FONT},
        "subtitle": {
            "text": "<br>".join(around.subtitle),
            "font": {"size": sheet.subtitle, "color": QUIET_INK, "family": FONT},
        },
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "pad": {"l": sheet.pad},
        # With this anchor Plotly sets the first baseline of a title at y, with one line or more.
        "y": 1 - (sheet.pad + CAPITAL * sheet.title) / height,
        "yref": "container",
        "yanchor": "bottom",
    }


def _foot(lines: list[str], bottom: float, sheet: Paper) -> dict[str, Any]:
    """Note, source, statement, disclaimer and origin at the lower left edge of the file."""
    return {
        "name": FOOT,
        "text": "<br>".join(lines),
        "showarrow": False,
        "align": "left",
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "borderpad": 0,
        "yref": "paper",
        "y": 0,
        "yanchor": "bottom",
        "yshift": sheet.pad - bottom,
        "font": {"size": sheet.foot, "color": QUIET_INK, "family": FONT},
    }
