"""Measure 6: in which order to close the gap, and what a plan of some countries would change."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import capitalised, count, quantity
from dashboard.measures.courses import considered
from dashboard.measures.states import country_states, next_step

UNITS = ("countries", "centres")
ALL_OFFICES, NO_OFFICE = "all", "none"
# Shares of all personnel (per cent) whose smallest number of steps is named.
MARKS = (50, 75, 90)
NO_CENTRE_ASKS = "A search: no centre is recorded in this country"
SHORTLISTS_KEPT = 8


@dataclass(frozen=True, eq=False)
class Closing:
    """Measure 6 under one selection.

    `start` of `N` persons are covered today. `steps`: one row a step, best first, with step (1 is
    first), code (ISO3 or centre), country_iso3, country_name, ocha_region, persons (newly covered),
    cumulative (persons covered then), country_class, class_label, state, state_letter, state_label,
    action, ask, reason, courses; for centres also centre_id ("" where none is recorded),
    centre_name, centre_courses, other_centres and why_centre.
    """

    start: int
    N: int
    steps: pd.DataFrame = field(repr=False)

    @property
    def end(self) -> int:
        """Persons covered after all steps."""
        return int(self.steps["cumulative"].iloc[-1]) if len(self.steps) else self.start

    def needed(self, per_cent: int) -> int | None:
        """Smallest number of steps after which `per_cent` of all persons are covered.

        0 when they are today, None when all steps together do not get there.
        """
        if 100 * self.start >= per_cent * self.N:
            return 0
        reached = (100 * self.steps["cumulative"] >= per_cent * self.N).to_numpy()
        return int(reached.argmax()) + 1 if reached.any() else None


@dataclass(frozen=True, eq=False)
class Plan:
    """What is covered if the content were documented in every planned country: a plan, not a fact.

    `before` of `N` persons are covered today, `lower` with the plan; `upper_before` and `upper` are
    everything but established gaps. `rows`: the planned countries that add something, columns of
    `open_steps`, largest first. `idle`: names of planned countries that add nothing (covered
    already, or nobody deployed). `segments`: persons and countries by country_class, state
    (of unknown), labels, and planned (the action by which the plan covers them, else "").
    """

    before: int
    lower: int
    upper_before: int
    upper: int
    N: int
    rows: pd.DataFrame = field(repr=False)
    idle: tuple[str, ...]
    segments: pd.DataFrame = field(repr=False)


def closing(
    tables: Tables, selection: Selection, unit: str = "countries", office: str = ALL_OFFICES
) -> Closing:
    """Measure 6 of docs/method.md: countries or centres, of all OCHA regional offices or of one.

    `office`: a code of the vocabulary, `ALL_OFFICES`, or `NO_OFFICE` (countries without one).
    N stays that of all contributors: an office alone does not bring the share to 100 per cent.
    """
    frame = country_states(tables, selection)
    covered = frame["country_class"] == "covered"
    steps = open_steps(tables, selection, unit)
    if office != ALL_OFFICES:
        steps = steps[steps["ocha_region"] == ("" if office == NO_OFFICE else office)]
    start = int(frame.loc[covered, "persons"].sum())
    steps = steps.assign(
        step=np.arange(1, len(steps) + 1), cumulative=start + steps["persons"].cumsum()
    )
    return Closing(start, int(frame["persons"].sum()), steps.reset_index(drop=True))


def open_steps(tables: Tables, selection: Selection, unit: str = "countries") -> pd.DataFrame:
    """Every step of `Closing` of all offices, best first, without step and cumulative."""
    return _open_steps(tables, selection, unit).copy(deep=False)


@lru_cache(maxsize=SHORTLISTS_KEPT)
def _open_steps(tables: Tables, selection: Selection, unit: str) -> pd.DataFrame:
    frame = country_states(tables, selection)
    steps = frame[(frame["persons"] > 0) & (frame["country_class"] != "covered")]
    steps = _with_actions(steps, tables, selection).assign(code=steps["country_iso3"])
    if unit == "centres":
        steps = _through_centres(steps, tables, selection)
    return steps.reset_index(drop=True)


def _with_actions(steps: pd.DataFrame, tables: Tables, selection: Selection) -> pd.DataFrame:
    pairs = [
        next_step(country_class, state, tables, selection)
        for country_class, state in zip(steps["country_class"], steps["state"], strict=True)
    ]
    return steps.assign(action=[pair[0] for pair in pairs], ask=[pair[1] for pair in pairs])


def _through_centres(steps: pd.DataFrame, tables: Tables, selection: Selection) -> pd.DataFrame:
    """The centre that stands for each country; countries without any come last: nobody to go to."""
    steps = steps.merge(centres_that_stand(tables, selection), on="country_iso3", how="left")
    without = steps["centre_id"].isna()
    texts, numbers = ["centre_id", "centre_name", "why_centre"], ["centre_courses", "other_centres"]
    steps[texts] = steps[texts].astype("str").where(~without, "")
    steps[numbers] = steps[numbers].fillna(0).astype("int64")
    steps.loc[without, "action"] = "search"
    steps.loc[without & (steps["state"] != "not-reviewed"), "ask"] = NO_CENTRE_ASKS
    steps["code"] = steps["centre_id"].where(~without, steps["country_iso3"])
    return pd.concat([steps[~without], steps[without]])


def planned_countries(tables: Tables, codes: tuple[str, ...]) -> frozenset[str]:
    """ISO3 of the countries that a plan names, itself or through one of their centres."""
    countries = dict(zip(tables.centres["centre_id"], tables.centres["country_iso3"], strict=True))
    return frozenset(countries.get(code, code) for code in codes)


def planned(tables: Tables, selection: Selection, codes: tuple[str, ...]) -> Plan:
    """What a plan changes. `codes`: ISO3 or centres; two centres of a country count once."""
    frame = country_states(tables, selection)
    steps = open_steps(tables, selection)
    wanted = planned_countries(tables, codes)
    rows = steps[steps["country_iso3"].isin(wanted)].reset_index(drop=True)
    persons = frame.groupby("country_class")["persons"].sum()
    total, before = int(frame["persons"].sum()), int(persons.get("covered", 0))
    upper = total - int(persons.get("gap", 0))
    names = dict(
        zip(tables.countries["country_iso3"], tables.countries["country_name"], strict=True)
    )
    idle = wanted - set(rows["country_iso3"])
    return Plan(
        before=before,
        lower=before + int(rows["persons"].sum()),
        upper_before=upper,
        upper=upper + int(rows.loc[rows["country_class"] == "gap", "persons"].sum()),
        N=total,
        rows=rows,
        idle=tuple(sorted(names[iso3] for iso3 in idle if iso3 in names)),
        segments=_segments(frame[frame["persons"] > 0], rows),
    )


def _segments(contributors: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Persons and countries by mark; what is planned by what it takes."""
    actions = dict(zip(rows["country_iso3"], rows["action"], strict=True))
    unknown = contributors["country_class"] == "unknown"
    parts = contributors.assign(
        planned=[actions.get(iso3, "") for iso3 in contributors["country_iso3"]],
        state=contributors["state"].where(unknown, ""),
        state_label=contributors["state_label"].where(unknown, ""),
    )
    keys = ["country_class", "class_label", "state", "state_label", "planned"]
    grouped = parts.groupby(keys, sort=False)["persons"]
    return grouped.agg(persons="sum", countries="count").reset_index()


