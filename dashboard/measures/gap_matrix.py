"""Measure 4: countries by audience, course type, topic, language or level, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import Tables
from dashboard.measures.contributors import DEFAULT_TOP, top_contributors
from dashboard.measures.courses import considered
from dashboard.measures.seriation import seriate
from dashboard.measures.states import country_states

# What a column can be: code -> (name, vocabulary of its codes).
DIMENSIONS: Mapping[str, tuple[str, str]] = {
    "audience": ("Audience", "audiences"),
    "course_type": ("Course type", "course_types"),
    "topic": ("Topic", "topics"),
    "language": ("Language", "languages"),
    "level": ("Level", "levels"),
}
# Their own order says something; the others may be moved so that blocks show.
ORDERED = ("audience", "level")
ORDERS: Mapping[str, str] = {
    "rank": "Contribution",
    "region": "Region",
    "gap": "Gap",
    "similarity": "Similarity",
}
ROWS: Mapping[str, str] = {
    "top": "Largest contributors",
    "reviewed": "Countries in the review",
    "all": "All countries",
}
# The column of courses of which the thing asked for is not recorded.
NOT_RECORDED = "not-recorded"
# The state of an empty cell in the row of a country that has considered courses elsewhere.
NO_COURSE_HERE = "no-course-here"
GAP_ORDER = ("gap", "partial", "unknown", "covered")
MATRICES_KEPT = 8


@dataclass(frozen=True, eq=False)
class GapMatrix:
    """Measure 4 under one selection.

    `countries`: the rows in order, with the columns of `country_states` and `group` (the heading
    that a row stands under; "" for none). `columns`: column (code), column_label, courses
    (considered, of all countries), countries (with such a course), reaching (countries with one at
    or above the threshold), persons (that these contribute). `cells`: one row a country and column,
    in the order of both, with country_iso3, country_name, column, column_label, courses, state (the
    highest level; `NO_COURSE_HERE`, or the country's own state when it has no course at all),
    state_letter, state_label, reaches (the threshold) and the number of courses at each level.
    """

    by: str
    countries: pd.DataFrame
    columns: pd.DataFrame
    cells: pd.DataFrame


def gap_matrix(
    tables: Tables,
    selection: Selection,
    by: str = "audience",
    rows: str = "top",
    order: str = "rank",
    top: int = DEFAULT_TOP,
) -> GapMatrix:
    """Measure 4 of docs/method.md. `by`, `rows`, `order`: codes of DIMENSIONS, ROWS and ORDERS.

    A course counts in each column that it belongs to: the columns of a row can add up to more than
    its courses. Raises KeyError for an unknown `by`.
    """
    return _gap_matrix(tables, selection, by, rows, order, top)


@lru_cache(maxsize=MATRICES_KEPT)
def _gap_matrix(
    tables: Tables, selection: Selection, by: str, rows: str, order: str, top: int
) -> GapMatrix:
    frame = country_states(tables, selection)
    codes, counts = _counts(tables, selection, by)
    place = tables.countries.reset_index().set_index("country_iso3")["index"]
    reached = np.asarray(counts[:, :, : _threshold(tables, selection) + 1].any(axis=2))
    columns = _columns(tables, by, codes, counts, reached, frame, place)
    countries = _rows(tables, selection, frame, rows, top)
    shown = place[countries["country_iso3"]].to_numpy()
    countries, turned = _ordered(countries, order, _scores(counts[shown]), tables)
    across = list(range(len(codes)))
    if order == "similarity" and by not in ORDERED:
        across = _columns_by_similarity(codes, _scores(counts[shown]))
    columns = columns.iloc[across].reset_index(drop=True)
    picked = counts[shown[turned]][:, across]
    cells = _cells(tables, selection, countries, columns, picked)
    return GapMatrix(by, countries, columns, cells)


def in_cell(
    tables: Tables, selection: Selection, by: str, iso3: str | None, column: str | None
) -> np.ndarray:
    """Mask over `tables.courses`: considered courses of a country (None: all) in a column (None:
    any)."""
    kept = considered(tables, selection)
    if iso3 is not None:
        kept = kept & (tables.courses["country_iso3"] == iso3).to_numpy()
    if column is not None:
        courses, codes = membership(tables, by)
        kept = kept & np.isin(np.arange(len(kept)), courses[codes == column])
    return kept


def membership(tables: Tables, by: str) -> tuple[np.ndarray, np.ndarray]:
    """Which course stands in which column: row of `tables.courses` and code, one pair an entry.

    Courses of which nothing is recorded stand in the column `NOT_RECORDED`.
    """
    everyone = np.arange(len(tables.courses))
    if by in ("course_type", "level"):
        field = {"level": "cmcoord_level"}.get(by, by)
        codes = tables.courses[field].to_numpy(dtype=object)
        return everyone, np.where(codes == "", NOT_RECORDED, codes)
    links = {"audience": tables.audiences, "topic": tables.topics, "language": tables.languages}[by]
    courses = links["course_position"].to_numpy()
    without = np.setdiff1d(everyone, courses)
    codes = np.concatenate(
        [
            links[by].to_numpy(dtype=object),
            np.full(len(without), NOT_RECORDED, dtype=object),
        ]
    )
    return np.concatenate([courses, without]), codes


def column_labels(tables: Tables, by: str) -> dict[str, str]:
    """Labels of the columns that the edition can have, by code, in display order."""
    name, vocabulary = DIMENSIONS[by]
    labels = {term["code"]: term["label"] for term in tables.package.terms(vocabulary)}
    return labels | {NOT_RECORDED: f"{name} not recorded"}


def _counts(tables: Tables, selection: Selection, by: str) -> tuple[list[str], np.ndarray]:
    """Columns in use, and considered courses by country, column and level.

    All levels are columns: one that no course has is a finding.
    """
    courses, codes = membership(tables, by)
    kept = considered(tables, selection)[courses]
    courses, codes = courses[kept], codes[kept]
    used = set(codes)
    if by == "level" and used:
        used = set(tables.package.codes("levels"))
    order = [code for code in column_labels(tables, by) if code in used]
    column = pd.Index(order).get_indexer(codes)
    country = tables.courses["country_position"].to_numpy()[courses]
    level = tables.courses["level_position"].to_numpy()[courses]
    shape = (len(tables.countries), len(order), len(tables.package.terms("levels")))
    cell = np.ravel_multi_index((country, column, level), shape) if len(courses) else courses
    return order, np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)


def _threshold(tables: Tables, selection: Selection) -> int:
    return tables.package.codes("levels").index(selection.threshold)


def _columns(
    tables: Tables,
    by: str,
    codes: list[str],
    counts: np.ndarray,
    reached: np.ndarray,
    frame: pd.DataFrame,
    place: pd.Series,
) -> pd.DataFrame:
    labels = column_labels(tables, by)
    persons = np.zeros(len(tables.countries), dtype="int64")
    persons[place[frame["country_iso3"]]] = frame["persons"]
    return pd.DataFrame(
        {
            "column": codes,
            "column_label": [labels[code] for code in codes],
            "courses": counts.sum(axis=(0, 2)),
            "countries": (counts.sum(axis=2) > 0).sum(axis=0),
            "reaching": reached.sum(axis=0),
            "persons": persons @ reached,
        }
    )


def _rows(
    tables: Tables, selection: Selection, frame: pd.DataFrame, rows: str, top: int
) -> pd.DataFrame:
    if rows == "top":
        return top_contributors(tables, selection, top)
    return frame[frame["in_review"]] if rows == "reviewed" else frame


def _scores(counts: np.ndarray) -> np.ndarray:
    """What makes two rows alike: the highest level in each column, 0 without a course.

    Dedicated counts most, not documented least: to know that a course is there is something.
    """
    levels = counts.shape[2]
    return np.where(counts.any(axis=2), levels - (counts > 0).argmax(axis=2), 0)


def _ordered(
    countries: pd.DataFrame, order: str, scores: np.ndarray, tables: Tables
) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows in order with their headings, and the positions that they had before."""
    places = np.arange(len(countries))
    groups = np.full(len(countries), "", dtype=object)
    if order == "region":
        groups = countries["region"].where(countries["region"] != "", "Region not known").to_numpy()
        places = np.argsort(groups.astype(str), kind="stable")
    elif order == "gap":
        groups = _gap_groups(countries)
        rank = countries["country_class"].map({c: i for i, c in enumerate(GAP_ORDER)})
        state = countries["state"].map(_state_places(tables)).where(rank == 2, 0)
        places = np.lexsort((places, state, rank))
    elif order == "similarity":
        with_course = np.flatnonzero(countries["courses"] > 0)
        without = np.flatnonzero(countries["courses"] == 0)
        state = countries["state"].map(_state_places(tables)).to_numpy()
        groups[without] = countries["state_label"].to_numpy(dtype=object)[without]
        alike = with_course[seriate(scores[with_course])]
        places = np.concatenate([alike, without[np.argsort(state[without], kind="stable")]])
    placed = countries.assign(group=groups).iloc[places].reset_index(drop=True)
    return placed, places


def _gap_groups(countries: pd.DataFrame) -> np.ndarray:
    """Class of each country, the three states of unknown apart: each asks for something else."""
    unknown = countries["country_class"] == "unknown"
    return (
        countries["class_label"]
        .where(~unknown, countries["class_label"] + ": " + countries["state_label"].str.lower())
        .to_numpy(dtype=object)
    )


def _state_places(tables: Tables) -> dict[str, int]:
    return {term["code"]: place for place, term in enumerate(tables.package.state_terms)}


def _columns_by_similarity(codes: list[str], scores: np.ndarray) -> list[int]:
    """The columns so that similar ones stand together; what is not recorded stays at the end."""
    known = [n for n, code in enumerate(codes) if code != NOT_RECORDED]
    rest = [n for n, code in enumerate(codes) if code == NOT_RECORDED]
    return [known[n] for n in seriate(scores.T[known])] + rest


def _cells(
    tables: Tables,
    selection: Selection,
    countries: pd.DataFrame,
    columns: pd.DataFrame,
    counts: np.ndarray,
) -> pd.DataFrame:
    package, width = tables.package, len(columns)
    levels = np.array(package.codes("levels"), dtype=object)
    courses = counts.sum(axis=2).ravel()
    repeated = countries.loc[countries.index.repeat(width)]
    state = np.where(
        courses > 0,
        levels[(counts > 0).argmax(axis=2).ravel()],
        np.where(repeated["courses"] > 0, NO_COURSE_HERE, repeated["state"]),
    )
    letters = {term["code"]: term["letter"] for term in package.state_terms} | {NO_COURSE_HERE: "·"}
    labels = state_labels(selection, package) | {NO_COURSE_HERE: no_course_here(selection)}
    by_level = counts.reshape(-1, len(levels))
    return pd.DataFrame(
        {
            "country_iso3": repeated["country_iso3"].to_numpy(),
            "country_name": repeated["country_name"].to_numpy(),
            "column": np.tile(columns["column"].to_numpy(dtype=object), len(countries)),
            "column_label": np.tile(columns["column_label"].to_numpy(dtype=object), len(countries)),
            "courses": courses,
            "state": state,
            "state_letter": [letters[code] for code in state],
            "state_label": [labels[code] for code in state],
            "reaches": by_level[:, : _threshold(tables, selection) + 1].any(axis=1),
            **{level: by_level[:, n] for n, level in enumerate(levels)},
        }
    )


def no_course_here(selection: Selection) -> str:
    """What an empty cell means in the row of a country that has considered courses elsewhere."""
    if selection.filters_courses:
        return "No course recorded here under these filters"
    return "No course recorded here"
