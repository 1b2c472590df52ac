"""Looks of the atlas in the words of PowerPoint: fills, hatches, outlines, and what a text is."""

import re
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.dml.line import LineFormat
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.charts.marks.look import CLEAR, PAPER, Style

OUTLINE = Pt(1)
# What XML cannot hold; edited titles may bring it along.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """`text` without what no office file can hold."""
    return _UNPRINTABLE.sub("", text)


def colour(name: str) -> RGBColor:
    """A colour of the atlas; clear is paper, because slides are printed."""
    return RGBColor.from_string((PAPER if name == CLEAR else name).removeprefix("#"))


def fill(place: FillFormat, style: Style) -> None:
    """Solid, or hatched upwards as in every chart of the atlas."""
    if not style.hatch:
        place.solid()
        place.fore_color.rgb = colour(style.fill)
        return
    place.patterned()
    place.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    place.fore_color.rgb = colour(style.hatch_colour)
    place.back_color.rgb = colour(style.fill)


def outline(line: LineFormat, style: Style, width: Emu = OUTLINE) -> None:
    """The outline of a look, dotted where the look is."""
    line.color.rgb = colour(style.outline)
    line.width = width
    if style.dotted:
        line.dash_style = MSO_LINE.ROUND_DOT


def cell_borders(properties: Any, style: Style | None, plain: str) -> None:
    """All four borders of a cell of a table (its a:tcPr), which python-pptx cannot set.

    Written before any fill of the cell: the schema wants borders first.
    """
    look = plain if style is None else style.outline if style.dotted else PAPER
    for side in ("lnL", "lnR", "lnT", "lnB"):
        line = etree.SubElement(properties, qn(f"a:{side}"), w=str(OUTLINE))
        solid = etree.SubElement(line, qn("a:solidFill"))
        etree.SubElement(solid, qn("a:srgbClr"), val=look.removeprefix("#"))
        dash = "sysDot" if style and style.dotted else "solid"
        etree.SubElement(line, qn("a:prstDash"), val=dash)


def described(shape: Any, name: str, text: str) -> None:
    """Name and alternative text of a shape: what it says to those who do not see it."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", printable(name))
    properties.set("descr", printable(text))


def decorative(shape: Any, name: str) -> None:
    """A shape that says nothing which is not said in words beside it."""
    described(shape, name, "")
    properties = shape._element.xpath(".//p:cNvPr")[0]
    extension = etree.SubElement(
        etree.SubElement(properties, qn("a:extLst")),
        qn("a:ext"),
        uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}",
    )
    namespace = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    etree.SubElement(extension, f"{{{namespace}}}decorative", nsmap={"adec": namespace}, val="1")
