"""Native tables on a slide: matrices with letter and number in every cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Inches

from dashboard.charts.marks.look import INK, PAPER, Style
from dashboard.exports.native.form import Cell, Native
from dashboard.exports.slides.looks import cell_borders, described, fill
from dashboard.exports.slides.page import (
    LINE,
    MAIN,
    POINTS,
    Box,
    leave_empty,
    lines_of,
    width_of,
    write,
)

MARGIN_SIDE, MARGIN_TOP = 0.05, 0.02  # inches inside a cell
# Points: where there is room, and where many columns leave none. Heads are words that wrap.
LARGEST, SMALLEST, HEAD, UPRIGHT_HEAD = 18, 10, 12, 10
LOOSEST = 1.5  # as high as a row may be, in its own heights
# Inches of a column: the names of rows at most (where columns are many), any other at least.
WIDEST_STUB, STUB_OF_MANY, MANY, NARROWEST = 4.0, 2.3, 12, 0.3
HEAD_LINES, STEP, MOST_SPARE, UPRIGHT = 3, 0.05, 0.8, 2.3
GRID = "#BFBFBF"
_PLAIN = Style(PAPER, GRID, False, "", False, INK, "")
# "No Style, No Grid" of every PowerPoint: fills and borders here have a meaning and are set.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class _Plan:
    """How a table will stand: type in points, columns, head and rows in inches.

    `upright`: whether heads stand upright, because their words are wider than their columns.
    """

    size: float
    widths: list[float]
    head: float
    rows: list[float]
    upright: bool

    @property
    def height(self) -> float:
        return self.head + sum(self.rows)


def rows_that_fit(table: Native, height: float, width: float) -> int:
    """How many rows a table shows under its heads, one at least."""
    shown = 1
    while shown < table.size and _plan(table.first(shown + 1), width).height <= height:
        shown += 1
    return min(shown, table.size)


def add_table(slide: Slide, box: Box, table: Native, name: str, alt: str) -> Table:
    """A table at a place, with a header row; `alt`: its alternative text.

    A small table has larger type and looser rows, so that it is read from afar.
    """
    plan = _largest(table, box)
    spare = (box.height - plan.head) / max(sum(plan.rows), 0.01)
    looser = min(max(1.0, spare), LOOSEST)
    place = Box(box.left, box.top, sum(plan.widths), plan.head + looser * sum(plan.rows))
    frame = slide.shapes.add_table(len(table.rows) + 1, len(table.heads), *place.emu)
    described(frame, name, alt)
    drawn = frame.table
    drawn.first_row, drawn.horz_banding = True, False
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    for column, wide in zip(drawn.columns, plan.widths, strict=True):
        column.width = Inches(wide)
    heights = [plan.head, *(looser * row for row in plan.rows)]
    for row, high in zip(drawn.rows, heights, strict=True):
        row.height = Inches(high)
    _fill_in(drawn, table, plan)
    return drawn


def _largest(table: Native, box: Box) -> _Plan:
    """The plan with the largest type that still stands in a place."""
    for size in range(LARGEST, MAIN, -1):
        plan = _planned(table, box.width, size, upright=False)
        if plan and plan.height <= box.height:
            return plan
    return _plan(table, box.width)


def _plan(table: Native, width: float) -> _Plan:
    """The plan with type of 14 points, or with smaller where columns are many."""
    for size in range(MAIN, SMALLEST - 1, -1):
        for upright in (False, True):
            plan = _planned(table, width, size, upright)
            if plan:
                return plan
    return _pressed(table, width)


def _planned(table: Native, width: float, size: float, upright: bool) -> _Plan | None:
    """A plan with this type; None when the columns need more than there is."""
    needed = [_needed(table, column, size, upright) for column in range(len(table.heads))]
    if sum(needed) > width:
        return None
    widths = _shared_out(table, needed, width - sum(needed), upright)
    return _Plan(
        size, widths, _head_height(table, widths, upright), _rows(table, widths, size), upright
    )


def _pressed(table: Native, width: float) -> _Plan:
    """Columns narrower than their cells, which wrap: the last resort."""
    needed = [_needed(table, column, SMALLEST, True) for column in range(len(table.heads))]
    widths = [wide * width / sum(needed) for wide in needed]
    return _Plan(
        SMALLEST, widths, _head_height(table, widths, True), _rows(table, widths, SMALLEST), True
    )


def _needed(table: Native, column: int, size: float, upright: bool) -> float:
    longest = max((width_of(row[column].text, size) for row in table.rows), default=0.0)
    cells = longest + 2 * MARGIN_SIDE
    if column == 0:
        return min(max(cells, 1.2), STUB_OF_MANY if len(table.heads) > MANY else WIDEST_STUB)
    stands = upright and column >= table.stubs
    return max(cells, 0.0 if stands else _longest_word(table.heads[column]), NARROWEST)


def _longest_word(text: str) -> float:
    words = [width_of(word, HEAD, bold=True) for word in text.split()]
    return max(words, default=0.0) + 2 * MARGIN_SIDE


def _shared_out(table: Native, widths: list[float], spare: float, upright: bool) -> list[float]:
    """Room to the highest head first, then to all columns but the first, up to a limit."""
    while spare > STEP and not upright:
        lines = [_head_lines(head, wide) for head, wide in zip(table.heads, widths, strict=True)]
        if max(lines) <= HEAD_LINES:
            break
        widths[lines.index(max(lines))] += STEP
        spare -= STEP
    others = len(widths) - 1 or 1
    share = min(max(0.0, spare) / others, MOST_SPARE)
    return [widths[0], *(wide + share for wide in widths[1:])]


def _head_lines(head: str, wide: float) -> int:
    return lines_of(head, HEAD, wide - 2 * MARGIN_SIDE, bold=True)


def _head_height(table: Native, widths: Sequence[float], upright: bool) -> float:
    if upright:
        standing = table.heads[table.stubs :]
        longest = max((width_of(head, UPRIGHT_HEAD, bold=True) for head in standing), default=0.0)
        return min(UPRIGHT, longest + 3 * MARGIN_SIDE)
    lines = [_head_lines(head, wide) for head, wide in zip(table.heads, widths, strict=True)]
    return max(_line(MAIN), max(lines) * HEAD * LINE / POINTS + 2 * MARGIN_TOP)


def _rows(table: Native, widths: Sequence[float], size: float) -> list[float]:
    return [
        max(
            (
                _line(size, lines_of(cell.text, size, wide - 2 * MARGIN_SIDE))
                for cell, wide in zip(row, widths, strict=True)
            ),
            default=_line(size),
        )
        for row in table.rows
    ]


def _line(size: float, lines: int = 1) -> float:
    return lines * size * LINE / POINTS + 2 * MARGIN_TOP


def _fill_in(drawn: Table, table: Native, plan: _Plan) -> None:
    for column, head in enumerate(table.heads):
        _head(drawn.cell(0, column), head, _alignment(column, table.stubs), plan.upright)
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            _cell(drawn.cell(row, column), cell, _alignment(column, table.stubs), plan.size)


def _alignment(column: int, stubs: int) -> PP_ALIGN:
    """Names stand left, persons right, what is compared in the middle."""
    if column >= stubs:
        return PP_ALIGN.CENTER
    return PP_ALIGN.LEFT if column != 1 else PP_ALIGN.RIGHT


def _head(place: _Cell, text: str, alignment: PP_ALIGN, upright: bool) -> None:
    _bare(place)
    properties = place._tc.get_or_add_tcPr()
    cell_borders(properties, None, GRID)
    fill(place.fill, _PLAIN)
    stands = upright and alignment == PP_ALIGN.CENTER
    if stands:
        properties.set("vert", "vert270")
    place.vertical_anchor = MSO_ANCHOR.MIDDLE if stands else MSO_ANCHOR.BOTTOM
    write(
        place.text_frame.paragraphs[0],
        text,
        UPRIGHT_HEAD if stands else HEAD,
        bold=True,
        align=PP_ALIGN.LEFT if stands else alignment,
    )


def _cell(place: _Cell, cell: Cell, alignment: PP_ALIGN, size: float) -> None:
    _bare(place)
    cell_borders(place._tc.get_or_add_tcPr(), cell.style, GRID)
    fill(place.fill, cell.style or _PLAIN)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    if not cell.text:
        leave_empty(place.text_frame.paragraphs[0], size)
        return
    ink = cell.style.text if cell.style else INK
    run = write(place.text_frame.paragraphs[0], cell.text, size, ink=ink, align=alignment)
    if cell.style and cell.style.hatch:
        _highlighted(run._r.get_or_add_rPr())


def _bare(place: _Cell) -> None:
    place.margin_left = place.margin_right = Inches(MARGIN_SIDE)
    place.margin_top = place.margin_bottom = Inches(MARGIN_TOP)


def _highlighted(properties: Any) -> None:
    """White ground under text on a hatch; the schema wants it right after the colour."""
    highlight = etree.Element(qn("a:highlight"))
    etree.SubElement(highlight, qn("a:srgbClr"), val=PAPER.removeprefix("#"))
    properties.find(qn("a:solidFill")).addnext(highlight)
