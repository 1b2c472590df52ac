"""A storyline before its meeting: every slide made once on each screen, and what is wrong with it.

Where there is no browser, the slides are laid out but not drawn; `Rehearsal.notes` says what that
leaves open.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.typeset.slide import Screen
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import counted, listing
from dashboard.exports.meeting_check.one_slide import Run, made, milliseconds, missing_parts
from dashboard.exports.meeting_check.slide_faults import Fault, Kind, Severity, name_of, px
from dashboard.exports.pictures.browser import missing
from dashboard.exports.steps import Step
from dashboard.views.places import Editions
from dashboard.views.storyline import Storyline
from dashboard.views.toml_text import shortened

NOT_DRAWN = (
    "No Chrome or Chromium was found here, or it stopped answering, so that not every slide was "
    "drawn. Not checked then: labels inside a chart, lines, what stands behind each text, the time "
    "that drawing takes, and requests while drawing. Type sizes are those of the layout."
)
MEASURED = (
    "Every slide was drawn by the browser of this server, on a light and on a dark page, with the "
    "way to other machines shut and every request counted. What the page around a slide and the "
    "way to the screen add to its time is not in it."
)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a slide, and what to do, in sentences.

    `number`: of the slide, from 1 (0: the storyline as a whole). `screens`: where it is so.
    """

    number: int
    title: str
    kind: Kind
    severity: Severity
    screens: tuple[str, ...]
    what: str
    do: str


@dataclass(frozen=True)
class Rehearsal:
    """What a check has found and measured.

    `slowest`: seconds of the slowest slide, 0 when none was made; `smallest`: px of the smallest
    type on the first screen; `asked`: outside addresses; `is_drawn`: whether a browser drew them.
    """

    slides: int
    screens: tuple[str, ...]
    findings: tuple[Finding, ...]
    slowest: float
    smallest: float
    asked: tuple[str, ...]
    is_drawn: bool
    seconds: float

    @property
    def is_ready(self) -> bool:
        """Whether nothing spoils a slide."""
        return not any(one.severity is Severity.PROBLEM for one in self.findings)

    @property
    def verdict(self) -> str:
        """All of it in one sentence."""
        if not self.slides:
            return "There is nothing to check: this storyline has no slides."
        run = f"{counted(self.slides, 'slide')} on {counted(len(self.screens), 'screen')}"
        problems = [one for one in self.findings if one.severity is Severity.PROBLEM]
        looks = len(self.findings) - len(problems)
        said = [run, *self._counts(problems, looks), *self._measures()]
        ready = "Ready" if self.is_drawn else "Ready as far as can be said without drawing it"
        return f"{ready if self.is_ready else 'Not ready'}: {', '.join(said)}."

    @property
    def notes(self) -> tuple[str, ...]:
        """What was measured, and what was not."""
        return (MEASURED,) if self.is_drawn else (NOT_DRAWN,)

    def _counts(self, problems: Sequence[Finding], looks: int) -> Iterator[str]:
        if problems:
            numbers = sorted({one.number for one in problems})
            where = listing([str(one) for one in numbers], most=8)
            yield f"{counted(len(problems), 'problem')} on slide{'s' * (len(numbers) > 1)} {where}"
        elif not looks:
            yield "nothing missing"
        if looks:
            yield f"{counted(looks, 'thing')} to look at"

    def _measures(self) -> Iterator[str]:
        if self.slowest:
            yield f"slowest {milliseconds(self.slowest)}"
        if self.smallest:
            yield f"smallest type {px(self.smallest)} px at {self.screens[0]}"
        if self.is_drawn:
            asked = counted(len(self.asked), "request")
            yield f"{asked} to other machines" if self.asked else "no request left this machine"


def steps(story: Storyline, screens: Sequence[Screen]) -> list[Step]:
    """The steps of a check, for those who wait for it: every slide on every screen."""
    return [
        Step("rehearsal", f"Slide {at}, “{shortened(slide.name)}”, on {name_of(screen)}")
        for at, slide in enumerate(story.slides, start=1)
        for screen in screens
    ]


def rehearse(
    story: Storyline,
    tables: Tables,
    selection: Selection,
    editions: Editions,
    screens: Sequence[Screen],
    begin: Callable[[int], None] = lambda at: None,
) -> Rehearsal:
    """Make every slide as it is shown where `selection` is chosen, and look for what is wrong.

    `begin` is called with the place of each of `steps` as it begins.
    """
    started = time.monotonic()
    run = Run(len(story.slides), is_drawn=not missing())
    findings: list[Finding] = []
    for at, slide in enumerate(story.slides):
        places = range(at * len(screens), (at + 1) * len(screens))
        begin(places[0])
        one = made(slide, tables, selection, editions)
        if isinstance(one, Fault):
            findings += _joined(at + 1, slide.name, [("", one)])
            continue
        found = [("", fault) for fault in missing_parts(one.shown)]
        for place, screen in zip(places, screens, strict=True):
            begin(place)
            if not one.shown.figure.empty:
                faults = run.on(screen, one, at, is_first=place == places[0])
                found += [(name_of(screen), fault) for fault in faults]
        findings += _joined(at + 1, one.shown.title, found)
    names = tuple(map(name_of, screens))
    return Rehearsal(
        len(story.slides),
        names,
        tuple(findings),
        run.slowest,
        run.smallest,
        tuple(run.asked),
        run.is_drawn,
        time.monotonic() - started,
    )


# --- what is so on several screens ----------------------------------------------------------------


def _joined(number: int, title: str, found: Iterable[tuple[str, Fault]]) -> Iterator[Finding]:
    """One finding of what is wrong on several screens, as on the worst; problems first."""
    groups: dict[str, list[tuple[str, Fault]]] = {}
    for screen, fault in found:
        groups.setdefault(fault.check, []).append((screen, fault))
    order = list(Severity)
    for group in sorted(groups.values(), key=lambda one: order.index(one[0][1].severity)):
        worst = max((fault for _, fault in group), key=lambda fault: fault.badness)
        screens = tuple(dict.fromkeys(screen for screen, _ in group if screen))
        yield Finding(number, title, worst.kind, worst.severity, screens, worst.what, worst.do)
