"""Fits a chart into the room that the words leave it on a sheet.

First choice is type and rows as large as the sheet is meant for; then smaller type, but never below
8 points; then lower rows; then two columns. What still does not fit is not drawn.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts import legends
from dashboard.charts.fold import GUTTER, best_fold, folded, higher_part
from dashboard.charts.letters import LINE, in_lines, width
from dashboard.charts.margins import Margins, margins, size_of
from dashboard.charts.room import BOXED, Room, room_of
from dashboard.charts.sheets import CHART_TYPE, SMALLEST_TYPE, DoesNotFit, Sheet

LEAST_TYPE = SMALLEST_TYPE / CHART_TYPE
TYPE_STEP = 0.05
SMALL = 0.8  # of the largest type of a sheet: below, two columns are tried
# px that a page of A4 has for a figure without a height of its own, before it goes on in a column.
PAGE_HEIGHT = 900
APART = 14  # px between words at the left and the right end of a row
STACKED_ROW = 2 * LINE * CHART_TYPE  # px of a row whose cells hold two lines
ROUNDING = 0.01  # px
WHOLE_ROW = 1.5  # columns: a cell that is wider goes over all of them
LEAST_COLUMN = 150  # px: bars in a narrower column say nothing
_SIZE_IN_TEXT = re.compile(r"font-size:([\d.]+)px")
# Between letter and number of a cell: beside each other, one above the other.
_BESIDE, _ABOVE = " <b>", "<br><b>"

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Fit:
    """A chart as it will stand on a sheet: its figure (as a dict), the size of its type against
    that on screen, and px: of the plot, of what stands around it, of the legends."""

    plain: dict[str, Any]
    type: float
    plot: float
    around: Margins
    over: float
    under: float
    ease: float  # height of the rows as a part of what they need at ease
    least: float = 0.0  # and the part with which they can still be read
    fits_across: bool

    @property
    def height(self) -> float:
        """Px of everything between the words."""
        return self.plot + self.around.top + self.around.bottom + self.over + self.under

    def wanted(self, at_ease: bool) -> float:
        """The `ease` with which rows can be read, or look neither pressed nor crowded."""
        return (1 + self.least) / 2 if at_ease else self.least


def fitted(plain: dict[str, Any], sheet: Sheet, above: float, below: float) -> Fit:
    """The chart in what the words leave of a sheet. Raises DoesNotFit."""
    needed = room_of(plain["layout"])
    room = sheet.height - above - below if sheet.height else None
    one = _best(plain, needed, sheet, room, None)
    at = best_fold(plain, needed)
    if at is not None and _is_cramped(one, sheet, above + below):
        two = _best(plain, needed, sheet, room, at)
        as_large = one is None or not sheet.height or (two is not None and two.type >= one.type)
        if two is not None and two.fits_across and as_large:
            return two
    if one is None:
        raise DoesNotFit(
            f"The figure is too high for “{sheet.label}”: choose fewer rows, or a page width, "
            "which is as high as the figure needs."
        )
    if not one.fits_across:
        raise DoesNotFit(
            f"The figure is too wide for “{sheet.label}”: choose fewer columns, or a wider sheet."
        )
    return one


def _best(
    plain: dict[str, Any], needed: Room, sheet: Sheet, room: float | None, at: float | None
) -> Fit | None:
    """The largest type that leaves the rows their height; None when they cannot be read."""
    tried = [_tried(plain, needed, sheet, room, type, at) for type in _types(sheet)]
    # Type as large as on screen is worth more than rows as high as on screen.
    for type, at_ease in ((1.0, True), (1.0, False), (LEAST_TYPE, False)):
        for fit in tried:
            if fit.type >= type and fit.fits_across and fit.ease >= fit.wanted(at_ease):
                return fit
    return tried[-1] if tried[-1].ease >= tried[-1].least else None


def _is_cramped(fit: Fit | None, sheet: Sheet, words: float) -> bool:
    """Whether two columns would be better; `words`: px over and under the chart."""
    if fit is None or not fit.fits_across:
        return True
    if not sheet.height:
        return fit.height > PAGE_HEIGHT - words
    return fit.type < SMALL * sheet.chart or fit.ease < fit.wanted(at_ease=True)


def _types(sheet: Sheet) -> Iterator[float]:
    """From the largest type of a sheet to the smallest that may be printed."""
    type = sheet.chart
    while type > LEAST_TYPE + TYPE_STEP / 2:
        yield type
        type = 1.0 if 1 < type < 1 + TYPE_STEP else type - TYPE_STEP
    yield LEAST_TYPE


def _tried(
    plain: dict[str, Any], needed: Room, sheet: Sheet, room: float | None, type: float,
    at: float | None,
) -> Fit:  # fmt: skip
    """The chart with one size of type, in one column or folded at a place of its y axis."""
    across, part = sheet.width - 2 * sheet.pad, 1.0
    around = margins(plain, type, across)
    if at is not None:
        named = around.left + around.right if plain["layout"]["yaxis"].get("ticktext") else 0
        gutter = (GUTTER + named) / (across - around.left - around.right)
        part = higher_part(plain["layout"]["yaxis"]["range"], at)
        plain = folded(plain, at, gutter)
        around = margins(plain, type, across)
    inside = across - around.left - around.right
    plain = legends.broken(plain, across, type)
    plain, needed = _stacked(plain, needed, type, inside)
    wide = across + sheet.pad  # a legend may stand out to the right
    over, under = (legends.heights(plain, edge, wide, type) for edge in (1, 0))
    plain = _turned(plain, needed, type, inside)
    column = inside if at is None else (inside * (1 - gutter)) / 2
    plain, needed = _broken(plain, needed, type, column, may=type <= LEAST_TYPE and at is None)
    usual = needed.plot * part * type
    plot, taken = usual, around.top + around.bottom + over + under
    if room is not None:
        plot = min(room - taken, needed.most * part * type)
    across_ok = around.are_apart and (at is None or column >= LEAST_COLUMN)
    across_ok = across_ok and _words_fit(plain, type, column)
    across_ok = across_ok and _cells_fit(plain, type, inside)
    least = needed.least / needed.plot
    return Fit(plain, type, plot, around, over, under, plot / usual, across_ok, least)


def enlarged(part: Any, type: float, key: str = "") -> Any:
    """The figure (as a dict) with its type `type` times as large, but nothing below 8 points."""
    if isinstance(part, dict):
        grown = {name: enlarged(value, type, name) for name, value in part.items()}
        if key.endswith("font") and "size" in grown:
            grown["size"] = _grown(grown["size"], type)
        if key == "marker" and "symbol" in grown and "size" in grown:
            grown["size"] = _scaled(grown["size"], type)
        if key == "uniformtext":
            grown["minsize"] = _grown(grown["minsize"], type) - ROUNDING
        for shift in ("xshift", "yshift"):
            if shift in grown:
                grown[shift] *= type
        return grown
    if isinstance(part, str) and "font-size:" in part:
        return _SIZE_IN_TEXT.sub(
            lambda found: f"font-size:{_grown(float(found[1]), type):g}px", part
        )
    return [enlarged(one, type) for one in part] if isinstance(part, list | tuple) else part


def _grown(size: Any, type: float) -> Any:
    if isinstance(size, list | tuple):
        return [_grown(one, type) for one in size]
    return max(SMALLEST_TYPE, size * type)


def _scaled(size: Any, type: float) -> Any:
    return [one * type for one in size] if isinstance(size, list | tuple) else size * type


# --- what is written on a row or in a cell --------------------------------------------------------


def _words_fit(plain: Plain, type: float, room: float) -> bool:
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


def _broken(
    plain: dict[str, Any], needed: Room, type: float, room: float, may: bool
) -> tuple[dict[str, Any], Room]:
    """Words too wide for the smallest type in two lines, and higher rows for them."""
    if not may or not needed.with_line or _words_fit(plain, type, room):
        return plain, needed
    notes = []
    for note in plain["layout"]["annotations"]:
        size = size_of(note.get("font"), type)
        is_wide = _is_words(note) and width(note["text"], size) > room
        notes.append(note | {"text": in_lines(note["text"], size, room)} if is_wide else note)
    grown = needed.with_line
    taller = replace(needed, plot=needed.plot * grown, least=needed.least * grown,
                     most=max(needed.most, needed.plot * grown))  # fmt: skip
    return {**plain, "layout": {**plain["layout"], "annotations": notes}}, taller


def _turned(plain: dict[str, Any], needed: Room, type: float, room: float) -> dict[str, Any]:
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
    ]  # fmt: skip
    return {**plain, "layout": {**plain["layout"], "annotations": notes}}


def _stacked(
    plain: dict[str, Any], needed: Room, type: float, room: float
) -> tuple[dict[str, Any], Room]:
    """Letter over number where a cell is too narrow for both beside each other."""
    if _cells_fit(plain, type, room):
        return plain, needed
    data = [
        trace | {"text": _in_two(trace, type, _pace(plain, trace, room))} if _is_cells(trace)
        else trace
        for trace in plain["data"]
    ]  # fmt: skip
    least = needed.rows * STACKED_ROW
    return {**plain, "data": data}, replace(
        needed, plot=max(needed.plot, least), least=max(needed.least, least),
        most=max(needed.most, least),
    )  # fmt: skip


def _in_two(trace: Plain, type: float, pace: float) -> list[str]:
    """The texts of cells in two lines: number under letter, or the words where they break."""
    size = size_of(trace.get("insidetextfont"), type)
    return [
        text.replace(_BESIDE, _ABOVE) if _BESIDE in text or "<span" in text
        else in_lines(text, size, length * pace)
        for text, length in zip(trace["text"], trace["x"], strict=True)
    ]  # fmt: skip


def _cells_fit(plain: Plain, type: float, room: float) -> bool:
    """Whether what is written in each cell is no wider than its column."""
    return all(
        width(text, size_of(trace.get("insidetextfont"), type))
        <= (length if length > WHOLE_ROW else 1) * _pace(plain, trace, room)
        for trace in plain["data"]
        if _is_cells(trace)
        for text, length in zip(trace["text"], trace["x"], strict=True)
    )


def _is_cells(trace: Plain) -> bool:
    has_number = any(_BESIDE in text or _ABOVE in text for text in trace.get("text") or ())
    is_all_shown = trace.get("constraintext") == "none"
    return trace.get("textposition") == "inside" and (has_number or is_all_shown)


def _pace(plain: Plain, trace: Plain, room: float) -> float:
    """Px of a unit on the x axis of a trace."""
    axis = plain["layout"][(trace.get("xaxis") or "x").replace("x", "xaxis")]
    start, end = axis.get("domain") or (0, 1)
    return room * (end - start) / abs(axis["range"][1] - axis["range"][0])
