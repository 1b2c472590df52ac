"""A storyline before its meeting: every slide laid out on each screen, and what is wrong with it.

It says what a person can change: what is missing or empty, what does not fit, what is too long, an
edition that is gone, and what would ask another machine. Nothing is drawn for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.charts.typeset.slide import Progress, Screen
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import counted, listing, shortened
from dashboard.exports.meeting_check.faults import Fault, Kind, Severity, name_of
from dashboard.exports.meeting_check.one_slide import faults_on, made, missing_parts
from dashboard.exports.steps import Step
from dashboard.views.places import Editions
from dashboard.views.storyline import Storyline

LAID_OUT = (
    "Every slide was made and laid out for each screen, and every address in it was looked at. "
    "Nothing was drawn: how long a slide takes to appear in the room is not in it."
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
class Checked:
    """What a check has found."""

    slides: int
    screens: tuple[str, ...]
    findings: tuple[Finding, ...]

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
        said = ", ".join([run, *self._counts()])
        return f"{'Ready' if self.is_ready else 'Not ready'}: {said}."

    def _counts(self) -> Iterator[str]:
        problems = [one for one in self.findings if one.severity is Severity.PROBLEM]
        looks = len(self.findings) - len(problems)
        if problems:
            numbers = sorted({one.number for one in problems})
            where = listing([str(one) for one in numbers], most=8)
            yield f"{counted(len(problems), 'problem')} on slide{'s' * (len(numbers) > 1)} {where}"
        elif not looks:
            yield "nothing missing"
        if looks:
            yield f"{counted(looks, 'thing')} to look at"
        if not any(one.kind is Kind.NETWORK for one in self.findings):
            yield "nothing that asks another machine"


def steps(story: Storyline, screens: Sequence[Screen]) -> list[Step]:
    """The steps of a check, for those who wait for it: every slide on every screen."""
    return [
        Step("check", f"Slide {at}, “{shortened(slide.name)}”, on {name_of(screen)}")
        for at, slide in enumerate(story.slides, start=1)
        for screen in screens
    ]


def check(
    story: Storyline,
    tables: Tables,
    selection: Selection,
    editions: Editions,
    screens: Sequence[Screen],
    begin: Callable[[int], None] = lambda at: None,
) -> Checked:
    """Make every slide as it is shown where `selection` is chosen, and look for what is wrong.

    `begin` is called with the place of each of `steps` as it begins.
    """
    findings: list[Finding] = []
    for at, slide in enumerate(story.slides):
        places = range(at * len(screens), (at + 1) * len(screens))
        begin(places[0])
        one = made(slide, tables, selection, editions)
        if isinstance(one, Fault):
            findings += _joined(at + 1, slide.name, [("", one)])
            continue
        found = [("", fault) for fault in missing_parts(one)]
        progress = Progress(at + 1, len(story.slides))
        for place, screen in zip(places, screens, strict=True):
            begin(place)
            if not one.figure.empty:
                found += [(name_of(screen), fault) for fault in faults_on(screen, one, progress)]
        findings += _joined(at + 1, one.title, found)
    return Checked(len(story.slides), tuple(map(name_of, screens)), tuple(findings))


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
