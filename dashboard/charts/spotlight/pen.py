"""What a spotlight is drawn with: a strong outline, a ring, a name on a tag, and room for it.

Nothing rests on colour: outlines are dark with a white edge on either side, to be seen on every
fill and on light and dark pages; names on marks and maps have a ground of their own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dashboard.charts.marks.letters import height, width
from dashboard.charts.marks.look import CLEAR, INK, PAPER
from dashboard.charts.marks.marks import note_at
from dashboard.charts.spotlight.drawn_boxes import Box
from dashboard.measures.spotlight import MARK

LINE, EDGED = 3.5, 8.5  # px of an outline at 1920 x 1080, alone and with its white edges
LEAST_SIDE = 12.0  # px of an outline: a thinner segment would vanish in it
PAD = 7.0  # px between the name on a tag and its border
INSIDE = 8.0  # px at least between a tag and the edge of what it stands in
POINTS = 30  # of a line, that are looked at
AWAY = tuple(range(14, 460, 14))  # px between a mark and its tag
_OF_PAGE = '<span style="color:currentColor">{}</span>'
# What makes an annotation stand on the line of another.
_OF_LINE = ("yref", "y", "yanchor", "yshift", "borderpad")
_AT = {
    "xref": "paper",
    "yref": "paper",
    "xsizemode": "pixel",
    "ysizemode": "pixel",
    "xanchor": 0,
    "yanchor": 0,
    "layer": "above",
}

Plain = dict[str, Any]


@dataclass
class Pen:
    """Draws on a figure: `shapes` and `notes` to add. `times`: px to one at 1920 x 1080; `size`: px
    of type on tags."""

    times: float
    size: float
    notes: list[Plain] = field(default_factory=list)
    _strokes: list[Plain] = field(default_factory=list)

    @property
    def shapes(self) -> list[Plain]:
        """All white edges below all dark lines, so that lines meet."""
        return [
            _AT | stroke | {"line": {"color": colour, "width": wide * self.times}}
            for colour, wide in ((PAPER, EDGED), (INK, LINE))
            for stroke in self._strokes
        ]

    def outline(self, box: Box) -> None:
        """A frame round a mark."""
        box = box.at_least(LEAST_SIDE * self.times)
        self._strokes.append({"type": "rect", **_ends(box)})

    def ring(self, box: Box) -> None:
        """A ring that fills a box."""
        self._strokes.append({"type": "circle", **_ends(box)})

    def tag(self, name: str, box: Box, target: Box) -> None:
        """A name (escaped) in a box, with a line to what it names unless it stands in it."""
        if not box.within(target):
            (x0, x1), (y0, y1) = _leader(box, target)
            self._strokes.append({"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1})
        note = _note(f"<b>{name}</b>", box.middle[0], box.middle[1], self.size)
        self.notes.append(
            note
            | {
                "xanchor": "center",
                "font": {"size": self.size, "color": INK},
                "bgcolor": PAPER,
                "bordercolor": INK,
                "borderwidth": LINE * self.times,
                "borderpad": PAD * self.times,
            }
        )

    def tag_size(self, name: str) -> tuple[float, float]:
        """Width and height of a tag."""
        around = 2 * (PAD + LINE) * self.times
        wide = width(f"<b>{name}</b>", self.size)
        return wide + around, height(1 + name.count("<br>"), self.size) + around

    def words(self, text: str, end: float, line: Plain) -> None:
        """Bold words on the page, in its ink, on the line of an annotation up to `end` px."""
        size = line["font"]["size"]
        same = {name: line[name] for name in _OF_LINE if name in line}
        note = _note(bold(text), end, 0, size)
        self.notes.append(note | {"xanchor": "right"} | same)


def bold(text: str) -> str:
    """Escaped text in bold with the mark of the spotlight before it, in the ink of the page."""
    return _OF_PAGE.format(f"{MARK} <b>{text}</b>")


def _note(text: str, x: float, y: float, size: float) -> Plain:
    return note_at(text, x, y, size) | {"name": "spotlight"}


def _ends(box: Box) -> Plain:
    return {"x0": box.left, "x1": box.right, "y0": box.foot, "y1": box.top, "fillcolor": CLEAR}


def _leader(box: Box, target: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both ends across and both ends up of the shortest line from one to the other."""
    return (
        _joint(box.left, box.right, target.left, target.right),
        _joint(box.foot, box.top, target.foot, target.top),
    )


