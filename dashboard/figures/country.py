"""One country under a selection: its class and why, its courses, and what to do next."""

from dataclasses import dataclass

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import share
from dashboard.figures.figure import source
from dashboard.measures.country import default_country
from dashboard.measures.courses import considered, receipts
from dashboard.measures.states import country_states, next_step

# The country stands in the heading.
_REPEATED = ["country_name", "country_iso3"]


@dataclass(frozen=True, eq=False)
class Country:
    """A country in words, with its considered courses (`measures.courses.receipts`).

    `next_step` says what the class or state asks for.
    """

    iso3: str
    name: str
    title: str
    persons: str
    reason: str
    next_step: str
    source: str
    rows: pd.DataFrame


def country(tables: Tables, selection: Selection, iso3: str) -> Country:
    """What is known of one country of `tables.countries`. Raises KeyError for any other."""
    name = name_of(tables, iso3)
    frame = country_states(tables, selection)
    found = frame[frame["country_iso3"] == iso3]
    if found.empty:
        return Country(
            iso3,
            name,
            name,
            "",
            "Not in the review, and no personnel under these filters.",
            "Choose other personnel or another date.",
            source(tables, selection),
            _rows(tables, selection, iso3),
        )
    row, total = found.iloc[0], int(frame["persons"].sum())
    return Country(
        iso3=iso3,
        name=name,
        title=f"{name}: {row['class_label']} ({row['state_letter']} {row['state_label']})",
        persons=_persons(row, total),
        reason=row["reason"],
        next_step=_full_stop(next_step(row["country_class"], row["state"], tables, selection)[1]),
        source=source(tables, selection),
        rows=_rows(tables, selection, iso3),
    )


def country_to_begin_with(tables: Tables, selection: Selection) -> tuple[str, str]:
    """The country (ISO3) of the page when none is chosen, and what it is in this selection."""
    iso3 = default_country(tables, selection)
    frame = country_states(tables, selection).set_index("country_iso3")
    if iso3 not in frame.index:
        return iso3, "the first country by name"
    if not frame.at[iso3, "persons"]:
        return iso3, "the first country of the review"
    if frame.at[iso3, "country_class"] == "covered":
        return iso3, "the largest contributor"
    return iso3, "the largest contributor that is not covered"


def name_of(tables: Tables, iso3: str) -> str:
    """Name of a country of the edition. Raises KeyError for any other."""
    return tables.countries.set_index("country_iso3").at[iso3, "country_name"]


def courses_behind(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """The considered courses of one country (`measures.courses.RECEIPT_COLUMNS`)."""
    here = (tables.courses["country_iso3"] == iso3).to_numpy()
    return receipts(tables, considered(tables, selection) & here)


def _rows(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    return courses_behind(tables, selection, iso3).drop(columns=_REPEATED)


def _persons(row: pd.Series, total: int) -> str:
    if not row["persons"]:
        return "Contributes nobody under these filters"
    return f"Rank {row['rank']}, with {share(int(row['persons']), total)} of the personnel"


def _full_stop(text: str) -> str:
    return text if text.endswith(("?", ".")) else f"{text}."
