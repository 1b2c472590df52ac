"""What a cell can hold, once a workbook is open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self


@dataclass(frozen=True)
class ExcelDate:
    """A date, time or span, with the number format under which a person sees it ("d-mmm")."""

    value: datetime | date | time | timedelta
    number_format: str


@dataclass(frozen=True)
class ExcelError:
    """An error that Excel shows in place of a value ("#REF!")."""

    code: str


class Lines(str):
    """Text that stood in several lines of one cell: itself in one line, `listed` with ";"."""

    __slots__ = ("listed",)
    listed: str

    def __new__(cls, text: str, listed: str) -> Self:
        lines = super().__new__(cls, text)
        lines.listed = listed
        return lines


CellValue = str | int | float | bool | ExcelDate | ExcelError | None
