"""A figure as a picture: laid out on a sheet, drawn by the kept browser, with its words inside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from dashboard.charts.marks.sheets import SHEETS, DoesNotFit, Paper
from dashboard.charts.typeset.finish import Words, finish
from dashboard.exports.origin import Origin
from dashboard.exports.pictures.browser import Picture, in_turn
from dashboard.exports.pictures.inscription import (
    Inscription,
    inscribed_pdf,
    inscribed_png,
    inscribed_svg,
)
from dashboard.figures.figure import Figure

# Format -> its name for people and its media type.
FORMATS: Mapping[str, tuple[str, str]] = {
    "png": ("PNG", "image/png"),
    "svg": ("SVG", "image/svg+xml"),
    "pdf": ("PDF", "application/pdf"),
}


@dataclass(frozen=True)
class Job:
    """One picture to make. `sheet`: key of `SHEETS`; `format`: key of `FORMATS`.

    `title` and `caption`, when given, stand in place of the figure's title and note. Population,
    filters, source and statement always stay.
    """

    figure: Figure
    sheet: str
    format: str
    origin: Origin
    title: str = ""
    caption: str = ""

    @property
    def words(self) -> Words:
        """What is said with the chart."""
        own = self.figure.words
        return replace(
            own,
            title=self.title.strip() or own.title,
            note=self.caption.strip() or own.note,
            origin=self.origin.line,
        )


def picture(
    figure: Figure, sheet: str, format: str, origin: Origin, title: str = "", caption: str = ""
) -> bytes:
    """One picture. Raises NoBrowser and DoesNotFit, each with a message for people."""
    return next(pictures([Job(figure, sheet, format, origin, title, caption)]))


def pictures(jobs: Iterable[Job]) -> Iterator[bytes]:
    """Many pictures in the order of `jobs`, drawn several at a time. Raises what `picture` does.

    Whoever stops asking for the next leaves at most `browser.AHEAD` pictures to be drawn for nobody.
    """
    return in_turn(map(_Drawing, jobs))


def laid_out(job: Job) -> go.Figure:
    """The chart with its words on its sheet, before it is drawn. Raises DoesNotFit."""
    return finish(
        job.figure.draw(), job.words, disclaimer=job.figure.is_map, sheet=SHEETS[job.sheet]
    )


def why_not(figure: Figure, sheet: str, origin: Origin, title: str = "", caption: str = "") -> str:
    """Why a figure does not fit a sheet, for people; empty when it does. Draws nothing."""
    try:
        laid_out(Job(figure, sheet, "png", origin, title, caption))
    except DoesNotFit as reason:
        return str(reason)
    return ""


class _Drawing:
    """A picture that the browser is at work on."""

    def __init__(self, job: Job) -> None:
        chart = laid_out(job)
        self._job, self._sheet = job, SHEETS[job.sheet]
        self._size = float(chart.layout.width), float(chart.layout.height)
        scale = self._sheet.scale if job.format == "png" else 1
        width, height = self._size
        how = {"format": job.format, "width": width, "height": height, "scale": scale}
        self._picture = Picture(chart.to_dict(), **how)

    def finished(self) -> bytes:
        """The file, with title, description and source written into it."""
        return _inscribed(self._picture.finished(), self._job, self._sheet, *self._size)


def inscription(job: Job) -> Inscription:
    """What is written into the file of a picture."""
    words, about = job.words, job.origin
    source = " ".join(filter(None, (words.source, words.statement, about.line)))
    return Inscription(words.title, words.alt, source, about.producer, about.made, job.figure.id)


def _inscribed(data: bytes, job: Job, sheet: Paper, width: float, height: float) -> bytes:
    said = inscription(job)
    if job.format == "png":
        return inscribed_png(data, said, sheet.ppi)
    if job.format == "svg":
        return inscribed_svg(data, said, width, height, on_paper=sheet.height is None)
    return inscribed_pdf(data, said, width, height)
