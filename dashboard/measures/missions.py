"""Measure 3: the personnel of each mission by class of the countries that it comes from."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import ALL_MISSIONS, Package, Tables
from dashboard.edition.wording import count
from dashboard.measures.country import days_by_mission
from dashboard.measures.coverage import DRAWING_ORDER
from dashboard.measures.personnel import personnel_types
from dashboard.measures.states import country_states

FRAMES_KEPT = 8
# Military and police are trained in different places and ranked apart.
GROUPS = ("military", "police")
# More arcs than this hide each other; these carry about nine tenths of the personnel.
MOST_ARCS = 100
NOT_GIVEN = "Mission not given"
REST = "rest"  # stands for the code of a mission where the smallest are one row


def divided(tables: Tables, selection: Selection) -> bool:
    """Whether the personnel figures of the selection's date are divided by mission."""
    return selection.as_of in days_by_mission(tables)


def dates_divided(tables: Tables) -> tuple[str, ...]:
    """Dates (ISO 8601) whose figures are divided by mission, newest first."""
    days = days_by_mission(tables)
    return tuple(day for day in tables.dates if day in days)


def flows(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row a country and mission with personnel: country_iso3, mission, persons; largest first.

    `mission` is `ALL` where a date that is divided by mission leaves it open. Empty when the date
    is not divided by mission.
    """
    return _flows(tables, selection).copy(deep=False)


@lru_cache(maxsize=FRAMES_KEPT)
def _flows(tables: Tables, selection: Selection) -> pd.DataFrame:
    rows = tables.contributions
    kept = (rows["as_of"] == selection.as_of) & (rows["persons"] > 0)
    kept &= divided(tables, selection)
    if selection.personnel != "all":
        types = personnel_types(selection.personnel, tables.package)
        kept &= rows["personnel_type"].isin(types)
    if selection.missions:
        kept &= rows["mission"].isin(selection.missions)
    persons = rows[kept].groupby(["country_iso3", "mission"], observed=True)["persons"].sum()
    frame = persons.astype("int64").reset_index()
    order = ["persons", "mission", "country_iso3"]
    return frame.sort_values(order, ascending=[False, True, True]).reset_index(drop=True)


def by_mission(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row a mission with personnel under the selection, the largest first.

    Columns: mission, mission_label (acronym), mission_name, persons (N), countries, covered, partial, unknown, gap (persons
    from countries of each class), not-documented, no-course, not-reviewed (persons within unknown)
    and the bounds in persons: lower (documented) and upper (all but established gaps). Definitions:
    docs/method.md. Empty when the date is not divided by mission.
    """
    return _by_mission(tables, selection).copy(deep=False)


@lru_cache(maxsize=FRAMES_KEPT)
def _by_mission(tables: Tables, selection: Selection) -> pd.DataFrame:
    package = tables.package
    rows = contributors(tables, selection)
    unknown_states = ("not-documented", *package.codes("states"))
    missions = pd.Index(rows["mission"].unique())
    place = missions.get_indexer(rows["mission"])
    persons = rows["persons"].to_numpy()

    def summed(chosen: np.ndarray) -> np.ndarray:
        return np.bincount(place[chosen], persons[chosen], len(missions)).astype("int64")

    country_class, state = rows["country_class"].to_numpy(), rows["state"].to_numpy()
    classes = {code: summed(country_class == code) for code in DRAWING_ORDER}
    is_unknown = country_class == "unknown"
    states = {code: summed(is_unknown & (state == code)) for code in unknown_states}
    total = summed(np.ones(len(rows), dtype=bool))
    frame = pd.DataFrame(
        {
            "mission": missions.to_numpy(),
            "mission_label": [_label(code) for code in missions],
            "mission_name": [_name(code, package) for code in missions],
            "persons": total,
            "countries": np.bincount(place, minlength=len(missions)),
            **classes,
            **states,
            "lower": classes["covered"],
            "upper": total - classes["gap"],
        }
    )
    return frame.sort_values(["persons", "mission"], ascending=[False, True], ignore_index=True)


def largest_missions(tables: Tables, selection: Selection, most: int | None) -> pd.DataFrame:
    """`by_mission` with the `most` largest missions, and all others as one row at the end.

    Its mission is `REST`, its label says how many they are, its name which; its countries are
    counted once. All missions without `most`, and where one alone would be left.
    """
    rows = by_mission(tables, selection)
    if not most or len(rows) <= most + 1:
        return rows
    first, others = rows.iloc[:most], rows.iloc[most:]
    serving = contributors(tables, selection)
    here = serving["mission"].isin(others["mission"])
    rest = others.select_dtypes("number").sum().to_dict() | {
        "mission": REST,
        "mission_label": f"{count(len(others))} smaller missions",
        "mission_name": ", ".join(others["mission_label"]),
        "countries": serving.loc[here, "country_iso3"].nunique(),
    }
    return pd.concat([first, pd.DataFrame([rest])[rows.columns]], ignore_index=True)


def _label(mission: str) -> str:
    return NOT_GIVEN if mission == ALL_MISSIONS else mission


def _name(mission: str, package: Package) -> str:
    return NOT_GIVEN if mission == ALL_MISSIONS else package.label("missions", mission)


def contributors(tables: Tables, selection: Selection, mission: str | None = None) -> pd.DataFrame:
    """One row a country and mission, the largest first: who serves there, and what is known.

    Columns: mission, country_iso3, country_name, persons (in the mission), country_class,
    class_label, state, state_letter, state_label, reason, courses. `mission`: only this one.
    """
    states = country_states(tables, selection)[
        [
            "country_iso3",
            "country_name",
            "country_class",
            "class_label",
            "state",
            "state_letter",
            "state_label",
            "reason",
            "courses",
        ]
    ]
    rows = flows(tables, selection)
    if mission is not None:
        rows = rows[rows["mission"] == mission]
    return rows.merge(states, on="country_iso3", how="left", validate="m:1")


def apart(tables: Tables, selection: Selection) -> dict[str, pd.DataFrame]:
    """`by_mission` for military and for police; a group that the selection leaves out is empty."""
    chosen = set(personnel_types(selection.personnel, tables.package))
    frames = {}
    for group in GROUPS:
        types = set(personnel_types(group, tables.package))
        within = chosen & types
        if within == types:
            frames[group] = by_mission(tables, replace(selection, personnel=group))
        elif within:
            frames[group] = by_mission(tables, selection)
        else:
            frames[group] = by_mission(tables, selection).iloc[:0]
    return frames


@dataclass(frozen=True, eq=False)
class Arcs:
    """Who serves where, to be drawn: the largest flows, or all of one country.

    `rows`: the columns of `flows` with country_name, from_longitude, from_latitude (the country's
    reference point), to_longitude, to_latitude (the city of the headquarters). `persons` of
    `persons_total` are drawn, in `len(rows)` of `flows_total` flows.
    """

    rows: pd.DataFrame
    persons: int
    persons_total: int
    flows_total: int


def arcs(tables: Tables, selection: Selection, iso3: str | None = None) -> Arcs:
    """The `MOST_ARCS` largest flows, or every flow of the country `iso3`, with both ends.

    A mission of which the data package knows no place has no arc.
    """
    found = flows(tables, selection)
    if iso3 is not None:
        found = found[found["country_iso3"] == iso3]
    rows = found.assign(**_ends(tables, found)).dropna()
    rows = rows if iso3 is not None else rows.head(MOST_ARCS)
    return Arcs(
        rows.reset_index(drop=True),
        int(rows["persons"].sum()),
        int(found["persons"].sum()),
        len(found),
    )


def _ends(tables: Tables, found: pd.DataFrame) -> dict[str, pd.Series]:
    countries = tables.countries.set_index("country_iso3")
    places = {
        term["code"]: (float(term["longitude"]), float(term["latitude"]))
        for term in tables.package.terms("missions")
        if term.get("longitude") and term.get("latitude")
    }
    nowhere = (float("nan"), float("nan"))
    ends = [places.get(mission, nowhere) for mission in found["mission"]]
    return {
        "country_name": found["country_iso3"].map(countries["country_name"]),
        "from_longitude": found["country_iso3"].map(countries["longitude"]),
        "from_latitude": found["country_iso3"].map(countries["latitude"]),
        "to_longitude": pd.Series([place[0] for place in ends], index=found.index, dtype=float),
        "to_latitude": pd.Series([place[1] for place in ends], index=found.index, dtype=float),
    }
