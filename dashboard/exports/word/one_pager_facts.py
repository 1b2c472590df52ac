"""What stands on a country one-pager, taken from measures and figures. Nothing is computed here."""

from dataclasses import dataclass

import pandas as pd

from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import ALL_MISSIONS, Tables
from dashboard.figures.country import Country, country
from dashboard.figures.country_levels import country_levels_figure, languages_in_words
from dashboard.figures.country_personnel import country_missions_figure, country_personnel_figure
from dashboard.figures.figure import Figure, Number
from dashboard.measures.country import country_centres
from dashboard.measures.quality import country_quality
from dashboard.measures.questions import open_questions
from dashboard.measures.states import country_states


@dataclass(frozen=True, eq=False)
class Facts:
    """One country under a selection.

    `rank`: place among the contributors, None without persons; `types`: label of a type of
    personnel -> persons at the date; `share`, `women`, `missions`, `by_level`: numbers that can be
    marked; `centres`, `courses`, `questions`: rows of their measures; `grade`: of the evidence, in
    words ("" outside the review); `filters`: what is chosen, in words.
    """

    country: Country
    rank: int | None
    share: Number | None
    women: Number | None
    types: dict[str, int]
    missions: tuple[Number, ...]
    by_level: tuple[Number, ...]
    levels: Figure
    personnel: Figure
    centres: pd.DataFrame
    courses: pd.DataFrame
    languages: str
    grade: str
    questions: pd.DataFrame
    filters: str


def facts(tables: Tables, selection: Selection, iso3: str) -> Facts:
    """Everything about one country. Raises KeyError for a code that the edition does not have."""
    one = country(tables, selection, iso3)
    states = country_states(tables, selection)
    row = states[states["country_iso3"] == iso3]
    rank = None if row.empty or pd.isna(row["rank"].iloc[0]) else int(row["rank"].iloc[0])
    personnel = country_personnel_figure(tables, selection, iso3)
    levels = country_levels_figure(tables, selection, iso3)
    numbers = {number.id: number for number in personnel.numbers}
    here = f"country-personnel.{iso3}.{selection.as_of}"
    return Facts(
        country=one,
        rank=rank,
        share=numbers.get(here),
        women=numbers.get(f"{here}.women"),
        types=_types(personnel.table, tables, selection),
        missions=_missions(tables, selection, iso3),
        by_level=tuple(number for number in levels.numbers if number.n),
        levels=levels,
        personnel=personnel,
        centres=_highest_first(country_centres(tables, selection, iso3), tables),
        courses=_told_first(one.rows, tables),
        languages=languages_in_words(tables, selection, iso3),
        grade=_grade(tables, selection, iso3),
        questions=open_questions(tables, selection, iso3),
        filters=describe(selection, tables.package),
    )


def _types(frame: pd.DataFrame, tables: Tables, selection: Selection) -> dict[str, int]:
    now = frame[frame["as_of"] == selection.as_of]
    codes = [code for code in tables.package.codes("personnel_types") if code in frame]
    return {
        tables.package.label("personnel_types", code): int(now[code].iloc[0])
        for code in codes
        if len(now) and pd.notna(now[code].iloc[0])
    }


def _missions(tables: Tables, selection: Selection, iso3: str) -> tuple[Number, ...]:
    """Missions at the date of the selection, the largest first; none when it is not divided."""
    figure = country_missions_figure(tables, selection, iso3)
    now = f"country-missions.{iso3}.{selection.as_of}."
    found = [number for number in figure.numbers if number.id.startswith(now) and number.n]
    found = [number for number in found if not number.id.endswith(f".{ALL_MISSIONS}")]
    return tuple(sorted(found, key=lambda number: (-number.n, number.id)))


def _highest_first(centres: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Centres by their highest level, then by number of courses, then by name."""
    keys = centres.assign(place=_place(centres["level"], tables), fewer=-centres["courses"])
    return keys.sort_values(["place", "fewer", "centre_name", "centre_id"])[centres.columns]


def _told_first(courses: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Courses by level, and at each level those with words of evidence first."""
    silent = courses["evidence"] == ""
    keys = courses.assign(place=_place(courses["level"], tables), silent=silent)
    order = ["place", "silent", "centre_name", "course_title", "course_id"]
    return keys.sort_values(order)[courses.columns]


def _place(levels: pd.Series, tables: Tables) -> pd.Series:
    """Place of each level (a label), highest first; what is no level comes last."""
    terms = tables.package.terms("levels")
    places = {term["label"]: number for number, term in enumerate(terms)}
    return levels.map(places).fillna(len(terms))


def _grade(tables: Tables, selection: Selection, iso3: str) -> str:
    quality = country_quality(tables, selection)
    row = quality[quality["country_iso3"] == iso3]
    if row.empty:
        return ""
    grade, why = row["grade"].iloc[0], row["why"].iloc[0]
    if not row["courses"].iloc[0]:
        return why
    return f"{grade}. {why}"
