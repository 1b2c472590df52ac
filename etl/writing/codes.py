"""What may be chosen in each coded column of a matrix, in words that are read back to their code.

In lists for the cells, and explained in a sheet of codes.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import xlsxwriter

from etl.meaning import countries, vocabulary
from etl.text import fold
from etl.writing import words
from etl.writing.cell_text import row_height

SEPARATOR = "; "
# Fields whose cells hold words of a vocabulary, in the order in which a sheet of codes explains
# them; where a cell may hold several words, a person may also type what the list does not offer.
VOCABULARIES = {
    "cmcoord_level": "levels",
    "evidence_type": "evidence_types",
    "topics": "topics",
    "course_type": "course_types",
    "audience": "audiences",
    "un_recognised": "recognition",
    "operator": "operators",
    "provider_type": "provider_types",
    "scope": "scopes",
    "language": "languages",
}
FIELDS = (*VOCABULARIES, "country")
OPEN = frozenset({"topics", "language"})
_RECOGNISED = {True: "yes", False: "no"}
# "ISO 639-1 code of the language", a hundred times over, explains nothing.
_UNEXPLAINED = "language"
_COLUMNS = (("column", 24), ("word", 46), ("code", 34), ("meaning", 90))

Ranges = dict[str, "ListRange"]  # field -> where its words stand


@dataclass(frozen=True)
class CodeEntry:
    """One line of a list: the word to write, the code (or codes) it stands for, what it means."""

    word: str
    code: str
    meaning: str = ""


@cache
def entries(field: str, language: str) -> tuple[CodeEntry, ...]:
    """Return what may be chosen for `field`; KeyError when it is no coded field.

    Audiences also come together, because a list takes one choice; countries are sorted by name.
    """
    if field == "country":
        return _countries(language)
    name = VOCABULARIES[field]
    listed = [
        CodeEntry(
            words.word(name, code, language),
            code,
            "" if field == _UNEXPLAINED else words.meaning(name, code, language),
        )
        for code in vocabulary.load(name).codes
    ]
    if field == "audience":
        listed += _together(listed)
    return tuple(listed)


def in_words(field: str, value: Any, language: str) -> Any:
    """Return an interpreted value of a coded field in words; what is not coded comes unchanged.

    value: a code, a tuple of codes, a yes or no, an ISO 3166-1 code for the country. Raises
    KeyError for a code that there is not.
    """
    if value is None or value in ("", ()):
        return ""
    if field == "country":
        return _country(value, language)
    if field not in VOCABULARIES:
        return value
    codes = value if isinstance(value, tuple) else (_RECOGNISED.get(value, value),)
    return SEPARATOR.join(words.word(VOCABULARIES[field], code, language) for code in codes)


def _together(listed: list[CodeEntry]) -> list[CodeEntry]:
    return [
        CodeEntry(
            *(
                SEPARATOR.join(part)
                for part in zip(*((one.word, one.code) for one in several), strict=True)
            )
        )
        for count in range(2, len(listed) + 1)
        for several in combinations(listed, count)
    ]


def _countries(language: str) -> tuple[CodeEntry, ...]:
    named = [CodeEntry(_country(iso3, language), iso3) for iso3 in countries.all_iso3()]
    return tuple(sorted(named, key=lambda entry: fold(entry.word)))


def _country(iso3: str, language: str) -> str:
    reference = countries.reference(iso3)
    return {"en": reference.name, "fr": reference.name_fr, "es": reference.name_es}[language]


@dataclass(frozen=True)
class ListRange:
    """Where the words of one list stand, for the lists of other sheets.

    place: a reference such as ='Codes'!$B$2:$B$7; is_open: whether several words, joined by
    semicolons, may be typed as well.
    """

    place: str
    is_open: bool


def write_codes(book: xlsxwriter.Workbook, language: str) -> Ranges:
    """Add the sheet of codes in `language` to `book`; return where the words of each list stand."""
    title = words.text("sheet_codes", language)
    sheet = book.add_worksheet(title)
    header = book.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
    for index, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, words.text(f"codes_{name}", language), header)
    widths = [width for _, width in _COLUMNS]
    row, ranges = 1, {}
    for field in FIELDS:
        first = row
        for entry in entries(field, language):
            texts = (words.header(field, language), entry.word, entry.code, entry.meaning)
            sheet.set_row(row, row_height(zip(texts, widths, strict=True)))
            for index, text in enumerate(texts):
                sheet.write_string(row, index, text, strong if index == 1 else wrapped)
            row += 1
        place = f"='{title}'!$B${first + 1}:$B${row}"
        ranges[field] = ListRange(place, field in OPEN)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, row - 1, len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    return ranges
