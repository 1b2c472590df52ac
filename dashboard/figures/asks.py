"""What each class asks for: how many countries and persons, who, and what to do next.

As texts for the cards of the overview, and as the figure `asks` of all that is not covered.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard.charts.forms.named_bars import asks_bars
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    counted,
    listing,
    proportion,
    share,
    share_in_table,
)
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.coverage import LARGEST_NAMED, Coverage, coverage
from dashboard.measures.states import CLASSES, country_states, next_step

NOTE = (
    "The classes that are not covered differ in what is missing, and so in what to do; they are never "
    "added up. It cannot tell what is taught where nothing is published."
)
ALL_COVERED = "Nothing is missing: all personnel come from covered countries"
# What a class is short of, in the order of what to do about it.
MISSING = {"gap": "training", "partial": "the curriculum", "unknown": "any record of content"}


@dataclass(frozen=True)
class Ask:
    """One class as a call to act. Texts are plain; `parts` splits class unknown into its states."""

    country_class: str
    label: str
    definition: str
    action: str
    countries: str
    persons: str
    largest: str
    parts: tuple[str, ...]


def asks(tables: Tables, selection: Selection) -> tuple[Ask, ...]:
    """The four classes in the order of the method, with what each asks for."""
    result = coverage(tables, selection)
    groups = result.classes.set_index("country_class")
    terms = {term["code"]: term for term in tables.package.terms("classes")}
    return tuple(
        Ask(
            country_class=code,
            label=terms[code]["label"],
            definition=terms[code]["definition"],
            action=terms[code]["ask"],
            countries=_countries(int(groups.at[code, "countries"])),
            persons=share(int(groups.at[code, "persons"]), result.N) if result.N else "",
            largest=_largest(groups.at[code, "largest"], int(groups.at[code, "countries"])),
            parts=_parts(result) if code == "unknown" else (),
        )
        for code in CLASSES
    )


def asks_figure(tables: Tables, selection: Selection) -> Figure:
    """All that is not covered, by class and state: who, how many, and what it asks for."""
    result = coverage(tables, selection)
    rows = _not_covered(result, tables, selection)
    finding = _finding(result)
    return Figure(
        id="asks",
        title=finding,
        subtitle=subtitle(tables, selection, result.N, result.countries),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of persons by what is missing in the country they come from. {finding}.",
        table=_table(rows, result.N),
        numbers=_numbers(result, rows),
        draw=lambda: asks_bars(rows, result.N),
        behind=lambda: _courses_of(tables, selection),
        empty=_empty(result, tables, selection),
    )


def _empty(result: Coverage, tables: Tables, selection: Selection) -> str:
    if not result.N:
        return nothing_to_show(tables, selection)
    return f"{ALL_COVERED}." if result.n == result.N else ""


def _not_covered(result: Coverage, tables: Tables, selection: Selection) -> pd.DataFrame:
    """The segments of measure 1 that are not covered and have persons: gap, partial, states."""
    rows = result.segments
    rows = rows[(rows["country_class"] != "covered") & (rows["persons"] > 0)]
    rows = rows.sort_values(
        "country_class",
        key=lambda codes: codes.map(CLASSES.index),
        kind="stable",
        ignore_index=True,
    )
    pairs = list(zip(rows["country_class"], rows["state"], strict=True))
    return rows.assign(
        largest=[_largest(row.largest, row.countries) for row in rows.itertuples()],
        ask=[next_step(*pair, tables, selection)[1] for pair in pairs],
    )


def _finding(result: Coverage) -> str:
    if not result.N:
        return "No personnel under these filters"
    persons = result.classes.set_index("country_class")["persons"]
    parts = [
        f"{what} for {proportion(int(persons[code]), result.N)}"
        for code, what in MISSING.items()
        if persons[code]
    ]
    if not parts:
        return ALL_COVERED
    first, *others = parts
    who = "persons" if result.N < SMALLEST_FOR_PER_CENT else "of personnel"
    return f"What is missing is {listing([f'{first} {who}', *others])}"


def _table(rows: pd.DataFrame, total: int) -> pd.DataFrame:
    shares = [share_in_table(persons, total) for persons in rows["persons"]]
    table = rows.assign(persons_total=total, share_of_all=shares)
    return table[
        [
            "class_label",
            "state_label",
            "countries",
            "persons",
            "persons_total",
            "share_of_all",
            "largest",
            "ask",
            "country_class",
            "state",
        ]
    ]


def _numbers(result: Coverage, rows: pd.DataFrame) -> tuple[Number, ...]:
    parts = tuple(
        number(
            f"asks.{row.state or row.country_class}",
            row.state_label or row.class_label,
            row.persons,
            result.N,
        )
        for row in rows.itertuples()
    )
    return (number("asks.not-covered", "Not covered", result.N - result.n, result.N), *parts)


def _courses_of(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The considered courses of contributors that are not covered."""
    frame = country_states(tables, selection)
    open_ones = frame[(frame["persons"] > 0) & (frame["country_class"] != "covered")]
    here = tables.courses["country_iso3"].isin(open_ones["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & here)


def _largest(names: tuple[str, ...], countries: int) -> str:
    """The largest contributors by name, the others as a number."""
    others = [""] * (countries - len(names))
    return listing([*names, *others], most=LARGEST_NAMED)


def _parts(result: Coverage) -> tuple[str, ...]:
    return tuple(
        f"{row.state_letter}  {row.state_label}: {_countries(row.countries)}, "
        f"{counted(row.persons, 'person')}"
        for row in result.segments.itertuples()
        if row.state
    )


def _countries(number: int) -> str:
    """A figure even below ten: it stands in a column with larger ones."""
    return counted(number, "country", "countries")
