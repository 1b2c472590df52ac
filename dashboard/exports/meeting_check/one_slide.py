"""One slide of a check: made, laid out on each screen, drawn by a browser if any, and judged."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import plotly.graph_objects as go

from dashboard.charts.marks.sheets import DoesNotFit
from dashboard.charts.typeset.slide import Progress, Screen, on_slide, smallest_type
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.exports.meeting_check import measuring
from dashboard.exports.meeting_check.figure_faults import (
    address_faults,
    outside_addresses,
    swatch_faults,
    undrawn_faults,
)
from dashboard.exports.meeting_check.measuring import Drawn
from dashboard.exports.meeting_check.slide_faults import (
    FEWER,
    Fault,
    Kind,
    Severity,
    drawn_faults,
    px,
)
from dashboard.views.places import Editions
from dashboard.views.shown import Shown, shown
from dashboard.views.storyline import Slide

LONGEST_SECONDS = 0.4  # from a key to the next slide
MOST_TITLE_LINES = 2
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Made:
    """A slide whose figure was made: the seconds of it, and of making it again if it was slow."""

    shown: Shown
    seconds: float
    again: float


def made(slide: Slide, tables: Tables, selection: Selection, editions: Editions) -> Made | Fault:
    """A slide as it is shown where `selection` is chosen, or why it cannot be made."""
    try:
        one, seconds = _timed(lambda: shown(slide, tables, selection, editions))
        again = seconds
        if seconds > LONGEST_SECONDS:
            one, again = _timed(lambda: shown(slide, tables, selection, editions))
    except Exception:  # whatever it is, the other slides are still to be looked at
        _log.exception("The slide %s cannot be made", slide.figure)
        return Fault(
            "made",
            Kind.MISSING,
            Severity.PROBLEM,
            "The figure cannot be made.",
            "Show another figure or view, and tell whoever looks after the dashboard; its "
            "log has the reason.",
        )
    return Made(one, seconds, again)


@dataclass(frozen=True)
class Times:
    """Seconds that a slide takes: making its figure, laying it out for a screen, drawing it."""

    making: float
    layout: float
    drawing: float

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.making + self.layout + self.drawing

    @property
    def words(self) -> str:
        """What takes how long."""
        parts = {"the figure": self.making, "its layout": self.layout, "drawing": self.drawing}
        return ", ".join(f"{name} {milliseconds(part)}" for name, part in parts.items() if part)


def _timed(make: Callable[[], _Result]) -> tuple[_Result, float]:
    begun = time.perf_counter()
    result = make()
    return result, time.perf_counter() - begun


def missing_parts(one: Shown) -> Iterator[Fault]:
    """What a slide lacks whatever the screen."""
    if one.figure.empty:
        yield Fault(
            "empty",
            Kind.MISSING,
            Severity.PROBLEM,
            f"There is nothing to show: {one.figure.empty}",
            "Choose as it says, or remove the slide.",
        )
    for left_out in one.left_out:
        name, _, code = left_out.partition(": ")
        if name == "edition":
            yield Fault(
                "edition",
                Kind.MISSING,
                Severity.PROBLEM,
                f"The edition {code} is gone; “{one.tables.package.title}” is shown in its place.",
                "Build that edition again, or keep another view on the slide.",
            )
        else:
            yield Fault(
                f"left out {name}",
                Kind.MISSING,
                Severity.PROBLEM,
                f"Its view names what this edition does not offer ({left_out}); the rest is shown.",
                "See whether the slide still says what it should; if so, keep its view again.",
            )


class Run:
    """What is measured over all slides and screens.

    `slowest`: seconds of a slide once it was made before; `smallest`: px of type on the first
    screen; `asked`: outside addresses.
    """

    def __init__(self, slides: int, is_drawn: bool) -> None:
        self.slides, self.is_drawn = slides, is_drawn
        self.slowest = self.smallest = 0.0
        self.asked: dict[str, None] = {}

    def on(self, screen: Screen, slide: Made, at: int, is_first: bool) -> Iterator[Fault]:
        """What is wrong with a slide on a screen."""
        one, progress = slide.shown, Progress(at + 1, self.slides)
        try:
            chart, layout = _timed(lambda: _laid_out(one, screen, progress))
        except DoesNotFit:
            yield _does_not_fit(one, screen, progress)
            return
        plain = chart.to_dict()
        drawing = self._drawn(plain, screen)
        times = Times(slide.seconds, layout, drawing.seconds if drawing else 0.0)
        again = times
        if times.seconds > LONGEST_SECONDS:
            # Whatever else the machine had to do, it has not twice.
            _, layout = _timed(lambda: _laid_out(one, screen, progress))
            drawing = self._drawn(plain, screen)
            again = Times(slide.again, layout, drawing.seconds if drawing else 0.0)
        self.slowest = max(self.slowest, min(times.seconds, again.seconds))
        outside = drawing.asked if drawing else outside_addresses(plain)
        self.asked |= dict.fromkeys(outside)
        if is_first:
            texts = [text.size for text in drawing.texts] if drawing else []
            size = min([smallest_type(plain), *texts])
            self.smallest = min(self.smallest or size, size)
        yield from _slow(times, again)
        yield from _title(one, chart, screen, progress)
        yield from address_faults(outside)
        yield from swatch_faults(plain)
        yield from (
            drawn_faults(drawing, plain, screen, self.slides)
            if drawing
            else undrawn_faults(plain, screen)
        )

    def _drawn(self, plain: dict[str, Any], screen: Screen) -> Drawn | None:
        """The slide as drawn; None without a browser, and once it has not answered."""
        if not self.is_drawn:
            return None
        try:
            return measuring.drawn(plain, screen.room_width, screen.room_height)
        except Exception:  # without a browser the other checks go on
            _log.exception("A slide could not be drawn")
            self.is_drawn = False
            return None


def _laid_out(one: Shown, screen: Screen, progress: Progress) -> go.Figure:
    return on_slide(
        one.figure.draw(), one.words(), screen, disclaimer=one.figure.is_map, progress=progress
    )


def _with_own_words(one: Shown) -> Shown:
    """The slide without what somebody wrote on it."""
    return replace(one, slide=replace(one.slide, title="", caption=""))


def _has_words(one: Shown) -> bool:
    return bool(one.slide.title.strip() or one.slide.caption.strip())


def _does_not_fit(one: Shown, screen: Screen, progress: Progress) -> Fault:
    what, do = "It does not fit: it has more rows or columns than a slide can hold.", FEWER
    if _has_words(one):
        try:
            _laid_out(_with_own_words(one), screen, progress)
            what = "Its title or caption is too long: it leaves no room for the chart."
            do = "Shorten the title or the caption."
        except DoesNotFit:
            pass
    return Fault("fit", Kind.MISSING, Severity.PROBLEM, what, do)


def _title(one: Shown, chart: go.Figure, screen: Screen, progress: Progress) -> Iterator[Fault]:
    """Words that somebody wrote and that take more room than there is."""
    if not _has_words(one):
        return
    try:
        own = smallest_type(_laid_out(_with_own_words(one), screen, progress))
    except DoesNotFit:
        own = 0.0
    size, lines = smallest_type(chart), 1 + str(chart.layout.title.text).count("<br>")
    if size < own:
        yield Fault(
            "title",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            "The title or caption is so long that all type is smaller for it: "
            f"{px(size)} in place of {px(own)} px.",
            "Shorten the title or the caption.",
            own / size,
        )
    elif one.slide.title.strip() and lines > MOST_TITLE_LINES:
        yield Fault(
            "title",
            Kind.UNREADABLE,
            Severity.LOOK,
            f"The title takes {lines} lines.",
            f"Shorten it to {MOST_TITLE_LINES}.",
            lines,
        )


def _slow(first: Times, again: Times) -> Iterator[Fault]:
    most = milliseconds(LONGEST_SECONDS)
    best = min(first, again, key=lambda times: times.seconds)
    if best.seconds > LONGEST_SECONDS:
        yield Fault(
            "slow",
            Kind.SLOW,
            Severity.PROBLEM,
            f"It takes {milliseconds(best.seconds)} ({best.words}); {most} is the most.",
            "Show a view with less in it, or open this slide before people watch.",
            best.seconds,
        )
    elif first.seconds > LONGEST_SECONDS:
        yield Fault(
            "slow",
            Kind.SLOW,
            Severity.LOOK,
            f"It took {milliseconds(first.seconds)} the first time and "
            f"{milliseconds(again.seconds)} the second.",
            "Nothing, as long as the server runs on: it has the figure ready now.",
            first.seconds,
        )


def milliseconds(seconds: float) -> str:
    """A time for people: "310 ms"."""
    return f"{count(max(10, round(100 * seconds) * 10))} ms"
