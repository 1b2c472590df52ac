"""What charts are built of: fills with hatch, dotted boxes, legend entries, the bare figure."""

import html
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.look import CLEAR, GREY, STATE_STYLES, Style, screen_template

HATCH = {"shape": "/", "fillmode": "replace", "size": 8, "solidity": 0.28}
HOVER = "%{hovertext}<extra></extra>"  # the text of each mark as it is, and no trace name
# A click picks a mark and leads on; Plotly would fade all others. `customdata` says what was picked.
STAYS_WHEN_PICKED: Mapping[str, Any] = {
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}

# Over the whole width of the figure, not of the plot: beside long names a phone has no room.
_LEGEND: dict[str, Any] = {
    "orientation": "h",
    "traceorder": "normal",
    "itemclick": False,
    "itemdoubleclick": False,
    "x": 0,
    "xref": "container",
    "xanchor": "left",
    "yref": "container",
}
LEGEND_ABOVE: dict[str, Any] = {**_LEGEND, "y": 1, "yanchor": "top"}
LEGEND_BELOW: dict[str, Any] = {**_LEGEND, "y": 0, "yanchor": "bottom"}


def figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """An unfinished figure from plain dicts, clear and without fonts or a template of Plotly's.

    Not validated here, which costs most of the time; tests validate every chart.
    """
    bare = {
        "template": screen_template(),
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "dragmode": False,
        "hoverlabel": {"align": "left"},
    }
    return go.Figure(data=data, layout={**bare, **layout}, _validate=False)


def bar_marker(style: Style) -> dict[str, Any]:
    """Plotly's marker of a bar. Bars have no dashes: a dotted outline is a `dotted_box` over it."""
    marker: dict[str, Any] = {
        "color": style.fill,
        "line": {"color": style.outline, "width": 0 if style.dotted else 1},
    }
    if style.hatch:
        marker["pattern"] = HATCH | {"fgcolor": style.hatch_colour, "bgcolor": style.fill}
    return marker


def dotted_box(x0: float, x1: float, y0: float, y1: float) -> dict[str, Any]:
    """The dotted outline of a bar from (x0, y0) to (x1, y1) in axis units, as a Plotly shape."""
    return {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": GREY, "width": 1.4, "dash": "1.5px,2.5px"},
        "layer": "above",
    }


def legend_entry(name: str, style: Style | None, legend: str = "legend") -> dict[str, Any]:
    """A legend entry as a trace without data: a swatch (none without a style) and its name.

    Swatches are bars, the only mark whose hatch Plotly shows in a legend. `name` is escaped text.
    """
    marker = bar_marker(style) if style else {"color": CLEAR, "line": {"width": 0}}
    if style and style.dotted:
        marker["line"] = {"color": GREY, "width": 0.8}
    return {
        "type": "bar",
        "orientation": "h",
        "x": [None],
        "y": [None],
        "name": name,
        "marker": marker,
        "showlegend": True,
        "legend": legend,
        "hoverinfo": "skip",
    }


def note_at(text: str, x: float, y: float, size: float) -> dict[str, Any]:
    """Text beside a laid out plot: its left end `x`, its middle `y` px from the lower left corner."""
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": size},
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": x,
        "yref": "paper",
        "y": 0,
        "yanchor": "middle",
        "yshift": y,
    }


def letter_key(labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the state letters mean, in vocabulary order, as the entries of a second legend.

    `labels`: state code to label. Only legends wrap their text to the width of a phone.
    """
    return [
        legend_entry(
            f"<b>{style.letter}</b>  {html.escape(labels[state], quote=False)}", None, "legend2"
        )
        for state, style in STATE_STYLES.items()
        if state in labels
    ]
