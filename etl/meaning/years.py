"""In which years a source shows a course, and when a centre was founded.

The words around the numbers are in `vocab/year_words.csv`.
"""

import re
from datetime import date
from functools import lru_cache

from etl.meaning.choices import is_blank
from etl.meaning.finding import REMEMBERED, Finding, not_read, shown, text_of
from etl.meaning.vocabulary import load
from etl.workbook.cells import CellValue, ExcelDate

Years = tuple[int | None, int | None]

# The United Nations exist since 1945; a number beyond these bounds is no year of a course.
FIRST_YEAR = 1945
LAST_YEAR = 2100
# Some military schools are older than most states; none that trains today is older than this.
FIRST_FOUNDED = 1500
# A list of years is short; longer text is prose and is not searched for numbers.
_LONGEST_TEXT = 200

_HOW = 'Write it as "2017", "2016-2018", "since 2014" or "2017, 2023".'
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](\d{4})|(\d{4})-\d{2}-\d{2})(?!\d)")
_TOKEN = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+(?:['’.][^\W\d_]+)*)|(?P<sign>\S)")
_WORDS_OF_A_TERM = 4  # "hasta la fecha", "several times a year"


@lru_cache(maxsize=REMEMBERED, typed=True)
def years(value: CellValue) -> Finding[Years]:
    """Return the first and the last year; no last one for "since 2014", none for "annual".

    Several years ("2017, 2023") give the first and the last. Months beside a year are set aside.
    """
    if isinstance(value, ExcelDate):
        return _from_date(value)
    if isinstance(value, (bool, int, float)):
        return _bounded(value, _plain_year(value), FIRST_YEAR)
    text = text_of(value)
    if isinstance(value, str | None) and is_blank(text):
        return Finding((None, None))
    read = _from_text(text) if isinstance(value, str) and len(text) <= _LONGEST_TEXT else None
    return _bounded(value, read, FIRST_YEAR)


def established(value: CellValue) -> Finding[int | None]:
    """Return the year in which a centre was founded, None when it is not known."""
    if isinstance(value, ExcelDate):
        finding = _from_date(value)
    elif isinstance(value, str | None) and is_blank(text_of(value)):
        return Finding(None)
    else:
        text = text_of(value)
        read = _plain_year(value) if isinstance(value, (bool, int, float)) else None
        if isinstance(value, str) and len(text) <= _LONGEST_TEXT:
            read = _from_text(text)
        finding = _bounded(value, read, FIRST_FOUNDED)
    first, last = finding.value
    if (first is None and not finding.code) or last not in (first, None):
        return not_read(value, None, "one year", 'Write it as "1995".')
    return Finding(first, finding.code, finding.message)


def _plain_year(value: bool | int | float) -> Years | None:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        return None
    return int(value), int(value)


def _bounded(value: CellValue, read: Years | None, earliest: int) -> Finding[Years]:
    if read is None:
        return not_read(value, (None, None), "a year", _HOW)
    known = [year for year in read if year is not None]
    if any(not earliest <= year <= LAST_YEAR for year in known):
        bounds = f"is not between {earliest} and {LAST_YEAR}; the field is left empty."
        return Finding((None, None), "value-out-of-range", f'"{shown(value)}" {bounds} {_HOW}')
    return Finding(read)


def _from_date(cell: ExcelDate) -> Finding[Years]:
    """Take the year of a date that shows one; shown as d-mmm it has only the year Excel added."""
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.number_format).lower()
    if not isinstance(cell.value, date) or "y" not in pattern:
        return not_read(cell, (None, None), "a year, because Excel turned it into a date", _HOW)
    finding = _bounded(cell, (cell.value.year, cell.value.year), FIRST_YEAR)
    if finding.code or "d" in pattern or "yyyy" in pattern:
        return finding
    # "10-14" may have been typed for 2010 to 2014; shown mmm-yy it became October 2014.
    message = (
        f"Excel shows the date {shown(cell)} as a month and a year; {cell.value.year} was used. "
        "Check it, and write the year in full."
    )
    return Finding(finding.value, "excel-date", message)


def _from_text(text: str) -> Years | None:
    """Read years and the words of `year_words.csv`; None when anything else stands in the text."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[ T].*)?", text):
        text = text[:10]
    text = re.sub(r"^(\d{4})[.,]0+$", r"\1", text)  # a number that a program stored as text
    text = _DATE.sub(lambda match: f" {match[1] or match[2]} ", text)
    tokens = _tokens(_long_years(text))
    if tokens is None:
        return None
    numbers = [token for token in tokens if isinstance(token, int)]
    words = [token for token in tokens if isinstance(token, str)]
    if "month" in words:
        numbers = [number for number in numbers if number > 31]  # days of the month
    if not numbers:
        return (None, None) if words and set(words) <= {"recurrent", "list"} else None
    if any(number < 1000 for number in numbers):
        return None
    return _span(tokens, numbers)


def _span(tokens: list[int | str], numbers: list[int]) -> Years | None:
    """Return the first and the last of `numbers`, as the words between and around them say."""
    kinds = [token for token in tokens if token not in ("month", "recurrent")]
    opening, closing = kinds[0], kinds[-1]
    inner = kinds[opening in ("since", "between") : len(kinds) - (closing in ("ongoing", "dash"))]
    if any(token in ("since", "between", "ongoing") for token in inner):
        return None
    if opening in ("range", "dash") or closing == "range":  # "until 2016" names no first year
        return None
    if closing in ("ongoing", "dash") or (opening == "since" and len(numbers) == 1):
        return (numbers[0], None) if len(numbers) == 1 else None
    for before, joint, after in zip(inner, inner[1:], inner[2:], strict=False):
        if joint not in ("range", "dash"):
            continue
        if isinstance(before, int) and isinstance(after, int) and before > after:
            return None  # it runs backwards: nobody can say which end is wrong
    if opening == "since" and not {"range", "dash"} & set(inner):
        return None  # "since 2014, 2017"
    return min(numbers), max(numbers)


def _long_years(text: str) -> str:
    """Write "2016–18" and "2016/17" in full; "2010-12" may be a month and is left as it is."""

    def longer(match: re.Match[str]) -> str:
        first, sign, last = match.groups()
        if int(last) <= 12 or int(last) <= int(first[2:]):
            return match[0]
        return f"{first}{sign}{first[:2]}{last}"

    return re.sub(r"(?<!\d)(\d{4})(\s*[-–—/]\s*)(\d{2})(?!\d)", longer, text)


def _tokens(text: str) -> list[int | str] | None:
    """Return years as numbers and words as codes of `year_words`; None when a word is not known."""
    words = load("year_words")
    bare = re.sub(r"[()\[\].:]", " ", text.replace(";", ","))
    found = [match[0] for match in _TOKEN.finditer(bare)]
    tokens: list[int | str] = []
    position = 0
    while position < len(found):
        if found[position].isdecimal():
            if len(found[position]) > 4:
                return None
            tokens.append(int(found[position]))
            position += 1
            continue
        for count in range(_WORDS_OF_A_TERM, 0, -1):
            code = words.code_for(" ".join(found[position : position + count]))
            if code:
                tokens.append(code)
                position += count
                break
        else:
            return None
    return tokens
