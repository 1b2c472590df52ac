"""What to ask next: one question for each thing that is missing, to the centre that can tell.

A question is made from a hole in the tables alone. `field` is the machine name of what is missing,
as the matrix and consultations.xlsx know it, so that an answer finds its place.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Package, Tables
from dashboard.measures.courses import considered
from dashboard.measures.states import country_states

QUESTION_COLUMNS = (
    "country_iso3",
    "country_name",
    "centre_id",
    "centre_name",
    "course_id",
    "course_title",
    "field",
    "question",
    "priority",
    "persons",
)
# What an answer can do, by priority: the words of every table and legend.
PRIORITIES: Mapping[int, str] = {
    1: "Can settle an open country",
    2: "Can overturn an established gap",
    3: "Can confirm a covered country",
    4: "Fills in a detail",
}
# Questions about content, by the class of the country. A detail changes no class.
_PRIORITY: Mapping[str, int] = {"unknown": 1, "partial": 1, "gap": 2, "covered": 3}
DETAIL = 4
# A course that names no newer year may have changed since, or may no longer be given.
STALE_YEARS = 5
FRAMES_KEPT = 8
_CONTENT = "What does the course cover of UN-CMCoord, and can its curriculum be shared?"


def open_questions(tables: Tables, selection: Selection, iso3: str | None = None) -> pd.DataFrame:
    """One row a question (`QUESTION_COLUMNS`), largest contributor first, then by priority.

    `iso3`: of that country only. `course_id` and `course_title` are empty when the question is
    about the centre, `centre_id` and `centre_name` too when the country has no centre on record.
    `field`: cmcoord_level (nothing is documented, or a gap is established from what is published),
    evidence_type (seen in part: the curriculum is missing), audience, language, year, duration,
    course_title (a centre without a course), centre_name (a country without a centre). `priority`:
    a key of `PRIORITIES`. `persons`: head count of the country under the selection.
    """
    frame = _open_questions(tables, selection)
    if iso3 is not None:
        frame = frame[frame["country_iso3"] == iso3].reset_index(drop=True)
    return frame.copy(deep=False)


@lru_cache(maxsize=FRAMES_KEPT)
def _open_questions(tables: Tables, selection: Selection) -> pd.DataFrame:
    states = country_states(tables, selection)
    of_country = states[["country_iso3", "country_class", "persons"]]
    courses = tables.courses.assign(
        has_audience=_linked(tables.audiences, len(tables.courses)),
        has_language=_linked(tables.languages, len(tables.courses)),
    )[considered(tables, selection)].merge(of_country, on="country_iso3", how="left")
    parts = [
        _content(courses, tables.package),
        *_details(courses, tables.package),
        _centres_without_course(tables, states),
        _countries_without_centre(tables, states),
    ]
    frame = pd.concat(parts, ignore_index=True)[list(QUESTION_COLUMNS)]
    frame = frame.astype({"priority": "int64", "question": "str", "field": "str"})
    order = {
        "persons": False,
        "country_name": True,
        "priority": True,
        "centre_name": True,
        "course_title": True,
        "course_id": True,
        "field": True,
    }
    frame = frame.sort_values(list(order), ascending=list(order.values()))
    return frame.reset_index(drop=True)


def _linked(links: pd.DataFrame, courses: int) -> np.ndarray:
    return np.isin(np.arange(courses), links["course_position"].to_numpy())


def _content(courses: pd.DataFrame, package: Package) -> pd.DataFrame:
    """What a course covers: where nothing is documented, where only a part was seen, and where a
    gap is established from what is published, which need not be all that is taught (unless the
    centre has been asked)."""
    told = {change["course_id"] for change in package.consultations.get("changes", ())}
    beyond_print = (courses["country_class"] == "gap") & ~courses["course_id"].isin(told)
    nothing = courses["cmcoord_level"] == "not-documented"
    asked = courses[nothing | ~courses["read_whole"] | beyond_print]
    nothing, whole = asked["cmcoord_level"] == "not-documented", asked["read_whole"]
    title = _quoted(asked)
    level = _labels(asked["cmcoord_level"], "levels", package)
    kind = _labels(asked["evidence_type"], "evidence_types", package).str.lower()
    seen_in = (" (" + kind + ")").where(asked["evidence_type"] != "", "")
    question = (
        "Can the curriculum of "
        + title
        + " be shared? Only a part was seen"
        + seen_in
        + "; level so far: "
        + level
        + "."
    )
    not_found = "No curriculum of " + title + " was found. " + _CONTENT
    thin = "The published description of " + title + " is too thin to judge. " + _CONTENT
    beyond = (
        "Does "
        + title
        + " cover more of UN-CMCoord than is published? Read whole, it shows: "
        + level
        + "."
    )
    question = (
        question.mask(nothing & ~whole, not_found)
        .mask(nothing & whole, thin)
        .mask(~nothing & whole, beyond)
    )
    return asked.assign(
        field=np.where(nothing | whole, "cmcoord_level", "evidence_type"),
        question=question,
        priority=asked["country_class"].map(_PRIORITY),
    )


def _details(courses: pd.DataFrame, package: Package) -> list[pd.DataFrame]:
    """What else is empty, and courses that were last seen long before the date of the review."""
    newest = courses["year_to"]
    dated = courses["year_from"].notna() | newest.notna()
    oldest_fresh = date.fromisoformat(package.edition["as_of"]).year - STALE_YEARS
    stale = (newest < oldest_fresh).fillna(False)
    title = _quoted(courses)
    year = newest.astype("string").fillna("").astype("str")
    still = "Is " + title + " still given? The newest year on record is " + year + "."
    missing = {
        "audience": (
            ~courses["has_audience"],
            "Who takes " + title + ": military, police, civilians?",
        ),
        "language": (~courses["has_language"], "In which language is " + title + " taught?"),
        "duration": (courses["duration_days_min"].isna(), "How many days does " + title + " take?"),
        "year": (~dated | stale, ("When was " + title + " last given?").mask(stale, still)),
    }
    return [
        courses.assign(field=field, question=question, priority=DETAIL)[empty]
        for field, (empty, question) in missing.items()
    ]


def _centres_without_course(tables: Tables, states: pd.DataFrame) -> pd.DataFrame:
    """Centres that are known by name alone."""
    bare = tables.centres[~tables.centres["centre_id"].isin(tables.courses["centre_id"])]
    of_country = states[["country_iso3", "country_name", "country_class", "persons"]]
    bare = bare.merge(of_country, on="country_iso3")
    question = (
        "No course of " + bare["centre_name"] + " is on record. Which courses does it give "
        "to personnel before they deploy?"
    )
    return bare.assign(
        course_id="",
        course_title="",
        field="course_title",
        question=question,
        priority=bare["country_class"].map(_PRIORITY),
    )


def _countries_without_centre(tables: Tables, states: pd.DataFrame) -> pd.DataFrame:
    """Contributors of which no centre is known: reviewed without a find, or never looked at."""
    nowhere = ~states["country_iso3"].isin(tables.centres["country_iso3"])
    without = states[nowhere & (states["persons"] > 0)]
    why = np.where(
        without["in_review"],
        "no training centre is on record",
        "the review has not looked there yet",
    )
    question = (
        "Where are personnel of " + without["country_name"] + " trained before they deploy? "
        "Asked because " + why + "."
    )
    return without.assign(
        centre_id="",
        centre_name="",
        course_id="",
        course_title="",
        field="centre_name",
        question=question,
        priority=without["country_class"].map(_PRIORITY),
    )


def _quoted(courses: pd.DataFrame) -> pd.Series:
    return "“" + courses["course_title"] + "”"


def _labels(codes: pd.Series, vocabulary: str, package: Package) -> pd.Series:
    return codes.map({code: package.label(vocabulary, code) for code in codes.unique()}).astype(
        "str"
    )
