"""The gap matrix: countries by audience, course type, topic, language or level.

Each cell says the highest level in colour and letter, and how many courses there are. Before the
columns stand all courses of a country, behind them its persons, so that a gap shows its weight.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms import grid
from dashboard.charts.marks.labels import axis_name, axis_room, count, escaped, wrapped
from dashboard.charts.marks.look import CLEAR, GREY, INK, PAPER, STATE_STYLES
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_ABOVE,
    STAYS_WHEN_PICKED,
    dotted_box,
    figure,
    legend_entry,
)
from dashboard.charts.marks.plot_height import needs
from dashboard.edition.wording import counted

NO_COURSE_HERE, NOT_RECORDED = "no-course-here", "not-recorded"
DOT, ALL = "·", "All courses"
ROW_HEIGHT, LOW_ROW_HEIGHT, STACKED_ROW_HEIGHT = 30, 25, 36  # px; low ones for many rows
MANY_ROWS = 40
FILE_ROWS = (28, 19, 42)  # px of a row in a file: usual, least, most
# From this many columns on, letter and number stand one above the other: a phone has no more room.
FEW_COLUMNS, MANY_COLUMNS = 5, 14
PERSONS_COLUMNS, PERSONS_LEAST = 1.6, 0.1  # room for the bars of persons: columns; of the width
VALUE_ROOM = 62  # px for the numbers right of the longest bar
HEADS_HEIGHT = {"few": 130, "many": 250}  # px for heads and legend
# Of a column and a row: the ground of letter and number on a hatch, which shows all round it.
CHIP, STACKED_CHIP = (0.72, 0.6), (0.6, 2 * grid.HALF_CELL)
TEXT_ROOM = (1.3, 1.2)  # of a column and a row: what is longer is left out, on a phone
SET_APART = 0.16  # of a column: the room behind the column of all courses
INK_OF_PAGE = '<span style="color:currentColor">{}</span>'

Row = Any
Labels = Mapping[str, str]


def gap_matrix(
    countries: pd.DataFrame,
    columns: pd.DataFrame,
    cells: pd.DataFrame,
    labels: Labels,
    chosen: tuple[str | None, str | None] = (None, None),
) -> go.Figure:
    """The grid. The frames: those of `measures.gap_matrix.GapMatrix`.

    `labels`: label of every state by code, `NO_COURSE_HERE` among them, for the legend. `chosen`:
    ISO3 and column of the cell that is looked at; it gets a frame.
    """
    rows, headings = _slots(countries)
    across = {code: n + 1 + SET_APART for n, code in enumerate(columns["column"])}
    width = len(across) + 1 + SET_APART
    size, height = _sizes(len(rows), len(across))
    held = cells[cells["country_iso3"].map(rows["courses"]) > 0]
    whole = rows[rows["courses"] == 0]
    data = [
        *_all_courses(rows[rows["courses"] > 0], size),
        *_held(held, rows, across, size),
        *_blank(held, rows, across),
        *_without(whole, width),
        _persons(rows),
        *_heads_traces(columns),
        *_legend(labels, rows, held),
    ]
    slots = len(rows) + len(headings)
    names = [axis_name(iso3, name) for iso3, name in rows["country_name"].items()]
    share = max(PERSONS_LEAST, PERSONS_COLUMNS / (width + PERSONS_COLUMNS))
    layout = {
        "barmode": "overlay",
        "height": slots * height + HEADS_HEIGHT["few" if len(across) <= FEW_COLUMNS else "many"],
        "margin": {"l": axis_room(names), "r": VALUE_ROOM, "t": 4, "b": 4, "pad": 0},
        "meta": needs(*(slots * row for row in FILE_ROWS), rows=slots),
        "uniformtext": {"minsize": 9, "mode": "hide"},
        **_axes(columns, 1 - share, rows),
        "yaxis": grid.names_axis(names, list(rows["slot"]), slots),
        "legend": LEGEND_ABOVE,
        "shapes": _shapes(whole, headings, width, _frame(chosen, rows, across)),
        "annotations": _notes(headings, 1 - share, axis_room(names)),
    }
    return figure(data, layout)


def _sizes(rows: int, columns: int) -> tuple[dict[str, Any], int]:
    """How letter and number of a cell are written, and the height of a row in px."""
    low, stacked = rows > MANY_ROWS, FEW_COLUMNS < columns <= MANY_COLUMNS
    size = {
        "size": 11 if stacked or low else 13,
        "template": "{letter}<br><b>{number}</b>" if stacked else "{letter} <b>{number}</b>",
        "chip": STACKED_CHIP if stacked else CHIP,
        "room": TEXT_ROOM,
    }
    return size, STACKED_ROW_HEIGHT if stacked else LOW_ROW_HEIGHT if low else ROW_HEIGHT


def _slots(countries: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """The countries by ISO3 with their `slot` on the y axis, and slot and text of each heading."""
    slots, headings, before = [], [], ""
    sizes = countries.groupby("group")["persons"].agg(["size", "sum"])
    for group in countries["group"]:
        if group != before:
            headings.append((len(slots) + len(headings), _heading(group, sizes)))
            before = group
        slots.append(len(slots) + len(headings))
    return countries.assign(slot=slots).set_index("country_iso3"), headings


def _heading(group: str, sizes: pd.DataFrame) -> str:
    countries, persons = sizes.loc[group]
    noun = "country" if countries == 1 else "countries"
    return f"<b>{escaped(group)}</b>  {count(countries)} {noun}, {count(persons)} persons"


def _all_courses(rows: pd.DataFrame, size: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The first column: a country's highest level and the number of its considered courses."""
    traces = []
    for state, group in rows.groupby("state", sort=False):
        hover = [_about(row.Index, row, f"{ALL}: {_courses(row)}") for row in group.itertuples()]
        traces += grid.filled(
            state,
            escaped(group["state_label"].iloc[0]),
            [(slot, 0) for slot in group["slot"]],
            list(group["courses"]),
            hover,
            [[iso3, ""] for iso3 in group.index],
            **size,
        )
    return traces


