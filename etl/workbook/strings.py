"""Text as a workbook stores it: plain or in runs, with Excel's escapes, cleaned on the way in."""

import re
from collections.abc import Callable
from functools import lru_cache

from etl.text import clean
from etl.workbook.cells import Lines
from etl.workbook.container import ZipPart

# Sheets repeat their short texts ("Military", "Yes"); long ones would fill a cache for nothing.
_SHORT = 200
# Longer lines are a text that was broken to fit its cell, not a list with an item in each line.
LONGEST_ITEM = 40
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class ItemText:
    """Collects the text of one string item after the other while a part is parsed.

    Runs of different formatting are joined, phonetic guides left out.
    """

    def __init__(self, part: ZipPart):
        self._part = part
        self._pieces: list[str] = []
        self._in_guide = False
        self.on_start = {"t": self._start_text, "rPh": lambda _: self._guide(True)}
        self.on_end = {"t": self._end_text, "rPh": lambda: self._guide(False)}

    def take(self) -> str:
        """Return the clean text of the item that has ended, and forget it."""
        text = tidy("".join(self._pieces))
        self._pieces.clear()
        return text

    def _start_text(self, _attributes: dict[str, str]) -> None:
        if not self._in_guide:
            self._part.listen()

    def _end_text(self) -> None:
        if not self._in_guide:
            self._pieces.append(self._part.heard())

    def _guide(self, begins: bool) -> None:
        self._in_guide = begins


def read_items(part: ZipPart, keep: Callable[[str], str]) -> list[str]:
    """Return the shared strings of a workbook in order, each passed through `keep`."""
    item = ItemText(part)
    texts: list[str] = []
    part.parse(item.on_start, item.on_end | {"si": lambda: texts.append(keep(item.take()))})
    return texts


def tidy(text: str) -> str:
    """Return `text` with Excel's escapes resolved, cleaned for showing.

    Lines that each are short enough for an item of a list come as `Lines`.
    """
    return _tidy_short(text) if len(text) <= _SHORT else _tidy(text)


def _tidy(text: str) -> str:
    text = _unescape(text)
    whole = clean(text)
    if "\n" not in text and "\r" not in text:
        return whole
    lines = [line for part in text.splitlines() if (line := clean(part))]
    if len(lines) < 2 or max(map(len, lines)) > LONGEST_ITEM:
        return whole
    return Lines(whole, "; ".join(lines))


# The cache also lets inline text share its memory, as shared strings do.
_tidy_short = lru_cache(maxsize=65_536)(_tidy)


def _unescape(text: str) -> str:
    """``_x000D_`` is a carriage return, ``_x005F_`` an underscore that protects such a text."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def _character(code: int) -> str:
    # Half of a surrogate pair is no character and could not be written to any file.
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)