def _joint(low: float, high: float, other_low: float, other_high: float) -> tuple[float, float]:
    """Where a line between two stretches of an axis begins and ends: where they are nearest."""
    start, end = max(low, other_low), min(high, other_high)
    if start <= end:
        return (start + end) / 2, (start + end) / 2
    return (high, other_low) if high < other_low else (low, other_high)


# --- room -----------------------------------------------------------------------------------------


class Margin:
    """What is free on a page: nothing may cover words, and marks only where nothing else is free."""

    def __init__(self, page: Box, words: Iterable[Box], marks: Iterable[Box] = ()) -> None:
        self._page = page
        self._words, self._marks = _array(words), _array(marks)

    def take(self, box: Box) -> None:
        """From now on nothing else stands here."""
        self._words = np.vstack([self._words, _array([box])])

    def is_free(self, box: Box, over_marks: bool = False) -> bool:
        """Whether a box covers nothing."""
        if not box.within(self._page) or _any_meets(self._words, box):
            return False
        return over_marks or not _any_meets(self._marks, box)

    def inside(self, target: Box, size: tuple[float, float]) -> Box | None:
        """A free box of a size in the middle of a target, or higher or lower in it."""
        wide, high = size
        (x, y), spare = target.middle, (target.top - target.foot - high) / 2
        for part in (0.0, 0.25, 0.5, -0.25, -0.5):
            box = Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            box = Box(box.left, box.foot + part * spare, box.right, box.top + part * spare)
            if box.grown(INSIDE).within(target) and self.is_free(box, over_marks=True):
                return box
        return None

    def near(
        self, target: Box, size: tuple[float, float], times: float, over_marks: bool = False
    ) -> Box | None:
        """The nearest free box of a size beside a target."""
        for away in AWAY:
            for box in _beside(target, size, away * times):
                if self.is_free(box, over_marks) and not self._is_crossed(box, target):
                    return box
        return None

    def _is_crossed(self, box: Box, target: Box) -> bool:
        """Whether the line from a tag to its target would cross words."""
        (x0, x1), (y0, y1) = _leader(box, target)
        steps = np.linspace(0, 1, POINTS)
        x, y = x0 + steps * (x1 - x0), y0 + steps * (y1 - y0)
        left, foot, right, top = (side[:, None] for side in self._words.T)
        return bool(np.any((x > left) & (x < right) & (y > foot) & (y < top)))


def _beside(target: Box, size: tuple[float, float], away: float) -> Iterator[Box]:
    """Boxes around a target: above, below, at its sides and at its corners."""
    wide, high = size
    x, y = target.middle
    right, left = target.right + away, target.left - away - wide
    above, below = target.top + away, target.foot - away - high
    places = [
        (x - wide / 2, above),
        (x - wide / 2, below),
        (right, y - high / 2),
        (left, y - high / 2),
        (right, target.foot),
        (right, target.top - high),
        (left, target.foot),
        (left, target.top - high),
        (target.left, above),
        (target.left, below),
        (target.right - wide, above),
        (target.right - wide, below),
        (right, above),
        (right, below),
        (left, above),
        (left, below),
    ]
    return (Box(a, b, a + wide, b + high) for a, b in places)


def _array(boxes: Iterable[Box]) -> np.ndarray:
    rows = [(box.left, box.foot, box.right, box.top) for box in boxes]
    return np.array(rows, dtype=float).reshape(-1, 4)


def _any_meets(boxes: np.ndarray, box: Box) -> bool:
    left, foot, right, top = boxes.T
    across, up = (left < box.right) & (right > box.left), (foot < box.top) & (top > box.foot)
    return bool(np.any(across & up))
