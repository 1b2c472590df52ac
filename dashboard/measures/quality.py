"""Measure 11, first half: how good the evidence about each country is, with a grade."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count_in_words, listing, quantity
from dashboard.measures.courses import considered
from dashboard.measures.states import FRAMES_KEPT, country_states

# The four tests, each in words. A country is graded by how many of them its evidence passes.
DOCUMENTED_SHARE, FIELDS_SHARE, SOURCES, YEARS = 1 / 2, 3 / 4, 2, 5
TESTS: Mapping[str, str] = {
    "is_documented": "at least half of the considered courses are documented",
    "is_filled": "at least three quarters of their fields are filled",
    "is_cross_checked": f"they rest on at least {count_in_words(SOURCES)} different sources",
    "is_recent": f"their newest year is at most {count_in_words(YEARS)} years before the review",
}
GRADES: Mapping[str, str] = {
    "A": "passes all four tests",
    "B": "passes three of the four tests",
    "C": "passes two of the four tests",
    "D": "passes one or none, or no course is documented",
}
# What is asked of every course. Left out: names in another language, which not every course has,
# and the level, which `documented` counts.
FIELDS = (
    "course_type",
    "duration_days_min",
    "years",
    "is_un_recognised",
    "audience",
    "language",
    "topic",
    "evidence",
    "evidence_type",
    "source_url",
)
QUALITY_COLUMNS = (
    "country_iso3",
    "country_name",
    "persons",
    "grade",
    "courses",
    "documented",
    "fields_filled",
    "fields_total",
    "sources",
    "newest_year",
    "age_years",
    *TESTS,
    "why",
)
_SHORT: Mapping[str, str] = {
    "is_documented": "courses documented ({documented} of {courses})",
    "is_filled": "fields filled ({fields_filled} of {fields_total})",
    "is_cross_checked": "number of sources ({sources})",
    "is_recent": "age of the newest evidence ({age})",
}


def country_quality(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Measure 11: one row a reviewed country, largest contributor first (`QUALITY_COLUMNS`).

    Of the considered courses of the country: `courses` and how many are `documented` (coded at a
    level, "none found" included); `fields_filled` of `fields_total` (`FIELDS`); `sources`
    (different addresses of courses and of their centres); `newest_year` that a course names and
    `age_years` of it at the edition's date of review (Int64; missing when no course names a year;
    0 when the year is later). Then the four `TESTS` (bool), the `grade` by `GRADES` and `why`, one
    sentence.
    """
    return _country_quality(tables, selection).copy(deep=False)


@lru_cache(maxsize=FRAMES_KEPT)
def _country_quality(tables: Tables, selection: Selection) -> pd.DataFrame:
    frame = country_states(tables, selection)
    frame = frame.loc[frame["in_review"], ["country_iso3", "country_name", "persons", "courses"]]
    facts = _facts(tables, considered(tables, selection))
    frame = frame.merge(facts, on="country_iso3", how="left")
    counts = ["documented", "fields_filled", "fields_total", "sources"]
    frame[counts] = frame[counts].fillna(0).astype("int64")
    frame["age_years"] = _ages(frame["newest_year"], tables)
    frame = frame.assign(**_tests(frame))
    passed = frame[list(TESTS)].sum(axis=1)
    frame["grade"] = np.where(
        frame["documented"] == 0,
        "D",
        np.select([passed == 4, passed == 3, passed == 2], ["A", "B", "C"], default="D"),
    )
    frame["why"] = [_why(row) for row in frame.to_dict("records")]
    return frame[list(QUALITY_COLUMNS)].reset_index(drop=True)


def _facts(tables: Tables, kept: np.ndarray) -> pd.DataFrame:
    """Per country with a considered course: documented, fields, newest year, sources."""
    courses = tables.courses
    latest = courses["year_to"].fillna(courses["year_from"])
    rows = pd.DataFrame(
        {
            "country_iso3": courses["country_iso3"],
            "documented": courses["cmcoord_level"] != "not-documented",
            "fields_filled": _filled(tables).sum(axis=1),
            "newest_year": latest,
        }
    )[kept]
    facts = rows.groupby("country_iso3", as_index=False).agg(
        documented=("documented", "sum"),
        fields_filled=("fields_filled", "sum"),
        newest_year=("newest_year", "max"),
        number=("documented", "size"),
    )
    facts["fields_total"] = facts.pop("number") * len(FIELDS)
    return facts.merge(_sources(tables, kept), on="country_iso3", how="left")


def _filled(tables: Tables) -> np.ndarray:
    """Boolean array, one row a course and one column a field of `FIELDS`."""
    courses = tables.courses
    linked = {
        "audience": tables.audiences,
        "language": tables.languages,
        "topic": tables.topics,
    }
    columns = []
    for field in FIELDS:
        if field in linked:
            there = np.zeros(len(courses), dtype=bool)
            there[linked[field]["course_position"].to_numpy()] = True
        elif field == "years":
            there = (courses["year_from"].notna() | courses["year_to"].notna()).to_numpy()
        else:
            there = (courses[field].notna() & (courses[field] != "").fillna(True)).to_numpy(bool)
        columns.append(there)
    return np.column_stack(columns)


def _sources(tables: Tables, kept: np.ndarray) -> pd.DataFrame:
    """Different addresses of the considered courses and of their centres, by country."""
    courses = tables.courses[kept]
    centres = tables.centres[tables.centres["centre_id"].isin(courses["centre_id"])]
    columns = ["country_iso3", "source_url"]
    addresses = pd.concat([courses[columns], centres[columns]])
    addresses = addresses[addresses["source_url"] != ""]
    sources = addresses.groupby("country_iso3")["source_url"].nunique()
    return sources.rename("sources").reset_index()


def review_year(tables: Tables) -> int:
    """Year of the edition's date of review."""
    return date.fromisoformat(tables.package.edition["as_of"]).year


def _ages(newest: pd.Series, tables: Tables) -> pd.Series:
    return (review_year(tables) - newest.astype("Int64")).clip(lower=0)


def _tests(frame: pd.DataFrame) -> dict[str, pd.Series]:
    some = frame["courses"] > 0
    return {
        "is_documented": some & (frame["documented"] >= DOCUMENTED_SHARE * frame["courses"]),
        "is_filled": some & (frame["fields_filled"] >= FIELDS_SHARE * frame["fields_total"]),
        "is_cross_checked": frame["sources"] >= SOURCES,
        "is_recent": (frame["age_years"] <= YEARS).fillna(False).astype(bool),
    }


def _why(row: dict) -> str:
    if not row["courses"]:
        return "No considered course is recorded, so there is no evidence to grade."
    age = row["age_years"]
    words = row | {"age": "no year named" if pd.isna(age) else _aged(int(age))}
    failed = [_SHORT[test].format(**words) for test in TESTS if not row[test]]
    if not failed:
        return "Passes all four tests."
    passed = count_in_words(len(TESTS) - len(failed)).replace("no", "none")
    only = ""
    if not row["documented"] and len(failed) <= 2:
        only = ", and without a documented course the grade is D"
    return f"Passes {passed} of the four tests; falls short in {listing(failed, most=4)}{only}."


def _aged(years: int) -> str:
    return f"{quantity(years, 'year')}" if years else "of the year of review"
