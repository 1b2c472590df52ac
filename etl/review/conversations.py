"""What conversations with contributing countries added, laid over the desk review.

`consultations.xlsx` has one row for each thing learnt: date, country, centre, course, field, new
value, source, note. A row changes one field of one course (or of a centre, when no course is
named), or adds a course ("new course" as field) or a centre ("new centre"). A row that matches
nothing changes nothing and is listed in the issues.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.issues import Issue
from etl.meaning import countries, fields
from etl.review.conversation_rows import (
    SHEET,
    ConversationEntry,
    ConversationsBroken,
    action,
    entries,
    field_named,
)
from etl.review.model import COURSE_FIELDS, Centre, CentreKey, Course, CourseKey, Review
from etl.review.rows import identify_centres, identify_courses
from etl.text import fold
from etl.workbook.reader import open_workbook

__all__ = ["Applied", "Change", "ConversationsBroken", "Question", "apply"]


@dataclass(frozen=True)
class Question:
    """A row that names whom was asked and what, with its date; nothing has come back yet.

    `centre_id` and `course_id` are empty where the row names none, or none that the review has.
    """

    date: str
    country_iso3: str
    centre_id: str
    course_id: str
    field: str
    source: str
    note: str


@dataclass(frozen=True)
class Change:
    """What one row changed: a field of a course, or of a centre when `course_id` is empty.

    `before` and `after` are canonical texts, as the tables and `issues` have them. A course or a
    centre that was added has its title or name as `field`, and nothing before.
    """

    date: str
    country_iso3: str
    centre_id: str
    course_id: str
    field: str
    before: str
    after: str
    source: str
    note: str


@dataclass(frozen=True)
class Applied:
    """What came of the rows of the file.

    `rows` is the sum of `applied` (changed something), `unmatched` (match nothing; each is an
    issue) and `open` (no new value yet). `changes` are in the order in which they were applied,
    `asked` are the open rows that have a date, in the order of their dates.
    """

    rows: int = 0
    applied: int = 0
    unmatched: int = 0
    open: int = 0
    changes: tuple[Change, ...] = ()
    asked: tuple[Question, ...] = ()


@dataclass(frozen=True)
class _Done:
    """What an entry did, before anything has its final identifier."""

    entry: ConversationEntry
    centre: CentreKey
    course: CourseKey | None
    field: str
    before: str
    after: str


def apply(review: Review, path: Path) -> Applied:
    """Lay the consultations in `path` over `review`; return what came of its rows.

    They are applied in the order of their dates, whatever the order of the rows: what was learnt
    last holds. Rows without a date come first, in the order of the file. A row without a new value
    is a question that is still open: it changes nothing and is no issue.

    A missing file or one without rows changes nothing. Raises NotReadable (no workbook) and
    ConversationsBroken (rows without the needed columns).
    """
    if not path.exists():
        return Applied()
    rows = sorted(entries(open_workbook(path)), key=lambda entry: entry.day)
    answered = [entry for entry in rows if not entry.is_open]
    targets = _Targets(review)
    done = list(filter(None, (_apply(review, entry, targets) for entry in answered)))
    return Applied(
        rows=len(rows),
        applied=len(done),
        unmatched=len(answered) - len(done),
        open=len(rows) - len(answered),
        changes=_changes(review, done),
        asked=tuple(_asked(review, (entry for entry in rows if entry.is_open and entry.day))),
    )


def _changes(review: Review, done: Iterable[_Done]) -> tuple[Change, ...]:
    """Give everything the identifiers that it has in the tables: a change may have moved them."""
    centre_ids = identify_centres(review.centres)
    course_ids = identify_courses(review.courses, centre_ids)
    return tuple(
        Change(
            date=one.entry.day,
            country_iso3=one.centre[0],
            centre_id=centre_ids[one.centre],
            course_id=course_ids[one.course] if one.course else "",
            field=one.field,
            before=one.before,
            after=one.after,
            source=one.entry.texts.get("source", ""),
            note=one.entry.texts.get("note", ""),
        )
        for one in done
    )


def _asked(review: Review, rows: Iterable[ConversationEntry]) -> Iterable[Question]:
    targets = _Targets(review)
    for entry in rows:
        iso3 = countries.resolve(entry.texts["country"]).iso3
        if iso3 is None:
            continue
        centre = targets.centre(iso3, entry.texts["centre"])
        course = targets.course(centre, entry.texts["course"]) if centre else None
        name = entry.texts["field"]
        yield Question(
            date=entry.day,
            country_iso3=iso3,
            centre_id=targets.id_of_centre.get(centre, "") if centre else "",
            course_id=targets.id_of_course.get(course, "") if course else "",
            field=action(name) or field_named(name, of_course=course is not None) or name,
            source=entry.texts.get("source", ""),
            note=entry.texts.get("note", ""),
        )


class _Targets:
    """Finds what an entry speaks of: by identifier, by name, or by acronym."""

    def __init__(self, review: Review):
        self.review = review
        self.id_of_centre = identify_centres(review.centres)
        self.id_of_course = identify_courses(review.courses, self.id_of_centre)
        self.centre_ids = {i: key for key, i in self.id_of_centre.items()}
        self.course_ids = {i: key for key, i in self.id_of_course.items()}

    def centre(self, iso3: str, text: str) -> CentreKey | None:
        by_id = self.centre_ids.get(text)
        if by_id and by_id[0] == iso3:
            return by_id
        if (iso3, fold(text)) in self.review.centres:
            return iso3, fold(text)
        by_acronym = [
            key
            for key, centre in self.review.centres.items()
            if key[0] == iso3
            and fold(text)
            and fold(centre.values.get("acronym") or "") == fold(text)
        ]
        return by_acronym[0] if len(by_acronym) == 1 else None

    def course(self, centre: CentreKey, text: str) -> CourseKey | None:
        by_id = self.course_ids.get(text)
        if by_id and by_id[:2] == centre:
            return by_id
        key = (*centre, fold(text))
        return key if key in self.review.courses else None


def _apply(review: Review, entry: ConversationEntry, targets: _Targets) -> _Done | None:
    """Apply one entry; None, with an issue, when it matches nothing."""
    texts = entry.texts
    resolution = countries.resolve(texts["country"])
    if resolution.iso3 is None:
        return _unmatched(review, entry, "country", texts["country"], resolution.reason)
    wanted = action(texts["field"])
    if wanted == "add-centre":
        return _add_centre(review, entry, resolution.iso3)
    centre = targets.centre(resolution.iso3, texts["centre"])
    if centre is None:
        return _unmatched(
            review,
            entry,
            "centre",
            texts["centre"],
            "The review has no such centre in that country.",
        )
    if wanted == "add-course":
        return _add_course(review, entry, centre)
    return _change(review, entry, centre, targets)


def _change(
    review: Review, entry: ConversationEntry, centre: CentreKey, targets: _Targets
) -> _Done | None:
    texts = entry.texts
    name = field_named(texts["field"], of_course=bool(texts["course"]))
    if name is None:
        return _unmatched(review, entry, "field", texts["field"], "No field has that name.")
    if not texts["new_value"]:
        return _unmatched(review, entry, "new_value", "", "The column New value is empty.")
    key = targets.course(centre, texts["course"]) if texts["course"] else None
    if texts["course"] and key is None:
        return _unmatched(
            review, entry, "course", texts["course"], "The centre has no course of that title."
        )
    item: Course | Centre = review.courses[key] if key else review.centres[centre]
    finding = fields.FIELDS[name](entry.value)
    if finding.code:
        return _unmatched(review, entry, "new_value", texts["new_value"], finding.message)
    before, after = (
        fields.render(name, item.values.get(name)),
        fields.render(name, finding.value),
    )
    item.values[name] = finding.value
    if isinstance(item, Course) and name == "cmcoord_level":
        item.level_basis = "consultation"
    _tell(review, entry, name, before, after)
    return _Done(entry, centre, key, name, before, after)


def _add_centre(review: Review, entry: ConversationEntry, iso3: str) -> _Done | None:
    name = entry.texts["centre"]
    if not fold(name):
        return _unmatched(
            review, entry, "centre", name, "A new centre needs its name in the column Centre."
        )
    if (iso3, fold(name)) in review.centres:
        return _unmatched(review, entry, "centre", name, "The review has that centre already.")
    review.centres[iso3, fold(name)] = Centre(iso3, name, SHEET, entry.row)
    review.countries.add(iso3)
    _tell(review, entry, "centre_name", "", name)
    return _Done(entry, (iso3, fold(name)), None, "centre_name", "", name)


def _add_course(review: Review, entry: ConversationEntry, centre: CentreKey) -> _Done | None:
    title = entry.texts["course"]
    if not fold(title):
        return _unmatched(
            review, entry, "course", title, "A new course needs its title in the column Course."
        )
    if (*centre, fold(title)) in review.courses:
        return _unmatched(review, entry, "course", title, "The centre has that course already.")
    finding = fields.FIELDS["cmcoord_level"](entry.value)
    if finding.code:
        return _unmatched(review, entry, "new_value", entry.texts["new_value"], finding.message)
    values = {name: fields.FIELDS[name](None).value for name in COURSE_FIELDS}
    values["cmcoord_level"] = finding.value
    key = (*centre, fold(title))
    review.courses[key] = Course(centre, title, SHEET, entry.row, values, "consultation")
    _tell(review, entry, "course_title", "", title)
    return _Done(entry, centre, key, "course_title", "", title)


def _tell(review: Review, entry: ConversationEntry, name: str, before: str, after: str) -> None:
    told = [
        part
        for part in (entry.texts.get("date"), entry.texts.get("source"), entry.texts.get("note"))
        if part
    ]
    message = f"Consultation: {'; '.join(told) if told else 'no source is given'}."
    review.issues.append(
        Issue("consultation-applied", message, SHEET, entry.value_cell, name, before, after)
    )


def _unmatched(
    review: Review, entry: ConversationEntry, name: str, found: str, why: str
) -> _Done | None:
    """Say in an issue why an entry was not applied; return None, as nothing was done."""
    message = (
        f"{why} Row {entry.row} of the consultations was not applied; correct it and build again."
    )
    review.issues.append(
        Issue("consultation-unmatched", message, SHEET, entry.field_cell, name, found)
    )
    return None
