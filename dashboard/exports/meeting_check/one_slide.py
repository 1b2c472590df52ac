"""One slide of a check: made, laid out on each screen, and judged."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import plotly.graph_objects as go

from dashboard.charts.marks.sheets import DoesNotFit
from dashboard.charts.typeset.slide import (
    HIGH,
    LEAST_TYPE,
    WIDE,
    Progress,
    Screen,
    on_slide,
    smallest_type,
)
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.meeting_check.faults import (
    FEWER,
    Fault,
    Kind,
    Severity,
    network_fault,
    outside_addresses,
    px,
)
from dashboard.views.places import Editions
from dashboard.views.shown import Shown, shown
from dashboard.views.storyline import Slide

MOST_TITLE_LINES = 2
ROUNDING = 0.05  # px
_log = logging.getLogger(__name__)


def made(slide: Slide, tables: Tables, selection: Selection, editions: Editions) -> Shown | Fault:
    """A slide as it is shown where `selection` is chosen, or that it cannot be made."""
    try:
        return shown(slide, tables, selection, editions)
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


def faults_on(screen: Screen, one: Shown, progress: Progress) -> Iterator[Fault]:
    """What is wrong with a slide on a screen."""
    try:
        chart = _laid_out(one, screen, progress)
    except DoesNotFit:
        yield _does_not_fit(one, screen, progress)
        return
    by_title = list(_title(one, chart, screen, progress)) if _has_words(one) else []
    yield from by_title
    if not any(fault.severity is Severity.PROBLEM for fault in by_title):
        yield from _too_much(chart, screen)
    asked = outside_addresses(chart.to_dict())
    if asked:
        yield network_fault(asked)


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
    try:
        own = smallest_type(_laid_out(_with_own_words(one), screen, progress))
    except DoesNotFit:
        own = 0.0
    size, lines = smallest_type(chart), 1 + str(chart.layout.title.text).count("<br>")
    if size < own:
        yield Fault(
            "title",
            Kind.TOO_LONG,
            Severity.PROBLEM,
            "The title or caption is so long that all type is smaller for it: "
            f"{px(size)} in place of {px(own)} px.",
            "Shorten the title or the caption.",
            own / size,
        )
    elif one.slide.title.strip() and lines > MOST_TITLE_LINES:
        yield Fault(
            "title",
            Kind.TOO_LONG,
            Severity.LOOK,
            f"The title takes {lines} lines.",
            f"Shorten it to {MOST_TITLE_LINES}.",
            lines,
        )


def _too_much(chart: go.Figure, screen: Screen) -> Iterator[Fault]:
    """A chart that fits only with type that is too small for the screen."""
    least = LEAST_TYPE * min(screen.width / WIDE, screen.height / HIGH)
    size = smallest_type(chart)
    if size < least - ROUNDING:
        yield Fault(
            "fit",
            Kind.TOO_LONG,
            Severity.PROBLEM,
            f"It has more than fits: its type is {px(size)} px, {px(least)} needed.",
            FEWER,
            least / size,
        )
