"""What a document is made of: figures in an order, each on a sheet and under its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, listing
from dashboard.exports.origin import Origin
from dashboard.figures.citation import cite
from dashboard.figures.figure import Figure
from dashboard.views.places import PLACES

# What stands in a link for "no figure", because an empty text stands for the suggestion.
NO_PARTS = "none"
DEFAULT_SHEET = "a4"
SUGGESTED = (
    "coverage", "contributors", "levels", "world", "matrix", "missions", "languages", "functions",
    "closing", "coverage-gap", "evidence-gap", "combinations",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Basis:
    """What figures are made from: edition, selection, and the origin, whose link restores them."""

    tables: Tables
    selection: Selection
    origin: Origin


def citations(made_from: Iterable[Basis]) -> list[str]:
    """How to cite each edition, once, with the first link of it."""
    first: dict[str, Basis] = {}
    for one in made_from:
        first.setdefault(one.tables.edition, one)
    return [cite(one.tables.package, code, one.origin.accessed, one.origin.link).text
            for code, one in first.items()]  # fmt: skip


def own_views(made_from: Mapping[int, Basis], whole: Basis) -> str:
    """Says which slides (by number) are made from something else than the whole; empty for none."""
    own = [count(number) for number, one in made_from.items() if one.selection != whole.selection]
    if not own:
        return ""
    which = f"Slide {own[0]} is" if len(own) == 1 else f"Slides {listing(own, most=len(own))} are"
    return f"{which} made from another edition or other filters, which stand there."


@dataclass(frozen=True)
class Part:
    """A figure in a document; the order of the parts is the order of the list.

    `sheet` is a name of `charts.sheets.SHEETS`. `title` and `caption` take the place of the
    figure's own title and of what stands below it, where somebody has edited them; else empty.
    `basis`: what the figure is made from, where that is not the same for the whole document; its
    numbers are marked and checked under it. `note`, `decision`: what a meeting said about it.
    """

    figure: Figure
    sheet: str
    title: str = ""
    caption: str = ""
    basis: Basis | None = None
    note: str = ""
    decision: str = ""

    @property
    def heading(self) -> str:
        """The title to print: the edited one, else the finding of the figure."""
        return self.title.strip() or self.figure.title

    @property
    def is_discussed(self) -> bool:
        """Whether a meeting has said anything about it."""
        return bool(self.note.strip() or self.decision.strip())


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
