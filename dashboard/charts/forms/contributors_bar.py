"""Top contributors as horizontal bars: how many each sends, and what is known of its training."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.marks.labels import (
    axis_name,
    axis_room,
    count,
    country_hover,
    escaped,
    mark_label,
    marks_in_use,
    per_cent,
    world_total,
)
from dashboard.charts.marks.look import MARK_STYLES, UNKNOWN_STATES
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_ABOVE,
    LEGEND_BELOW,
    STAYS_WHEN_PICKED,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
    letter_key,
)
from dashboard.charts.marks.plot_height import needs

ROW_HEIGHT = 30  # px
LEGENDS_HEIGHT = 130  # px, for both; on a phone they take some from the rows
FILE_ROWS = (28, 17, 36)  # px of a row in a file: usual, least, most
HALF_BAR = 0.36  # of a row
STATE_ROOM = 24  # px for the state letter beside a name
VALUE_ROOM = 96  # px for the numbers right of the longest bar


def contributors_bar(frame: pd.DataFrame) -> go.Figure:
    """Horizontal bars of persons, filled by class, with the state letter beside the name.

    `frame`: the columns of measures/states.py for the contributors to show, rank 1 first.
    Countries without personnel are left out.
    """
    rows = frame[frame["persons"] > 0].reset_index(drop=True)
    total = world_total(rows["persons"], rows["share"])
    place = {iso3: i for i, iso3 in enumerate(rows["country_iso3"])}
    marks = marks_in_use(rows)
    names = [axis_name(r.country_iso3, r.country_name) for r in rows.itertuples(index=False)]
    data = [_bars(key, members, place, total) for key, members in marks.items()]
    data += [legend_entry(mark_label(m[0]), MARK_STYLES[key]) for key, m in marks.items()]
    layout = {
        "barmode": "overlay",
        "height": max(1, len(rows)) * ROW_HEIGHT + LEGENDS_HEIGHT,
        "margin": {"l": axis_room(names, STATE_ROOM), "r": VALUE_ROOM, "t": 4, "b": 4, "pad": 0},
        "xaxis": {
            "range": [0, int(rows["persons"].max()) if len(rows) else 1],
            "visible": False,
            "fixedrange": True,
        },
        "yaxis": _names_axis(rows, names),
        "meta": needs(
            *(max(1, len(rows)) * row for row in FILE_ROWS),
            folds=[row + 0.5 for row in range(len(rows) - 1)],
        ),
        "legend": LEGEND_ABOVE,
        "legend2": LEGEND_BELOW,
        "shapes": _dotted(marks, place),
    }
    return figure(data + letter_key(_letters(rows)), layout)


def _bars(key: str, rows: list[Any], place: dict[str, int], total: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": mark_label(rows[0]),
        "showlegend": False,
        "y": [place[row.country_iso3] for row in rows],
        "x": [int(row.persons) for row in rows],
        "width": [2 * HALF_BAR] * len(rows),
        "marker": bar_marker(MARK_STYLES[key]),
        "text": [_value(int(row.persons), total) for row in rows],
        "textfont": {"size": 12},
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "hovertext": [country_hover(row, total) for row in rows],
        "hovertemplate": HOVER,
        "customdata": [[row.country_iso3] for row in rows],
        **STAYS_WHEN_PICKED,
    }


def _value(persons: int, total: int) -> str:
    return f"{count(persons)}  ({per_cent(persons, total)})" if total else count(persons)


def _names_axis(rows: pd.DataFrame, names: list[str]) -> dict[str, Any]:
    """Names and letters as ticks of a numeric axis: no two merge, none is read as a number."""
    letters = [escaped(letter) for letter in rows["state_letter"]]
    ticks = [f"{name}  <b>{letter}</b> " for name, letter in zip(names, letters, strict=True)]
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": ticks,
        "range": [max(1, len(names)) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"size": 12},
    }


def _letters(rows: pd.DataFrame) -> dict[str, str]:
    """State code to label, for states in use that the legend of classes does not name already."""
    pairs = zip(rows["state"], rows["state_label"], rows["country_class"], strict=True)
    return {
        state: label
        for state, label, country_class in pairs
        if not (country_class == "unknown" and state in UNKNOWN_STATES)
    }


def _dotted(marks: dict[str, list[Any]], place: dict[str, int]) -> list[dict[str, Any]]:
    """Dotted outlines over the bars of countries without a course and of those not reviewed."""
    spots = [
        (int(row.persons), place[row.country_iso3])
        for key, rows in marks.items()
        if MARK_STYLES[key].dotted
        for row in rows
    ]
    return [dotted_box(0, persons, y - HALF_BAR, y + HALF_BAR) for persons, y in spots]
