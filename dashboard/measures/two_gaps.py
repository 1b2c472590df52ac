"""Measure 5: two readings of a gap. What is missing, and what is not known, side by side."""

from dataclasses import dataclass, field

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.states import country_states

# Which classes make which gap. Nothing adds the two without saying so.
GAPS = {"coverage": ("gap",), "evidence": ("partial", "unknown")}
GAP_OF_CLASS = {code: gap for gap, classes in GAPS.items() for code in classes}
NO_REGION = "Region not recorded"


@dataclass(frozen=True, eq=False)
class TwoGaps:
    """Measure 5 under one selection; all in persons (`N`) and contributing countries (`countries`).

    `rows`: every contributor in a gap, columns of `country_states` and gap ("coverage" or
    "evidence"), largest first. `by_region`: one row a region and mark that occurs, with region,
    gap ("" where covered), country_class, class_label, state and state_label (of unknown), persons,
    countries, region_persons, region_countries; regions with most persons first.
    """

    N: int
    countries: int
    rows: pd.DataFrame = field(repr=False)
    by_region: pd.DataFrame = field(repr=False)

    def persons(self, gap: str) -> int:
        """Persons from countries with this gap."""
        return int(self.of(gap)["persons"].sum())

    def of(self, gap: str) -> pd.DataFrame:
        """The contributors with this gap, largest first."""
        return self.rows[self.rows["gap"] == gap]


def two_gaps(tables: Tables, selection: Selection) -> TwoGaps:
    """Measure 5 of docs/method.md under a selection."""
    frame = country_states(tables, selection)
    contributors = frame[frame["persons"] > 0]
    contributors = contributors.assign(
        gap=[GAP_OF_CLASS.get(code, "") for code in contributors["country_class"]]
    )
    return TwoGaps(
        N=int(contributors["persons"].sum()),
        countries=len(contributors),
        rows=contributors[contributors["gap"] != ""].reset_index(drop=True),
        by_region=_by_region(contributors),
    )


def _by_region(contributors: pd.DataFrame) -> pd.DataFrame:
    unknown = contributors["country_class"] == "unknown"
    marked = contributors.assign(
        region=contributors["region"].replace("", NO_REGION).fillna(NO_REGION),
        state=contributors["state"].where(unknown, ""),
        state_label=contributors["state_label"].where(unknown, ""),
    )
    whole = marked.groupby("region")["persons"].agg(region_persons="sum", region_countries="count")
    keys = ["region", "gap", "country_class", "class_label", "state", "state_label"]
    parts = marked.groupby(keys, sort=False)["persons"].agg(persons="sum", countries="count")
    parts = parts.reset_index().join(whole, on="region")
    order = ["region_persons", "region"]
    return parts.sort_values(order, ascending=[False, True], kind="stable", ignore_index=True)
