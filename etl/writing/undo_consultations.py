"""What conversations changed is taken off a review again, and written down as their rows.

`datapackage.json` keeps each change with what stood there before, so the desk review can be had
back; the rows, laid over it once more, give the same tables.
"""

from dataclasses import dataclass
from typing import Any

from etl.build.built import Built, NotWhole
from etl.meaning import countries, fields
from etl.review.model import CentreKey, Course, CourseKey, Review
from etl.writing import words
from etl.writing.codes import in_words

# The columns of consultations.xlsx (`maps/consultations.csv`), in order.
COLUMNS = (
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

Row = tuple[str, ...]  # the texts of COLUMNS


@dataclass(frozen=True)
class _Change:
    """One change or question of `datapackage.json`, with whom it is about by key."""

    told: dict[str, str]
    centre: CentreKey | None
    course: CourseKey | None


def undo(
    built: Built,
    review: Review,
    centres: dict[str, CentreKey],
    courses: dict[str, CourseKey],
) -> list[Row]:
    """Take the consultations of `built` off `review`; return them as rows, in their order.

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
) -> Row:
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
        del review.centres[change.centre]
        _leave_country(review, change.told["country_iso3"])
        return ""
    if name == "course_title":
        return _level(review.courses.pop(change.course))
    item = review.courses[change.course] if change.course else review.centres[change.centre]
    item.values[name] = fields.FIELDS[name](before or None).value
    return _words(name, fields.FIELDS[name](change.told["after"] or None).value)


def _leave_country(review: Review, iso3: str) -> None:
    """Take a country out of the review that a new centre may have brought in."""
    if not any(country == iso3 for country, _ in review.centres):
        review.countries.discard(iso3)


def _level(course: Course) -> str:
    return _words("cmcoord_level", course.values["cmcoord_level"])


def _words(name: str, value: Any) -> str:
    written = in_words(name, value, _LANGUAGE)
    return fields.render(name, written) or _BLANK
