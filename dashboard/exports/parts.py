"""What a document is made of: figures in an order, each on a sheet and under its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, listing
from dashboard.exports.origin import Origin
from dashboard.figures.citation import cite
from dashboard.figures.figure import Figure


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
    return [
        cite(one.tables.package, code, one.origin.accessed, one.origin.link).text
        for code, one in first.items()
    ]


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

    `sheet` is a name of `charts.marks.sheets.SHEETS`. `title` and `caption` take the place of the
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
