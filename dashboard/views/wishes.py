"""The figures that a text of a link wishes for."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.charts.marks.sheets import SHEETS
from dashboard.views.places import PLACES

# What stands in a link for "no figure", because an empty text stands for the suggestion.
NO_PARTS = "none"
DEFAULT_SHEET = "a4"
SUGGESTED = (
    "coverage",
    "contributors",
    "levels",
    "world",
    "matrix",
    "missions",
    "languages",
    "functions",
    "closing",
    "coverage-gap",
    "evidence-gap",
    "combinations",
)


@dataclass(frozen=True)
class Wish:
    """A figure that somebody wants: its id in the catalogue, and a sheet ("": that of the report)."""

    id: str
    sheet: str = ""

    @property
    def text(self) -> str:
        """The same in a link, for example "coverage" or "matrix:slide"."""
        return f"{self.id}:{self.sheet}" if self.sheet else self.id


def wishes(text: str) -> tuple[Wish, ...]:
    """The figures that a text of a link names, in its order; an empty one names the suggestion."""
    if text == NO_PARTS:
        return ()
    return tuple(_wish(one) for one in text.split(",")) if text else tuple(map(Wish, SUGGESTED))


def in_link(wanted: Iterable[Wish]) -> str:
    """The text that names these figures in a link; empty for the suggestion."""
    wanted = tuple(wanted)
    if wanted == wishes(""):
        return ""
    return ",".join(one.text for one in wanted) or NO_PARTS


def understood_parts(asked: str) -> str:
    """What a text names that there is, each figure once, in the order of the text."""
    if asked == NO_PARTS:
        return asked
    known: dict[str, str] = {}
    for one in map(_wish, asked.split(",")):
        if one.id in PLACES and one.sheet in ("", *SHEETS):
            known.setdefault(one.id, one.text)
    return ",".join(known.values())


def _wish(text: str) -> Wish:
    id, _, sheet = text.partition(":")
    return Wish(id, sheet)
