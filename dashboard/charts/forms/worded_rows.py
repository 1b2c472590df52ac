"""Rows of stacked bars, each with its own words above and below, so that a phone can read them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.marks.labels import count, escaped, per_cent, wrapped
from dashboard.charts.marks.look import CLASS_STYLES, STATE_STYLES, Style
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_ABOVE,
    STAYS_WHEN_PICKED,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
)
from dashboard.charts.marks.plot_height import HEADING, needs

ROW_HEIGHT = 64  # px: words, bar, words
FILE_ROWS = (60, 50, 76)  # px of a row in a file: usual, least, most
LEGEND_HEIGHT = 120  # px; on a phone it takes some from the rows
HALF_BAR = 0.15  # of a row
ABOVE, BELOW = 0.2, 0.18  # of a row, from the middle of the bar to the words
TRACK = "rgba(128,128,128,0.16)"  # how long a whole row would be
# Classes, levels and states, in the order of every legend.
STYLES: dict[str, Style] = {
    **{key: CLASS_STYLES[key] for key in ("covered", "gap", "partial")},
    **STATE_STYLES,
}


def worded_rows(
    rows: pd.DataFrame, segments: pd.DataFrame, unit: tuple[str, str], of: str = ""
) -> go.Figure:
    """Horizontal bars, one a row, stacked in the order of `segments`.

    `rows`: row (key), label, value (at the right), detail (below), heading ("" or a line above the
    row). `segments`: row, mark (key of `STYLES`), mark_label, amount, countries; one row a segment;
    those of 0 are left out. `unit`: what is counted, one and many. `of`: what a row stands for, so
    that a country is found in it (`measures.spotlight.KINDS`).
    """
    places, headings = _places(rows)
    segments = segments.assign(amount=segments["amount"].astype("int64"))
    totals = segments.groupby("row")["amount"].sum().reindex(rows["row"], fill_value=0)
    longest = max(1, int(totals.max())) if len(totals) else 1
    drawn = segments[(segments["amount"] > 0) & segments["row"].isin(places)]
    drawn = drawn.assign(start=drawn.groupby("row")["amount"].cumsum() - drawn["amount"])
    labels = dict(zip(rows["row"], rows["label"], strict=True))
    order = [mark for mark in STYLES if mark in set(drawn["mark"])]
    data = [_track(places, longest)]
    data += [
        _bars(drawn[drawn["mark"] == mark], places, totals, labels, unit)
        | {"meta": {"of": of, "mark": mark}}
        for mark in order
    ]
    names = drawn.drop_duplicates("mark").set_index("mark")["mark_label"].to_dict()
    data += [legend_entry(_name(mark, names[mark]), STYLES[mark]) for mark in order]
    end = (max(places.values()) + 0.5) if places else 1
    layout = {
        "barmode": "overlay",
        "height": round((end + 0.5) * ROW_HEIGHT + LEGEND_HEIGHT),
        "meta": needs(*((end + 0.5) * row for row in FILE_ROWS), folds=_folds(places, headings)),
        "margin": {"l": 2, "r": 2, "t": 4, "b": 4, "pad": 0},
        "xaxis": {"range": [0, longest], "visible": False, "fixedrange": True},
        "yaxis": {"range": [end, -0.5], "visible": False, "fixedrange": True},
        "legend": LEGEND_ABOVE,
        "shapes": _dotted(drawn, places),
        "annotations": _words(rows, places, headings),
    }
    return figure(data, layout)


def _places(rows: pd.DataFrame) -> tuple[dict[str, float], list[tuple[float, str]]]:
    """Middle of each row on the y axis, which points down, and place and text of the headings."""
    places: dict[str, float] = {}
    headings, here = [], 0.0
    for row in rows.itertuples():
        if row.heading:
            headings.append((here - 0.1, row.heading))
            here += 0.5
        places[row.row] = here
        here += 1
    return places, headings


def _folds(places: dict[str, float], headings: list[tuple[float, str]]) -> list[float]:
    """Where rows may go on in a second column: before a heading, if there are any."""
    if headings:
        return [place - 0.4 for place, _ in headings[1:]]
    return [place - 0.5 for place in list(places.values())[1:]]


def _track(places: dict[str, float], longest: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "hoverinfo": "skip",
        "x": [longest] * len(places),
        "y": list(places.values()),
        "width": [2 * HALF_BAR] * len(places),
        "marker": {"color": TRACK, "line": {"width": 0}},
    }


def _bars(
    segments: pd.DataFrame,
    places: dict[str, float],
    totals: pd.Series,
    labels: dict[str, str],
    unit: tuple[str, str],
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "x": list(segments["amount"]),
        "base": list(segments["start"]),
        "y": [places[row] for row in segments["row"]],
        "width": [2 * HALF_BAR] * len(segments),
        "marker": bar_marker(STYLES[segments["mark"].iloc[0]]),
        "hovertext": [
            _hover(segment, labels[segment.row], int(totals[segment.row]), unit)
            for segment in segments.itertuples()
        ],
        "hovertemplate": HOVER,
        "customdata": [[row] for row in segments["row"]],
        **STAYS_WHEN_PICKED,
    }


def _name(mark: str, label: str) -> str:
    letter = STYLES[mark].letter
    return f"<b>{letter}</b>  {escaped(label)}" if letter else escaped(label)


def _hover(segment: Any, label: str, total: int, unit: tuple[str, str]) -> str:
    share = per_cent(segment.amount, total)
    of = f"{count(segment.amount)} of {count(total)} {unit[total != 1]}"
    share = f" ({share})" if share.endswith("%") else ""
    lines = [f"<b>{wrapped(label)}</b>", wrapped(segment.mark_label), f"{of}{share}"]
    if segment.countries:
        noun = "country" if segment.countries == 1 else "countries"
        lines.append(f"{count(segment.countries)} {noun}")
    return "<br>".join(lines)


def _dotted(segments: pd.DataFrame, places: dict[str, float]) -> list[dict[str, Any]]:
    return [
        dotted_box(one.start, one.start + one.amount, middle - HALF_BAR, middle + HALF_BAR)
        for one in segments.itertuples()
        if STYLES[one.mark].dotted and (middle := places[one.row]) is not None
    ]


def _words(
    rows: pd.DataFrame, places: dict[str, float], headings: list[tuple[float, str]]
) -> list[dict[str, Any]]:
    """Label and value above each bar, the detail below it, the headings between rows."""
    notes = [
        _note(f"<b>{escaped(text)}</b>", 0, place, "middle", 14) | {"name": HEADING}
        for place, text in headings
    ]
    for row in rows.itertuples():
        middle = places[row.row]
        said = [
            _note(escaped(row.label), 0, middle - ABOVE, "bottom", 13),
            _note(f"<b>{escaped(row.value)}</b>", 1, middle - ABOVE, "bottom", 13),
            _note(escaped(row.detail), 0, middle + BELOW, "top", 12),
        ]
        notes += [note | {"name": row.row} for note in said]
    return notes


def _note(text: str, x: int, y: float, anchor: str, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "xref": "paper",
        "xanchor": "right" if x else "left",
        "y": y,
        "yref": "y",
        "yanchor": anchor,
        "showarrow": False,
        "font": {"size": size},
        "borderpad": 0,
    }
