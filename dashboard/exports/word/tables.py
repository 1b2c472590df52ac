"""Tables in our Word documents: which columns fit the paper, how values print, header rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import Table, _Cell

from dashboard.charts.marks.look import DARK_BLUE, LIGHT_GREY, PALE_BLUE
from dashboard.edition.columns import COLUMNS, label, of_kind
from dashboard.edition.tables import Package
from dashboard.edition.wording import count, listing, long_date
from dashboard.exports.checked_numbers.marks import plain
from dashboard.exports.word.look import TEXT_WIDTH, shade

TYPE_SIZE = 8.5
NOT_GIVEN = ".."
# Tables of so many rows are not divided between two pages.
KEPT_TOGETHER = 16
# Columns that a printed table leaves out: codes beside their labels, and numbers that every row
# repeats.
UNPRINTED = frozenset(name for name, one in COLUMNS.items() if not one.in_word)
_N_OF = "share_of_all"
_DATES = of_kind("date")
# Widths in characters, about 1.6 mm each at this size, and the room beside the text of a cell.
_CHARACTER, _BOLD_CHARACTER, _CELL_ROOM = Mm(1.6), Mm(1.85), Mm(2.8)
_NARROWEST, _WIDEST = 2, 34
# Words of a header wrap; what stands in the cells decides, but not below its longest word.
_LONGEST_HEAD = 14


@dataclass(frozen=True)
class Printed:
    """A table as it stands on paper. `numeric`: which columns are set to the right; `key`: what
    letters in the header mean; `left_out`: labels of the columns that did not fit."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[int, ...]
    key: str = ""
    left_out: tuple[str, ...] = ()


def printed(frame: pd.DataFrame, package: Package, width: int = TEXT_WIDTH) -> Printed:
    """As much of a figure's table as fits the width, column by column in its order."""
    letters = {term["code"]: term["letter"] for term in package.terms("levels")}
    chosen, left_out, used = [], [], 0
    for name in frame.columns:
        # A share is printed with its n.
        if name in UNPRINTED or (name == "persons" and _N_OF in frame.columns):
            continue
        head = letters.get(name) or label(name, package)
        texts = [_text(value, name) for value in frame[name].tolist()]
        wide = _width(head, texts)
        if used + wide > width:
            left_out.append(label(name, package))
            continue
        used += wide
        chosen.append((name, head, texts, wide))
    named = [name for name, *_ in chosen if name in letters]
    return Printed(
        heads=tuple(head for _, head, _, _ in chosen),
        rows=tuple(zip(*(texts for _, _, texts, _ in chosen), strict=True)),
        numeric=tuple(pd.api.types.is_numeric_dtype(frame[name]) for name, *_ in chosen),
        widths=_spread([wide for *_, wide in chosen], width),
        key=_key(named, letters, chosen, package),
        left_out=tuple(left_out),
    )


def add_table(
    document: Document | _Cell, table: Printed, description: str, long_texts: bool = False
) -> Table:
    """A table with a header row that stands again on every page, and rows that no page cuts unless
    there are `long_texts` in them."""
    made = document.add_table(rows=0, cols=len(table.heads))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _frame(made, description)
    heads = made.add_row()
    for cell, text, right in zip(heads.cells, table.heads, table.numeric, strict=True):
        _fill(cell, text, right, bold=True, with_next=True)
        shade(cell._tc.get_or_add_tcPr(), PALE_BLUE)
    as_header(heads._tr)
    for place, texts in enumerate(table.rows, start=1):
        row = made.add_row()
        if not long_texts:
            _whole(row._tr)
        together = not long_texts and place < len(table.rows) <= KEPT_TOGETHER
        for cell, text, right in zip(row.cells, texts, table.numeric, strict=True):
            _fill(cell, text, right, with_next=together)
    set_widths(made, table.widths)
    return made


def as_header(row) -> None:
    """Makes a row the header of its table: read out as such, and repeated on every page."""
    _whole(row)
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Widths of the columns, in the grid and in each cell: programs differ in which they take."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(width)


def _text(value: object, name: str) -> str:
    if isinstance(value, str):
        return long_date(value) if name in _DATES and value else plain(value)
    if isinstance(value, tuple | list):
        return listing([str(one) for one in value])
    if pd.isna(value):
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return count(value) if float(value).is_integer() else f"{value:.2f}"


def _width(head: str, texts: Sequence[str]) -> int:
    longest = max((len(text) for text in texts), default=0)
    word = min(max(map(len, head.split()), default=0), _LONGEST_HEAD)
    letters = min(max(longest, _NARROWEST), _WIDEST)
    return int(max(letters * _CHARACTER, word * _BOLD_CHARACTER) + _CELL_ROOM)


def _spread(widths: Sequence[int], room: int) -> tuple[int, ...]:
    """Widths with what is left over shared out, but no column more than doubled."""
    total = sum(widths)
    factor = min(2.0, room / total) if total else 1.0
    return tuple(int(width * factor) for width in widths)


def _key(
    named: Sequence[str], letters: Mapping[str, str], chosen: Sequence[tuple], package: Package
) -> str:
    told = [f"{letters[name]} {label(name, package)}" for name in named]
    if any(NOT_GIVEN in texts for _, _, texts, _ in chosen):
        told.append(f"{NOT_GIVEN} not given")
    return f"{'; '.join(told)}." if told else ""


def _fill(cell: _Cell, text: str, right: bool, bold: bool = False, with_next: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if with_next:
        paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(plain(text))
    run.font.size, run.font.bold = Pt(TYPE_SIZE), bold


def _frame(table: Table, description: str) -> None:
    """Thin lines between rows, a strong one below the header; what the table is, for readers."""
    settings = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for edge, colour, size in (
        ("top", DARK_BLUE, 8),
        ("bottom", DARK_BLUE, 8),
        ("insideH", LIGHT_GREY, 4),
    ):
        line = OxmlElement(f"w:{edge}")
        for key, value in (
            ("val", "single"),
            ("sz", str(size)),
            ("space", "0"),
            ("color", colour.lstrip("#")),
        ):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for edge, width in (("top", 30), ("left", 70), ("bottom", 30), ("right", 70)):
        side = OxmlElement(f"w:{edge}")
        side.set(qn("w:w"), str(width))
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    said = OxmlElement("w:tblDescription")
    said.set(qn("w:val"), plain(description)[:500])
    settings.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    settings.insert_element_before(margins, "w:tblLook", "w:tblCaption")
    settings.append(said)


def _whole(row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
