"""Measure 12 for conversations: what they changed, and the headline before and after them.

The tables hold the result. `datapackage.json` says what stood before each change, so the desk
review alone can be put together again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import WHOLE_EVIDENCE, Tables
from dashboard.measures.contributors import top_contributors
from dashboard.measures.coverage import Coverage, coverage
from dashboard.measures.questions import DETAIL, open_questions
from dashboard.measures.states import country_states

CHANGE_COLUMNS = (
    "date",
    "country_iso3",
    "country_name",
    "centre_id",
    "centre_name",
    "course_id",
    "course_title",
    "field",
    "before",
    "after",
    "source",
    "note",
)
# Fields that a class or a filter rests on: what is put back. A field that adds is a course's title
# or a centre's name with nothing before.
_OF_COURSE = ("cmcoord_level", "evidence_type", "course_type")
_LINKED: Mapping[str, tuple[str, str]] = {
    "audience": ("audiences", "audience"),
    "language": ("languages", "language"),
    "topics": ("topics", "topic"),
}
_VOCABULARIES: Mapping[str, str] = {
    "cmcoord_level": "levels",
    "evidence_type": "evidence_types",
    "course_type": "course_types",
    "audience": "audiences",
    "language": "languages",
    "topics": "topics",
    "provider_type": "provider_types",
    "operator": "operators",
    "scope": "scopes",
}
ADDED_COURSE, ADDED_CENTRE = "course_title", "centre_name"
EDITIONS_KEPT = 4
_YEARS = re.compile(r"(?:since )?(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, eq=False)
class Moved:
    """What conversations moved. `before`, `after`: measure 1 without and with them.

    `countries`: one row a country with a change or an open question that was asked, largest
    contributor first: country_iso3, country_name, persons, class_before, class_after (codes),
    label_before, label_after, state_before, state_after (letters), changes (rows that changed
    something), asked (questions with a date and no answer yet), last (ISO date of the latest, ""
    without one), why (one sentence).
    """

    before: Coverage
    after: Coverage
    countries: pd.DataFrame


def consultation_changes(tables: Tables) -> pd.DataFrame:
    """Every change, in the order applied (`CHANGE_COLUMNS`; names are those of today)."""
    rows = pd.DataFrame(
        [dict(change) for change in tables.package.consultations.get("changes", ())],
        columns=[c for c in CHANGE_COLUMNS if not c.endswith(("_name", "_title"))],
        dtype="str",
    )
    return _named(rows, tables)[list(CHANGE_COLUMNS)]


def asked_questions(tables: Tables) -> pd.DataFrame:
    """Questions that were put and wait for an answer: `CHANGE_COLUMNS` without before and after."""
    kept = [column for column in CHANGE_COLUMNS if column not in ("before", "after")]
    rows = pd.DataFrame(
        [dict(question) for question in tables.package.consultations.get("asked", ())],
        columns=[c for c in kept if not c.endswith(("_name", "_title"))],
        dtype="str",
    )
    return _named(rows, tables)[kept]


@lru_cache(maxsize=EDITIONS_KEPT)
def without_consultations(tables: Tables) -> Tables:
    """The same edition as the desk review alone had it. The tables themselves without changes.

    Put back are levels, kinds of evidence, types, audiences, languages, topics and years of
    courses, and kinds of provider; courses and centres that conversations added are taken out, and
    a country of which nothing else is known leaves the review.
    """
    changes = consultation_changes(tables)
    if changes.empty:
        return tables
    first = changes.drop_duplicates(["centre_id", "course_id", "field"])
    about_courses = first[first["course_id"] != ""]
    new_courses = set(_added(about_courses, ADDED_COURSE)["course_id"])
    new_centres = set(_added(first[first["course_id"] == ""], ADDED_CENTRE)["centre_id"])
    courses = _put_back(tables.courses, "course_id", about_courses, _OF_COURSE)
    courses = _with_years(courses, about_courses)
    centres = _put_back(
        tables.centres, "centre_id", first[first["course_id"] == ""], ("provider_type",)
    )
    courses["provider_type"] = courses["centre_id"].map(
        centres.set_index("centre_id")["provider_type"]
    )
    gone = courses["course_id"].isin(new_courses) | courses["centre_id"].isin(new_centres)
    courses = _judged_again(courses[~gone].reset_index(drop=True), tables)
    centres = centres[~centres["centre_id"].isin(new_centres)].reset_index(drop=True)
    links = {
        name: _links(tables, name, column, field, about_courses, courses)
        for field, (name, column) in _LINKED.items()
    }
    return replace(
        tables,
        courses=courses,
        centres=centres,
        countries=_countries(tables, centres, new_centres),
        **links,
    )


def moved(tables: Tables, selection: Selection) -> Moved:
    """What conversations changed under a selection."""
    earlier = without_consultations(tables)
    then, now = country_states(earlier, selection), country_states(tables, selection)
    changes, asked = consultation_changes(tables), asked_questions(tables)
    touched = [*changes["country_iso3"], *asked["country_iso3"]]
    frame = tables.countries[["country_iso3", "country_name"]]
    frame = frame[frame["country_iso3"].isin(touched)]
    persons = now.set_index("country_iso3")["persons"]
    frame = frame.assign(
        persons=frame["country_iso3"].map(persons).fillna(0).astype("int64"),
        changes=_counted(frame, changes),
        asked=_counted(frame, asked),
    )
    for suffix, states in (("before", then), ("after", now)):
        frame = frame.join(_classes(states, suffix, tables), on="country_iso3")
    frame = _filled(frame, tables)
    days = pd.concat([changes, asked]).groupby("country_iso3")["date"].max()
    frame["last"] = frame["country_iso3"].map(days)
    frame["why"] = [_why(row, changes, tables) for row in frame.itertuples()]
    order = frame.sort_values(["persons", "country_name"], ascending=[False, True])
    return Moved(
        coverage(earlier, selection), coverage(tables, selection), order.reset_index(drop=True)
    )


def questions_by_contributor(tables: Tables, selection: Selection, top: int) -> pd.DataFrame:
    """The `top` largest contributors (columns of `country_states`) with what there is to ask.

    content_questions (about what courses cover), detail_questions, questions (both), centres (to
    ask), asked and answered (rows of consultations.xlsx). Rank 1 first.
    """
    frame, questions = top_contributors(tables, selection, top), open_questions(tables, selection)
    detail = questions["priority"] == DETAIL
    named = questions[questions["centre_id"] != ""].drop_duplicates("centre_id")
    frame = frame.assign(
        content_questions=_counted(frame, questions[~detail]),
        detail_questions=_counted(frame, questions[detail]),
        questions=_counted(frame, questions),
        centres=_counted(frame, named),
        asked=_counted(frame, asked_questions(tables)),
        answered=_counted(frame, consultation_changes(tables)),
    )
    return frame.reset_index(drop=True)


def _counted(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    sizes = rows.groupby("country_iso3").size()
    return frame["country_iso3"].map(sizes).fillna(0).astype("int64")


def _named(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """With the names that go with the identifiers; empty where there is none."""
    names = {
        "country_name": ("country_iso3", tables.countries),
        "centre_name": ("centre_id", tables.centres),
        "course_title": ("course_id", tables.courses),
    }
    found = {
        name: rows[key].map(table.set_index(key)[name]).fillna("").astype("str")
        for name, (key, table) in names.items()
    }
    return rows.fillna("").assign(**found)


def _added(changes: pd.DataFrame, field: str) -> pd.DataFrame:
    return changes[(changes["field"] == field) & (changes["before"] == "")]


def _put_back(
    frame: pd.DataFrame, key: str, first: pd.DataFrame, fields: Sequence[str]
) -> pd.DataFrame:
    """`frame` with what stood in `fields` before the first change of each."""
    frame = frame.copy()
    for field in fields:
        before = first[first["field"] == field].set_index(key)["before"].to_dict()
        pairs = zip(frame[key], frame[field], strict=True)
        frame[field] = pd.Series([before.get(k, now) for k, now in pairs], dtype="str")
    return frame


def _with_years(courses: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    before = first[first["field"] == "year"].set_index("course_id")["before"]
    for course_id, text in before.items():
        here = courses["course_id"] == course_id
        courses.loc[here, ["year_from", "year_to"]] = _years(text)
    return courses


def _years(text: str) -> tuple[Any, Any]:
    """ "2017", "2016-2018" or "since 2014", as the ETL writes them; nothing for anything else."""
    match = _YEARS.fullmatch(text)
    if match is None:
        return pd.NA, pd.NA
    start, end = match.groups()
    if text.startswith("since"):
        return int(start), pd.NA
    return int(start), int(end or start)


def _judged_again(courses: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Levels and kinds of evidence as positions and marks, by the rules of the store."""
    levels = pd.Index(tables.package.codes("levels"))
    kinds = courses["evidence_type"]
    whole = (
        kinds.isin(WHOLE_EVIDENCE)
        if (kinds != "").any()
        else (courses["cmcoord_level"] != "not-documented")
    )
    return courses.assign(
        level_position=levels.get_indexer(courses["cmcoord_level"]),
        read_whole=whole,
        level_basis="desk-review",
    )


