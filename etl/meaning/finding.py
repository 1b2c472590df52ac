"""What reading one cell as one field gives, and the words for it."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Generic, TypeVar

from etl.meaning.lists import enumerate_words
from etl.meaning.vocabulary import Vocabulary
from etl.text import clean, fold
from etl.workbook.cells import CellValue, ExcelDate, ExcelError

T = TypeVar("T")

# A column repeats few values; more than these are not worth the memory of 32,000 characters each.
REMEMBERED = 512
# As much of a cell as a person needs to recognise it in a message.
SHOWN_LENGTH = 80
# As many unknown parts as a message names; a cell of 32,000 characters can hold thousands.
UNKNOWN_SHOWN = 3


@dataclass(frozen=True)
class Finding(Generic[T]):
    """The value that is used, and what a person should know about it.

    `code` is a code of `etl.issues.CODES`, empty when there is nothing to report; then `message`
    says what was found, what is used instead, and what to do. `unknown` are the words that no
    vocabulary knows, which a person can be asked about.
    """

    value: T
    code: str = ""
    message: str = ""
    unknown: tuple[str, ...] = ()


def text_of(value: CellValue) -> str:
    """Return a cell's value as clean text in one line, as a person types it.

    1325 rather than 1325.0, "2018-05-03" or "2018-05-03 14:30" rather than 2018-05-03T00:00:00.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, ExcelDate):
        return _date(value)
    if isinstance(value, ExcelError):
        return clean(value.code)
    return _number(value)


def lines_of(value: CellValue) -> str:
    """Return what `text_of` does, but with the line breaks that people put between list items."""
    if not isinstance(value, str):
        return text_of(value)
    return "\n".join(filter(None, map(text_of, value.splitlines())))


def _date(cell: ExcelDate) -> str:
    moment = cell.value
    if not isinstance(moment, datetime):
        return str(moment)
    if moment.time() == time():  # Excel keeps every date as its midnight
        return moment.date().isoformat()
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _number(value: int | float) -> str:
    try:
        return str(int(value)) if value == int(value) else repr(value)
    except (OverflowError, ValueError):  # infinity, not a number, or thousands of digits
        return "not a number"


def shown(value: CellValue) -> str:
    """Return a cell's value as a message quotes it: one line, cut when it is long."""
    text = text_of(value)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def not_read(value: CellValue, used: T, what: str, do: str) -> Finding[T]:
    """Report a value that could not be read as `what`; `do` says how to write it."""
    if isinstance(value, ExcelError):
        message = f"The cell holds the error {shown(value)}. Correct it in the workbook."
        return Finding(used, "excel-error", message)
    message = f'"{shown(value)}" could not be read as {what}; the field is left empty. {do}'
    return Finding(used, "value-not-read", message.rstrip())


def unknown(found: list[str], vocabulary: Vocabulary, used: T, left: str) -> Finding[T]:
    """Report unknown words with the nearest labels; `left` says what is used instead."""
    quoted = [f'"{shown(text)}"' for text in found[:UNKNOWN_SHOWN]]
    more = len(found) - len(quoted)
    if more > 0:
        quoted.append(f"{more} more")
    verb = "is" if len(quoted) == 1 else "are"
    near: dict[str, str] = {}
    for text in found[:UNKNOWN_SHOWN]:
        near = {**vocabulary.near_spellings(text), **near}
    known = [
        label if fold(label) == fold(spelling) else f"{spelling} ({label})"
        for label, spelling in near.items()
    ]
    nearest = f" Nearest: {enumerate_words(known)}." if known else ""
    message = (
        f"{enumerate_words(quoted, 'and')} {verb} not known; {left}.{nearest} "
        f"Correct the cell, or add the spelling to etl/vocab/{vocabulary.name}.csv."
    )
    return Finding(used, "value-unknown", message, tuple(found))
