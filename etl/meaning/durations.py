"""How long a course lasts, in training days: a week is 5, a month 20, eight hours are one day.

The words are in `vocab/duration_units.csv`, `number_words.csv` and `range_words.csv`. What is not
one clear length is an issue and stays empty: "about a fortnight", "1 year", "up to 10 days".
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise, takewhile

from etl.meaning.choices import is_blank
from etl.meaning.finding import REMEMBERED, Finding, not_read, shown, text_of
from etl.meaning.vocabulary import load, small_words
from etl.workbook.cells import CellValue, ExcelDate

Days = tuple[float, float]

# Five years of 52 working weeks: no course is longer, but a year or a serial date would be.
LONGEST_DAYS = 1300
# An hour is 0.125 of a day; more decimals than these are noise.
_DECIMALS = 4
# A length is a few words; a longer text is prose and is not searched for numbers.
_LONGEST_TEXT = 80

_HOW = 'Write it as "10 days", "2 weeks" or "5-7 days".'
_HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}
_NUMBER = r"\d+(?:[.,]\d+)?"
_HALF_DAY = 0.5
_DAY = "day"
# More than any length in any unit, and small enough for float().
_LARGEST_NUMBER = 10**6
_ALTERNATIVES = frozenset({"/", *small_words("or")})
_BEFORE_A_LETTER = frozenset({"(", "[", *small_words("in")})
_UNIT_WORDS = 4  # "heures de cours .", "half - day course"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[^\W\d_]+)|(?P<dash>[-–—‐‑−])|(?P<other>\S)")


@dataclass(frozen=True)
class Amount:
    """A number, the training days of its unit (None without one), and where the next token is."""

    number: float
    unit: float | None
    end: int


@lru_cache(maxsize=REMEMBERED, typed=True)
def duration(value: CellValue, unit: str = _DAY) -> Finding[Days | None]:
    """Return the shortest and the longest duration in training days, None when it is not known.

    A bare number counts in `unit`, a code of `vocab/duration_units.csv` (KeyError when it is none):
    days, unless the header says otherwise (`unit_of`). A range that runs backwards is not read:
    nobody can say which end is wrong. A length given twice ("2 weeks (10 days)") must agree with
    itself.
    """
    bare = _days_of(unit)
    if isinstance(value, ExcelDate):
        return _from_date(value, unit)
    if isinstance(value, (bool, int, float)):
        return _within(value, _plain_days(value, bare))
    text = text_of(value)
    if isinstance(value, str | None) and is_blank(text):
        return Finding(None)
    is_short = isinstance(value, str) and len(text) <= _LONGEST_TEXT
    return _within(value, _from_text(text, bare) if is_short else None)


def unit_of(header: str) -> str:
    """Return the unit that a header gives to bare numbers: "week" of "Duration (weeks)".

    A code of `vocab/duration_units.csv`; "day" when the header names none, or several to choose
    from ("days/weeks"). Of others the first counts: "Weeks of 5 days".
    """
    tokens = _tokens(header[:_LONGEST_TEXT])
    named: list[tuple[int, str, int]] = []
    position = 0
    while position < len(tokens):
        code, end = _unit_code_at(tokens, position) or ("", position + 1)
        opening = tokens[position - 1] if position else ""
        # One letter is a unit in "(h)", but not in "d'une formation".
        if code and (len(str(tokens[position])) > 1 or opening in _BEFORE_A_LETTER):
            named.append((position, code, end))
        position = end
    for (_, _, end), (start, _, _) in pairwise(named):
        if end < start and set(tokens[end:start]) <= _ALTERNATIVES:
            return _DAY
    return named[0][1] if named else _DAY


def _days_of(unit: str) -> float:
    return float(load("duration_units").term(unit).extra["days"])


def _plain_days(value: int | float, bare: float) -> Days | None:
    if isinstance(value, bool) or value != value:
        return None
    days = max(-1, min(value, _LARGEST_NUMBER)) * bare
    return days, days


def _within(value: CellValue, days: Days | None) -> Finding[Days | None]:
    if days is None:
        return not_read(value, None, "a duration", _HOW)
    shortest, longest = (round(end, _DECIMALS) for end in days)
    if shortest <= 0 or longest > LONGEST_DAYS:
        message = (
            f'"{shown(value)}" cannot be the length of a course (more than 0, at most '
            f"{LONGEST_DAYS} training days); the field is left empty. {_HOW}"
        )
        return Finding(None, "value-out-of-range", message)
    if shortest > longest:
        return not_read(value, None, "a duration, because the range runs backwards", _HOW)
    return Finding((shortest, longest))


def _from_date(cell: ExcelDate, unit: str) -> Finding[Days | None]:
    """Read back a range that Excel took for a date: "3-5" (3 May) or "5-20" (May 2020)."""
    ends = _typed_ends(cell)
    if ends is None:
        return not_read(cell, None, "a duration, because it is a date", _HOW)
    shortest, longest = sorted(ends)
    typed = f"{shortest}-{longest} {load('duration_units').label(unit)}s"
    message = (
        f"Excel turned the range into the date {shown(cell)}; {typed} were read back. "
        f'Check it, and write "{typed}".'
    )
    bare = _days_of(unit)
    finding = _within(cell, (shortest * bare, longest * bare))
    return finding if finding.code else Finding(finding.value, "excel-date", message)


def _typed_ends(cell: ExcelDate) -> tuple[int, int] | None:
    """Return the two numbers that were typed, None when a person sees a whole date or a time.

    A format of day and month hides the year, which Excel added; month and year hide the day. The
    ISO format is what programs leave when they carry such a cell on, so it hides nothing by choice.
    """
    day = cell.value
    if not isinstance(day, date) or (isinstance(day, datetime) and day.time() != time()):
        return None
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", cell.number_format).lower()
    if "y" not in pattern and "d" in pattern:
        return day.day, day.month
    if "d" not in pattern and "y" in pattern:
        return day.month, day.year % 100
    return (day.day, day.month) if pattern.startswith("yyyy-mm-dd") else None


def _from_text(text: str, bare: float) -> Days | None:
    """Read a length, written once or in several ways that agree ("10 days / 10 jours")."""
    for sign, decimals in _HALVES.items():
        text = re.sub(rf"(?<=\d)\s*{sign}", decimals, text)
        text = text.replace(sign, f" 0{decimals}")
    if re.search(r"[1-9]\d*[.,]\d{3}(?!\d)", text):
        return None  # "1,000 hours": a thousand in one country, one in another
    written = re.split(r"[()\[\]/;=]|,(?!\d)", text)
    lengths = [_length(_tokens(part), bare) for part in written if part.strip()]
    if not lengths or None in lengths or len(set(lengths)) > 1:
        return None
    return lengths[0]


def _tokens(text: str) -> list[float | str]:
    """Return numbers (also written out), folded words and "-" for any dash."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    tokens: list[float | str] = []
    for match in _TOKEN.finditer(plain.casefold()):
        if match["number"]:
            tokens.append(float(match["number"].replace(",", ".")))
        else:
            tokens.append("-" if match["dash"] else match[0])
    return tokens


