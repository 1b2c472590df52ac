"""A report as a Word document: its figures in order, their numbers, tables, sources and method.

Words, tables and numbers are text that can be edited; charts are pictures. Where no browser can
draw them, their tables stand in for them.
"""

import io
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from docx.shared import Pt
from docx.text.paragraph import Paragraph

from dashboard.definitions import method_sections, personnel_sources
from dashboard.exports.number_marks import finding, marks, plain
from dashboard.exports.origin import Origin
from dashboard.exports.parts import DEFAULT_SHEET, Part
from dashboard.exports.picture import Job, pictures, why_not
from dashboard.exports.renderer import NoBrowser, renderer
from dashboard.exports.settled_file import settled
from dashboard.exports.word_blocks import FIGURE, Blocks
from dashboard.exports.word_fields import contents
from dashboard.exports.word_look import FIGURES_LIST, STATEMENT, TEXT_WIDTH, new_document
from dashboard.exports.word_markdown import add_markdown
from dashboard.exports.word_pictures import pieces, print_width, shrunk
from dashboard.exports.word_tables import Printed, printed
from dashboard.figures.citation import cite
from dashboard.figures.places import PLACES
from dashboard.measures.wording import count, counted, listing, long_date
from dashboard.selection import Selection, describe
from dashboard.tables import Tables

# A table behind a figure is printed up to this many rows; without pictures, up to that many.
SHORT_TABLE, INSTEAD_OF_PICTURE = 15, 40
# Key numbers of one figure; the others are in its table.
MOST_NUMBERS = 12
# Sections of the method that every reader of a figure needs, in the order of the method.
METHOD = ("what-is-coded", "the-state-of-a-country", "the-class-of-a-country",
          "coverage-of-deployed-personnel")  # fmt: skip
_KIND = "png"


def document(
    parts: Sequence[Part], tables: Tables, selection: Selection, origin: Origin, title: str
) -> bytes:
    """The report as a .docx. The same input gives the same bytes.

    Without a browser the figures stand as tables, and the document says so.
    """
    blocks = Blocks(new_document(title, tables.package, origin), marks(tables, selection, origin))
    places = _front(blocks, title, tables, selection, origin)
    drawn = _drawn(parts, origin)
    for part in parts:
        _part(blocks, part, next(drawn), tables)
    _annex(blocks, tables, origin)
    _contents(blocks, *places)
    target = io.BytesIO()
    blocks.document.save(target)
    return settled(blocks.marks.sealed(target.getvalue()), origin.made)


def _drawn(parts: Sequence[Part], origin: Origin) -> Iterator[tuple[str, bytes]]:
    """Sheet and picture of each part, drawn ahead; the picture is empty without a browser.

    A figure that does not fit its sheet takes the page width, and stays without a picture when it
    does not fit that either.
    """
    try:
        renderer()
    except NoBrowser:
        yield from (("", b"") for _ in parts)
        return
    sheets: list[str] = []
    made, ready = pictures(_jobs(parts, origin, sheets)), deque()
    for place in range(len(parts)):
        # Sheets are chosen as the pictures are asked for, a few ahead of this one.
        while len(sheets) <= place:
            ready.extend(islice(made, 1))
        if not sheets[place]:
            yield "", b""
        else:
            yield sheets[place], ready.popleft() if ready else next(made)


def _jobs(parts: Sequence[Part], origin: Origin, sheets: list[str]) -> Iterator[Job]:
    """The pictures to draw; the sheet of each part is added to `sheets` on the way."""
    for part in parts:
        sheets.append(_sheet(part, origin))
        if sheets[-1]:
            yield Job(part.figure, sheets[-1], _KIND, origin, part.title, part.caption)


def _sheet(part: Part, origin: Origin) -> str:
    if part.figure.empty:
        return ""
    for sheet in dict.fromkeys((part.sheet, DEFAULT_SHEET)):
        if not why_not(part.figure, sheet, origin, part.title, part.caption):
            return sheet
    return ""


# --- the beginning --------------------------------------------------------------------------------


def _front(
    blocks: Blocks, title: str, tables: Tables, selection: Selection, origin: Origin
) -> tuple[Paragraph, Paragraph]:
    """Title, what the document is about, and the places where the contents come."""
    package = tables.package
    blocks.text(title, "Title")
    blocks.text(package.title, "Subtitle")
    facts = {
        "Edition": f"{tables.edition}, review as of {long_date(package.edition['as_of'])}",
        "Personnel": f"as of {long_date(selection.as_of)}",
        "Filters": describe(selection, package),
        "Producer": package.edition["producer"],
        "View": origin.link,
        "Made from": f"SHA-256 {origin.inputs}" if origin.inputs else "",
        "Accessed": long_date(origin.accessed.isoformat()),
    }
    for name, text in facts.items():
        if text:
            blocks.small(text, name)
    blocks.text(package.statement, STATEMENT).paragraph_format.space_before = Pt(10)
    blocks.text("Contents", "toc heading")
    first = blocks.paragraph()
    blocks.text("Figures", "toc heading")
    return first, blocks.paragraph()


