"""Text as a cell can hold it: within Excel's limit, read back exactly as it is, in view."""

import re
from collections.abc import Iterable
from math import ceil

# UTF-16 units, as Excel counts; a longer text would be cut or the workbook refused.
LONGEST_TEXT = 32_767
# Two of Excel's escapes that share an underscore ("_x0041_x0042_") cannot both be protected.
_ESCAPES_IN_A_ROW = re.compile(r"_x[0-9A-Fa-f]{4}(?=_x[0-9A-Fa-f]{4}_)")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WORD_JOINER = "\u2060"  # invisible, and left out by whoever reads the cell with `etl.text.clean`
# Not every program makes a row as high as its text when it opens a workbook.
_LINE_HEIGHT = 15
_MOST_LINES = 8  # the rest of a longer text shows when its cell is chosen


class TooLong(ValueError):
    """A text is longer than a cell can hold; says how long."""


def for_cell(text: str) -> str:
    """Return `text` as it is to be written into a cell; raises TooLong beyond Excel's limit."""
    if _ESCAPES_IN_A_ROW.search(text):
        text = _ESCAPE_LIKE.sub(f"_{_WORD_JOINER}", text)
    units = len(text) + sum(character > "\uffff" for character in text)
    if units > LONGEST_TEXT:
        raise TooLong(f"{units:,} characters, and a cell of a workbook holds {LONGEST_TEXT:,}")
    return text


def row_height(cells: Iterable[tuple[str, float]]) -> int | None:
    """Return the height in points of a row with these wrapped texts; None for one line.

    cells: text and width of its column in characters. Beyond `_MOST_LINES` lines nothing is added.
    """
    lines = max((ceil(len(text) / width) for text, width in cells), default=1)
    return None if lines < 2 else _LINE_HEIGHT * min(lines, _MOST_LINES)
