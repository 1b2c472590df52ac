"""A report as a PowerPoint deck: charts and tables that can be edited, and pictures of maps."""

import io
from collections.abc import Iterable
from datetime import datetime, time

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.checked_numbers.marks import (
    mark_number_in_run,
    marks,
    number_label,
    number_text,
)
from dashboard.exports.native.builders import in_place_of_map, native
from dashboard.exports.native.form import Native
from dashboard.exports.origin import Origin
from dashboard.exports.parts import Part
from dashboard.exports.pictures.browser import NoBrowser
from dashboard.exports.reproducible import settled
from dashboard.exports.slides.charts import add_chart
from dashboard.exports.slides.charts import rows_that_fit as chart_rows
from dashboard.exports.slides.key import add_key, key_height
from dashboard.exports.slides.looks import printable
from dashboard.exports.slides.maps import add_picture, map_picture
from dashboard.exports.slides.page import (
    MAIN,
    PAD,
    Box,
    add_slide,
    add_text,
    blank_deck,
    height_of,
    shortened,
    write,
)
from dashboard.exports.slides.tables import add_table
from dashboard.exports.slides.tables import rows_that_fit as table_rows
from dashboard.exports.slides.words import (
    INSIDE,
    About,
    add_first_slide,
    add_foot,
    add_last_slide,
    add_notes,
    add_own_views,
    foot,
    left_out,
)
from dashboard.figures.figure import Figure

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SUBTITLE_LINES = 4  # on a slide; the notes have all
GAP = 0.07  # inches between two parts of a slide
NO_MAP = "The map is missing here, because a picture of it could not be drawn. {why}"


def slides(
    parts: Iterable[Part], tables: Tables, selection: Selection, origin: Origin, title: str
) -> bytes:
    """A .pptx: a title slide, one slide a part, and a last one with sources and method.

    A part with a basis of its own is made, marked and told under that. The parts are taken one after
    the other, each when its slide is made. Without a browser a map becomes a table. The same input
    gives the same bytes.
    """
    deck, about = blank_deck(), About(tables, selection, origin, marks(tables, selection, origin))
    add_first_slide(deck, title, about)
    made_from = [about]
    for number, part in enumerate(parts, start=2):
        made_from.append(about.of(part))
        _add_part(deck, part, made_from[-1], number)
    add_own_views(deck, made_from)
    add_last_slide(deck, made_from, len(deck.slides) + 1)
    return _finished(deck, about, title)


def figure_slide(
    figure: Figure,
    tables: Tables,
    selection: Selection,
    origin: Origin,
    title: str = "",
    caption: str = "",
) -> bytes:
    """A .pptx of one slide: a single figure with its words. `title`, `caption`: as in a Part."""
    deck, about = blank_deck(), About(tables, selection, origin, marks(tables, selection, origin))
    part = Part(figure, "slide", title, caption)
    _add_part(deck, part, about, 1)
    return _finished(deck, about, part.heading)


def _finished(deck: Deck, about: About, title: str) -> bytes:
    """The file, with properties that are the same whenever it is made."""
    package, made = about.tables.package, _when(about.origin)
    properties = deck.core_properties
    properties.title, properties.author = printable(title)[:255], package.edition["producer"][:255]
    properties.subject = package.title[:255]
    properties.comments = printable(package.statement)[:255]
    properties.keywords, properties.language = about.origin.inputs[:255], "en-GB"
    properties.last_modified_by = "CMCoord Training Atlas"
    properties.created = properties.modified = made
    properties.revision = 1
    target = io.BytesIO()
    deck.save(target)
    return settled(about.marks.sealed(target.getvalue()), about.origin.made)


def _when(origin: Origin) -> datetime:
    return datetime.combine(origin.made, time())


def _add_part(deck: Deck, part: Part, about: About, number: int) -> None:
    figure = part.figure
    slide, below = add_slide(deck, part.heading)
    said = shortened(figure.subtitle, MAIN, INSIDE, SUBTITLE_LINES)
    height = height_of([said], MAIN, INSIDE)
    add_text(
        slide,
        Box(PAD, below, INSIDE, height),
        [said],
        MAIN,
        quiet=True,
        name="Population and filters",
    )
    below += height + GAP
    above = add_foot(slide, foot(part, about.origin), number)
    room = Box(PAD, below, INSIDE, above - below - 2 * GAP)
    chart, shown = None, 0
    if figure.empty:
        add_text(slide, room, [figure.empty], 18, name="Nothing to show")
    elif figure.is_map:
        chart, shown = _add_map(slide, room, figure, about)
    else:
        chart = native(figure, about.tables, about.selection)
        shown = _add_native(slide, room, figure, chart, about)
    add_notes(slide, part, about, chart, shown)


