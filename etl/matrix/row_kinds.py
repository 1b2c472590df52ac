"""Rows of a sheet that are no courses: notes, totals, repeated headers, titles that say "none".

The words are in `maps/row_words.csv`, with the columns kind, language and word:
note (how a note begins), total, before-total ("grand"), after-total ("general"), number and of
(around a total: "nombre total de cours"), number-of ("number of"), course; credit, dated, continued,
page and end (what can begin no title: "prepared by", "updated" and a date, "page" and a number);
no, before-found ("was"), found, course-kind ("peacekeeping") make "no peacekeeping course was
found"; no-course is a whole text that stands for no course.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from etl.matrix.headers import NEEDED, Header
from etl.matrix.synonyms import Synonyms
from etl.text import fold
from etl.workbook.cells import CellValue

# No name of a country is as long; a sentence about the table is.
LONGEST_HEADING = 80

_WORDS_FILE = Path(str(files("etl"))) / "maps" / "row_words.csv"


@cache
def _lines() -> tuple[tuple[str, str], ...]:
    """Return (kind, word) for every line of the file."""
    with _WORDS_FILE.open(encoding="utf-8", newline="") as file:
        return tuple((line["kind"], line["word"]) for line in csv.DictReader(file))


def _words(kind: str) -> list[str]:
    return [word for own, word in _lines() if own == kind]


def folded_words(kind: str) -> frozenset[str]:
    """Return the words of one kind of `maps/row_words.csv`, folded."""
    return frozenset(fold(word) for word in _words(kind))


def _any(kind: str) -> str:
    """Return a pattern for one of the words of a kind, the longest that fits before its parts."""
    return "|".join(re.escape(word) for word in sorted(_words(kind), key=len, reverse=True))


_NOTES, _COURSES, _FOUND = _any("note"), _any("course"), _any("found")
_TOTALS = rf"(?:(?:{_any('before-total')})[- ]?)?(?:{_any('total')})"
_MARKS = r"[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹]|\[\d+\]"
_NOTE = re.compile(rf"(?:{_NOTES}|{_TOTALS})\b|{_MARKS}", re.IGNORECASE)
_TOTAL = re.compile(rf"(?:{_TOTALS})\b", re.IGNORECASE)
# Where a course or a centre may stand, the word alone is not enough: "Source protection course".
_CLEAR_NOTE = re.compile(
    rf"(?:{_NOTES}|{_TOTALS})(?: ?\d{{1,2}})? ?(?:[:：–—]|- |\.? ?$)", re.IGNORECASE
)

# Alone in its row, a text in the course column is a note when nothing but a total, a number of
# courses, a date or the mark of a footnote can begin so: "Total force protection" is a course.
_COUNTED = re.compile(
    rf"(?:(?:(?:{_any('number')}) )?{_TOTALS}(?: (?:{_any('after-total')}))?"
    rf"(?: (?:{_any('of')}))?(?: (?:{_COURSES}))?|"
    rf"(?:{_any('number-of')}) (?:{_COURSES})|\d+ (?:{_COURSES}))"
    rf"(?: ?[:：=–—-])?[\s\d.,()]*(?:(?:{_COURSES})[\s.)]*)?$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    rf"(?:{_MARKS})+\s|\[\d+\]|\(\d{{1,2}}\)\s|(?:{_any('credit')})(?:(?<=\W)|\b)|"
    rf"(?:{_any('dated')}) \d|\(?(?:{_any('continued')})\)?$|(?:{_any('page')}) \d+$|"
    rf"(?:{_any('end')})$",
    re.IGNORECASE,
)
# "No UN course", "None identified", "Aucun cours identifié": what stands for a course is none.
_IS_FOUND = rf"(?:(?:{_any('before-found')}) )?(?:{_FOUND})"
_KIND = rf"(?:{_any('course-kind')})"
_NO_COURSE = re.compile(
    rf"(?:{_any('no')})(?: |(?<=[’']))(?:{_KIND} )*"
    rf"(?:(?:{_COURSES})(?: {_KIND})*(?: {_IS_FOUND})?|{_IS_FOUND})[\s.!)]*$",
    re.IGNORECASE,
)
# A row of the numbers or letters of the columns: "1", "(a)", "B.".
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:(\d{1,3})|([a-z]))[)\].]?", re.IGNORECASE)
_FEWEST_NUMBERED = 3


def is_note(own: Mapping[int, CellValue], first_column: int, columns_of: Mapping[str, int]) -> bool:
    """Return whether the filled cells of a row are a note or a total, and no course or heading.

    own: column -> value; first_column: the leftmost column of the table; columns_of: field ->
    column.
    """
    named = {columns_of["course_title"], columns_of["centre_name"]}
    heading = {first_column, columns_of["country"]}
    if _is_note_for_course(own, columns_of["course_title"]):
        return True
    if len(own) > 1:
        return any(
            _is_total(own.get(index), index in named)
            and all(_is_number(value) for column, value in own.items() if column != index)
            for index in heading
        )
    ((index, text),) = own.items() or ((0, None),)
    if not isinstance(text, str):
        return False
    if index in named or index not in heading:
        return _CLEAR_NOTE.match(text) is not None
    return len(text) > LONGEST_HEADING or _NOTE.match(text) is not None


def is_header_again(own: Mapping[int, CellValue], header: Header, synonyms: Synonyms) -> bool:
    """Return whether at least half of the filled cells of a row are headers.

    A needed column must be among them: people also write the name of a topic as its tick. Headers
    of other words than those of this table must be three, with a header in the place of the
    country: a centre may be called "School" and its course "Training".
    """
    fields = {column.index: column.field for column in header.columns if not column.code}
    keys = {
        index: fold(value)
        for index, value in own.items()
        if isinstance(value, str) and len(value) <= LONGEST_HEADING
    }
    if not any(
        _repeats(header, index, key) or key in synonyms.alone
        for index, key in keys.items()
        if fields.get(index) in NEEDED
    ):
        return False
    if not _may_be_header(own, header, fields, synonyms):
        return False
    repeated = sum(_repeats(header, index, key) for index, key in keys.items())
    if len(own) == 1:
        return repeated == 1
    known = sum(
        _repeats(header, index, key) or (index in fields and key in synonyms.alone)
        for index, key in keys.items()
    )
    return known >= (2 if repeated else 3) and known * 2 >= len(own)


def is_column_numbers(own: Mapping[int, CellValue]) -> bool:
    """Return whether a row counts the columns: 1, 2, 3 …, (a), (b), (c) …, one in each cell."""
    numbers = []
    for _, value in sorted(own.items()):
        match = _COLUMN_NUMBER.fullmatch(str(value))
        if match is None:
            return False
        numbers.append(int(match[1]) if match[1] else ord(match[2].lower()) - ord("a") + 1)
    return len(numbers) >= _FEWEST_NUMBERED and all(
        later == earlier + 1 for earlier, later in pairwise(numbers)
    )


def says_no_course(title: str) -> bool:
    """Return whether what stands for a course says that there is none, in words of its own."""
    return len(title) <= LONGEST_HEADING and _NO_COURSE.match(title) is not None


def _is_note_for_course(own: Mapping[int, CellValue], course: int) -> bool:
    title = own.get(course)
    if not isinstance(title, str) or not all(
        _is_number(value) for index, value in own.items() if index != course
    ):
        return False
    return _COUNTED.match(title) is not None or (
        len(own) == 1 and _FOOTNOTE.match(title) is not None
    )


def _may_be_header(
    own: Mapping[int, CellValue],
    header: Header,
    fields: Mapping[int, str | None],
    synonyms: Synonyms,
) -> bool:
    """Return whether the needed cells allow a header: a course stands under a country.

    Where the country is blank, all of them must repeat the header of this table itself.
    """
    needed = {
        fields[index]: (index, value) for index, value in own.items() if fields.get(index) in NEEDED
    }
    if "country" in needed:
        index, value = needed["country"]
        return isinstance(value, str) and (
            _repeats(header, index, fold(value)) or synonyms.field_of(value) is not None
        )
    return all(
        isinstance(value, str) and _repeats(header, index, fold(value))
        for index, value in needed.values()
    )


def _repeats(header: Header, index: int, key: str) -> bool:
    return key in header.texts.get(index, ())


def _is_total(value: CellValue, may_be_a_name: bool) -> bool:
    pattern = _CLEAR_NOTE if may_be_a_name else _TOTAL
    return isinstance(value, str) and pattern.match(value) is not None


def _is_number(value: CellValue) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and re.fullmatch(r"[\d\s.,%/()–-]+", value) is not None
    )
