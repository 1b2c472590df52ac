"""The files of a report, made one after the other: documents, figure packs and one-pagers.

The page makes them in a job, the command line in a row; both from the same order.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import Selection, file_name
from dashboard.edition.tables import Tables
from dashboard.exports.data.pack import data_csv, data_xlsx, names, pack, rows_csv, zipped
from dashboard.exports.origin import Origin
from dashboard.exports.parts import Part
from dashboard.exports.pictures.browser import NoBrowser, renderer
from dashboard.exports.pictures.picture import FORMATS, Job, pictures, why_not
from dashboard.exports.slides.deck import slides
from dashboard.exports.steps import Made, Progress, Step, Taken
from dashboard.exports.word.one_pager import one_pagers
from dashboard.exports.word.report_document import document
from dashboard.figures import catalogue
from dashboard.figures.figure import Figure
from dashboard.views.links import address_of, link
from dashboard.views.places import PLACES, Chosen, Editions, figure_options
from dashboard.views.wishes import DEFAULT_SHEET, Wish

# What can be made, in the order of making.
WORD, SLIDES, PACKS, ONE_PAGERS = "word", "slides", "packs", "one-pagers"
TITLE = "UN-CMCoord in the training of peacekeepers"
# The origin of what never leaves the page.
NOWHERE = Origin("", date.min, "")


@dataclass(frozen=True)
class View:
    """What all files of a report are about. `chosen`: the choices of the pages, understood;
    `site`: where the dashboard is, if known."""

    tables: Tables
    selection: Selection
    origin: Origin
    editions: Editions
    chosen: Chosen = field(default_factory=dict)
    site: str = ""

    def figure(self, id: str) -> Figure:
        """A figure as its page shows it."""
        given = figure_options(id, self.chosen, self.tables, self.editions)
        return catalogue.figure(id, self.tables, self.selection, **given)

    def origin_of(self, id: str) -> Origin:
        """The origin of one figure: its link leads to the figure on its page."""
        chosen = {key: self.chosen[key] for key in PLACES[id].keys if key in self.chosen}
        return replace(
            self.origin, link=self.address(id, link(self.selection, chosen, self.tables))
        )

    def address(self, id: str, query: str) -> str:
        """The address of a figure on its page, under the view of a query."""
        return f"{address_of(PLACES[id].page, query, self.site)}#{id}"


@dataclass(frozen=True)
class Problem:
    """In place of a file: why there is none, for people."""

    text: str


@dataclass(frozen=True)
class Edited:
    """What somebody has written in place of a figure's title and of what stands below it."""

    title: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Order:
    """What is wanted. `wishes`: figures in their order, on `sheet` unless they say otherwise;
    `documents`: keys of `links.DOCUMENTS`; `edited`: words by figure; `countries`: ISO3 -> name,
    of the one-pagers."""

    wishes: tuple[Wish, ...] = ()
    documents: tuple[str, ...] = ()
    sheet: str = DEFAULT_SHEET
    title: str = TITLE
    edited: Mapping[str, Edited] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)


def parts_of(order: Order, view: View) -> tuple[list[Part], list[str]]:
    """The figures of an order, and what is left out or laid out otherwise, for people.

    A figure without anything to show is left out; one that is too high for its sheet takes the
    page width, which is as high as it needs.
    """
    parts, notes = [], []
    for wish in order.wishes:
        name = PLACES[wish.id].name
        figure = view.figure(wish.id)
        if figure.empty:
            notes.append(f"{name} is left out: {figure.empty}")
            continue
        words = order.edited.get(wish.id, Edited())
        part = Part(figure, wish.sheet or order.sheet, words.title, words.caption)
        reason = _too_high(part, view.origin)
        if reason:
            notes.append(f"{name} is on “{SHEETS[DEFAULT_SHEET].label}”: {reason}")
            part = replace(part, sheet=DEFAULT_SHEET)
        parts.append(part)
    return parts, notes


def steps(order: Order) -> list[Step]:
    """What a job is going to do, in its order, before any figure is made."""
    names = [PLACES[wish.id].name for wish in order.wishes]
    found = [
        Step("browser", "A browser to draw with"),
        Step("figures", "The figures and their numbers"),
    ]
    for kind, label in _LABELS.items():
        if kind not in order.documents:
            continue
        of = order.countries.values() if kind == ONE_PAGERS else names
        found += [Step(kind, f"{label}: {name}") for name in of]
        found.append(Step(f"{kind}, end", f"{label}: putting it together"))
    return found


