"""The way back: from the tables of a built edition to the review that they were made from."""

from collections import defaultdict
from typing import Any

from etl.build.built import Built, NotWhole, Texts
from etl.review.model import Centre, CentreKey, Course, CourseKey, Review, union
from etl.text import fold

_COURSE_TEXTS = (
    "course_title_local",
    "course_type",
    "cmcoord_level",
    "evidence",
    "evidence_type",
    "source_url",
)
_CENTRE_TEXTS = (
    "centre_name_local",
    "acronym",
    "city",
    "operator",
    "provider_type",
    "scope",
    "website",
)
_LISTS = {
    "audience": ("course_audiences", "audience"),
    "language": ("course_languages", "language"),
    "topics": ("course_topics", "topic"),
}


def review_of(built: Built) -> tuple[Review, dict[str, CentreKey], dict[str, CourseKey]]:
    """Return the review that the tables of `built` tell of, and identifier -> key of its items.

    Values are as `etl.interpret` gives them. What only a consultation changed is still in it.
    Raises NotWhole when a course has no centre, or a value is none that a build writes.
    """
    review = Review()
    try:
        review.countries = {
            row["country_iso3"] for row in built.tables["countries"] if row["in_review"] == "true"
        }
        centres = {row["centre_id"]: _add_centre(review, row) for row in built.tables["centres"]}
        lists = {name: _by_course(built, *where) for name, where in _LISTS.items()}
        courses = {
            row["course_id"]: _add_course(review, row, centres[row["centre_id"]], lists)
            for row in built.tables["courses"]
        }
    except (KeyError, ValueError) as error:
        raise NotWhole(
            f"The tables of {built.name} do not fit each other ({error}). Build the edition again."
        ) from error
    return review, centres, courses


def _add_centre(review: Review, row: Texts) -> CentreKey:
    values: dict[str, Any] = {name: row[name] for name in _CENTRE_TEXTS if row[name]}
    if row["source_url"]:
        values["centre_source_url"] = row["source_url"]
    if row["established_year"]:
        values["established_year"] = int(row["established_year"])
    if row["location_basis"] == "matrix":
        values |= {name: float(row[name]) for name in ("latitude", "longitude")}
    key = (row["country_iso3"], fold(row["centre_name"]))
    review.centres[key] = Centre(
        key[0], row["centre_name"], row["matrix_sheet"], int(row["matrix_row"]), values
    )
    return key


def _add_course(
    review: Review, row: Texts, centre: CentreKey, lists: dict[str, dict[str, tuple[str, ...]]]
) -> CourseKey:
    values: dict[str, Any] = {name: row[name] for name in _COURSE_TEXTS}
    shortest, longest = row["duration_days_min"], row["duration_days_max"]
    values["duration"] = (float(shortest), float(longest)) if shortest else None
    values["year"] = (_year(row["year_from"]), _year(row["year_to"]))
    values["un_recognised"] = {"true": True, "false": False, "": None}[row["is_un_recognised"]]
    for name, by_course in lists.items():
        values[name] = union(name, by_course.get(row["course_id"], ()), ())
    key = (*centre, fold(row["course_title"]))
    place = row["matrix_sheet"], int(row["matrix_row"])
    review.courses[key] = Course(centre, row["course_title"], *place, values, row["level_basis"])
    return key


def _year(text: str) -> int | None:
    return int(text) if text else None


def _by_course(built: Built, table: str, column: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in built.tables[table]:
        found[row["course_id"]].append(row[column])
    return {course: tuple(codes) for course, codes in found.items()}
