"""Indicators of personnel at each date as dots, one panel an indicator, no line between dates."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.named_bars import with_share
from dashboard.charts.forms.personnel_by_date import years_between
from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import DARK_BLUE, PAPER
from dashboard.charts.marks.marks import HOVER, LEGEND_ABOVE, figure
from dashboard.charts.marks.plot_height import needs
from dashboard.edition.wording import long_date

ROW, HEAD, BREAK, AIR = 24, 28, 22, 14  # px
LEGEND_LINE, AXIS = 22, 30  # px
LEAST, MOST = 0.75, 1.3  # of its height, a file may press and stretch the plot to
DATES, VALUES = 0.3, 0.58  # of the width: where the dots begin and end
NOT_KNOWN = "not by mission"
FAINT = "rgba(128,128,128,0.45)"
OWN = {"symbol": "circle", "size": 13, "color": DARK_BLUE, "line": {"color": PAPER, "width": 1.5}}
# Seen on white and on a dark page alike.
MIDDLE_GREY = "#868686"
OTHER = {"symbol": "diamond-open", "size": 11, "color": MIDDLE_GREY, "line": {"width": 2}}


def indicator_dates(frame: pd.DataFrame, labels: Mapping[str, str], edition: str) -> go.Figure:
    """A dot for each indicator, date and edition, from 0 to 100 per cent of N.

    `frame`: indicator_id, edition, edition_title, as_of, n, N (measures/indicators.py,
    `indicator_history`; rows with a date). `labels`: indicator_id to the head of its panel.
    `edition`: the one whose values stand beside the dots; others are open diamonds.
    """
    places, heads, height = _places(frame)
    titles = dict(zip(frame["edition"], frame["edition_title"], strict=True))
    order = sorted(titles, key=lambda code: code != edition)
    data = [
        _dots(frame[frame["edition"] == code], code == edition, titles[code], places, labels)
        for code in order
    ]
    own = frame[frame["edition"] == edition]
    layout = {
        "height": height + AXIS + LEGEND_LINE * len(order),
        "meta": needs(
            height, LEAST * height, MOST * height, folds=list(heads.values())[1:], with_line=1.15
        ),
        "margin": {"l": 2, "r": 2, "t": 4, "b": AXIS, "pad": 0},
        "xaxis": {
            "range": [-0.03, 1.03],
            "domain": [DATES, VALUES],
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0", "50%", "100%"],
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
            "tickfont": {"size": 11},
        },
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        "legend": LEGEND_ABOVE,
        "shapes": [_guide(y) for y in places.values()],
        "annotations": [
            *(_head(labels[id], y) for id, y in heads.items()),
            *_values(own, places),
            *_pauses(own, places),
        ],
    }
    return figure(data, layout)


def _places(frame: pd.DataFrame) -> tuple[dict[tuple[str, str], float], dict[str, float], float]:
    """Middle of each row in px from the top by (indicator, date); top of each panel; the height."""
    places, heads, y = {}, {}, 0.0
    days = sorted(frame["as_of"].unique())
    for id in dict.fromkeys(frame["indicator_id"]):
        heads[id], before = y, ""
        y += HEAD
        for day in days:
            y += BREAK * bool(years_between(before, day))
            places[id, day] = y + ROW / 2
            y, before = y + ROW, day
        y += AIR
    return places, heads, max(y, ROW)


def _dots(
    rows: pd.DataFrame,
    is_own: bool,
    title: str,
    places: Mapping[tuple[str, str], float],
    labels: Mapping[str, str],
) -> dict[str, Any]:
    known = [row for row in rows.to_dict("records") if pd.notna(row["n"]) and row["N"]]
    hover = [
        f"<b>{escaped(labels[row['indicator_id']])}</b><br>{long_date(row['as_of'])}"
        f"<br>{with_share(row['n'], row['N'])}<br>{escaped(title)}"
        for row in known
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escaped(title),
        "showlegend": True,
        "x": [row["n"] / row["N"] for row in known] or [None],
        "y": [places[row["indicator_id"], row["as_of"]] for row in known] or [None],
        "marker": OWN if is_own else OTHER,
        "hovertext": hover,
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _guide(y: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "layer": "below",
        "line": {"color": FAINT, "width": 1},
    }


def _head(label: str, y: float) -> dict[str, Any]:
    return _text(f"<b>{escaped(label)}</b>", 0, y, "left", "top", 12)


def _values(rows: pd.DataFrame, places: Mapping[tuple[str, str], float]) -> list[dict[str, Any]]:
    """Date at the left and value at the right of each row."""
    notes = []
    for row in rows.to_dict("records"):
        y = places[row["indicator_id"], row["as_of"]]
        known = pd.notna(row["n"])
        value = NOT_KNOWN if not known else with_share(row["n"], row["N"]) if row["N"] else "nobody"
        notes.append(_text(_short(row["as_of"]), 0, y, "left", "middle", 12))
        notes.append(_text(value, 1, y, "right", "middle", 12))
    return notes


def _pauses(rows: pd.DataFrame, places: Mapping[tuple[str, str], float]) -> list[dict[str, Any]]:
    """Says, between two rows, that years lie between their dates."""
    notes, before = [], ("", "")
    for row in rows.to_dict("records"):
        earlier = before[1] if before[0] == row["indicator_id"] else ""
        words = years_between(earlier, row["as_of"])
        if words:
            y = places[row["indicator_id"], row["as_of"]] - ROW / 2 - BREAK / 2
            notes.append(_text(f"<i>{words}</i>", 0, y, "left", "middle", 11))
        before = (row["indicator_id"], row["as_of"])
    return notes


def _short(day: str) -> str:
    number, month, year = long_date(day).split()
    return f"{number} {month[:3]} {year}"


def _text(text: str, x: float, y: float, xanchor: str, yanchor: str, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "xref": "paper",
        "xanchor": xanchor,
        "y": y,
        "yref": "y",
        "yanchor": yanchor,
        "showarrow": False,
        "align": xanchor,
        "borderpad": 0,
        "font": {"size": size},
    }
