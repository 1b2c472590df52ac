"""Fits a chart into the room that the words leave it on a sheet.

First choice is type and rows as large as the sheet is meant for; then lower rows; then smaller
type, but never below 8 points; then two columns. What still does not fit is not drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.charts.marks.plot_height import PlotHeight, height_of_plot
from dashboard.charts.marks.sheets import CHART_TYPE, SMALLEST_TYPE, DoesNotFit, Paper
from dashboard.charts.typeset import legends, row_words
from dashboard.charts.typeset.margins import Margins, margins
from dashboard.charts.typeset.two_columns import GUTTER, best_fold, folded, higher_part

LEAST_TYPE = SMALLEST_TYPE / CHART_TYPE
TYPE_STEP = 0.05
SMALL = 0.8  # of the largest type of a sheet: below, two columns are tried
# px that a page of A4 has for a figure without a height of its own, before it goes on in a column.
PAGE_HEIGHT = 900
LEAST_COLUMN = 150  # px: bars in a narrower column say nothing


@dataclass(frozen=True)
class Fit:
    """A chart as it will stand on a sheet: its figure (as a dict), the size of its type against
    that on screen, and px: of the plot, of what stands around it, of the legends."""

    plain: dict[str, Any]
    type: float
    plot: float
    around: Margins
    over: float
    under: float
    ease: float  # height of the rows as a part of what they have on screen
    fits_across: bool
    least: float = 0.0  # of `ease`, with which they can still be read

    @property
    def height(self) -> float:
        """Px of everything between the words."""
        return self.plot + self.around.top + self.around.bottom + self.over + self.under

    def wanted(self, at_ease: bool) -> float:
        """The `ease` with which rows can be read, or look neither pressed nor crowded."""
        return (1 + self.least) / 2 if at_ease else self.least


def fitted(plain: dict[str, Any], sheet: Paper, above: float, below: float) -> Fit:
    """The chart in what the words leave of a sheet. Raises DoesNotFit."""
    needed = height_of_plot(plain["layout"])
    room = sheet.height - above - below if sheet.height else None
    one = _best(plain, needed, sheet, room, None)
    at = best_fold(plain, needed)
    if at is not None and _is_cramped(one, sheet, above + below):
        two = _best(plain, needed, sheet, room, at)
        as_large = one is None or not sheet.height or (two is not None and two.type >= one.type)
        if two is not None and two.fits_across and as_large:
            return two
    if one is None:
        raise DoesNotFit(
            f"The figure is too high for “{sheet.label}”: choose fewer rows, or a page width, "
            "which is as high as the figure needs."
        )
    if not one.fits_across:
        raise DoesNotFit(
            f"The figure is too wide for “{sheet.label}”: choose fewer columns, or a wider sheet."
        )
    return one


def _best(
    plain: dict[str, Any], needed: PlotHeight, sheet: Paper, room: float | None, at: float | None
) -> Fit | None:
    """The largest type that leaves the rows their height; None when they cannot be read."""
    tried = [_tried(plain, needed, sheet, room, type, at) for type in _types(sheet)]
    # Type as large as on screen is worth more than rows as high as on screen.
    for type, at_ease in ((1.0, True), (1.0, False), (LEAST_TYPE, False)):
        for fit in tried:
            if fit.type >= type and fit.fits_across and fit.ease >= fit.wanted(at_ease):
                return fit
    return tried[-1] if tried[-1].ease >= tried[-1].least else None


def _is_cramped(fit: Fit | None, sheet: Paper, words: float) -> bool:
    """Whether two columns would be better; `words`: px over and under the chart."""
    if fit is None or not fit.fits_across:
        return True
    if not sheet.height:
        return fit.height > PAGE_HEIGHT - words
    return fit.type < SMALL * sheet.chart or fit.ease < fit.wanted(at_ease=True)


def _types(sheet: Paper) -> Iterator[float]:
    """From the largest type of a sheet to the smallest that may be printed."""
    type = sheet.chart
    while type > LEAST_TYPE + TYPE_STEP / 2:
        yield type
        type = 1.0 if 1 < type < 1 + TYPE_STEP else type - TYPE_STEP
    yield LEAST_TYPE


def _tried(
    plain: dict[str, Any], needed: PlotHeight, sheet: Paper, room: float | None, type: float,
    at: float | None,
) -> Fit:  # fmt: skip
    """The chart with one size of type, in one column or folded at a place of its y axis."""
    across, columns = sheet.width - 2 * sheet.pad, 1.0
    around = margins(plain, type, across)
    inside = across - around.left - around.right
    if at is not None:
        named = around.left + around.right if plain["layout"]["yaxis"].get("ticktext") else 0
        gutter = (GUTTER + named) / inside
        needed = needed.part(higher_part(plain["layout"]["yaxis"]["range"], at))
        plain, columns = folded(plain, at, gutter), (1 - gutter) / 2
        around = margins(plain, type, across)
    plain, needed = row_words.refitted(
        legends.broken(plain, across, type), needed, type, (inside, inside * columns),
        may_break=type <= LEAST_TYPE and at is None,
    )  # fmt: skip
    wide = across + sheet.pad  # a legend may stand out to the right
    over, under = (legends.heights(plain, edge, wide, type) for edge in (1, 0))
    plot = needed.plot * type
    if room is not None:
        plot = min(room - around.top - around.bottom - over - under, needed.most * type)
    fits_across = around.are_apart and (at is None or inside * columns >= LEAST_COLUMN)
    return Fit(
        plain, type, plot, around, over, under, ease=plot / (needed.plot * type),
        fits_across=fits_across and row_words.fit(plain, type, (inside, inside * columns)),
        least=needed.least / needed.plot,
    )  # fmt: skip
