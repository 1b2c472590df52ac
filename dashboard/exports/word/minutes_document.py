"""The minutes of a meeting as a Word document: what was decided, then what was shown and said.

Each slide has its figure, numbers and link, under the view that was shown; notes and decisions
stand as people wrote them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import long_date
from dashboard.exports.checked_numbers.marks import finding, marks, plain
from dashboard.exports.origin import Origin
from dashboard.exports.parts import Basis, Part, citations, own_views
from dashboard.exports.word.blocks import Blocks, finished, write_lines
from dashboard.exports.word.fields import contents, inner_link
from dashboard.exports.word.figures import (
    Drawn,
    add_facts,
    add_link,
    add_numbers,
    add_picture,
    add_table,
    drawn,
)
from dashboard.exports.word.look import STATEMENT, new_document
from dashboard.exports.word.tables import Printed
from dashboard.exports.word.tables import add_table as add_rows

# Numbers of a slide that was discussed, and of one that was only shown.
MOST_NUMBERS, MOST_OF_SHOWN = 4, 2
NO_DECISION = "No decision was recorded."
_WIDTHS = (Mm(62), Mm(108))


def minutes(
    parts: Sequence[Part],
    tables: Tables,
    selection: Selection,
    origin: Origin,
    title: str,
    held: date,
    only_discussed: bool = False,
    begin: Callable[[int], None] = lambda place: None,
) -> bytes:
    """The minutes as a .docx. The same input gives the same bytes.

    `parts`: the slides in their order; `held`: day of the meeting; `only_discussed`: slides without
    note and decision are named at the end, and no more. `begin` is called with the place of each
    slide (from 0) as its page begins. Without a browser the figures stand as tables.
    """
    whole, day = Basis(tables, selection, origin), long_date(held.isoformat())
    document = new_document(f"{title}: minutes of {day}", tables.package, origin)
    blocks = Blocks(document, marks(tables, selection, origin))
    numbered = dict(enumerate(parts, start=1))
    kept = {n: part for n, part in numbered.items() if part.is_discussed or not only_discussed}
    decided = [number for number, part in numbered.items() if part.decision.strip()]
    own = own_views({n: part.basis or whole for n, part in kept.items()}, whole)
    table, listed = _front(blocks, title, day, whole, len(decided), own)
    made = drawn(list(kept.values()), whole)
    for number, part in kept.items():
        begin(number - 1)
        _slide(blocks.under(part.basis), number, part, next(made), whole)
    _end(blocks, numbered, kept, whole)
    slides = [entry for entry in blocks.headings if entry[2] == 1]
    places = {number: target for number, (_, target, _) in zip(kept, slides, strict=True)}
    if table:
        _decisions(table, {number: numbered[number] for number in decided}, places)
    contents(listed, r'TOC \o "1-1" \h \z \u', [(text, to, "toc 1") for text, to, _ in slides])
    return finished(blocks, origin)


def _front(
    blocks: Blocks, title: str, day: str, whole: Basis, decisions: int, own: str
) -> tuple[Table | None, Paragraph]:
    """Title, day, room for the decisions, the view of the meeting, and the place of the contents.

    `own`: which slides have another view.
    """
    blocks.text(title, "Title")
    blocks.text(f"Minutes of the meeting of {day}", "Subtitle")
    blocks.text("Decisions", "toc heading")
    table = None
    if decisions:
        empty = Printed(("Slide", "Decision"), (("", ""),) * decisions, (False, False), _WIDTHS)
        table = add_rows(blocks.document, empty, "Decisions by slide", long_texts=True)
    else:
        blocks.text(NO_DECISION)
    blocks.text("What was looked at", "toc heading")
    add_facts(blocks, whole)
    if own:
        blocks.small(own)
    blocks.text(whole.tables.package.statement, STATEMENT).paragraph_format.space_before = Pt(10)
    blocks.text("Slides", "toc heading")
    return table, blocks.paragraph()


def _decisions(table: Table, parts: Mapping[int, Part], places: Mapping[int, str]) -> None:
    """What was decided, each with the way to its slide."""
    for row, (number, part) in zip(list(table.rows)[1:], parts.items(), strict=True):
        slide, decision = (cell.paragraphs[0] for cell in row.cells)
        inner_link(slide, plain(f"{number}. {part.heading}"), places[number])
        write_lines(decision, part.decision)


def _slide(blocks: Blocks, number: int, part: Part, made: Drawn, whole: Basis) -> None:
    """What was shown and the way to it, what was said and decided, and then the numbers.

    Slides that were not discussed follow on the same page where they fit.
    """
    figure, (_, png) = part.figure, made
    new_page = part.is_discussed or len(blocks.headings) == 0
    heading = blocks.heading(part.heading, 1, finding(figure), new_page, opening=f"{number}. ")
    heading.paragraph_format.space_before = Pt(0 if new_page else 24)
    if figure.empty:
        blocks.text(figure.empty)
    add_picture(blocks, figure, made)
    add_link(blocks, (part.basis or whole).origin.link)
    if part.is_discussed:
        _said(blocks, part)
    if not figure.empty:
        add_numbers(blocks, figure, MOST_NUMBERS if part.is_discussed else MOST_OF_SHOWN)
    if not png:
        _without_picture(blocks, part, whole)


def _without_picture(blocks: Blocks, part: Part, whole: Basis) -> None:
    """What a picture would have in it: data, population, limits, source and statement."""
    figure = part.figure
    if not figure.empty:
        add_table(blocks, part, whole, instead=True)
    blocks.small(figure.subtitle).paragraph_format.space_before = Pt(4)
    if figure.note:
        blocks.small(figure.note, "What it cannot tell")
    blocks.small(f"{figure.source} {figure.statement}", "Source")


def _said(blocks: Blocks, part: Part) -> None:
    """Note and decision as people wrote them."""
    if part.note.strip():
        blocks.heading("Note", 2)
        blocks.lines(part.note)
    blocks.heading("Decision", 2)
    if part.decision.strip():
        blocks.lines(part.decision, STATEMENT)
    else:
        blocks.text(NO_DECISION)


def _end(
    blocks: Blocks, numbered: Mapping[int, Part], kept: Mapping[int, Part], whole: Basis
) -> None:
    """Which slides are left out; sources, statements and citations, each once."""
    left_out = [f"{n}. {part.heading}" for n, part in numbered.items() if n not in kept]
    if left_out:
        blocks.heading("Shown without note or decision", 2)
        for text in left_out:
            blocks.text(text, "List Bullet")
    figures = [part.figure for part in kept.values()]
    blocks.heading("Sources", 2)
    for text in dict.fromkeys(f"{figure.source} {figure.statement}" for figure in figures):
        blocks.small(text)
    blocks.heading("How to cite", 2)
    for text in citations([whole, *(part.basis for part in kept.values() if part.basis)]):
        blocks.small(text)
