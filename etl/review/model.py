"""The review as it is read: countries, their centres, their courses, before they get identifiers."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from etl.issues import Issue
from etl.meaning import vocabulary
from etl.review.answers import NO_ANSWERS, Answers

CENTRE_FIELDS = (
    "centre_name_local",
    "acronym",
    "city",
    "latitude",
    "longitude",
    "operator",
    "provider_type",
    "scope",
    "established_year",
    "website",
    "centre_source_url",
)
COURSE_FIELDS = (
    "course_title_local",
    "course_type",
    "duration",
    "year",
    "un_recognised",
    "cmcoord_level",
    "evidence",
    "evidence_type",
    "source_url",
    "audience",
    "language",
    "topics",
)
MULTIPLE = ("audience", "language", "topics")
# What a level rests on: when the higher of two levels is kept, its evidence comes with it.
LEVEL_FIELDS = ("cmcoord_level", "evidence", "evidence_type", "source_url")

CentreKey = tuple[str, str]  # (country_iso3, folded name)
CourseKey = tuple[str, str, str]  # (country_iso3, folded name of the centre, folded title)


@dataclass
class Centre:
    """A training centre: its name, where it was first read, and its interpreted values."""

    country_iso3: str
    name: str
    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    read_from: dict[str, str] = field(default_factory=dict)  # field -> cell that gave the value


@dataclass
class Course:
    """A course of a centre: its title, where it was first read, and its interpreted values."""

    centre: CentreKey
    title: str
    sheet: str
    row: int
    values: dict[str, Any]
    level_basis: str = "desk-review"


@dataclass
class Review:
    """What a matrix says, with everything that was found on the way and where each row went."""

    countries: set[str] = field(default_factory=set)
    centres: dict[CentreKey, Centre] = field(default_factory=dict)
    courses: dict[CourseKey, Course] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    rows_read: int = 0
    courses_kept: int = 0
    duplicates_merged: int = 0
    rows_held_back: int = 0
    rows_without_course: int = 0
    rows_left_out: int = 0  # of those held back: a person answered that the country is left out
    answers: Answers = NO_ANSWERS
    answers_used: Counter[str] = field(default_factory=Counter)  # line of a file -> cells
    duration_unit: str = "day"  # of bare numbers: "Duration (weeks)" heads weeks

    @property
    def rows(self) -> dict[str, int]:
        """Where every row of the matrix went, by name; what consultations add is not among them."""
        names = ("courses_kept", "duplicates_merged", "rows_held_back", "rows_without_course")
        return {"rows_read": self.rows_read, **{name: getattr(self, name) for name in names}}

    @property
    def found(self) -> dict[str, int]:
        """How many countries, centres and courses there are."""
        return {
            "countries": len(self.countries),
            "centres": len(self.centres),
            "courses": len(self.courses),
        }


def merge(kept: dict[str, Any], other: dict[str, Any]) -> None:
    """Merge the values of a repeated course into `kept`: nothing that either row says is lost."""
    order = vocabulary.load("levels").codes
    if order.index(other["cmcoord_level"]) < order.index(kept["cmcoord_level"]):
        kept.update({name: other[name] for name in LEVEL_FIELDS})
    for name in MULTIPLE:
        kept[name] = union(name, kept[name], other[name])
    for name, value in other.items():
        if kept[name] in (None, "", (None, None)):
            kept[name] = value


def union(name: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of both, in the order of the vocabulary of field `name`."""
    order = vocabulary.load(
        {"audience": "audiences", "language": "languages", "topics": "topics"}[name]
    ).codes
    both = {*one, *other}
    return tuple(code for code in order if code in both)
