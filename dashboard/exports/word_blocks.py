"""What our Word documents are built of: headings, captions, pictures, key numbers, small print."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.charts.look import DARK_BLUE
from dashboard.exports.number_marks import (
    Marks,
    Said,
    mark_number,
    mark_text,
    number_label,
    plain,
)
from dashboard.exports.word_fields import bookmark
from dashboard.exports.word_fields import field as word_field
from dashboard.exports.word_look import SMALL
from dashboard.exports.word_pictures import add_picture
from dashboard.exports.word_tables import Printed, add_table
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
    _bookmarks: int = 0
    _styles: dict[str, str] = field(default_factory=dict)

    def heading(
        self, text: str, level: int = 1, found: Said | None = None, new_page: bool = False
    ) -> Paragraph:
        """A heading; with `found`, marked as the place of that finding."""
        paragraph = self.paragraph(f"Heading {level}")
        if found is None:
            paragraph.add_run(plain(text))
        else:
            mark_text(paragraph, found, text, self.marks)
        paragraph.paragraph_format.page_break_before = new_page or None
        self.headings.append((plain(text), self._bookmark(paragraph), level))
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

    def _bookmark(self, paragraph: Paragraph) -> str:
        self._bookmarks += 1
        return bookmark(paragraph, self._bookmarks)