def offices(tables: Tables, selection: Selection) -> pd.DataFrame:
    """What each OCHA regional office could add: one row an office and open mark, zeros included.

    Columns: office (code; `NO_OFFICE` for countries without one), country_class, class_label,
    state, state_label (of unknown), persons, countries, and of the whole office: office_open,
    office_countries (open), largest (names). Offices with most open personnel first; countries
    without a regional office last, whatever they add.
    """
    steps = open_steps(tables, selection)
    unknown = steps["country_class"] == "unknown"
    steps = steps.assign(
        office=steps["ocha_region"].replace("", NO_OFFICE),
        state=steps["state"].where(unknown, ""),
        state_label=steps["state_label"].where(unknown, ""),
    )
    whole = steps.groupby("office", sort=False).agg(
        office_open=("persons", "sum"),
        office_countries=("persons", "count"),
        largest=("country_name", tuple),
    )
    keys = ["office", "country_class", "class_label", "state", "state_label"]
    parts = steps.groupby(keys, sort=False)["persons"].agg(persons="sum", countries="count")
    parts = parts.reset_index().join(whole, on="office")
    parts["last"] = parts["office"] == NO_OFFICE
    order = ["last", "office_open", "office"]
    parts = parts.sort_values(order, ascending=[True, False, True], kind="stable")
    return parts.drop(columns="last").reset_index(drop=True)


