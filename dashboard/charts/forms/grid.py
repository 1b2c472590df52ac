"""What grids of countries are built of: cells, numbers on them, blank cells, whole rows, names.

A cell is a horizontal bar from one column edge to the next; its row is a number on the y axis,
which points down.
"""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.marks.labels import count
from dashboard.charts.marks.look import CLEAR, INK, PAPER, STATE_STYLES
from dashboard.charts.marks.marks import HOVER, STAYS_WHEN_PICKED, bar_marker, legend_entry

GAP = 0.03  # of a column, on either side of a cell
HALF_CELL = 0.44  # of a row
CHIP = (0.5, 2 * HALF_CELL)  # of a column and a row: the white ground of a number on a hatch
FAINT = "rgba(128,128,128,0.35)"

Place = tuple[int, float]  # row and column of a cell


def cells(places: Sequence[Place], width: float = 1 - 2 * GAP) -> dict[str, Any]:
    """A bar trace with one cell for each (row, column), centred in its column."""
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "x": [width] * len(places),
        "base": [column + (1 - width) / 2 for _, column in places],
        "y": [row for row, _ in places],
        "width": 2 * HALF_CELL,
    }


def inside(texts: Sequence[str], colour: str, size: int) -> dict[str, Any]:
    """The part of a trace that writes one text in the middle of each cell."""
    return {
        "text": list(texts),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"color": colour, "size": size},
    }


def told(hover: Sequence[str]) -> dict[str, Any]:
    """The part of a trace that says, when a cell is pointed at, what it means."""
    return {"hovertext": list(hover), "hovertemplate": HOVER}


def picked(keys: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The part of a trace that says which cell was clicked."""
    return {"customdata": [list(key) for key in keys], **STAYS_WHEN_PICKED}


def filled(
    state: str,
    name: str,
    places: Sequence[Place],
    numbers: Sequence[int],
    hover: Sequence[str],
    keys: Sequence[Sequence[str]],
    size: int = 13,
    template: str = "{letter} <b>{number}</b>",
    chip: tuple[float, float] = CHIP,
    room: tuple[float, float] | None = None,
) -> list[dict[str, Any]]:
    """Cells of one state with letter and number; on a hatch they stand on a white chip.

    `name`: label of the state, escaped. `chip`: its width and height in columns and rows. `room`:
    the same for the text where it is to vanish when it does not fit; it may be more than the cell.
    """
    if not places:
        return []
    style = STATE_STYLES[state]
    texts = [template.format(letter=style.letter, number=count(number)) for number in numbers]
    words = inside(texts, style.text, size)
    marks = cells(places) | told(hover) | picked(keys) | {"name": name, "marker": bar_marker(style)}
    ground = {"marker": {"color": PAPER, "line": {"width": 0}}}
    if room:
        chips = [_under_text(places, chip) | ground] * style.hatch
        fitting = {"constraintext": "inside", "marker": {"color": CLEAR, "line": {"width": 0}}}
        return [marks, *chips, _under_text(places, room) | words | fitting]
    return [marks, _under_text(places, chip) | ground | words] if style.hatch else [marks | words]


def _under_text(places: Sequence[Place], size: tuple[float, float]) -> dict[str, Any]:
    return cells(places, size[0]) | {"width": size[1], "hoverinfo": "skip"}


def blank(
    places: Sequence[Place], hover: Sequence[str], keys: Sequence[Sequence[str]] = ()
) -> list[dict[str, Any]]:
    """Clear cells with a faint outline: nothing is recorded there, which is no finding."""
    if not places:
        return []
    marker = {"marker": {"color": CLEAR, "line": {"color": FAINT, "width": 1}}}
    return [cells(places) | marker | told(hover) | (picked(keys) if keys else {})]


def whole_rows(
    rows: Sequence[int],
    columns: float,
    words: Sequence[str],
    hover: Sequence[str],
    keys: Sequence[Sequence[str]] = (),
) -> list[dict[str, Any]]:
    """One cell over all columns, for a country without any course: its state in words."""
    if not rows:
        return []
    marks = cells([(row, 0) for row in rows]) | {
        "x": [columns - 2 * GAP] * len(rows),
        "marker": bar_marker(STATE_STYLES["not-reviewed"]),
    }
    return [marks | inside(words, INK, 12) | told(hover) | (picked(keys) if keys else {})]


def state_legend(labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """A legend entry with letter and swatch for each state; `labels`: state code to its label."""
    return [
        legend_entry(
            f"<b>{STATE_STYLES[state].letter}</b>  {html.escape(label, quote=False)}",
            STATE_STYLES[state],
        )
        for state, label in labels.items()
    ]


def names_axis(names: Sequence[str], slots: Sequence[int] = (), last: float = 0) -> dict[str, Any]:
    """Row names beside the grid; `slots`: their rows where headings stand between (`last`: end)."""
    places = list(slots) or list(range(len(names)))
    end = last or max(1, len(names))
    return {
        "tickmode": "array",
        "tickvals": places,
        "ticktext": [f"{name} " for name in names],
        "tickfont": {"size": 12},
        "range": [end - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
