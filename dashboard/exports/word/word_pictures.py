"""Pictures in Word documents: at print size, cut where they are higher than a page, with words."""

import io

import numpy as np
from docx.oxml.ns import qn
from docx.shared import Emu, Inches
from docx.text.run import Run
from PIL import Image

from dashboard.charts.marks.sheets import SHEETS
from dashboard.exports.checked_numbers.marks import plain
from dashboard.exports.word.look import TALLEST_PICTURE, TEXT_WIDTH

# By how much of their height pieces of one picture may differ, so that no cut goes through type.
UNEVEN = 0.12
_WHITE = 250


def print_width(png: bytes, sheet: str) -> int:
    """Width of a picture on paper (EMU): as its sheet has it, or as much as the text is wide."""
    with Image.open(io.BytesIO(png)) as picture:
        return min(int(Inches(picture.width / SHEETS[sheet].ppi)), TEXT_WIDTH)


def pieces(png: bytes, width: int, tallest: int = TALLEST_PICTURE) -> list[bytes]:
    """The picture, printed `width` wide, in pieces that are each no higher than `tallest` (EMU).

    Shrunk to one page instead, its type would be too small to read.
    """
    with Image.open(io.BytesIO(png)) as picture:
        room = int(tallest * picture.width / width)
        if picture.height <= room:
            return [png]
        cuts = _cuts(np.asarray(picture.convert("L")), room)
        edges = zip([0, *cuts], [*cuts, picture.height], strict=True)
        return [_cut(picture, top, bottom) for top, bottom in edges]


def shrunk(png: bytes, width: int, tallest: int = TALLEST_PICTURE) -> int:
    """Width (EMU) at which a picture that cannot be cut, a map, is no higher than `tallest`."""
    with Image.open(io.BytesIO(png)) as picture:
        return min(width, int(tallest * picture.width / picture.height))


def add_picture(run: Run, png: bytes, width: int, name: str, alt: str) -> None:
    """A picture in a run, with its words for those who do not see it."""
    inline = run.add_picture(io.BytesIO(png), width=Emu(width))._inline
    for side in ("distT", "distB", "distL", "distR"):
        # LibreOffice takes a side that is not said for an eighth of an inch.
        inline.set(side, "0")
    for element in (inline.docPr, next(inline.iter(qn("pic:cNvPr")))):
        element.set("name", plain(name))
        element.set("descr", plain(alt))


def _cuts(grey: np.ndarray, room: int) -> list[int]:
    """Rows at which to cut into pieces of about one height, each where the picture is emptiest."""
    ink, height = (grey < _WHITE).sum(axis=1), len(grey)
    cuts, top = [], 0
    for left in range(-(-height // room), 1, -1):
        even = (height - top) / left
        # What is left has to fit into the pieces that are left.
        first = max(int((1 - UNEVEN) * even), height - top - room * (left - 1))
        last = max(first + 1, min(int((1 + UNEVEN) * even), room))
        near = ink[top + first : top + last]
        emptiest = np.flatnonzero(near == near.min())
        # In the middle of the longest empty stretch: a cut through a line of type shows.
        stretches = np.split(emptiest, np.flatnonzero(np.diff(emptiest) > 1) + 1)
        best = max(stretches, key=len)
        top += first + int(best[len(best) // 2])
        cuts.append(top)
    return cuts


def _cut(picture: Image.Image, top: int, bottom: int) -> bytes:
    target = io.BytesIO()
    piece = picture.crop((0, top, picture.width, bottom))
    piece.save(target, "PNG", dpi=picture.info.get("dpi", (300, 300)))
    return target.getvalue()