def _links(
    tables: Tables, name: str, column: str, field: str, first: pd.DataFrame, courses: pd.DataFrame
) -> pd.DataFrame:
    """Links as they were, with the positions of the courses that are left."""
    links = getattr(tables, name)[["course_id", column]]
    before = first[first["field"] == field]
    old = [
        (row.course_id, code)
        for row in before.itertuples()
        for code in filter(None, row.before.split("; "))
    ]
    kept = links[~links["course_id"].isin(before["course_id"])]
    links = pd.concat([kept, pd.DataFrame(old, columns=links.columns)], ignore_index=True)
    place = pd.Index(courses["course_id"]).get_indexer(links["course_id"])
    return links.assign(course_position=place)[place >= 0].reset_index(drop=True)


def _countries(tables: Tables, centres: pd.DataFrame, new_centres: Iterable[str]) -> pd.DataFrame:
    """A country leaves the review when conversations alone brought it in."""
    brought = tables.centres[tables.centres["centre_id"].isin(set(new_centres))]["country_iso3"]
    alone = set(brought) - set(centres["country_iso3"])
    countries = tables.countries.copy()
    countries.loc[countries["country_iso3"].isin(alone), "in_review"] = False
    return countries


def _classes(states: pd.DataFrame, suffix: str, tables: Tables) -> pd.DataFrame:
    wanted = {"country_class": "class", "class_label": "label", "state_letter": "state"}
    frame = states.set_index("country_iso3")[list(wanted)]
    return frame.rename(columns={old: f"{new}_{suffix}" for old, new in wanted.items()})


