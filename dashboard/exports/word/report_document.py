"""A report as a Word document: its figures in order, their numbers, tables, sources and method.

Words, tables and numbers are text that can be edited; charts are pictures. Where no browser can
draw them, their tables stand in for them.
"""

from collections.abc import Sequence

from docx.shared import Pt
from docx.text.paragraph import Paragraph

from dashboard.edition.definitions import method_sections, personnel_sources
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import long_date
from dashboard.exports.checked_numbers.marks import finding, marks, plain
from dashboard.exports.origin import Origin
from dashboard.exports.parts import Basis, Part
from dashboard.exports.word.blocks import FIGURE, Blocks, finished
from dashboard.exports.word.fields import contents
from dashboard.exports.word.figures import (
    Drawn,
    add_facts,
    add_numbers,
    add_picture,
    add_table,
    add_words,
    drawn,
)
from dashboard.exports.word.look import FIGURES_LIST, STATEMENT, TEXT_WIDTH, new_document
from dashboard.exports.word.markdown import add_markdown
from dashboard.exports.word.tables import Printed
from dashboard.figures.citation import cite

# Sections of the method that every reader of a figure needs, in the order of the method.
METHOD = (
    "what-is-coded",
    "the-state-of-a-country",
    "the-class-of-a-country",
    "coverage-of-deployed-personnel",
)


def document(
    parts: Sequence[Part], tables: Tables, selection: Selection, origin: Origin, title: str
) -> bytes:
    """The report as a .docx. The same input gives the same bytes.

    Without a browser the figures stand as tables, and the document says so.
    """
    whole = Basis(tables, selection, origin)
    blocks = Blocks(new_document(title, tables.package, origin), marks(tables, selection, origin))
    places = _front(blocks, title, whole)
    made = drawn(parts, whole)
    for part in parts:
        _part(blocks.under(part.basis), part, next(made), whole)
    _annex(blocks, tables, origin)
    _contents(blocks, *places)
    return finished(blocks, origin)


# --- the beginning --------------------------------------------------------------------------------


def _front(blocks: Blocks, title: str, whole: Basis) -> tuple[Paragraph, Paragraph]:
    """Title, what the document is about, and the places where the contents come."""
    package = whole.tables.package
    blocks.text(title, "Title")
    blocks.text(package.title, "Subtitle")
    add_facts(blocks, whole)
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


def _part(blocks: Blocks, part: Part, made: Drawn, whole: Basis) -> None:
    figure = part.figure
    blocks.heading(part.heading, 1, finding(figure), new_page=True)
    if figure.empty:
        blocks.text(figure.empty)
        return
    add_picture(blocks, figure, made)
    add_words(blocks, part)
    add_numbers(blocks, figure)
    _, png = made
    add_table(blocks, part, whole, instead=not png)


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
        (
            long_date(row["as_of"]) if row["as_of"] else "",
            plain(row["title"]),
            plain(row["source_url"]),
        )
        for row in frame.to_dict("records")
    )
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
