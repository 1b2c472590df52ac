"""Figures as what PowerPoint and Word draw themselves: charts of bars and lines, and tables.

Made from the `table` of a figure alone, so that what can be edited there is what the file of the
data says. A map has no such form and stays a picture.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.charts.marks.look import Style
from dashboard.edition.wording import count

Kind = Literal["bars", "stacked", "columns", "lines", "matrix"]
THOUSANDS = "#,##0"
# Shares in whole per cents; a share that is not none is never printed as none.
PER_CENT = '[=0]0%;[<0.005]"less than 1%";0%'


@dataclass(frozen=True)
class Series:
    """Values of one kind, one for each category (None: no bar there), all with one look.

    `labels`: words in place of a number that cannot be printed as it is; empty for the others.
    `joined`: whether a line joins the points.
    """

    name: str
    style: Style
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    labelled: bool = True
    joined: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a table; without a style it is plain."""

    text: str
    style: Style | None = None


@dataclass(frozen=True)
class Native:
    """One figure, complete; whoever prints it cuts it with `first` and says so.

    `unit`: what a value counts. Charts have `categories` and `series`; bars of one category lie
    over each other unless they are `side_by_side`, and stacks are of full length when `whole`.
    `number_format`: of Excel. `legend`: whether the names of the series are needed to read them.
    Matrices have `heads` over all columns and `rows` of as many cells, the first `stubs` of which
    name the row. `key` says what the looks of cells, and letters beside names (no look), mean. The
    last `kept` categories are no part of an order (what is not recorded): a cut keeps them.
    `beside`: a longer name of each category, for the data behind a chart that has no room for it.
    """

    kind: Kind
    unit: str
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    side_by_side: bool = False
    whole: bool = False
    legend: bool = True
    number_format: str = THOUSANDS
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    stubs: int = 1
    key: tuple[tuple[str, Style | None], ...] = ()
    kept: int = 0
    beside: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Number of categories, or of rows."""
        return len(self.rows) if self.kind == "matrix" else len(self.categories)

    def first(self, size: int) -> "Native":
        """The same with `size` categories or rows, and the series and letters left in use."""
        places = self._shown(size)
        if self.kind == "matrix":
            rows = tuple(self.rows[place] for place in places)
            texts = (cell.text for row in rows for cell in row)
            return replace(self, rows=rows, key=self._key_of(texts))
        cut = [
            replace(
                one,
                values=tuple(one.values[place] for place in places),
                labels=tuple(one.labels[place] for place in places if one.labels),
            )
            for one in self.series
        ]
        used = tuple(one for one in cut if any(value is not None for value in one.values))
        names = tuple(self.categories[place] for place in places)
        beside = tuple(self.beside[place] for place in places if self.beside)
        return replace(self, categories=names, series=used, beside=beside, key=self._key_of(names))

    def _key_of(self, texts: Iterable[str]) -> tuple[tuple[str, Style | None], ...]:
        """The part of the key that texts need: each entry begins with the letter it explains."""
        words = {word for text in texts for word in text.split()}
        return tuple(entry for entry in self.key if entry[0].split()[0] in words)

    def left_out(self, size: int) -> list[str]:
        """What `first` leaves out, in words, a line each."""
        return self.lines(place for place in range(self.size) if place not in self._shown(size))

    def lines(self, places: Iterable[int] | None = None) -> list[str]:
        """Categories or rows in words, one line each; all of them without `places`."""
        places = range(self.size) if places is None else places
        if self.kind == "matrix":
            return [self._row_in_words(self.rows[place]) for place in places]
        return [self._category_in_words(place) for place in places]

    def _shown(self, size: int) -> list[int]:
        last = min(self.kept, size)
        return [*range(min(size, self.size) - last), *range(self.size - last, self.size)]

    def _row_in_words(self, row: Sequence[Cell]) -> str:
        said = zip(self.heads, row, strict=True)
        parts = [f"{head} {cell.text}" for head, cell in said if cell.text]
        return "; ".join([row[0].text, *parts[1:]])

    def _category_in_words(self, place: int) -> str:
        parts = [
            f"{one.name} {self.said(one, place)}"
            for one in self.series
            if one.values[place] is not None
        ]
        return f"{self.categories[place]}: {'; '.join(parts)}"

    def said(self, series: Series, place: int) -> str:
        """A value as its label says it."""
        if series.labels and series.labels[place]:
            return series.labels[place]
        value = series.values[place]
        if self.number_format == THOUSANDS:
            return count(value)
        return "less than 1%" if 0 < value < 0.005 else f"{math.floor(100 * value + 0.5)}%"


def matrix(
    unit: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    stubs: int = 1,
    key: Mapping[str, Style | None] | None = None,
) -> Native:
    """A table; `key`: what each look means, in the order of a legend."""
    return Native(
        "matrix",
        unit,
        heads=tuple(heads),
        rows=tuple(tuple(row) for row in rows),
        stubs=stubs,
        key=tuple((key or {}).items()),
    )
