"""The key under a chart or table: what looks and letters mean, a swatch and its words each."""

from collections.abc import Sequence

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.slide import Slide

from dashboard.charts.marks.look import Style
from dashboard.exports.slides.looks import decorative, fill, outline
from dashboard.exports.slides.page import MAIN, Box, add_text, width_of

SWATCH, KEY_ROW, BETWEEN = 0.26, 0.32, 0.3  # inches

Key = Sequence[tuple[str, Style | None]]


def key_height(key: Key, width: float) -> float:
    """Inches that a key takes."""
    return KEY_ROW * len(_key_rows(key, width))


def add_key(slide: Slide, box: Box, key: Key) -> None:
    """What looks and letters mean, in lines: a swatch and its words, or the words alone."""
    for line, entries in enumerate(_key_rows(key, box.width)):
        left, top = box.left, box.top + line * KEY_ROW
        for text, style in entries:
            if style:
                _add_swatch(slide, Box(left, top, SWATCH, SWATCH), style)
            words = Box(left + _swatch_width(style), top, width_of(text, MAIN) + 0.15, SWATCH)
            frame = add_text(slide, words, [text], MAIN, name="Key")
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            left += _entry_width(text, style)


def _key_rows(key: Key, width: float) -> list[list[tuple[str, Style | None]]]:
    rows: list[list[tuple[str, Style | None]]] = []
    room = 0.0
    for text, style in key:
        wide = _entry_width(text, style)
        if not rows or wide > room:
            rows.append([])
            room = width
        rows[-1].append((text, style))
        room -= wide
    return rows


def _swatch_width(style: Style | None) -> float:
    return SWATCH + 0.1 if style else 0.0


def _entry_width(text: str, style: Style | None) -> float:
    return _swatch_width(style) + width_of(text, MAIN) + BETWEEN


def _add_swatch(slide: Slide, box: Box, style: Style) -> None:
    swatch = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    decorative(swatch, "Swatch")
    # The style of a theme brings a shadow.
    swatch._element.remove(swatch._element.find(qn("p:style")))
    fill(swatch.fill, style)
    outline(swatch.line, style)
