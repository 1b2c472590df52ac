"""A slide as the browser draws it: every text with what is behind it, every mark, every line.

The measuring itself is JavaScript (slide_measuring.js), done on a light page and on a dark one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dashboard.exports.meeting_check.colours import Colour
from dashboard.exports.pictures import browser
from dashboard.exports.pictures.browser import NoBrowser
from dashboard.exports.pictures.page_script import Measured, ScriptFailed

_SCRIPT = files("dashboard") / "exports" / "meeting_check" / "measuring.js"
_SETTINGS = files("dashboard") / ".streamlit" / "config.toml"
MODES = ("light", "dark")
# The box of a line of text is higher than its letters by about this part, above and below.
AIR_OF_A_LINE = 0.18
PX = 1.5  # less than this is how a browser rounds
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Seen:
    """A colour of letters on a colour behind them, and the part of the text where it is."""

    ink: Colour
    behind: Colour
    part: float


@dataclass(frozen=True)
class Text:
    """A line of text: px from the upper left corner of the slide.

    `window`: what cuts it, if anything; `seen`: mode of the page -> colours.
    """

    text: str
    size: float
    box: Box
    window: Box | None
    in_bar: bool
    seen: Mapping[str, tuple[Seen, ...]]

    def within(self, edges: Box, air: float = PX) -> bool:
        """Whether it stays inside these edges; a line may stand a little over and under them."""
        left, top, right, bottom = self.box
        return (
            left >= edges[0] - air
            and top >= edges[1] - 2 * air
            and right <= edges[2] + air
            and bottom <= edges[3] + 2 * air
        )

    def stands_in(self, edges: Box) -> bool:
        """The same for its letters, without the air above and below them."""
        left, top, right, bottom = self.box
        air = AIR_OF_A_LINE * (bottom - top)
        return (
            left >= edges[0] - PX
            and top + air >= edges[1] - PX
            and right <= edges[2] + PX
            and bottom - air <= edges[3] + PX
        )

    def is_on(self, other: "Text") -> bool:
        """Whether letters of both share more than a touch."""
        (l1, t1, r1, b1), (l2, t2, r2, b2) = self.box, other.box
        air1, air2 = AIR_OF_A_LINE * (b1 - t1), AIR_OF_A_LINE * (b2 - t2)
        across = min(r1, r2) - max(l1, l2)
        return across > PX and min(b1 - air1, b2 - air2) - max(t1 + air1, t2 + air2) > 1


@dataclass(frozen=True)
class Surroundings:
    """The colours of a mark, and those just beyond its edge with the part of the edge they have."""

    paints: tuple[Colour, ...]
    outside: tuple[tuple[Colour, float], ...]


@dataclass(frozen=True)
class Mark:
    """A shape, or a line that is not filled.

    `thick`: px of its stroke, 0 without one; `index`: place among the shapes of the layout, else
    -1; `seen`: mode of the page -> colours, of a mark that is to be told apart.
    """

    kind: str
    box: Box
    thick: float
    index: int
    is_filled: bool
    seen: Mapping[str, Surroundings]


@dataclass(frozen=True)
class Drawn:
    """A slide as drawn. `seconds`: of drawing; `asked`: outside addresses that it asked for."""

    seconds: float
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]
    asked: tuple[str, ...]


def drawn(figure: Mapping[str, Any], width: float, height: float) -> Drawn:
    """Draw a laid out figure (as a dict) and measure it.

    Raises NoBrowser, ScriptFailed, or whatever a browser that does not answer makes its driver
    raise.
    """
    measured = _measured(_script(), dict(figure), width, height, list(_looks()))
    found = measured.result
    return Drawn(
        found["milliseconds"] / 1000,
        tuple(map(_text, found["texts"])),
        tuple(map(_mark, found["marks"])),
        measured.asked,
    )


def _measured(*what: Any) -> Measured:
    """What the browser has measured. One that has died or hangs is replaced once."""
    kept = browser.renderer()
    try:
        return kept.measure(*what).result(browser.TURN_SECONDS)
    except (NoBrowser, ScriptFailed):
        raise
    except Exception:  # whatever a browser that was ended from outside makes the driver raise
        if browser.renderer() is kept:
            browser.stop()
        return browser.renderer().measure(*what).result(browser.TURN_SECONDS)


def _text(found: Mapping[str, Any]) -> Text:
    seen = {
        mode: tuple(Seen(tuple(ink), tuple(behind), part) for ink, behind, part in pairs)
        for mode, pairs in zip(MODES, found["seen"], strict=True)
    }
    window = tuple(found["window"]) if found["window"] else None
    return Text(found["text"], found["size"], tuple(found["box"]), window, found["in_bar"], seen)


def _mark(found: Mapping[str, Any]) -> Mark:
    seen = {
        mode: Surroundings(
            tuple(map(tuple, one["paints"])),
            tuple((tuple(colour), part) for colour, part in one["outside"]),
        )
        for mode, one in zip(MODES, found["seen"], strict=False)
    }
    return Mark(
        found["kind"], tuple(found["box"]), found["thick"], found["index"], found["filled"], seen
    )


@cache
def _script() -> str:
    return _SCRIPT.read_text("utf-8")


@cache
def _looks() -> tuple[Mapping[str, str], ...]:
    """Ground and ink of the pages in each mode, as the settings of the dashboard have them."""
    theme = tomllib.loads(_SETTINGS.read_text("utf-8"))["theme"]
    colours = [theme[mode] for mode in MODES]
    return tuple({"ground": one["backgroundColor"], "ink": one["textColor"]} for one in colours)


def page_grounds() -> dict[str, str]:
    """Mode of the page -> colour of its ground, as "#FFFFFF"."""
    return {mode: look["ground"] for mode, look in zip(MODES, _looks(), strict=True)}
