"""One country under a selection: its class and why, its courses, and what to do next."""

from dataclasses import dataclass

import pandas as pd

from dashboard.figures.figure import source
from dashboard.measures.courses import considered, receipts
from dashboard.measures.states import country_states
from dashboard.measures.wording import share
from dashboard.selection import Selection
from dashboard.tables import Tables

# The country stands in the heading.
_REPEATED = ["country_name", "country_iso3"]


@dataclass(frozen=True, eq=False)
class Country:
    """A country in words, with its considered courses (`measures.courses.receipts`).

    `next_step` says what the class or state asks for.
    """

    iso3: str
    title: str
    persons: str
    reason: str
    next_step: str
    source: str
    rows: pd.DataFrame


def country(tables: Tables, selection: Selection, iso3: str) -> Country:
    """What is known of one country of `tables.countries`. Raises KeyError for any other."""
    names = tables.countries.set_index("country_iso3")["country_name"]
    frame = country_states(tables, selection)
    found = frame[frame["country_iso3"] == iso3]
    name = names[iso3]
    if found.empty:
        return Country(
            iso3, name, "", "Not in the review, and no personnel under these filters.",
            "Choose other personnel or another date.", source(tables, selection),
            _rows(tables, selection, iso3),
        )  # fmt: skip
    row, total = found.iloc[0], int(frame["persons"].sum())
    return Country(
        iso3=iso3,
        title=f"{name}: {row['class_label']} ({row['state_letter']} {row['state_label']})",
        persons=_persons(row, total),
        reason=row["reason"],
        next_step=_next_step(row, tables, selection),
        source=source(tables, selection),
        rows=_rows(tables, selection, iso3),
    )


def _rows(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    here = (tables.courses["country_iso3"] == iso3).to_numpy()
    return receipts(tables, considered(tables, selection) & here).drop(columns=_REPEATED)


def _persons(row: pd.Series, total: int) -> str:
    if not row["persons"]:
        return "Contributes nobody under these filters"
    return f"Rank {row['rank']}, with {share(int(row['persons']), total)} of the personnel"


def _next_step(row: pd.Series, tables: Tables, selection: Selection) -> str:
    """What the class asks for; for the three unknown states, the one thing that each asks for."""
    if row["country_class"] != "unknown":
        asks = {term["code"]: term["ask"] for term in tables.package.terms("classes")}
        return asks[row["country_class"]]
    if row["state"] == "not-documented":
        return "A question to the centre: which curriculum is used?"
    if row["state"] == "no-course" and selection.filters_courses:
        return "Loosen the filters under “Which courses count” in the sidebar."
    if row["state"] == "no-course":
        return "A question to the country: where are its personnel trained?"
    return "A search: the review has not looked at this country yet."
