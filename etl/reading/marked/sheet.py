"""Marks cells in the XML of a worksheet: their style alone changes, every other byte stays.

The part is parsed once to learn where its cells stand; nothing is built or written anew, so what
Excel keeps in it (formulas with their values, rules, filters, drawings) is kept.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from etl.text import address

Place = tuple[int, int]  # row, column, from 1

# What follows the mark of a sheet's comments in a worksheet, in the order of the standard.
_AFTER_DRAWING = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_STYLE = re.compile(rb"""\ss\s*=\s*(?:"[^"]*"|'[^']*')""")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9_-]+)""")
_READ_AS_BYTES = (b"utf-8", b"us-ascii", b"ascii")
STRICT = "http://purl.oclc.org/ooxml/"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED_STRICT = f"{STRICT}officeDocument/relationships"


class NotMarked(Exception):
    """The workbook cannot be marked; says why. It is read all the same."""


@dataclass
class MarkedSheet:
    """Finds where cells stand in `data`; `render` gives the part with them marked.

    wanted: place -> severity; style_for(style, severity) gives the number of the marked style.
    """

    data: bytes
    wanted: Mapping[Place, str]
    style_for: Callable[[int, str], int]
    comments_id: str = ""  # the relationship of what draws the comments, when the sheet has one
    marked: set[Place] = field(default_factory=set)
    is_strict: bool = False

    def __post_init__(self) -> None:
        found = _ENCODING.match(self.data[:200].lstrip(b"\xef\xbb\xbf"))
        if self.data[:2] in (b"\xff\xfe", b"\xfe\xff") or (
            found and found[1].lower() not in _READ_AS_BYTES
        ):
            raise NotMarked("A sheet is stored in an encoding that Excel does not use.")
        self._edits: list[tuple[int, int, bytes]] = []
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(self.wanted):
            self._rows.setdefault(row, []).append(column)
        self._prefix, self._depth, self._row, self._column = "", 0, 0, 0
        self._pending: list[int] = []
        self._insert_at = -1
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise NotMarked(f"A sheet is not valid XML ({error}).") from error

    def render(self, comments_id: str) -> bytes:
        """Return the part with its cells marked and its comments drawn by `comments_id`."""
        edits = sorted(self._edits, key=lambda edit: edit[:2])
        if not self.comments_id and self._insert_at >= 0:
            namespace = RELATED_STRICT if self.is_strict else RELATED
            tag = f'<{self._prefix}legacyDrawing xmlns:r="{namespace}" r:id="{comments_id}"/>'
            edits.append((self._insert_at, self._insert_at, tag.encode()))
        pieces, done = [], 0
        for start, end, new in edits:
            pieces += [self.data[done:start], new]
            done = end
        return b"".join([*pieces, self.data[done:]])

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        prefix, _, local = name.rpartition(":")
        if self._depth == 1:
            self._prefix = f"{prefix}:" if prefix else ""
            self.is_strict = any(value.startswith(STRICT) for value in attributes.values())
        elif name == f"{self._prefix}c":
            self._start_cell(attributes)
        elif name == f"{self._prefix}row":
            number = attributes.get("r")
            self._row = int(float(number)) if number else self._row + 1
            self._column, self._pending = 0, list(self._rows.get(self._row, ()))
        elif self._depth == 2 and local == "legacyDrawing":
            self.comments_id = next(
                (value for key, value in attributes.items() if key.endswith(":id")), ""
            )
        elif self._depth == 2 and local in _AFTER_DRAWING and self._insert_at < 0:
            self._insert_at = self._parser.CurrentByteIndex

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = column_of(reference) if reference else self._column + 1
        if not self._pending or self._column < self._pending[0]:
            return
        at = self._parser.CurrentByteIndex
        while self._pending and self._pending[0] < self._column:
            self._add(self._pending.pop(0), at)
        if self._pending and self._pending[0] == self._column:
            self._mark(self._pending.pop(0), at, int(attributes.get("s", "0") or 0))

    def _mark(self, column: int, at: int, style: int) -> None:
        tag = _TAG.match(self.data, at)
        if tag is None:
            return
        new = self.style_for(style, self.wanted[self._row, column])
        bare = _STYLE.sub(b"", tag[0], count=1)
        end = len(f"<{self._prefix}c")
        self._edits.append((at, tag.end(), bare[:end] + f' s="{new}"'.encode() + bare[end:]))
        self.marked.add((self._row, column))

    def _add(self, column: int, at: int) -> None:
        """Add a cell that the row does not have: the issue is that it is empty."""
        style = self.style_for(0, self.wanted[self._row, column])
        tag = f'<{self._prefix}c r="{address(self._row, column)}" s="{style}"/>'
        self._edits.append((at, at, tag.encode()))
        self.marked.add((self._row, column))

    def _end(self, name: str) -> None:
        self._depth -= 1
        at = self._parser.CurrentByteIndex
        is_end_tag = self.data[at : at + 2] == b"</"
        if name == f"{self._prefix}row" and is_end_tag:
            for column in self._pending:
                self._add(column, at)
            self._pending = []
        elif self._depth == 0 and self._insert_at < 0 and is_end_tag:
            self._insert_at = at


def column_of(reference: str) -> int:
    """Return the column number of an address: column_of("AA7") == 27."""
    number = 0
    for letter in reference.rstrip("0123456789").upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
