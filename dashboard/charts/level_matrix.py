"""Countries by UN-CMCoord level: how many considered courses each has at each level."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.labels import axis_name, axis_room, count, escaped, wrapped
from dashboard.charts.look import CLEAR, INK, PAPER, STATE_STYLES
from dashboard.charts.marks import (
    HOVER,
    LEGEND_ABOVE,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
)

LEVELS = ("dedicated", "module", "cimic", "related", "none-found", "not-documented")
EMPTY_STATES = ("no-course", "not-reviewed")
# Column heads that fit a sixth of a phone; the legend carries the labels in full.
HEADS = {
    "dedicated": "Dedicated", "module": "Module", "cimic": "CIMIC",
    "related": "Related", "none-found": "None", "not-documented": "Not doc.",
}  # fmt: skip
ROW_HEIGHT = 30  # px
HEADS_HEIGHT = 140  # px, with the legend; on a phone it takes some from the rows
HEADS_ROOM = 8  # px right of the last column, whose head may be wider on a phone
HALF_CELL = 0.44  # of a row
GAP = 0.03  # of a column, on either side of a cell
CHIP = 0.5  # of a column: the white ground of a number on a hatch
FAINT = "rgba(128,128,128,0.35)"

Row = dict[str, Any]
Place = tuple[int, Row]


def level_matrix(frame: pd.DataFrame, labels: Mapping[str, str] | None = None) -> go.Figure:
    """A grid of counts, one row a country and one column a level.

    `frame`: the columns of measures/states.py, in the order of the rows. `labels`: level code to
    its label in the data package, for legend and hover boxes; without them the heads are used.
    A cell without a course is blank and says why when pointed at; a country without any considered
    course is one dotted cell with its state.
    """
    rows: list[Place] = list(enumerate(frame.to_dict("records")))
    full = {level: (labels or {}).get(level) or HEADS[level] for level in LEVELS}
    counted = [place for place in rows if place[1]["state"] not in EMPTY_STATES]
    empty = [place for place in rows if place[1]["state"] in EMPTY_STATES]
    data = [trace for level in LEVELS for trace in _level(level, full[level], counted)]
    data += [*_blanks(counted, full), *_stateless(empty), *_legend(full)]
    boxes = [
        dotted_box(GAP, len(LEVELS) - GAP, i - HALF_CELL, i + HALF_CELL) for i, _ in empty
    ]  # fmt: skip
    names = [axis_name(row["country_iso3"], row["country_name"]) for _, row in rows]
    layout = {
        "barmode": "overlay",
        "height": max(1, len(rows)) * ROW_HEIGHT + HEADS_HEIGHT,
        "margin": {"l": axis_room(names), "r": HEADS_ROOM, "t": 4, "b": 4, "pad": 0},
        "xaxis": _heads(),
        "yaxis": _names(names),
        "legend": LEGEND_ABOVE,
        "shapes": boxes,
    }
    return figure(data, layout)


def _cells(places: list[tuple[int, int]], width: float = 1 - 2 * GAP) -> dict[str, Any]:
    """A bar trace with one cell for each (row, column), centred in its column."""
    return {
        "type": "bar", "orientation": "h", "showlegend": False,
        "x": [width] * len(places), "base": [column + (1 - width) / 2 for _, column in places],
        "y": [row for row, _ in places], "width": [2 * HALF_CELL] * len(places),
    }  # fmt: skip


def _text(texts: list[str], colour: str, size: int) -> dict[str, Any]:
    return {
        "text": texts, "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
        "constraintext": "none", "insidetextfont": {"color": colour, "size": size},
    }  # fmt: skip


def _level(level: str, label: str, rows: list[Place]) -> list[dict[str, Any]]:
    """The filled cells of one level; on a hatch the number stands on a white chip of its own."""
    style, column = STATE_STYLES[level], LEVELS.index(level)
    filled = [(i, row) for i, row in rows if row[level] > 0]
    if not filled:
        return []
    places = [(i, column) for i, _ in filled]
    numbers = _text(
        [f"{style.letter} <b>{count(row[level])}</b>" for _, row in filled], style.text, 13
    )
    hover = [
        _about(row, f"{escaped(label)}: {count(row[level])} of {_courses(row)}")
        for _, row in filled
    ]
    cells = _cells(places) | {
        "name": escaped(label), "marker": bar_marker(style),
        "hovertext": hover, "hovertemplate": HOVER,
    }  # fmt: skip
    if not style.hatch:
        return [cells | numbers]
    chip = {"marker": {"color": PAPER, "line": {"width": 0}}, "hoverinfo": "skip"}
    return [cells, _cells(places, CHIP) | numbers | chip]


def _blanks(rows: list[Place], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Clear cells that say, when pointed at, that no course is considered there, and why."""
    blank = [(i, row, level) for i, row in rows for level in LEVELS if row[level] == 0]
    if not blank:
        return []
    hover = [
        _about(row, f"{escaped(labels[level])}: none of {_courses(row)}") for _, row, level in blank
    ]
    cells = _cells([(i, LEVELS.index(level)) for i, _, level in blank]) | {
        "marker": {"color": CLEAR, "line": {"color": FAINT, "width": 1}},
        "hovertext": hover, "hovertemplate": HOVER,
    }  # fmt: skip
    return [cells]