def _held(
    cells: pd.DataFrame, rows: pd.DataFrame, across: Mapping[str, float], size: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The cells with a course, by state."""
    traces = []
    countries = {row.Index: row for row in rows.itertuples()}
    for state, group in cells[cells["courses"] > 0].groupby("state", sort=False):
        hover = [
            _cell_hover(cell, countries[cell["country_iso3"]]) for cell in group.to_dict("records")
        ]
        traces += grid.filled(
            state,
            escaped(group["state_label"].iloc[0]),
            _places(group, rows, across),
            list(group["courses"]),
            hover,
            _keys(group),
            **size,
        )
    return traces


def _blank(
    cells: pd.DataFrame, rows: pd.DataFrame, across: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Cells without a course: a dot, which is no letter and no finding."""
    empty = cells[cells["courses"] == 0]
    names = zip(empty["country_name"], empty["column_label"], empty["state_label"], strict=True)
    hover = [f"<b>{escaped(name)}</b><br>{escaped(head)}: {why}" for name, head, why in names]
    dot = INK_OF_PAGE.format(DOT)
    traces = grid.blank(_places(empty, rows, across), hover, _keys(empty))
    return [trace | grid.inside([dot] * len(empty), GREY, 13) for trace in traces]


def _without(rows: pd.DataFrame, width: float) -> list[dict[str, Any]]:
    """Countries without any considered course: one cell over all columns, its state in words."""
    words = [
        f"<b>{escaped(row.state_letter)}</b>  {escaped(row.state_label)}"
        for row in rows.itertuples()
    ]
    hover = [_about(row.Index, row, escaped(row.state_label)) for row in rows.itertuples()]
    return grid.whole_rows(list(rows["slot"]), width, words, hover, [[i, ""] for i in rows.index])


def _persons(rows: pd.DataFrame) -> dict[str, Any]:
    """Quiet bars behind the grid: how many persons each country contributes."""
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "xaxis": "x3",
        "x": list(rows["persons"]),
        "y": list(rows["slot"]),
        "width": [0.5] * len(rows),
        "marker": {"color": "#8A8A8A", "line": {"width": 0}},
        "cliponaxis": False,
        "text": [count(persons) for persons in rows["persons"]],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": 12},
        "hovertemplate": HOVER,
        "hovertext": [
            f"<b>{escaped(row.country_name)}</b><br>{count(row.persons)} persons"
            f"<br>{escaped(row.class_label)}"
            for row in rows.itertuples()
        ],
        "customdata": [[iso3, ""] for iso3 in rows.index],
        **STAYS_WHEN_PICKED,
    }


def _heads_traces(columns: pd.DataFrame) -> list[dict[str, Any]]:
    """The heads are categories of an axis of their own: only such an axis leaves out what overlaps.

    It needs a trace, which draws nothing.
    """
    codes = ["", *columns["column"]]
    return [
        {
            "type": "bar",
            "x": codes,
            "y": [None] * len(codes),
            "xaxis": "x2",
            "showlegend": False,
            "hoverinfo": "skip",
            "marker": {"color": CLEAR},
        }
    ]


