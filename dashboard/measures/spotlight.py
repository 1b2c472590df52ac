"""One country in a few words, and the marks of every chart that stand for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, counted
from dashboard.measures.closing import NO_OFFICE
from dashboard.measures.courses import considered
from dashboard.measures.functions import functions
from dashboard.measures.languages import languages
from dashboard.measures.missions import GROUPS, flows
from dashboard.measures.personnel import personnel_types
from dashboard.measures.quality import country_quality
from dashboard.measures.states import country_states
from dashboard.measures.two_gaps import NO_REGION

# Characters of a line that stays in one line on a shared screen.
LONGEST_LINE = 110
MARK = "▸"  # stands before what is said of the country, here and in charts
NOBODY = "no personnel under these filters"
NOT_REVIEWED = "not-reviewed"
KEPT = 32


@dataclass(frozen=True)
class Part:
    """A country in a row that stands for many: the mark of the segment that it is in (a class, or
    the state within unknown; empty: any), and its own persons there (None: not to be named)."""

    mark: str
    number: int | None = None


def _nowhere(kind: str) -> Mapping[str, Part]:
    return {}


@dataclass(frozen=True)
class Spotlight:
    """A country to stand out on every slide.

    `line`: what the review says of it, in one line. `marks`: kinds of marks in charts -> the codes
    that stand for it alone ("country": its ISO3, "centre": its centres). `within`: for a kind of
    rows that stand for many countries (`KINDS`: "mission", "language", ...), the rows that it is
    in, by code. `place`: longitude and latitude, None when not known.
    """

    iso3: str
    name: str
    line: str
    marks: Mapping[str, tuple[str, ...]]
    within: Callable[[str], Mapping[str, Part]] = field(default=_nowhere, compare=False)
    place: tuple[float, float] | None = None


@lru_cache(maxsize=KEPT)
def spotlight(tables: Tables, selection: Selection, iso3: str) -> Spotlight:
    """What is said of a country, and where it is found in charts.

    A slide may keep another edition, so a country that the edition does not know is no error.
    """
    named = tables.countries[tables.countries["country_iso3"] == iso3]
    if named.empty:
        line = f"{MARK} {iso3}: not known to this edition"
        return Spotlight(iso3, iso3, line, {"country": (iso3,)})
    country, states = named.iloc[0], country_states(tables, selection)
    found = states[states["country_iso3"] == iso3]
    row = None if found.empty else found.iloc[0]
    name, centres = country["country_name"], tables.centres
    own = centres.loc[centres["country_iso3"] == iso3, "centre_id"]
    spot = country["longitude"], country["latitude"]
    return Spotlight(
        iso3,
        name,
        _line(name, row, states, tables, selection),
        {"country": (iso3,), "centre": tuple(own)},
        lambda kind: _within(kind, row, tables, selection),
        None if any(map(pd.isna, spot)) else (float(spot[0]), float(spot[1])),
    )


# --- the line -------------------------------------------------------------------------------------


def _line(name: str, row: Any, states: pd.DataFrame, tables: Tables, selection: Selection) -> str:
    """As much as fits a line: what is said last is left out first."""
    if row is None:
        label = tables.package.label("all_states", NOT_REVIEWED)
        return f"{MARK} {name}: {NOBODY} · {label}"
    persons, rank, among = _persons(row, states)
    stands = row["class_label"]
    why = f"{stands}: {row['state_label']}"
    courses = _courses(row, tables, selection)
    lines = (
        (f"{persons}{rank}{among}", why, courses),
        (f"{persons}{rank}", why, courses),
        (f"{persons}{rank}", why),
        (f"{persons}{rank}", stands),
        (persons, stands),
    )
    said = [f"{MARK} {name}: {' · '.join(filter(None, parts))}" for parts in lines]
    return next((line for line in said if len(line) <= LONGEST_LINE), said[-1])


def _persons(row: Any, states: pd.DataFrame) -> tuple[str, str, str]:
    """Persons, place among the contributors, and how many these are."""
    if not row["persons"]:
        return NOBODY, "", ""
    contributors = states[states["persons"] > 0]
    ties = (contributors["rank"] == row["rank"]).sum() > 1
    place = "largest" if row["rank"] == 1 else f"{_ordinal(int(row['rank']))} largest"
    rank = f", equal {place}" if ties else f", {place}"
    return counted(row["persons"], "person"), rank, f" of {count(len(contributors))}"


def _ordinal(number: int) -> str:
    """1st, 2nd, 11th, 23rd."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{count(number)}{'th' if number % 100 in (11, 12, 13) else ending}"


