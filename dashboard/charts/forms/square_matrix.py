"""A square table of counts, one way to sort things down and another across: what is on the diagonal
is the same both ways and has the look of its kind; what is beside it differs and stays plain."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.marks.labels import axis_room, count, escaped
from dashboard.charts.marks.look import CLEAR, GREY, INK, PAPER, STATE_STYLES, Style
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

ROW_HEIGHT = 44  # px: room for two lines of text
FILE_ROWS = (44, 34, 54)  # px of a row in a file: usual, least, most
HEADS_HEIGHT = 150  # px, with the legend; on a phone it takes some from the rows
HALF_CELL = 0.45  # of a row
GAP = 0.03  # of a column, on either side of a cell
CHIP = 0.72  # of a column: the white ground of numbers on a hatch
HEAD_SIZE, COUNT_SIZE, MORE_SIZE = 10, 13, 11
FAINT = "rgba(128,128,128,0.35)"
# Heads that fit a seventh of a phone; the legend carries the labels in full.
HEADS: Mapping[str, str] = {
    "dedicated": "Dedicated",
    "module": "Module",
    "cimic": "CIMIC",
    "related": "Related",
    "none-found": "None",
    "not-documented": "Not doc.",
    "no-course": "No course",
    "not-reviewed": "Not rev.",
    "covered": "Covered",
    "gap": "Gap",
    "partial": "Partial",
}

Cell = dict[str, Any]


def square_matrix(
    cells: pd.DataFrame,
    styles: Mapping[str, Style],
    labels: Mapping[str, str],
    down: str,
    across: str,
) -> go.Figure:
    """Counts by kind down and across.

    `cells`: down, across (keys of `styles`), number, more (a second line, may be empty) and hover;
    pairs without a row are drawn empty. `styles` in the order of the axes, `labels` for the legend.
    `down`, `across`: what each axis says, in one word. A click hands over both keys.
    """
    keys = list(styles)
    filled = [cell for cell in cells.to_dict("records") if cell["number"] > 0]
    same = [cell for cell in filled if cell["down"] == cell["across"]]
    apart = [cell for cell in filled if cell["down"] != cell["across"]]
    data = [_blanks(keys, filled)]
    for cell in same:
        data += _own_look(cell, keys, styles[cell["down"]])
    if apart:
        plain = {"color": PAPER, "line": {"color": GREY, "width": 1.2}}
        data.append(_cells(apart, keys) | _texts(apart, INK) | _live(apart) | {"marker": plain})
    data += [legend_entry(_entry(key, labels[key]), styles[key]) for key in keys]
    boxes = [_box(keys.index(c["down"])) for c in same if styles[c["down"]].dotted]
    names = [HEADS[key] for key in keys]
    layout = {
        "barmode": "overlay",
        "height": len(keys) * ROW_HEIGHT + HEADS_HEIGHT,
        "meta": needs(*(len(keys) * row for row in FILE_ROWS)),
        "margin": {"l": axis_room(names, 26), "r": 8, "t": 4, "b": 4, "pad": 0},
        "xaxis": _across(keys),
        "yaxis": _down(keys),
        "legend": LEGEND_ABOVE,
        "shapes": boxes,
        "annotations": [_corner(down, across)],
    }
    return figure(data, layout)


def _cells(cells: list[Cell], keys: list[str], width: float = 1 - 2 * GAP) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "name": "",
        "x": [width] * len(cells),
        "base": [keys.index(cell["across"]) + (1 - width) / 2 for cell in cells],
        "y": [keys.index(cell["down"]) for cell in cells],
        "width": [2 * HALF_CELL] * len(cells),
    }


def _texts(cells: list[Cell], colour: str) -> dict[str, Any]:
    words = [f"<b>{count(cell['number'])}</b>" + _second(cell["more"]) for cell in cells]
    return {
        "text": words,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"color": colour, "size": COUNT_SIZE},
    }


def _second(text: str) -> str:
    """A smaller line below the count: five figures and a comma fit a seventh of a phone."""
    return f'<br><span style="font-size:{MORE_SIZE}px">{escaped(text)}</span>' if text else ""


def _live(cells: list[Cell]) -> dict[str, Any]:
    """What a cell says when pointed at and hands over when clicked."""
    return {
        "hovertext": [cell["hover"] for cell in cells],
        "hovertemplate": HOVER,
        "customdata": [[cell["down"], cell["across"]] for cell in cells],
        **STAYS_WHEN_PICKED,
    }


def _own_look(cell: Cell, keys: list[str], style: Style) -> list[dict[str, Any]]:
    """A cell of the diagonal; on a hatch its numbers stand on a white chip of their own."""
    drawn = _cells([cell], keys) | _live([cell]) | {"marker": bar_marker(style)}
    if not style.hatch:
        return [drawn | _texts([cell], style.text)]
    chip = {"marker": {"color": PAPER, "line": {"width": 0}}, "hoverinfo": "skip"}
    return [drawn, _cells([cell], keys, CHIP) | _texts([cell], style.text) | chip]


def _blanks(keys: list[str], filled: list[Cell]) -> dict[str, Any]:
    taken = {(cell["down"], cell["across"]) for cell in filled}
    empty = [{"down": a, "across": b} for a in keys for b in keys if (a, b) not in taken]
    outline = {"color": CLEAR, "line": {"color": FAINT, "width": 1}}
    return _cells(empty, keys) | {"marker": outline, "hoverinfo": "skip"}


def _box(place: int) -> dict[str, Any]:
    return dotted_box(place + GAP, place + 1 - GAP, place - HALF_CELL, place + HALF_CELL)


def _entry(key: str, label: str) -> str:
    letter = STATE_STYLES[key].letter if key in STATE_STYLES else ""
    return f"<b>{letter}</b>  {escaped(label)}" if letter else escaped(label)


def _head(key: str, between: str) -> str:
    """The letter of a state before its short name; a class has none."""
    letter = STATE_STYLES[key].letter if key in STATE_STYLES else ""
    return f"<b>{letter}</b>{between}{HEADS[key]}" if letter else HEADS[key]


def _across(keys: list[str]) -> dict[str, Any]:
    return {
        "side": "top",
        "tickmode": "array",
        "ticktext": [_head(key, "<br>").replace(" ", "<br>") for key in keys],
        "tickvals": [i + 0.5 for i in range(len(keys))],
        "range": [0, len(keys)],
        "tickangle": 0,
        "tickfont": {"size": HEAD_SIZE - 1},
        "ticklabeloverflow": "allow",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _down(keys: list[str]) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(keys))),
        "ticktext": [f"{_head(key, ' ')} " for key in keys],
        "tickfont": {"size": HEAD_SIZE + 1},
        "range": [len(keys) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _corner(down: str, across: str) -> dict[str, Any]:
    """What the two axes are, in the corner between them."""
    return {
        "text": f"<i>{escaped(down)} ↓<br>{escaped(across)} →</i>",
        "showarrow": False,
        "x": 0,
        "xref": "paper",
        "xanchor": "right",
        "xshift": -6,
        "align": "right",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "font": {"size": HEAD_SIZE},
    }
