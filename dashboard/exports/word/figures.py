"""Figures in our Word documents: picture, words, numbers and table, the same in each of them."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from docx.shared import Pt

from dashboard.edition.selection import describe
from dashboard.edition.wording import count, counted, listing, long_date
from dashboard.exports.checked_numbers.marks import plain
from dashboard.exports.parts import Basis, Part
from dashboard.exports.pictures.browser import NoBrowser, renderer
from dashboard.exports.pictures.picture import Job, pictures, why_not
from dashboard.exports.word.blocks import FIGURE, Blocks, pieces, print_width, shrunk
from dashboard.exports.word.fields import web_link
from dashboard.exports.word.tables import printed
from dashboard.figures.figure import Figure
from dashboard.views.places import PLACES
from dashboard.views.wishes import DEFAULT_SHEET

# A table behind a figure is printed up to this many rows; without pictures, up to that many.
SHORT_TABLE, INSTEAD_OF_PICTURE = 15, 40
# Key numbers of one figure; the others are in its table.
MOST_NUMBERS = 12
_KIND = "png"
LINK = "View"
# Sheet and picture of a figure; the picture is empty where there is none.
Drawn = tuple[str, bytes]


def drawn(parts: Sequence[Part], whole: Basis) -> Iterator[Drawn]:
    """Sheet and picture of each part, drawn ahead; the picture is empty without a browser.

    A figure that does not fit its sheet takes the page width, and stays without a picture when it
    does not fit that either. `whole`: what parts are made from that do not say otherwise.
    """
    try:
        renderer()
    except NoBrowser:
        yield from (("", b"") for _ in parts)
        return
    sheets: list[str] = []
    made, ready = pictures(_jobs(parts, whole, sheets)), deque()
    for place in range(len(parts)):
        # Sheets are chosen as the pictures are asked for, a few ahead of this one.
        while len(sheets) <= place:
            ready.extend(islice(made, 1))
        if not sheets[place]:
            yield "", b""
        else:
            yield sheets[place], ready.popleft() if ready else next(made)


def _jobs(parts: Sequence[Part], whole: Basis, sheets: list[str]) -> Iterator[Job]:
    """The pictures to draw; the sheet of each part is added to `sheets` on the way."""
    for part in parts:
        origin = (part.basis or whole).origin
        sheets.append("")
        if part.figure.empty:
            continue
        for sheet in dict.fromkeys((part.sheet, DEFAULT_SHEET)):
            if not why_not(part.figure, sheet, origin, part.title, part.caption):
                sheets[-1] = sheet
                yield Job(part.figure, sheet, _KIND, origin, part.title, part.caption)
                break


def add_facts(blocks: Blocks, whole: Basis) -> None:
    """What a document is about: edition, dates, filters, and the link that restores the view."""
    package, origin = whole.tables.package, whole.origin
    facts = {
        "Edition": f"{whole.tables.edition}, review as of {long_date(package.edition['as_of'])}",
        "Personnel": f"as of {long_date(whole.selection.as_of)}",
        "Filters": describe(whole.selection, package),
        "Producer": package.edition["producer"],
        LINK: origin.link,
        "Made from": f"SHA-256 {origin.inputs}" if origin.inputs else "",
        "Accessed": long_date(origin.accessed.isoformat()),
    }
    for name, text in facts.items():
        if text and name == LINK:
            add_link(blocks, text)
        elif text:
            blocks.small(text, name)


def add_link(blocks: Blocks, address: str) -> None:
    """The link that restores a view, to be read on paper and followed on a screen."""
    if address:
        web_link(blocks.small("", LINK), plain(address))


def add_picture(blocks: Blocks, figure: Figure, made: Drawn) -> None:
    """The picture of a figure with its caption; nothing where there is none."""
    sheet, png = made
    if not png:
        return
    width = print_width(png, sheet)
    if figure.is_map:
        blocks.pictures([png], shrunk(png, width), figure.alt)
    else:
        blocks.pictures(pieces(png, width), width, figure.alt)
    blocks.caption(FIGURE, PLACES[figure.id].name)


def add_words(blocks: Blocks, part: Part) -> None:
    """Population and filters, caption or note, source; for a view of its own, which one."""
    figure = part.figure
    blocks.small(figure.subtitle)
    note = part.caption.strip() or figure.note
    if note:
        blocks.small(note, "Note")
    blocks.small(figure.source, "Source")
    if part.basis:
        add_view(blocks, part.figure, part.basis)


def add_view(blocks: Blocks, figure: Figure, basis: Basis) -> None:
    """What the edition behind a figure is and is not, and the link that restores its view."""
    blocks.small(figure.statement)
    add_link(blocks, basis.origin.link)


def add_numbers(blocks: Blocks, figure: Figure, most: int = MOST_NUMBERS) -> None:
    """The first numbers of a figure under a heading, each marked."""
    numbers = figure.numbers
    if not numbers:
        return
    blocks.heading("Key numbers", 2)
    blocks.key_numbers(numbers[:most])
    if len(numbers) > most:
        more = blocks.small(
            f"The first {count(most)} of {count(len(numbers))} numbers of this "
            "figure; all are in its workbook."
        )
        more.paragraph_format.space_before = Pt(3)


def add_table(blocks: Blocks, part: Part, whole: Basis, instead: bool) -> None:
    """The table behind a figure when it is short, or where it is to be found.

    `instead`: it stands for the picture, and is as long as it has to be for that.
    """
    package, name = (part.basis or whole).tables.package, PLACES[part.figure.id].name
    frame, most = part.figure.table, INSTEAD_OF_PICTURE if instead else SHORT_TABLE
    if len(frame) > most and not instead:
        told = f"The table behind the figure has {counted(len(frame), 'row')}. It is in the"
        last = blocks.small(f"{told} workbook of the figure, with the courses behind each number.")
        last.paragraph_format.space_before = Pt(6)
        return
    blocks.heading("The numbers as a table" if instead else "The table behind the figure", 2)
    if instead:
        blocks.small(_why_no_picture())
    shown = printed(frame.head(most), package)
    blocks.table(shown, name)
    more = [f"the first {count(most)} of {counted(len(frame), 'row')}"] * (len(frame) > most)
    if shown.left_out:
        more.append(f"without {listing(shown.left_out, most=len(shown.left_out))}")
    if more:
        blocks.small(
            f"Printed here: {', '.join(more)}. The whole table is in the workbook of the figure."
        )


def _why_no_picture() -> str:
    try:
        renderer()
    except NoBrowser as problem:
        return f"Here stands a table in place of the chart. {problem}"
    return "Here stands a table: the chart is too large for the page."
