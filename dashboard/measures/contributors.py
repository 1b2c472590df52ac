"""Measure 2: the largest contributors of personnel, each with its class, level and courses."""

from dataclasses import replace

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.measures.personnel import personnel_types, persons_by_country
from dashboard.measures.states import country_states

DEFAULT_TOP = 12
SMALLEST_TOP, LARGEST_TOP = 5, 40


def top_contributors(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> pd.DataFrame:
    """The `top` largest contributors with the columns of `country_states`, rank 1 first.

    Countries that contribute nobody under the selection are no contributors. At the cut, equal
    contributors are taken by name, so that the same question always has the same answer.
    """
    frame = country_states(tables, selection)
    return frame[frame["persons"] > 0].head(top)


REST = ""  # stands for the ISO3 of the row of all others


def senders(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> pd.DataFrame:
    """One row a country for the `top` largest contributors, then one for all others together.

    Columns: rank (Int64, missing for the others), country_iso3 (`REST`), country_name ("112 other
    countries"), countries (1, or how many they are), persons, share (of all persons, 0 to 1), and
    one column a type of personnel of the selection, which add up to persons. Where one country alone
    would be left, it has its own row.
    """
    frame = country_states(tables, selection)
    kinds = {
        code: pd.Series(
            persons_by_country(tables, replace(selection, personnel=code)),
            index=tables.countries["country_iso3"].to_numpy(),
        )
        for code in personnel_types(selection.personnel, tables.package)
    }
    columns = ["rank", "country_iso3", "country_name", "persons", "share"]
    frame = frame.loc[frame["persons"] > 0, columns].assign(countries=1)
    iso3s = frame["country_iso3"]
    by_kind = {code: iso3s.map(persons).astype("int64") for code, persons in kinds.items()}
    frame = frame.assign(**by_kind)
    first, others = frame.iloc[:top], frame.iloc[top:]
    if len(others) < 2:
        return frame.reset_index(drop=True)
    sums = others[["persons", "share", "countries", *kinds]].sum()
    rest = {
        "rank": pd.NA,
        "country_iso3": REST,
        **sums,
        "country_name": f"{count(len(others))} other countries",
    }
    joined = pd.concat([first, pd.DataFrame([rest])[frame.columns]], ignore_index=True)
    return joined.astype(
        {"rank": "Int64", "persons": "int64", "countries": "int64", **dict.fromkeys(kinds, "int64")}
    )