def _filled(frame: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """A country outside review and personnel was not reviewed."""
    letters = {term["code"]: term["letter"] for term in tables.package.state_terms}
    label = tables.package.label("classes", "unknown")
    for suffix in ("before", "after"):
        values = {
            f"class_{suffix}": "unknown",
            f"label_{suffix}": label,
            f"state_{suffix}": letters["not-reviewed"],
        }
        frame = frame.fillna(values)
    return frame


def field_title(field: str, tables: Tables) -> str:
    """What people call a field: its title in the data package, else its own name."""
    for resource in tables.package.resources:
        for column in resource["schema"]["fields"]:
            if column["name"] == field:
                return column.get("title", field)
    return field.replace("_", " ").capitalize()


def value_label(field: str, text: str, tables: Tables) -> str:
    """A canonical text in words: codes of a vocabulary by their labels; "" stays empty."""
    vocabulary = _VOCABULARIES.get(field)
    if vocabulary is None:
        return text
    return "; ".join(tables.package.label(vocabulary, code) for code in text.split("; "))


def _why(row: Any, changes: pd.DataFrame, tables: Tables) -> str:
    """Which answers lie behind a country's row, the last for each thing."""
    own = changes[changes["country_iso3"] == row.country_iso3]
    own = own.drop_duplicates(["centre_id", "course_id", "field"], keep="last")
    said = [_said(change, tables) for change in own.itertuples()]
    return "; ".join(said) or "Asked, without an answer yet"


def _said(change: Any, tables: Tables) -> str:
    if change.field in (ADDED_COURSE, ADDED_CENTRE) and not change.before:
        return f"“{change.after}” added"
    about = f"{change.course_title or change.centre_name}: {field_title(change.field, tables)}"
    before, after = (
        value_label(change.field, text, tables) or "empty" for text in (change.before, change.after)
    )
    return f"{about} confirmed ({after})" if before == after else f"{about} {before} → {after}"