def _contents(blocks: Blocks, first: Paragraph, second: Paragraph) -> None:
    """The contents and the list of figures, once everything that they list is there."""
    entries = [(text, target, "toc 1") for text, target, level in blocks.headings if level == 1]
    contents(first, r'TOC \o "1-1" \h \z \u', entries)
    figures = [(text, target, FIGURES_LIST) for text, target in blocks.captions.get(FIGURE, ())]
    if figures:
        contents(second, rf'TOC \h \z \c "{FIGURE}"', figures)
    else:
        second.add_run("No figure could be drawn.")


# --- a figure -------------------------------------------------------------------------------------


def _part(blocks: Blocks, part: Part, drawn: tuple[str, bytes], tables: Tables) -> None:
    figure, (sheet, png) = part.figure, drawn
    blocks.heading(part.heading, 1, finding(figure), new_page=True)
    name = PLACES[figure.id].name
    if figure.empty:
        blocks.text(figure.empty)
        return
    if png:
        width = print_width(png, sheet)
        if figure.is_map:
            blocks.pictures([png], shrunk(png, width), figure.alt)
        else:
            blocks.pictures(pieces(png, width), width, figure.alt)
        blocks.caption(FIGURE, name)
    blocks.small(figure.subtitle)
    note = part.caption.strip() or figure.note
    if note:
        blocks.small(note, "Note")
    blocks.small(figure.source, "Source")
    _numbers(blocks, part)
    _table(blocks, part, name, tables, instead=not png)


def _numbers(blocks: Blocks, part: Part) -> None:
    numbers = part.figure.numbers
    if not numbers:
        return
    blocks.heading("Key numbers", 2)
    blocks.key_numbers(numbers[:MOST_NUMBERS])
    if len(numbers) > MOST_NUMBERS:
        blocks.small(f"The first {count(MOST_NUMBERS)} of {count(len(numbers))} numbers of this "
                     "figure; all are in its workbook.")  # fmt: skip


def _table(blocks: Blocks, part: Part, name: str, tables: Tables, instead: bool) -> None:
    """The table behind a figure when it is short, or where it is to be found."""
    frame, most = part.figure.table, INSTEAD_OF_PICTURE if instead else SHORT_TABLE
    if len(frame) > most and not instead:
        told = f"The table behind the figure has {counted(len(frame), 'row')}. It is in the"
        last = blocks.small(f"{told} workbook of the figure, with the courses behind each number.")
        last.paragraph_format.space_before = Pt(6)
        return
    blocks.heading("The numbers as a table" if instead else "The table behind the figure", 2)
    if instead:
        blocks.small(_why_no_picture())
    shown = printed(frame.head(most), tables.package)
    blocks.table(shown, name)
    more = [f"the first {count(most)} of {counted(len(frame), 'row')}"] * (len(frame) > most)
    if shown.left_out:
        more.append(f"without {listing(shown.left_out, most=len(shown.left_out))}")
    if more:
        blocks.small(f"Printed here: {', '.join(more)}. The whole table is in the workbook of the "
                     "figure.")  # fmt: skip


def _why_no_picture() -> str:
    try:
        renderer()
    except NoBrowser as problem:
        return f"Here stands a table in place of the chart. {problem}"
    return "Here stands a table: the chart is too large for the page."


# --- the end --------------------------------------------------------------------------------------


def _annex(blocks: Blocks, tables: Tables, origin: Origin) -> None:
    package = tables.package
    blocks.heading("Annex: sources and method", 1, new_page=True)
    blocks.heading("Sources", 2)
    blocks.text(f"{package.title}. {package.statement}")
    blocks.text(f"Producer: {package.edition['producer']}. Licence: {package.edition['licence']}.")
    _sources(blocks, tables)
    if package.inputs:
        blocks.text("Files that the edition was built from, with their SHA-256:")
    for one in package.inputs:
        blocks.small(one["sha256"], one["path"].rsplit("/", 1)[-1])
    _method(blocks, tables)
    blocks.heading("How to cite", 2)
    blocks.text(cite(package, tables.edition, origin.accessed, origin.link).text)


def _sources(blocks: Blocks, tables: Tables) -> None:
    frame = personnel_sources(tables.package)
    if frame.empty:
        return
    rows = tuple(
        (long_date(row["as_of"]) if row["as_of"] else "", plain(row["title"]),
         plain(row["source_url"]))
        for row in frame.to_dict("records")
    )  # fmt: skip
    widths = tuple(int(TEXT_WIDTH * part) for part in (0.18, 0.42, 0.40))
    heads = ("Personnel as of", "Report", "Address")
    blocks.table(Printed(heads, rows, (False,) * 3, widths), "Reports of the personnel figures")


def _method(blocks: Blocks, tables: Tables) -> None:
    """The definitions that every figure rests on, from the method; else those of the package."""
    blocks.heading("Method", 2)
    try:
        sections = method_sections()
    except OSError:
        sections = {}
    if not sections.keys() & set(METHOD):
        for term in (*tables.package.state_terms, *tables.package.terms("classes")):
            blocks.text(f"{term['label']}: {term['definition'].rstrip('.')}.", "List Bullet")
        return
    for title, text in (sections[code] for code in METHOD if code in sections):
        blocks.heading(title, 3)
        add_markdown(blocks, text, 4)
