"""Top contributors as horizontal bars: how many each sends, and what is known of its training."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.personnel_by_date import OTHER_TYPE, TYPE_STYLES
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
    wrapped,
)
from dashboard.charts.marks.look import CLEAR, INK, MARK_STYLES, UNKNOWN_STATES, Style
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


SENDERS_ROW_HEIGHT, LEGEND_HEIGHT = 30, 110  # px; on a phone the legend takes some from the rows
SENDERS_HALF_BAR, APART = 0.36, 0.4  # of a row; above the row of all others
# So many rows go on in a second column: both have one scale, and the others are many.
MOST_IN_ONE = 18
# Police has marks on its colour, so that it is no shade of grey that troops have as well.
PATTERNS: Mapping[str, Mapping[str, Any]] = {
    "formed-police-units": {
        "shape": "|",
        "fgcolor": TYPE_STYLES["individual-police"].fill,
        "size": 6,
        "solidity": 0.3,
    },
    "individual-police": {"shape": ".", "fgcolor": INK, "size": 6, "solidity": 0.35},
}


def senders_bar(frame: pd.DataFrame, types: Mapping[str, str], total: int) -> go.Figure:
    """Horizontal bars of persons from `total`, largest first, the row of all others set apart.

    `frame`: measures/contributors.py. `types`: code -> label of the types to draw, in their order.
    """
    rows = frame.to_dict("records")
    places = [place + APART * (not row["country_iso3"]) for place, row in enumerate(rows)]
    names = [_name(row) for row in rows]
    used = {code: label for code, label in types.items() if (frame[code] > 0).any()}
    data, done = [], [0] * len(rows)
    for code, label in used.items():
        data.append(_senders_bars(code, label, rows, places, done))
        done = [start + int(row[code]) for start, row in zip(done, rows, strict=True)]
    data += [_values(rows, places, total), *(_entry(code, label) for code, label in used.items())]
    end = (places[-1] if places else 0) + 0.5
    layout = {
        "barmode": "overlay",
        "height": (end + 0.5) * SENDERS_ROW_HEIGHT + LEGEND_HEIGHT,
        "margin": {"l": axis_room(names), "r": VALUE_ROOM, "t": 4, "b": 4, "pad": 0},
        "xaxis": {"range": [0, max([*done, 1])], "visible": False, "fixedrange": True},
        "yaxis": {
            "tickmode": "array",
            "tickvals": places,
            "ticktext": [f"{name} " for name in names],
            "range": [end, -0.5],
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "ticks": "",
            "tickfont": {"size": 12},
        },
        "meta": needs(
            *((end + 0.5) * row for row in FILE_ROWS),
            folds=[place + 0.5 for place in places[:-1] if len(places) > MOST_IN_ONE],
        ),
        "legend": LEGEND_ABOVE,
    }
    return figure(data, layout)


def _name(row: Mapping[str, Any]) -> str:
    iso3 = row["country_iso3"]
    return axis_name(iso3, row["country_name"]) if iso3 else escaped(row["country_name"])


def _style(code: str) -> Style:
    return TYPE_STYLES.get(code, OTHER_TYPE)


def _marker(code: str) -> dict[str, Any]:
    marker = bar_marker(_style(code))
    if code in PATTERNS:
        marker["pattern"] = {"bgcolor": _style(code).fill, "fillmode": "replace", **PATTERNS[code]}
    return marker


def _senders_bars(
    code: str, label: str, rows: list[Mapping[str, Any]], places: list[float], starts: list[int]
) -> dict[str, Any]:
    """One type of personnel in every row that has some."""
    drawn = [bar for bar in zip(rows, places, starts, strict=True) if bar[0][code]]
    return {
        "type": "bar",
        "orientation": "h",
        "name": escaped(label),
        "showlegend": False,
        "x": [int(row[code]) for row, _, _ in drawn],
        "base": [start for _, _, start in drawn],
        "y": [place for _, place, _ in drawn],
        "width": [2 * SENDERS_HALF_BAR] * len(drawn),
        "marker": _marker(code),
        "hovertext": [_hover(row, code, label) for row, _, _ in drawn],
        "hovertemplate": HOVER,
        **STAYS_WHEN_PICKED,
        "customdata": [[row["country_iso3"]] if row["country_iso3"] else [] for row, _, _ in drawn],
    }


def _values(rows: list[Mapping[str, Any]], places: list[float], total: int) -> dict[str, Any]:
    """What each row adds up to, at the end of its bar."""
    texts = [f"{count(row['persons'])}  ({per_cent(row['persons'], total)})" for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": "",
        "showlegend": False,
        "hoverinfo": "skip",
        "x": [int(row["persons"]) for row in rows],
        "y": list(places),
        "width": [2 * SENDERS_HALF_BAR] * len(rows),
        "marker": {"color": CLEAR, "line": {"width": 0}},
        "text": texts,
        "textfont": {"size": 12},
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
    }


def _entry(code: str, label: str) -> dict[str, Any]:
    return legend_entry(escaped(label), _style(code)) | {"marker": _marker(code)}


def _hover(row: Mapping[str, Any], code: str, label: str) -> str:
    persons, all_of_it = int(row[code]), int(row["persons"])
    share = per_cent(persons, all_of_it)
    return (
        f"<b>{wrapped(row['country_name'])}</b><br>{escaped(label)}: {count(persons)} of "
        f"{count(all_of_it)} persons{f' ({share})' if share.endswith('%') else ''}"
    )
