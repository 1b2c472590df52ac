"""What makes a drawn slide hard to read: small type, pale words, labels on labels, hairlines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from dashboard.charts.typeset.row_words import is_cells
from dashboard.charts.typeset.slide import HIGH, LEAST_TYPE, WIDE, Screen, smallest_type
from dashboard.edition.wording import counted
from dashboard.exports.meeting_check.colours import contrast
from dashboard.exports.meeting_check.measuring import Box, Drawn, Mark, Seen, Text
from dashboard.views.toml_text import shortened

# WCAG 2.2 AA asks 3 to 1 of large type and 4.5 of other. A projector in a bright room takes
# contrast away, so that every word on a slide is held to the stricter one.
TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
THINNEST = 1.5  # px of a line at 1920 x 1080
# Part of a text, or of the edge of a mark, that must be pale for it to count, and to be lost.
TOUCHED, LOST = 0.1, 0.5
# A mark is seen when it stands out along this part of its edge: a line between two fills does on
# one side. What is narrower (px at 1920 x 1080) is a sliver that no colour makes larger.
EDGE, SLIVER = 0.24, 12
ROUNDING = 0.05  # px and ratio


class Kind(StrEnum):
    """What is wrong with a slide."""

    MISSING = "Missing"
    SLOW = "Slow"
    UNREADABLE = "Unreadable"
    NETWORK = "Network"


class Severity(StrEnum):
    """How much: a problem spoils the slide in the room, the rest deserves a look."""

    PROBLEM = "Problem"
    LOOK = "Have a look"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a slide on a screen, and what to do, in sentences.

    `check`: name of what was looked at; the same on several screens is one finding. `badness`: the
    larger, the worse.
    """

    check: str
    kind: Kind
    severity: Severity
    what: str
    do: str
    badness: float = 0.0


FEWER = "Narrow its view on the page behind it, or show another figure."
OTHER_VIEW = "Look at the slide; if it cannot be read, show another view of it."


def part_of_wide(screen: Screen) -> float:
    """How large a screen is beside 1920 x 1080, on which the rules are given in px."""
    return min(screen.width / WIDE, screen.height / HIGH)


def drawn_faults(
    drawing: Drawn, figure: Mapping[str, Any], screen: Screen, progress: int
) -> Iterator[Fault]:
    """What is wrong with a slide as it was drawn.

    `figure`: as it was laid out (a dict). `progress`: parts of the mark of progress, whose shapes
    are the last of the layout.
    """
    scale = part_of_wide(screen)
    edges = (0.0, 0.0, screen.room_width, screen.room_height)
    whole = smallest_type(figure) < LEAST_TYPE * scale - ROUNDING
    sizes = [(one.size, "" if whole else one.text) for one in drawing.texts]
    yield from small_type(sizes, screen)
    yield from _cut(drawing.texts, edges)
    yield from _hidden(drawing.texts, figure)
    yield from _overlaps(drawing.texts)
    yield from _pale_texts(drawing.texts)
    shapes = len(figure["layout"].get("shapes", ()))
    marks = [
        one for one in drawing.marks if not (one.kind == "shape" and one.index >= shapes - progress)
    ]
    yield from _pale_marks(marks, SLIVER * scale)
    yield from _thin(marks, THINNEST * scale)


def small_type(sizes: Iterable[tuple[float, str]], screen: Screen) -> Iterator[Fault]:
    """Type that is too small for a screen, of (px, text; empty when it is all type)."""
    least = LEAST_TYPE * part_of_wide(screen)
    small = sorted(one for one in sizes if one[0] < least - ROUNDING)
    if small:
        size, text = small[0]
        yield Fault(
            "type",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            f"Type of {px(size)} px on {name_of(screen)}, {px(least)} needed{_for_example(text)}.",
            FEWER,
            least / size,
        )


def _cut(texts: Iterable[Text], edges: Box) -> Iterator[Fault]:
    cut = [
        one.text
        for one in texts
        if not one.stands_in(edges) or (one.window and not one.within(one.window))
    ]
    if cut:
        yield Fault(
            "cut",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            f"{counted(len(cut), 'label')} cut off at an edge{_for_example(cut[0])}.",
            FEWER,
            len(cut),
        )


def _hidden(texts: Iterable[Text], figure: Mapping[str, Any]) -> Iterator[Fault]:
    """Plotly leaves out the words of a cell that has no room for them."""
    wanted = sum(bool(text) for one in figure["data"] if is_cells(one) for text in one["text"])
    hidden = wanted - len({one.box[:2] for one in texts if one.in_bar})
    if wanted and hidden > 0:
        yield Fault(
            "hidden",
            Kind.MISSING,
            Severity.PROBLEM,
            f"{counted(hidden, 'label')} left out: no room in the chart.",
            FEWER,
            hidden,
        )


def _overlaps(texts: Iterable[Text]) -> Iterator[Fault]:
    pairs = [(one, other) for one, other in combinations(texts, 2) if one.is_on(other)]
    if pairs:
        one, other = pairs[0]
        more = f", and {counted(len(pairs) - 1, 'more pair')}" if len(pairs) > 1 else ""
        yield Fault(
            "overlap",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            f"“{shortened(one.text)}” stands on “{shortened(other.text)}”{more}.",
            FEWER,
            len(pairs),
        )


