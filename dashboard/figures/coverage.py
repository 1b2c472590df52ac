"""Figure `coverage`: measure 1 as one bar from what is documented to what is ruled out."""

import pandas as pd

from dashboard.charts.forms.coverage_bar import coverage_bar
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import proportion, share_in_table
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.coverage import Coverage, coverage
from dashboard.measures.states import country_states

NOTE = (
    "The bar counts persons by what is documented of training in the country they come from. It "
    "cannot tell whether the persons deployed took the course, nor what was taught in it."
)


def coverage_figure(tables: Tables, selection: Selection) -> Figure:
    """Measure 1: persons by class of their country, with both bounds."""
    result = coverage(tables, selection)
    finding = _finding(result)
    return Figure(
        id="coverage",
        title=finding,
        subtitle=subtitle(tables, selection, result.N, result.countries),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"One bar of all personnel. {result.sentence}. {finding}.",
        table=_table(result),
        numbers=_numbers(result),
        draw=lambda: coverage_bar(result.segments),
        behind=lambda: _courses_of_contributors(tables, selection),
        empty="" if result.N else nothing_to_show(tables, selection),
    )


def _finding(result: Coverage) -> str:
    gap, left_open = result.N - result.upper, result.upper - result.lower
    if not result.N:
        return "No personnel under these filters"
    if not gap and not left_open:
        return "All personnel come from countries where the content is documented"
    if left_open == result.N:
        return "For all personnel the evidence leaves it open"
    if not gap:
        share_open = proportion(left_open, result.N)
        return f"No established gap; for {share_open} of personnel the evidence leaves it open"
    established = f"An established gap for {proportion(gap, result.N)} of personnel"
    if not left_open:
        return f"{established}; nothing is left open"
    return f"{established}; for {proportion(left_open, result.N)} the evidence leaves it open"


def _table(result: Coverage) -> pd.DataFrame:
    columns = ["country_class", "class_label", "state", "state_label", "countries", "persons"]
    shares = [share_in_table(n, result.N) if result.N else "" for n in result.segments["persons"]]
    return result.segments[columns].assign(persons_total=result.N, share_of_all=shares)


def _numbers(result: Coverage) -> tuple[Number, ...]:
    bounds = {"lower": result.lower, "upper": result.upper}
    headline = number("coverage.documented", result.sentence, result.n, result.N, **bounds)
    upper = number("coverage.upper", "Everything but established gaps", result.upper, result.N)
    classes = tuple(
        number(f"coverage.{row.country_class}", row.class_label, row.persons, result.N)
        for row in result.classes.itertuples()
    )
    unknown = tuple(
        number(f"coverage.unknown.{row.state}", row.state_label, row.persons, result.N)
        for row in result.segments.itertuples()
        if row.state
    )
    return (headline, upper, *classes, *unknown)


def _courses_of_contributors(tables: Tables, selection: Selection) -> pd.DataFrame:
    frame = country_states(tables, selection)
    contributors = frame.loc[frame["persons"] > 0, "country_iso3"]
    kept = considered(tables, selection) & tables.courses["country_iso3"].isin(contributors)
    return receipts(tables, kept.to_numpy())
