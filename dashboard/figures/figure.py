"""A Figure is one thing: its words, its chart, the table behind it and the courses behind that."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from pydeck import Deck

from dashboard.charts.typeset.finish import Words, finish, on_screen
from dashboard.edition.selection import Selection, course_filters, describe, personnel_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, counted, listing, long_date
from dashboard.measures.courses import considered


@dataclass(frozen=True)
class Number:
    """One number of a figure. `id` is stable, so that a document can name it and be checked.

    `value` is n / N (0 to 1; None when N is 0); `lower` and `upper` are bounds in the unit of n.
    """

    id: str
    label: str
    value: float | None
    n: int
    N: int
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, eq=False)
class Figure:
    """What pages, exports and documents show; they never compute.

    `title` is the finding, `subtitle` the population, n and the filters by name, `note` what the
    figure cannot tell, `source` where the data are from, `statement` what the edition is and is
    not, `alt` the finding for those who do not see the chart. `table` holds what is drawn (machine
    column names; `dashboard.columns` has their labels). The chart and the rows are made when asked
    for: words come first. `empty` says what to loosen when there is nothing to show. A map to walk around in
    has a `deck`, which a page shows in place of the chart that files carry.
    """

    id: str
    title: str
    subtitle: str
    note: str
    source: str
    statement: str
    alt: str
    table: pd.DataFrame
    numbers: tuple[Number, ...]
    draw: Callable[[], go.Figure]
    behind: Callable[[], pd.DataFrame]
    is_map: bool = False
    empty: str = ""
    deck: Callable[[], Deck] | None = None

    @property
    def words(self) -> Words:
        """Everything that is said with the chart."""
        return Words(self.title, self.subtitle, self.source, self.note, self.alt, self.statement)

    @property
    def chart(self) -> go.Figure:
        """The chart for a file: our template and all words, disclaimer included, inside it."""
        return finish(self.draw(), self.words, disclaimer=self.is_map)

    @property
    def screen(self) -> go.Figure:
        """The chart for a page, which prints the words beside it and brings its own theme."""
        return on_screen(self.draw(), self.words)

    @property
    def rows(self) -> pd.DataFrame:
        """The courses behind the figure (`measures.courses.RECEIPT_COLUMNS`)."""
        return self.behind()


def number(id: str, label: str, n: int, total: int, **bounds: int) -> Number:
    """A Number whose value follows from n and N."""
    return Number(id, label, n / total if total else None, int(n), int(total), **bounds)


def subtitle(tables: Tables, selection: Selection, persons: int, countries: int) -> str:
    """Population, n and filters by name, in this order, the same way under every title."""
    population = f"n = {count(persons)} persons from {count(countries)} contributing countries"
    return subtitle_of(population, tables, selection)


def subtitle_of(population: str, tables: Tables, selection: Selection) -> str:
    """The same for another population, for example "n = 315 courses at 123 centres"."""
    return f"{population} · {describe(selection, tables.package)}"


def courses_at(courses: int, centres: int) -> str:
    """A population of courses, for example "n = 315 courses at 123 centres"."""
    return f"n = {counted(courses, 'course')} at {counted(centres, 'centre')}"


def source(tables: Tables, selection: Selection) -> str:
    """Where the figures come from: the personnel source of the date, then the edition."""
    package = tables.package
    contributions = package.source_of(selection.as_of).get("title", "")
    # The date stands in the source's own title, in the source's own style; ours is added when not.
    named = contributions or f"Uniformed personnel as of {long_date(selection.as_of)}"
    reviewed = long_date(package.edition["as_of"])
    return f"{named.rstrip('.')}; {package.title} (review as of {reviewed})."


def nothing_to_show(tables: Tables, selection: Selection) -> str:
    """The empty state of a figure about personnel: what there is none of, and what to loosen."""
    who = personnel_label(selection.personnel, tables.package)
    where = f" in {', '.join(selection.missions)}" if selection.missions else ""
    loosen = "missions" if selection.missions else "personnel"
    return (
        f"No country contributes {who[:1].lower()}{who[1:]}{where} as of "
        f"{long_date(selection.as_of)}. Choose other {loosen} or another date."
    )


def no_course_considered(tables: Tables, selection: Selection) -> str:
    """Says that the filters leave no course, and which they are; empty when they leave some."""
    if not selection.filters_courses or considered(tables, selection).any():
        return ""
    filters = course_filters(selection, tables.package)
    loosen = listing(list(filters), most=len(filters), last="or")
    return (
        f"No course matches these filters, so every reviewed country stands as “no course "
        f"recorded”. Loosen {loosen} under “Which courses count”."
    )
