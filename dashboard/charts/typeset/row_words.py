"""What is written on the rows and in the cells of a chart, where a sheet has less room for it.

Words in two lines, a number under its letter, words that stand on their end: nothing is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.charts.marks.letters import LINE, in_lines, width
from dashboard.charts.marks.plot_height import BOXED, HEADING, PlotHeight
from dashboard.charts.marks.sheets import CHART_TYPE
from dashboard.charts.typeset.margins import size_of

APART = 14  # px between words at the left and the right end of a row
STACKED_ROW = 2 * LINE * CHART_TYPE  # px of a row whose cells hold two lines
LETTER_AIR = 4  # px beside a letter on a bar
LIFT = 0.15  # of a row
WHOLE_ROW = 1.5  # columns: a cell that is wider goes over all of them
# Between letter and number of a cell: beside each other, one above the other.
_BESIDE, _ABOVE = " <b>", "<br><b>"

Plain = Mapping[str, Any]


def refitted(
    plain: dict[str, Any],
    needed: PlotHeight,
    type: float,
    room: tuple[float, float],
    may_break: bool,
) -> tuple[dict[str, Any], PlotHeight]:
    """The figure (as a dict) with its words as the room asks for, and what it then needs.

    `room`: px of the plot and of one of its columns; `may_break`: whether rows may grow for words
    in two lines.
    """
    plain, needed = stacked(lifted(plain), needed, type, room[0])
    plain = turned(lettered(plain, type, room[0]), needed, type, room[0])
    return broken(plain, needed, type, room[1]) if may_break else (plain, needed)


def fit(plain: Plain, type: float, room: tuple[float, float]) -> bool:
    """Whether the words have room on their rows and in their cells."""
    return words_fit(plain, type, room[1]) and cells_fit(plain, type, room[0])


def words_fit(plain: Plain, type: float, room: float) -> bool:
    """Whether the words of every row, at its left and its right end, leave each other room.

    `room`: px of a column of rows.
    """
    rows: dict[tuple, float] = defaultdict(float)
    for note in plain["layout"].get("annotations", ()):
        if _is_words(note):
            row = (note.get("yref"), note["y"], note.get("yanchor"))
            # A heading may begin further left, over the names.
            more = min(note.get("xshift") or 0, 0) * type
            rows[row] += width(note["text"], size_of(note.get("font"), type)) + APART + more
    return max(rows.values(), default=0) <= room + APART


def _is_words(note: Plain) -> bool:
    """Words that have a row for themselves, from its left end or up to its right end."""
    on_row = note.get("yref") in ("y", "y2") and note.get("xref") == "paper"
    return on_row or (note.get("x") == 0 and note.get("xanchor") == "left")


def broken(
    plain: dict[str, Any], needed: PlotHeight, type: float, room: float
) -> tuple[dict[str, Any], PlotHeight]:
    """Words too wide for the smallest type in two lines, and higher rows for them."""
    if not needed.with_line or words_fit(plain, type, room):
        return plain, needed
    notes = []
    for note in plain["layout"]["annotations"]:
        size = size_of(note.get("font"), type)
        is_wide = _is_words(note) and width(note["text"], size) > room
        notes.append(note | {"text": in_lines(note["text"], size, room)} if is_wide else note)
    grown = needed.with_line
    taller = replace(
        needed,
        plot=needed.plot * grown,
        least=needed.least * grown,
        most=max(needed.most, needed.plot * grown),
    )
    return {**plain, "layout": {**plain["layout"], "annotations": notes}}, taller


def turned(plain: dict[str, Any], needed: PlotHeight, type: float, room: float) -> dict[str, Any]:
    """Words in a box (annotations called `BOXED`) that is too narrow for them, on their end."""
    if not needed.box:
        return plain
    start, end = plain["layout"]["xaxis"]["range"]
    notes = [
        note | {"text": note["text"].replace("<br>", " "), "textangle": -90}
        if note.get("name") == BOXED
        and width(note["text"], size_of(note.get("font"), type)) > needed.box * room / (end - start)
        else note
        for note in plain["layout"]["annotations"]
    ]
    return {**plain, "layout": {**plain["layout"], "annotations": notes}}


def lettered(plain: dict[str, Any], type: float, room: float) -> dict[str, Any]:
    """Letters on all bars that are long enough for them: Plotly leaves them out on low ones."""
    data = []
    for trace in plain["data"]:
        if _has_one_letter(trace):
            size = size_of(trace.get("insidetextfont"), type)
            least = width(trace["text"], size) + LETTER_AIR
            pace = _pace(plain, trace, room)
            texts = [trace["text"] if length * pace >= least else "" for length in trace["x"]]
            trace = trace | {"text": texts, "constraintext": "none"}
        data.append(trace)
    return {**plain, "data": data}


def _has_one_letter(trace: Plain) -> bool:
    """Whether one letter stands for a whole trace of bars that lie on their side."""
    return trace.get("orientation") == "h" and isinstance(trace.get("text"), str)


def lifted(plain: dict[str, Any]) -> dict[str, Any]:
    """Headings in the middle between the rows above and below: a file sets rows closer."""
    notes = [
        note | {"y": note["y"] - LIFT} if note.get("name") == HEADING else note
        for note in plain["layout"].get("annotations", ())
    ]
    return {**plain, "layout": {**plain["layout"], "annotations": notes}}


def stacked(
    plain: dict[str, Any], needed: PlotHeight, type: float, room: float
) -> tuple[dict[str, Any], PlotHeight]:
    """Number beside its letter, and under it where a cell is too narrow for both."""
    if not needed.rows and cells_fit(plain, type, room):
        return plain, needed
    plain = _rewritten(plain, lambda trace: [t.replace(_ABOVE, _BESIDE) for t in trace["text"]])
    if cells_fit(plain, type, room):
        return plain, needed
    plain = _rewritten(plain, lambda trace: _in_two(trace, type, _pace(plain, trace, room)))
    least = needed.rows * STACKED_ROW
    return plain, replace(
        needed,
        plot=max(needed.plot, least),
        least=max(needed.least, least),
        most=max(needed.most, least),
    )


def _rewritten(plain: dict[str, Any], texts: Callable[[Plain], list[str]]) -> dict[str, Any]:
    """The figure with other texts in its cells; those of a square table stay as they are."""
    data = [
        trace | {"text": texts(trace)}
        if is_cells(trace) and not any('<span style="font' in text for text in trace["text"])
        else trace
        for trace in plain["data"]
    ]
    return {**plain, "data": data}


def _in_two(trace: Plain, type: float, pace: float) -> list[str]:
    """The texts of cells in two lines: number under letter, or the words where they break."""
    size = size_of(trace.get("insidetextfont"), type)
    return [
        text.replace(_BESIDE, _ABOVE) if _BESIDE in text else in_lines(text, size, length * pace)
        for text, length in zip(trace["text"], trace["x"], strict=True)
    ]


def cells_fit(plain: Plain, type: float, room: float) -> bool:
    """Whether what is written in each cell is no wider than its column."""
    return all(
        width(text, size_of(trace.get("insidetextfont"), type))
        <= (length if length > WHOLE_ROW else 1) * _pace(plain, trace, room)
        for trace in plain["data"]
        if is_cells(trace)
        for text, length in zip(trace["text"], trace["x"], strict=True)
    )


def is_cells(trace: Plain) -> bool:
    """Whether the bars of a trace are cells of a grid, whose texts must all be seen."""
    has_number = any(_BESIDE in text or _ABOVE in text for text in trace.get("text") or ())
    is_all_shown = trace.get("constraintext") == "none"
    return trace.get("textposition") == "inside" and (has_number or is_all_shown)


def _pace(plain: Plain, trace: Plain, room: float) -> float:
    """Px of a unit on the x axis of a trace."""
    axis = plain["layout"][(trace.get("xaxis") or "x").replace("x", "xaxis")]
    start, end = axis.get("domain") or (0, 1)
    return room * (end - start) / abs(axis["range"][1] - axis["range"][0])
