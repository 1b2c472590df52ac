"""Which figure is which native form: charts of bars and lines, and tables, that can be edited."""

from collections.abc import Callable, Mapping

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.native import bars, stacks
from dashboard.exports.native import tables as matrices
from dashboard.exports.native.form import Cell, Native, Series
from dashboard.exports.native.looks import Looks
from dashboard.figures.figure import Figure

__all__ = ["BUILDERS", "Cell", "Native", "Series", "in_place_of_map", "native"]

# Every figure that is no map; a new one is one line here.
BUILDERS: Mapping[str, Callable[[Figure, Looks], Native]] = {
    "coverage": bars.coverage,
    "review": matrices.review,
    "asks": bars.asks,
    "contributors": bars.contributors,
    "senders": stacks.senders,
    "levels": matrices.level_matrix,
    "matrix": matrices.gap_matrix,
    "languages": stacks.languages,
    "language-courses": stacks.language_courses,
    "functions": stacks.topics,
    "function-topics": stacks.topics,
    "country-personnel": stacks.personnel_by_date,
    "country-missions": matrices.country_missions,
    "country-levels": bars.levels,
    "indicators": stacks.indicators,
    "indicator-languages": stacks.indicator_languages,
    "indicator-dates": bars.indicator_dates,
    "found": bars.levels,
    "conversations": matrices.conversations,
    "questions": bars.questions,
    "evidence-grades": bars.evidence,
    "evidence-tests": bars.evidence,
    "agreement": matrices.agreement,
    "closing": bars.closing,
    "offices": stacks.offices,
    "plan": bars.contributors,
    "edition-steps": stacks.edition_steps,
    "class-changes": matrices.class_changes,
    "coverage-gap": bars.contributors,
    "evidence-gap": bars.contributors,
    "gap-regions": stacks.regions,
    "choices": bars.choices,
    "moves": bars.moves,
    "combinations": bars.combinations,
    "missions": stacks.missions,
    "missions-military": stacks.missions,
    "missions-police": stacks.missions,
}


def native(figure: Figure, tables: Tables, selection: Selection) -> Native | None:
    """What PowerPoint and Word draw of a figure themselves, from its table alone; None for a map.

    `tables` and `selection` have the words and looks of classes and levels. Raises KeyError for a
    figure without a native form.
    """
    return None if figure.is_map else BUILDERS[figure.id](figure, Looks(tables, selection))


def in_place_of_map(figure: Figure, tables: Tables, selection: Selection) -> Native:
    """The table that stands for a map where no picture can be drawn."""
    return matrices.in_place_of_map(figure, Looks(tables, selection))