def _add_native(slide: Slide, room: Box, figure: Figure, chart: Native, about: About) -> int:
    """The chart or table of a figure in its room; how many of its rows are shown."""
    said = _unit(chart)
    shown = _rows_shown(chart, _without(room, _lead_height(figure, said)))
    if shown < chart.size:
        more = f"{said} {left_out(chart, shown)}".strip()
        shown = _rows_shown(chart, _without(room, _lead_height(figure, more)))
        said = f"{said} {left_out(chart, shown)}".strip()
    room = _without(room, _add_lead(slide, room, figure, said, about))
    cut = chart.first(shown)
    key = key_height(cut.key, room.width)
    body = Box(room.left, room.top, room.width, room.height - key)
    name = f"{'Table' if chart.kind == 'matrix' else 'Chart'} {figure.id}"
    if chart.kind == "matrix":
        add_table(slide, body, cut, name, figure.alt)
    else:
        add_chart(slide, body, cut, name, figure.alt, _when(about.origin))
    add_key(slide, Box(room.left, body.top + body.height + GAP, room.width, key), cut.key)
    return shown


def _unit(chart: Native) -> str:
    """What is drawn, in words; a table has heads that say so."""
    if chart.kind == "matrix":
        return ""
    return f"{'Line' if chart.kind == 'lines' else 'Bars'}: {chart.unit}."


def _lead(figure: Figure, said: str) -> tuple[str, str, str]:
    """What leads to a chart: label and text of the first number, and what is said of the chart."""
    if not figure.numbers:
        return "", "", said
    number = figure.numbers[0]
    label = "" if number.label == figure.title else f"{number_label(number)}: "
    between = "  ·  " if said else ""
    return label, number_text(number), between + said


def _lead_height(figure: Figure, said: str) -> float:
    # The number is bold, and so a little wider than it is measured.
    text = "".join(_lead(figure, said))
    return height_of([f"{text} MM"], MAIN, INSIDE) + GAP if text else 0.0


def _add_lead(slide: Slide, room: Box, figure: Figure, said: str, about: About) -> float:
    """The first number, marked, and what is said of the chart; how high that is."""
    label, text, rest = _lead(figure, said)
    height = _lead_height(figure, said)
    if not height:
        return 0.0
    place = Box(room.left, room.top, room.width, height - GAP)
    frame = add_text(slide, place, [], MAIN, name="First number, and what is drawn")
    paragraph = frame.paragraphs[0]
    if label:
        write(paragraph, label, MAIN)
    if text:
        run = write(paragraph, text, MAIN, bold=True)
        mark_number_in_run(run, figure.numbers[0], about.marks)
    if rest:
        write(paragraph, rest, MAIN, quiet=True)
    return height


def _without(room: Box, top: float) -> Box:
    return Box(room.left, room.top + top, room.width, room.height - top)


def _rows_shown(chart: Native, room: Box) -> int:
    height = room.height - key_height(chart.key, room.width)
    if chart.kind == "matrix":
        return min(chart.size, table_rows(chart, height, room.width))
    return min(chart.size, chart_rows(chart, Box(room.left, room.top, room.width, height)))


def _add_map(slide: Slide, room: Box, figure: Figure, about: About) -> tuple[Native | None, int]:
    """The picture of a map; where it cannot be drawn, what to do, and a table in its place."""
    below = _without(room, _lead_height(figure, ""))
    try:
        data = map_picture(figure, below)
    except NoBrowser as why:
        text = NO_MAP.format(why=why)
        height = height_of([text], MAIN, INSIDE)
        add_text(
            slide,
            Box(room.left, room.top, room.width, height),
            [text],
            MAIN,
            name="Why there is no map",
        )
        table = in_place_of_map(figure, about.tables, about.selection)
        return table, _add_native(slide, _without(room, height + GAP), figure, table, about)
    _add_lead(slide, room, figure, "", about)
    add_picture(slide, below, data, f"Map {figure.id}", figure.alt)
    return None, 0
