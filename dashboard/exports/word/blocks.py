"""What our Word documents are built of: headings, captions, pictures, key numbers, small print."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from unicodedata import bidirectional

import numpy as np
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image

from dashboard.charts.marks.look import DARK_BLUE
from dashboard.charts.marks.sheets import SHEETS
from dashboard.exports.checked_numbers.marks import (
    Marks,
    Said,
    mark_number,
    mark_text,
    number_label,
    plain,
    plain_lines,
)
from dashboard.exports.origin import Origin
from dashboard.exports.parts import Basis
from dashboard.exports.reproducible import settled
from dashboard.exports.word.fields import bookmark
from dashboard.exports.word.fields import field as word_field
from dashboard.exports.word.look import SMALL, TALLEST_PICTURE, TEXT_WIDTH
from dashboard.exports.word.tables import Printed, add_table
from dashboard.figures.figure import Number

FIGURE, TABLE = "Figure", "Table"
# Label and value of key numbers.
_KEY_WIDTHS = (Mm(72), Mm(98))


@dataclass
class Blocks:
    """A document while it is written: each method adds one block at its end.

    `headings` and `captions` (kind -> entries) are what its contents list: text and bookmark.
    """

    document: Document
    marks: Marks
    headings: list[tuple[str, str, int]] = field(default_factory=list)
    captions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _styles: dict[str, str] = field(default_factory=dict)

    def under(self, basis: Basis | None) -> "Blocks":
        """The same document, with numbers marked as made from `basis`; None: from what they are."""
        if basis is None:
            return self
        marks = self.marks.under(basis.tables, basis.selection, basis.origin)
        return replace(self, marks=marks)

    def heading(
        self,
        text: str,
        level: int = 1,
        found: Said | None = None,
        new_page: bool = False,
        opening: str = "",
    ) -> Paragraph:
        """A heading, after `opening`; with `found`, marked as the place of that finding."""
        paragraph = self.paragraph(f"Heading {level}")
        if opening:
            paragraph.add_run(opening)
        if found is None:
            paragraph.add_run(plain(text))
        else:
            mark_text(paragraph, found, text, self.marks)
        paragraph.paragraph_format.page_break_before = new_page or None
        self.headings.append((plain(f"{opening}{text}"), self._bookmark(paragraph), level))
        return paragraph

    def caption(self, kind: str, text: str) -> Paragraph:
        """A numbered caption ("Figure 1. …"); below a figure, above a table."""
        listed = self.captions.setdefault(kind, [])
        paragraph = self.paragraph("Caption")
        paragraph.add_run(f"{kind} ").bold = True
        word_field(paragraph, f"SEQ {kind} \\* ARABIC", str(len(listed) + 1))
        paragraph.add_run(f". {plain(text)}")
        paragraph.paragraph_format.keep_with_next = kind == TABLE
        listed.append((f"{kind} {len(listed) + 1}. {plain(text)}", self._bookmark(paragraph)))
        return paragraph

    def pictures(self, pngs: Sequence[bytes], width: int, alt: str) -> None:
        """One picture, in one or several pieces; what follows stays on the page of the last."""
        number = len(self.captions.get(FIGURE, ())) + 1
        for place, png in enumerate(pngs, start=1):
            part = f", part {place} of {len(pngs)}" if len(pngs) > 1 else ""
            paragraph = self.paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.0
            paragraph.paragraph_format.keep_with_next = place == len(pngs)
            said = f"Figure {number}{part}. {alt}" if part else alt
            add_picture(paragraph.add_run(), png, width, f"{FIGURE} {number}{part}", said)

    def key_numbers(self, numbers: Sequence[Number]) -> None:
        """Numbers with their labels, each marked."""
        rows = tuple((number_label(one), "") for one in numbers)
        table = add_table(
            self.document,
            Printed(("Number", "Value"), rows, (False, False), _KEY_WIDTHS),
            "Key numbers of the figure",
        )
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        # Cells found through their row: a table looks each up anew, which takes long in a long one.
        for row, number in zip(list(table.rows)[1:], numbers, strict=True):
            run = mark_number(row.cells[1].paragraphs[0], number, self.marks)
            run.font.size, run.font.bold = Pt(9.5), True
            run.font.color.rgb = RGBColor.from_string(DARK_BLUE[1:])

    def table(self, table: Printed, caption: str) -> None:
        """A table under its caption, with what its letters mean below."""
        self.caption(TABLE, caption)
        add_table(self.document, table, caption)
        if table.key:
            self.small(table.key).paragraph_format.space_before = Pt(3)

    def text(self, text: str, style: str | None = None) -> Paragraph:
        """A paragraph."""
        paragraph = self.paragraph(style)
        paragraph.add_run(plain(text))
        return paragraph

    def small(self, text: str, opening: str = "") -> Paragraph:
        """A paragraph of small print, with a bold word before it."""
        paragraph = self.paragraph(SMALL)
        if opening:
            paragraph.add_run(f"{opening}: ").bold = True
        paragraph.add_run(plain(text))
        return paragraph

    def paragraph(self, style: str | None = None) -> Paragraph:
        """An empty paragraph in a style."""
        made = self.document.add_paragraph()
        if style:
            # Looked up once: python-docx goes through all styles for every paragraph.
            if style not in self._styles:
                self._styles[style] = self.document.styles[style].style_id
            made._p.style = self._styles[style]
        return made

    def lines(self, text: str, style: str | None = None) -> Paragraph:
        """A paragraph of what people wrote, with their line breaks; nothing in it is read as
        anything but text."""
        paragraph = self.paragraph(style)
        write_lines(paragraph, text)
        return paragraph

    def _bookmark(self, paragraph: Paragraph) -> str:
        """One for each entry of the contents."""
        listed = len(self.headings) + sum(map(len, self.captions.values()))
        return bookmark(paragraph, listed + 1)


def write_lines(paragraph: Paragraph, text: str) -> None:
    """What people wrote at the end of a paragraph, with their line breaks, in their direction."""
    lines = plain_lines(text)
    to_the_left = _runs_to_the_left("".join(lines))
    for place, line in enumerate(lines):
        run = paragraph.add_run(line)
        if place + 1 < len(lines):
            run.add_break()
        run.font.rtl = to_the_left or None
    if to_the_left:
        # Left and right of a paragraph are those of its script.
        paragraph._p.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
        )


def _runs_to_the_left(text: str) -> bool:
    """Whether the first letter is of a script that is written from right to left."""
    kinds = (bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def finished(blocks: Blocks, origin: Origin) -> bytes:
    """The file, sealed; the same to the byte whenever it is made from the same."""
    target = io.BytesIO()
    blocks.document.save(target)
    return settled(blocks.marks.sealed(target.getvalue()), origin.made)


# By how much of their height pieces of one picture may differ, so that no cut goes through type.
UNEVEN = 0.12
_WHITE = 250


def print_width(png: bytes, sheet: str) -> int:
    """Width of a picture on paper (EMU): as its sheet has it, or as much as the text is wide."""
    with Image.open(io.BytesIO(png)) as picture:
        return min(int(Inches(picture.width / SHEETS[sheet].ppi)), TEXT_WIDTH)


def pieces(png: bytes, width: int, tallest: int = TALLEST_PICTURE) -> list[bytes]:
    """The picture, printed `width` wide, in pieces that are each no higher than `tallest` (EMU).

    Shrunk to one page instead, its type would be too small to read.
    """
    with Image.open(io.BytesIO(png)) as picture:
        room = int(tallest * picture.width / width)
        if picture.height <= room:
            return [png]
        cuts = _cuts(np.asarray(picture.convert("L")), room)
        edges = zip([0, *cuts], [*cuts, picture.height], strict=True)
        return [_cut(picture, top, bottom) for top, bottom in edges]


def shrunk(png: bytes, width: int, tallest: int = TALLEST_PICTURE) -> int:
    """Width (EMU) at which a picture that cannot be cut, a map, is no higher than `tallest`."""
    with Image.open(io.BytesIO(png)) as picture:
        return min(width, int(tallest * picture.width / picture.height))


def add_picture(run: Run, png: bytes, width: int, name: str, alt: str) -> None:
    """A picture in a run, with its words for those who do not see it."""
    inline = run.add_picture(io.BytesIO(png), width=Emu(width))._inline
    for side in ("distT", "distB", "distL", "distR"):
        # LibreOffice takes a side that is not said for an eighth of an inch.
        inline.set(side, "0")
    for element in (inline.docPr, next(inline.iter(qn("pic:cNvPr")))):
        element.set("name", plain(name))
        element.set("descr", plain(alt))


def _cuts(grey: np.ndarray, room: int) -> list[int]:
    """Rows at which to cut into pieces of about one height, each where the picture is emptiest."""
    ink, height = (grey < _WHITE).sum(axis=1), len(grey)
    cuts, top = [], 0
    for left in range(-(-height // room), 1, -1):
        even = (height - top) / left
        # What is left has to fit into the pieces that are left.
        first = max(int((1 - UNEVEN) * even), height - top - room * (left - 1))
        last = max(first + 1, min(int((1 + UNEVEN) * even), room))
        near = ink[top + first : top + last]
        emptiest = np.flatnonzero(near == near.min())
        # In the middle of the longest empty stretch: a cut through a line of type shows.
        stretches = np.split(emptiest, np.flatnonzero(np.diff(emptiest) > 1) + 1)
        best = max(stretches, key=len)
        top += first + int(best[len(best) // 2])
        cuts.append(top)
    return cuts


def _cut(picture: Image.Image, top: int, bottom: int) -> bytes:
    target = io.BytesIO()
    piece = picture.crop((0, top, picture.width, bottom))
    piece.save(target, "PNG", dpi=picture.info.get("dpi", (300, 300)))
    return target.getvalue()