def make(order: Order, view: View, begin: Callable[[int], None]) -> Made:
    """All documents of an order. `begin` is called with the place of each of `steps`."""
    progress = Progress(steps(order), begin)
    # Started by itself: it takes seconds the first time, and none later.
    progress.next_of("browser")
    missing = no_browser()
    progress.next_of("figures")
    parts, notes = parts_of(order, view) if order.wishes else ([], [])
    files: dict[str, bytes] = {}
    for kind in (kind for kind in _LABELS if kind in order.documents):
        if not (parts or kind == ONE_PAGERS):
            notes.append(f"{_LABELS[kind]}: there is no figure to put into it.")
            continue
        files[named(kind, view.selection)] = _MAKERS[kind](order, parts, view, progress)
    if files and missing:
        notes.append(missing)
    return Made(files, tuple(notes))


def no_browser() -> str:
    """What is missing in files that are made without a browser, for people; empty with one."""
    try:
        renderer()
    except NoBrowser as problem:
        return f"Pictures are missing, and their tables stand in for them. {problem}"
    return ""


def make_document(kind: str, order: Order, parts: list[Part], view: View) -> bytes:
    """One document of an order."""
    return _MAKERS[kind](order, parts, view, Progress([], lambda at: None))


def figure_files(
    parts: Sequence[Part], formats: Sequence[str], view: View
) -> Iterator[tuple[str, bytes | Problem]]:
    """Name and content of each figure in each format, data first; or why there is none.

    Pictures are drawn several at a time.
    """
    for part in parts:
        figure, origin = part.figure, view.origin_of(part.figure.id)
        said = names(figure, view.selection)
        if "xlsx" in formats:
            yield (
                said["workbook"],
                data_xlsx(figure, view.tables, view.selection, origin, part.title),
            )
        if "csv" in formats:
            yield said["data"], data_csv(figure, view.tables, view.selection)
            yield said["rows"], rows_csv(figure, view.tables, view.selection)
    jobs = [
        Job(
            part.figure,
            part.sheet,
            format,
            view.origin_of(part.figure.id),
            part.title,
            part.caption,
        )
        for part in parts
        for format in formats
        if format in FORMATS
    ]
    drawn = pictures(jobs)
    for job in jobs:
        try:
            yield names(job.figure, view.selection)[f"{job.sheet}.{job.format}"], next(drawn)
        except NoBrowser as problem:
            yield "PNG, SVG and PDF", Problem(str(problem))
            return


def named(kind: str, selection: Selection) -> str:
    """Name of the file of a document."""
    what, extension = _FILES[kind]
    return f"{file_name(selection, what)}.{extension}"


def _too_high(part: Part, origin: Origin) -> str:
    if SHEETS[part.sheet].height is None:
        return ""
    return why_not(part.figure, part.sheet, origin, part.title, part.caption)


def _word(order: Order, parts: list[Part], view: View, progress: Progress) -> bytes:
    return document(
        _taken(WORD, parts, progress), view.tables, view.selection, view.origin, order.title
    )


def _slides(order: Order, parts: list[Part], view: View, progress: Progress) -> bytes:
    return slides(
        _taken(SLIDES, parts, progress), view.tables, view.selection, view.origin, order.title
    )


def _taken(kind: str, parts: list[Part], progress: Progress) -> Taken:
    return Taken(kind, parts, (PLACES[part.figure.id].name for part in parts), progress)


def _packs(order: Order, parts: list[Part], view: View, progress: Progress) -> bytes:
    """One zip with a folder a figure, in the order of the report."""
    files = {}
    for place, part in enumerate(parts, start=1):
        figure = part.figure
        progress.next_of(PACKS, PLACES[figure.id].name)
        data = pack(
            figure,
            view.tables,
            view.selection,
            view.origin_of(figure.id),
            sheets=(part.sheet,),
            title=part.title,
            caption=part.caption,
        )
        folder = f"{place:02d}-{figure.id}"
        files |= {f"{folder}/{name}": content for name, content in _unzipped(data)}
    progress.next_of(f"{PACKS}, end")
    return zipped(files, view.origin.made)


def _one_pagers(order: Order, parts: list[Part], view: View, progress: Progress) -> bytes:
    names_in_order = list(order.countries.values())

    def begin(place: int) -> None:
        progress.next_of(ONE_PAGERS, names_in_order[place])

    return one_pagers(view.tables, view.selection, list(order.countries), view.origin, begin)


def _unzipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


_LABELS = {
    WORD: "Word document",
    SLIDES: "PowerPoint deck",
    PACKS: "Figure packs",
    ONE_PAGERS: "Country one-pagers",
}
_FILES = {
    WORD: ("report", "docx"),
    SLIDES: ("report", "pptx"),
    PACKS: ("figure-packs", "zip"),
    ONE_PAGERS: ("one-pagers", "docx"),
}
_MAKERS = {WORD: _word, SLIDES: _slides, PACKS: _packs, ONE_PAGERS: _one_pagers}
