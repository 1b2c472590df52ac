"""The way back: from the tables of a built edition to the review that they were made from.

What conversations changed can be taken off that review again, and written down as their rows:
`datapackage.json` keeps each change with what stood there before, so the desk review can be had
back; the rows, laid over it once more, give the same tables.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from etl.build.built import Built, NotWhole, Texts
from etl.meaning import countries, fields
from etl.review.model import Centre, CentreKey, Course, CourseKey, Review, union
from etl.text import fold
from etl.writing import words
from etl.writing.codes import in_words

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
# The columns of consultations.xlsx (`maps/consultations.csv`), in order.
CONVERSATION_COLUMNS = (
    "Date",
    "Country",
    "Training centre",
    "Course",
    "Field",
    "New value",
    "Source",
    "Note",
)
NEW_COURSE, NEW_CENTRE = "new course", "new centre"
# Says nothing in every field that a consultation can empty.
_BLANK = "?"
_LANGUAGE = "en"

ConversationRow = tuple[str, ...]  # the texts of CONVERSATION_COLUMNS


@dataclass(frozen=True)
class _Change:
    """One change or question of `datapackage.json`, with whom it is about by key."""

    told: dict[str, str]
    centre: CentreKey | None
    course: CourseKey | None


def review_of(built: Built) -> tuple[Review, dict[str, CentreKey], dict[str, CourseKey]]:
    """Return the review that the tables of `built` tell of, and identifier -> key of its items.

    Values are as `etl.meaning.fields` gives them. What only a consultation changed is still in it.
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


def undo_conversations(
    built: Built,
    review: Review,
    centres: dict[str, CentreKey],
    courses: dict[str, CourseKey],
) -> list[ConversationRow]:
    """Take the conversations of `built` off `review`; return them as rows, in their order.

    centres, courses: identifier -> key. Questions that wait for an answer follow the changes.
    Raises NotWhole when a change speaks of what the tables do not have.
    """
    told = built.package["consultations"]
    try:
        changes = [
            _Change(
                change,
                centres[change["centre_id"]] if change["centre_id"] else None,
                courses[change["course_id"]] if change["course_id"] else None,
            )
            for change in (*told.get("changes", ()), *told.get("asked", ()))
        ]
        names = {key: centre.name for key, centre in review.centres.items()}
        titles = {key: course.title for key, course in review.courses.items()}
        rows = [_undone(review, change, names, titles) for change in reversed(changes)]
    except KeyError as error:
        raise NotWhole(
            f"datapackage.json of {built.name} tells of a consultation on {error}, which the "
            "tables do not have. Build the edition again."
        ) from error
    return rows[::-1]


def _undone(
    review: Review, change: _Change, names: dict[CentreKey, str], titles: dict[CourseKey, str]
) -> ConversationRow:
    """Undo one change, unless it is a question; return its row."""
    told = change.told
    new_value = _undo(review, change) if "after" in told else ""
    return (
        told["date"],
        countries.reference(told["country_iso3"]).name,
        names[change.centre] if change.centre else "",
        "" if change.course is None else titles[change.course],
        _named(change),
        new_value,
        told["source"],
        told["note"],
    )


def _named(change: _Change) -> str:
    """Return how the column Field names what changed: a header, or what is to be added."""
    name = change.told["field"]
    if "after" in change.told and name in ("course_title", "centre_name"):
        return NEW_COURSE if name == "course_title" else NEW_CENTRE
    if name in ("add-course", "add-centre"):  # asked for, not yet answered
        return NEW_COURSE if name == "add-course" else NEW_CENTRE
    try:
        return words.header(name, _LANGUAGE)
    except KeyError:  # a question may name anything
        return name


def _undo(review: Review, change: _Change) -> str:
    """Undo one change; return its new value in words that are read back to it."""
    name, before = change.told["field"], change.told["before"]
    if name == "centre_name":
        # None is no key: a KeyError, here and below, of which the caller tells.
        del review.centres[change.centre]  # type: ignore[arg-type]
        _leave_country(review, change.told["country_iso3"])
        return ""
    if name == "course_title":
        return _level(review.courses.pop(change.course))  # type: ignore[arg-type]  # as above
    item = (
        review.courses[change.course] if change.course else review.centres[change.centre]  # type: ignore[index]  # as above
    )
    item.values[name] = fields.FIELDS[name](before or None).value
    return _in_words(name, fields.FIELDS[name](change.told["after"] or None).value)


def _leave_country(review: Review, iso3: str) -> None:
    """Take a country out of the review that a new centre may have brought in."""
    if not any(country == iso3 for country, _ in review.centres):
        review.countries.discard(iso3)


def _level(course: Course) -> str:
    return _in_words("cmcoord_level", course.values["cmcoord_level"])


def _in_words(name: str, value: Any) -> str:
    written = in_words(name, value, _LANGUAGE)
    return fields.render(name, written) or _BLANK