PRE_DEPLOYMENT = "pre-deployment"


def centres_that_stand(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row a country with a centre: country_iso3, centre_id, centre_name, centre_courses
    (considered courses there), other_centres (number), why_centre (one sentence).

    The centre with most considered courses; among equals most of them pre-deployment, then the
    scope that stands first in the vocabulary (national: it trains the country's own personnel),
    then the name. So the same question always has the same answer.
    """
    ranked = _ranked(tables, selection)
    first = ranked.drop_duplicates("country_iso3")
    others = ranked[ranked["country_iso3"].duplicated()]
    second = others.drop_duplicates("country_iso3").set_index("country_iso3")
    number = others["country_iso3"].value_counts()
    other_centres = first["country_iso3"].map(number).fillna(0).astype("int64")
    why = [
        _why(row, second.loc[row.country_iso3] if several else None, several + 1)
        for row, several in zip(first.itertuples(), other_centres, strict=True)
    ]
    kept = ["country_iso3", "centre_id", "centre_name", "centre_courses"]
    return first[kept].assign(other_centres=other_centres, why_centre=why).reset_index(drop=True)


def _ranked(tables: Tables, selection: Selection) -> pd.DataFrame:
    """All centres, by country, the one that stands for it first."""
    courses = tables.courses.loc[considered(tables, selection), ["centre_id", "course_type"]]
    before_deployment = courses.loc[courses["course_type"] == PRE_DEPLOYMENT, "centre_id"]
    scopes = {code: place for place, code in enumerate(tables.package.codes("scopes"))}
    centres = tables.centres[["centre_id", "country_iso3", "centre_name", "scope"]]
    ids = centres["centre_id"]
    return centres.assign(
        centre_courses=ids.map(courses["centre_id"].value_counts()).fillna(0).astype("int64"),
        pre_deployment=ids.map(before_deployment.value_counts()).fillna(0).astype("int64"),
        scope_place=centres["scope"].map(scopes).fillna(len(scopes)),
    ).sort_values(
        [
            "country_iso3",
            "centre_courses",
            "pre_deployment",
            "scope_place",
            "centre_name",
            "centre_id",
        ],
        ascending=[True, False, False, True, True, True],
    )


def _why(best: Any, second: pd.Series | None, centres: int) -> str:
    here = capitalised(quantity(best.centre_courses, "considered course"))
    if second is None:
        return f"{here}; the only centre recorded in the country."
    if best.centre_courses > second["centre_courses"]:
        return f"{here}, the most of {count(centres)} centres."
    tied = f"{here}, as many as another of {count(centres)} centres"
    if best.pre_deployment > second["pre_deployment"]:
        return f"{tied}, and more of them pre-deployment."
    if best.scope_place < second["scope_place"]:
        return f"{tied}; its scope ({best.scope}) is nearer to the country's own personnel."
    return f"{tied}; first by name, for want of any other difference."