def _stateless(rows: list[Place]) -> list[dict[str, Any]]:
    """One cell over all columns for a country without a considered course, its state in words."""
    if not rows:
        return []
    words = [
        f"<b>{escaped(row['state_letter'])}</b>  {escaped(row['state_label'])}" for _, row in rows
    ]
    cells = _cells([(i, 0) for i, _ in rows]) | _text(words, INK, 12) | {
        "x": [len(LEVELS) - 2 * GAP] * len(rows),
        "marker": bar_marker(STATE_STYLES["not-reviewed"]),
        "hovertext": [_about(row, escaped(row["state_label"])) for _, row in rows],
        "hovertemplate": HOVER,
    }  # fmt: skip
    return [cells]


def _legend(labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every level; one that no country has keeps its entry, as its column keeps its head."""
    return [
        legend_entry(f"<b>{STATE_STYLES[level].letter}</b>  {escaped(label)}", STATE_STYLES[level])
        for level, label in labels.items()
    ]


def _about(row: Row, line: str) -> str:
    return (
        f"<b>{wrapped(row['country_name'])}</b> ({escaped(row['country_iso3'])})<br>{line}"
        f"<br><i>{wrapped(row['reason'])}</i>"
    )


def _courses(row: Row) -> str:
    courses = int(row["courses"])
    return f"{count(courses)} considered course{'' if courses == 1 else 's'}"


def _heads() -> dict[str, Any]:
    """The letters and short names of the levels above the columns."""
    ticks = [f"<b>{STATE_STYLES[level].letter}</b><br>{HEADS[level]}" for level in LEVELS]
    return {
        "side": "top", "tickmode": "array", "ticktext": ticks,
        "tickvals": [i + 0.5 for i in range(len(LEVELS))], "range": [0, len(LEVELS)],
        "tickangle": 0, "tickfont": {"size": 10}, "ticklabeloverflow": "allow",
        "automargin": True, "fixedrange": True,
        "showgrid": False, "zeroline": False, "ticks": "",
    }  # fmt: skip


def _names(names: list[str]) -> dict[str, Any]:
    return {
        "tickmode": "array", "tickvals": list(range(len(names))),
        "ticktext": [f"{name} " for name in names], "tickfont": {"size": 12},
        "range": [max(1, len(names)) - 0.5, -0.5], "automargin": True, "fixedrange": True,
        "showgrid": False, "zeroline": False, "ticks": "",
    }  # fmt: skip