def _courses(row: Any, tables: Tables, selection: Selection) -> str:
    """Considered courses and the centres that hold them; empty where the state says it."""
    if not row["courses"]:
        return ""
    here = (
        considered(tables, selection)
        & (tables.courses["country_iso3"] == row["country_iso3"]).to_numpy()
    )
    noun = "considered course" if selection.filters_courses else "course"
    centres = tables.courses.loc[here, "centre_id"].nunique()
    return f"{counted(row['courses'], noun)} at {counted(centres, 'centre')}"


# --- rows that stand for many ---------------------------------------------------------------------


def _within(kind: str, row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    """Made when asked for: a slide has rows of one kind, and some kinds take a while."""
    if row is None or not row["persons"] or kind not in KINDS:
        return {}
    return KINDS[kind](row, tables, selection)


def _mark(country_class: str, state: str) -> str:
    return state if country_class == "unknown" else country_class


def _own_class(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    mark = _mark(row["country_class"], row["state"])
    return {mark: Part(mark, int(row["persons"]))}


def _region(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    """Its region. Without a number: regions are also counted in countries."""
    name = row["region"] if pd.notna(row["region"]) and row["region"] else NO_REGION
    return {name: Part(_mark(row["country_class"], row["state"]))}


def _office(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    """Its regional office, where it is open."""
    if row["country_class"] == "covered":
        return {}
    mark = _mark(row["country_class"], row["state"])
    return {row["ocha_region"] or NO_OFFICE: Part(mark, int(row["persons"]))}


def _missions(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    """The missions in which it serves, with its persons in each."""
    rows = flows(tables, selection)
    rows = rows[rows["country_iso3"] == row["country_iso3"]]
    mark = _mark(row["country_class"], row["state"])
    return {
        mission: Part(mark, int(persons))
        for mission, persons in zip(rows["mission"], rows["persons"], strict=True)
    }


def _of_group(group: str) -> Callable[..., Mapping[str, Part]]:
    """The same for military or police alone, as `measures.missions.apart` has them."""

    def missions(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
        types = set(personnel_types(group, tables.package))
        within = types & set(personnel_types(selection.personnel, tables.package))
        if not within:
            return {}
        of_group = replace(selection, personnel=group) if within == types else selection
        return _missions(row, tables, of_group)

    return missions


def _languages(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    rows = languages(tables, selection).countries
    return _parts(rows[rows["country_iso3"] == row["country_iso3"]], "language")


def _themes(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    rows = functions(tables, selection).countries
    return _parts(rows[rows["country_iso3"] == row["country_iso3"]], "theme")


def _parts(rows: pd.DataFrame, key: str) -> Mapping[str, Part]:
    return {
        getattr(one, key): Part(_mark(one.country_class, one.state), int(one.persons))
        for one in rows.itertuples()
    }


def _grade(row: Any, tables: Tables, selection: Selection) -> Mapping[str, Part]:
    rows = country_quality(tables, selection)
    grades = rows.loc[rows["country_iso3"] == row["country_iso3"], "grade"]
    return {grade: Part("", int(row["persons"])) for grade in grades}


def together(kind: str, parts: Sequence[Part]) -> Part:
    """What a country is in a row that stands for several rows of a kind, as "15 smaller missions".

    Persons of missions add up; those of languages and themes are the same persons, and count where
    most is known of them.
    """
    best = min(parts, key=lambda part: _BEST.index(part.mark) if part.mark in _BEST else len(_BEST))
    if not kind.startswith("mission"):
        return best
    return replace(best, number=sum(part.number or 0 for part in parts))


_BEST = ("covered", "gap", "partial", "not-documented", "no-course", NOT_REVIEWED)

# What the rows or segments of a chart can stand for, as its traces say in `meta` ("of").
KINDS: Mapping[str, Callable[..., Mapping[str, Part]]] = {
    "class": _own_class,
    "region": _region,
    "office": _office,
    "mission": _missions,
    **{f"mission-{group}": _of_group(group) for group in GROUPS},
    "language": _languages,
    "theme": _themes,
    "grade": _grade,
}