def _pale_texts(texts: Iterable[Text]) -> Iterator[Fault]:
    for severity, mode, found in _worst(
        (mode, *_pale(pairs), one.text) for one in texts for mode, pairs in one.seen.items()
    ):
        ratio, text = found[0]
        what = f"{counted(len(found), 'label')} with too little contrast on the {mode} page"
        yield Fault(
            f"contrast {severity}",
            Kind.UNREADABLE,
            severity,
            f"{what}: {ratio:.1f} to 1 behind “{shortened(text)}”, {TEXT_CONTRAST} needed.",
            OTHER_VIEW,
            TEXT_CONTRAST / ratio,
        )


def _pale(pairs: Iterable[Seen]) -> tuple[float, float]:
    """Part of a text that is pale, and the worst contrast in it."""
    ratios = [(contrast(one.ink, one.behind), one.part) for one in pairs]
    pale = [(ratio, part) for ratio, part in ratios if ratio < TEXT_CONTRAST - ROUNDING]
    if not pale:
        return 0.0, TEXT_CONTRAST
    # What is behind most of it decides whether it is lost: a hatch is there wherever it may be.
    largest = max(part for _, part in pale)
    part = largest if largest >= LOST else min(sum(part for _, part in pale), LOST - 0.01)
    return part, min(ratio for ratio, _ in pale)


def _pale_marks(marks: Iterable[Mark], sliver: float) -> Iterator[Fault]:
    """A bar and the dotted line around it are one object, seen when either is."""
    objects: dict[tuple[int, ...], list[Mark]] = {}
    for mark in marks:
        left, top, right, bottom = mark.box
        is_sliver = mark.is_filled and min(right - left, bottom - top) < sliver
        if mark.seen and not is_sliver:
            objects.setdefault(_place(mark), []).append(mark)
    for severity, mode, found in _worst(
        (mode, *_lost(one, mode), "") for one in objects.values() for mode in one[0].seen
    ):
        ratio, _ = found[0]
        what = f"{counted(len(found), 'mark or line', 'marks or lines')} of little contrast"
        yield Fault(
            f"marks {severity}",
            Kind.UNREADABLE,
            Severity.LOOK,
            f"{what} on the {mode} page: {ratio:.1f} to 1, {MARK_CONTRAST:g} needed.",
            OTHER_VIEW,
            MARK_CONTRAST / ratio,
        )


def _lost(parts: Iterable[Mark], mode: str) -> tuple[float, float]:
    """Part of the edge of an object where it does not stand out, and its contrast there."""
    there = [one.seen[mode] for one in parts]
    paints = [colour for one in there for colour in one.paints]
    ratios = [
        (max(contrast(colour, ground) for colour in paints), part)
        for ground, part in there[0].outside
    ]
    seen = sum(part for ratio, part in ratios if ratio >= MARK_CONTRAST - ROUNDING)
    return (0.0 if seen >= EDGE else 1 - seen), min(ratio for ratio, _ in ratios)


def _place(mark: Mark) -> tuple[int, ...]:
    """The same for shapes whose edges are the same but for half of their lines."""
    left, top, right, bottom = mark.box
    half = mark.thick / 2
    return tuple(round(edge / 2) for edge in (left + half, top + half, right - half, bottom - half))


def _worst(
    found: Iterable[tuple[str, float, float, str]],
) -> Iterator[tuple[Severity, str, list[tuple[float, str]]]]:
    """Severity, mode and (contrast, text) of the worst mode, the palest first.

    `found`: mode, part that is pale, contrast and text of each.
    """
    all_found = [one for one in found if one[1] >= TOUCHED]
    for severity in Severity:
        of = {
            mode: sorted(
                (ratio, text)
                for at, part, ratio, text in all_found
                if at == mode and (part >= LOST) == (severity is Severity.PROBLEM)
            )
            for mode in dict.fromkeys(one[0] for one in all_found)
        }
        some = {mode: ratios for mode, ratios in of.items() if ratios}
        if some:
            mode = min(some, key=lambda one: some[one][0][0])
            yield severity, mode, some[mode]


def _thin(marks: Iterable[Mark], least: float) -> Iterator[Fault]:
    thin = [one.thick for one in marks if 0 < one.thick < least - ROUNDING]
    if thin:
        yield Fault(
            "lines",
            Kind.UNREADABLE,
            Severity.LOOK,
            f"{counted(len(thin), 'line')} of {px(min(thin))} px, {px(least)} needed.",
            OTHER_VIEW,
            least / min(thin),
        )


def name_of(screen: Screen) -> str:
    """What a screen is called: "1920 × 1080"."""
    return f"{screen.width:g} × {screen.height:g}"


def px(size: float) -> str:
    """A length for people: "16.8", "24"."""
    return f"{size:.1f}".removesuffix(".0")


def _for_example(text: str) -> str:
    return f" (“{shortened(text)}”)" if text else ""