def _legend(labels: Labels, rows: pd.DataFrame, cells: pd.DataFrame) -> list[dict[str, Any]]:
    """Every level, the states of countries without a course in use, and the dot."""
    levels = {s: labels[s] for s in STATE_STYLES if s not in ("no-course", "not-reviewed")}
    without = {s: labels[s] for s in ("no-course", "not-reviewed") if (rows["state"] == s).any()}
    entries = grid.state_legend(levels | without)
    if (cells["courses"] == 0).any():
        entries.append(legend_entry(f"<b>{DOT}</b>  {escaped(labels[NO_COURSE_HERE])}", None))
    return entries


def _axes(columns: pd.DataFrame, end: float, rows: pd.DataFrame) -> dict[str, Any]:
    """The grid's own axis, that of its heads over it, and that of the persons beside it."""
    largest, width = int(rows["persons"].max()) if len(rows) else 0, len(columns) + 1 + SET_APART
    bare = {"fixedrange": True, "showgrid": False, "zeroline": False, "ticks": ""}
    heads = {"": ALL} | dict(zip(columns["column"], columns["column_label"], strict=True))
    heads |= {NOT_RECORDED: "Not recorded"} if NOT_RECORDED in heads else {}
    return {
        "xaxis": bare | {"range": [0, width], "domain": [0, end], "showticklabels": False},
        "xaxis2": bare
        | {
            "type": "category",
            "categoryarray": list(heads),
            "overlaying": "x",
            "side": "top",
            "range": [-0.5 - SET_APART / 2, width - SET_APART / 2 - 0.5],
            "domain": [0, end],
            "tickfont": {"size": 11},
            "labelalias": {c: INK_OF_PAGE.format(escaped(label)) for c, label in heads.items()},
            "autotickangles": [0, -60, -90],
            "automargin": True,
        },
        "xaxis3": bare
        | {"range": [0, max(1, largest)], "domain": [end + 0.012, 1], "visible": False},
    }


def _shapes(
    whole: pd.DataFrame, headings: list[tuple[int, str]], width: float, frame: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Dotted outlines of rows without a course, a line over each heading, the frame on top."""
    half = grid.HALF_CELL
    boxes = [
        dotted_box(grid.GAP, width - grid.GAP, slot - half, slot + half) for slot in whole["slot"]
    ]
    lines = [
        {
            "type": "line",
            "xref": "paper",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": slot - half,
            "y1": slot - half,
            "line": {"color": grid.FAINT, "width": 1},
        }
        for slot, _ in headings
    ]
    return boxes + lines + frame


def _frame(
    chosen: tuple[str | None, str | None], rows: pd.DataFrame, across: Mapping[str, float]
) -> list[dict[str, Any]]:
    """A frame round the chosen cell, row or column: dark on light, to be seen on every fill."""
    iso3, column = chosen
    slots = rows["slot"] if iso3 is None else rows["slot"][rows.index == iso3]
    if slots.empty or (iso3 is None and column not in across):
        return []
    place = across.get(column)
    x0, x1 = (0, len(across) + 1 + SET_APART) if place is None else (place, place + 1)
    box = {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": x0,
        "x1": x1,
        "y0": int(slots.min()) - 0.5,
        "y1": int(slots.max()) + 0.5,
        "layer": "above",
    }
    return [
        box | {"line": {"color": PAPER, "width": 5}},
        box | {"line": {"color": INK, "width": 2.5}},
    ]


def _notes(headings: list[tuple[int, str]], end: float, room: int) -> list[dict[str, Any]]:
    """The headings over their rows, from the left edge on, and the head of the persons."""
    persons = {
        "text": "Persons",
        "x": end + 0.012,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11},
    }
    return [persons] + [
        {
            "text": text,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": slot,
            "yref": "y",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 12},
            "xshift": 4 - room,
        }
        for slot, text in headings
    ]


def _places(
    cells: pd.DataFrame, rows: pd.DataFrame, across: Mapping[str, float]
) -> list[tuple[int, float]]:
    slots = cells["country_iso3"].map(rows["slot"])
    return list(zip(slots, cells["column"].map(across), strict=True))


def _keys(cells: pd.DataFrame) -> list[list[str]]:
    return cells[["country_iso3", "column"]].to_numpy().tolist()


def _cell_hover(cell: Mapping[str, Any], row: Row) -> str:
    levels = ", ".join(
        f"{style.letter} {count(cell[state])}"
        for state, style in STATE_STYLES.items()
        if cell.get(state)
    )
    return _about(
        row.Index,
        row,
        f"{escaped(cell['column_label'])}: {count(cell['courses'])} of {_courses(row)}"
        f"<br>Highest level: {escaped(cell['state_label'])}<br>By level: {levels}",
    )


def _about(iso3: str, row: Row, line: str) -> str:
    return f"<b>{wrapped(row.country_name)}</b> ({escaped(iso3)})<br>{line}"


def _courses(row: Row) -> str:
    return counted(int(row.courses), "considered course")