def _length(tokens: list[float | str], bare: float) -> Days | None:
    """Read "10 days", "5-7 days", "5 days to 2 weeks" or "1 week 3 days"; else None."""
    opening = _range_word(tokens, 0)
    position = 1 if opening in ("from", "between") else 0
    first = _amount(tokens, position)
    if first is None:
        return None
    if first.end == len(tokens):
        digits = any(isinstance(token, float) for token in tokens)
        return _single(first, bare) if first.unit or digits else None  # "two" of what?
    joint = _range_word(tokens, first.end)
    second = _amount(tokens, first.end + (joint is not None))
    if second is None or second.end < len(tokens):
        return None
    if joint == "to" or (opening, joint) == ("between", "and"):
        return _range(first, second, bare)
    return _sum(first, second) if joint in (None, "and") else None


def _range_word(tokens: list[float | str], position: int) -> str | None:
    token = tokens[position] if position < len(tokens) else 0.0
    return load("range_words").code_for(token) if isinstance(token, str) else None


def _single(amount: Amount, bare: float) -> Days:
    days = amount.number * (amount.unit or bare)
    return days, days


def _range(first: Amount, second: Amount, bare: float) -> Days | None:
    if first.unit and not second.unit:
        return None  # "5 days to 7" leaves open what the 7 are
    unit = second.unit or bare
    return first.number * (first.unit or unit), second.number * unit


def _sum(first: Amount, second: Amount) -> Days | None:
    """Add "1 week 3 days"; the smaller part must fit into one of the larger unit.

    "5 days 40 hours" says the same twice, or something else: a person must look.
    """
    if not first.unit or not second.unit or second.number * second.unit >= first.unit:
        return None
    days = first.number * first.unit + second.number * second.unit
    return days, days


def _amount(tokens: list[float | str], position: int) -> Amount | None:
    """Read the number at `position` and the unit after it, when there is one."""
    number, after = _number_at(tokens, position)
    if number is None:
        unit = _unit_at(tokens, position)
        return unit if unit and unit.unit == _HALF_DAY else None  # "half day" is an amount
    unit = _unit_at(tokens, after)
    if unit is None and _range_word(tokens, after) == "to":
        unit = _unit_at(tokens, after + 1)  # "10-day"
    return Amount(number, unit.unit, unit.end) if unit else Amount(number, None, after)


def _number_at(tokens: list[float | str], position: int) -> tuple[float | None, int]:
    token = tokens[position] if position < len(tokens) else ""
    if isinstance(token, float):
        return token, position + 1
    unit = _unit_at(tokens, position)
    word = load("number_words").code_for(token)
    if word is None or (unit and unit.unit == _HALF_DAY):
        return None, position
    return float(word), position + 1


def _unit_at(tokens: list[float | str], position: int) -> Amount | None:
    """Return one of the unit at `position`."""
    found = _unit_code_at(tokens, position)
    return Amount(1.0, _days_of(found[0]), found[1]) if found else None


def _unit_code_at(tokens: list[float | str], position: int) -> tuple[str, int] | None:
    """Return the longest unit at `position` ("days of training" rather than "days") and its end."""
    words = list(takewhile(_in_unit, tokens[position : position + _UNIT_WORDS]))
    for count in range(len(words), 0, -1):
        if words[0] == "-" or words[count - 1] == "-":
            continue
        code = load("duration_units").code_for(" ".join(str(word) for word in words[:count]))
        if code:
            return code, position + count
    return None


def _in_unit(token: float | str) -> bool:
    return isinstance(token, str) and (token.isalpha() or token in "-.'")
