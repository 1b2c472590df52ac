"""Two codings of one matrix, course by course: where both coders agree and where they do not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from etl.build.edition import sha256
from etl.coding.codings import (
    CODED,
    NO_MARK,
    NOT_READ,
    CannotCompare,
    CoderMark,
    Coding,
    open_coded,
)
from etl.review.answers import NO_ANSWERS, Answers
from etl.review.model import COURSE_FIELDS, LEVEL_FIELDS, CentreKey, CourseKey, Review
from etl.review.rows import identify_centres, identify_courses
from etl.text import fold

# How two marks compare. Kappa counts the first two; "unread": somebody wrote what no rule can read.
AGREED, DISAGREED = "agreed", "disagreed"
FIRST_ONLY, SECOND_ONLY, NEITHER, UNREAD = "first-only", "second-only", "neither", "unread"
_EMPTY = (None, "", (), (None, None))


@dataclass(frozen=True)
class Pair:
    """One course and what both coders wrote about it; key: of `Compared.review`."""

    key: CourseKey
    course_id: str
    first: CoderMark
    second: CoderMark

    @property
    def comparison(self) -> str:
        """One of the six ways in which two marks compare."""
        statuses = (self.first.status, self.second.status)
        if statuses == (CODED, CODED):
            return AGREED if self.first.level == self.second.level else DISAGREED
        if NOT_READ in statuses:
            return UNREAD
        if CODED in statuses:
            return FIRST_ONLY if self.first.status == CODED else SECOND_ONLY
        return NEITHER


@dataclass(frozen=True)
class Compared:
    """Two codings, and one review with every course of either.

    pairs: by course_id; others: coders who were not compared; differing: field other than the level
    and what it rests on -> courses about which the second workbook says something else. In
    `review` the first workbook's word counts there.
    """

    first: Coding
    second: Coding
    review: Review
    pairs: Sequence[Pair]
    others: Sequence[str]
    differing: Mapping[str, int]

    def counts(self) -> Counter[str]:
        """How many courses compare in which way."""
        return Counter(pair.comparison for pair in self.pairs)


def compare(
    first: Path,
    second: Path | None,
    wanted: Sequence[str] = (),
    max_rows: int | None = None,
    said: Answers = NO_ANSWERS,
) -> Compared:
    """Compare two codings in one workbook, or in two workbooks of the same matrix.

    wanted: two names of coders, where one workbook has more; else its first two are compared.
    Raises CannotCompare and NotReadable.
    """
    if second is None:
        one, other, others = _within(first, wanted, max_rows, said)
    else:
        one, other = _between(first, second, max_rows, said)
        others = []
    _refuse_empty(one)
    _refuse_empty(other)
    return _compared(one, other, others)


def _within(
    path: Path, wanted: Sequence[str], max_rows: int | None, said: Answers
) -> tuple[Coding, Coding, list[str]]:
    workbook = open_coded(path, max_rows, said)
    coders = workbook.coders
    keys = [_find(name, coders, workbook.name) for name in wanted] or list(coders)[:2]
    if len(coders) < 2:
        raise workbook.without_second()
    if len(set(keys)) < 2:
        raise CannotCompare(f"{workbook.name}: name two different coders.")
    one, other = (workbook.read(key, coders[key]) for key in keys)
    return one, other, [name for key, name in coders.items() if key not in keys]


def _find(name: str, coders: Mapping[str, str], file: str) -> str:
    for key, written in coders.items():
        if fold(name) in (key, fold(written)):
            return key
    raise CannotCompare(f"{file} names no coder '{name}'. There: {', '.join(coders.values())}.")


def _between(
    first: Path, second: Path, max_rows: int | None, said: Answers
) -> tuple[Coding, Coding]:
    workbooks = [open_coded(path, max_rows, said) for path in (first, second)]
    if sha256(first) == sha256(second):
        raise CannotCompare(
            f"{first.name} and {second.name} are the same file. Give the workbooks of two coders."
        )
    codings = []
    for workbook in workbooks:
        if len(workbook.coders) > 1:
            names = " and ".join(f"'{name}'" for name in workbook.coders.values())
            raise CannotCompare(
                f"{workbook.name} has codings by {names} itself. Give it alone, or take the "
                "columns of one of them out."
            )
        key, coder = next(iter(workbook.coders.items()), ("", ""))
        codings.append(workbook.read(key, coder or workbook.name.removesuffix(".xlsx")))
    one, other = codings
    if one.coder and fold(one.coder) == fold(other.coder):
        raise CannotCompare(
            f"{one.where}; {other.where}: both are by '{one.coder}'. Name the coder in the head of "
            "the level, for example 'level (coder A)'."
        )
    return one, other


def _refuse_empty(coding: Coding) -> None:
    if not coding.count(CODED):
        raise CannotCompare(
            f"{coding.where} holds no level that can be read, so there is no second coding to "
            "compare. Fill it in, or give the workbook of another coder."
        )


def _compared(one: Coding, other: Coding, others: Sequence[str]) -> Compared:
    partners = _partners(one.review, other.review)
    if not partners:
        raise CannotCompare(
            f"{one.file} and {other.file} have no course in common (the same country, centre and "
            "title); they are not codings of the same matrix."
        )
    review = copy(one.review)
    review.countries = one.review.countries | other.review.countries
    review.centres = dict(one.review.centres)
    review.courses = dict(one.review.courses)
    centres = _same_centres(one.review, other.review)
    keys = dict(partners.items())
    for theirs, course in other.review.courses.items():
        if theirs in partners:
            continue
        centre = centres.get(course.centre, course.centre)
        review.centres.setdefault(centre, other.review.centres[course.centre])
        keys[theirs] = (*centre, fold(course.title))
        review.courses[keys[theirs]] = replace(course, centre=centre)
    for key, held in other.review.centres.items():
        if key not in centres:
            review.centres.setdefault(key, held)
    ids = identify_courses(review.courses, identify_centres(review.centres))
    second = {keys[theirs]: mark for theirs, mark in other.marks.items()}
    pairs = [
        Pair(key, ids[key], one.marks.get(key, NO_MARK), second.get(key, NO_MARK))
        for key in sorted(review.courses, key=ids.__getitem__)
    ]
    differing = _differing(one.review, other.review, partners)
    return Compared(one, other, review, pairs, others, differing)


def _same_centres(one: Review, other: Review) -> dict[CentreKey, CentreKey]:
    """Return centre of the second review -> the same centre in the first: by name, else by id."""
    by_id = {identifier: key for key, identifier in identify_centres(one.centres).items()}
    same = {key: key for key in other.centres if key in one.centres}
    for key, identifier in identify_centres(other.centres).items():
        ours = by_id.get(identifier)
        if key not in same and ours and ours not in other.centres:
            same[key] = ours
    return same


def _partners(one: Review, other: Review) -> dict[CourseKey, CourseKey]:
    """Return course of the second review -> the same course in the first: same centre and title."""
    centres = _same_centres(one, other)
    partners: dict[CourseKey, CourseKey] = {}
    taken = set()
    for key, course in other.courses.items():
        ours = (*centres.get(course.centre, ("", "")), fold(course.title))
        if ours in one.courses and ours not in taken:
            partners[key] = ours
            taken.add(ours)
    return partners


def _differing(one: Review, other: Review, partners: Mapping[CourseKey, CourseKey]) -> Counter[str]:
    """Count the courses about which the second workbook says something else, by field."""
    differing: Counter[str] = Counter()
    for theirs, ours in partners.items():
        value, also = one.courses[ours].values, other.courses[theirs].values
        differing.update(
            name
            for name in COURSE_FIELDS
            if name not in LEVEL_FIELDS and also[name] not in _EMPTY and also[name] != value[name]
        )
    return differing
