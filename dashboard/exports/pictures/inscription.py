"""Writes into a picture what it shows and where it is from, for those who meet it without a page.

What differs between two drawings of the same figure (random names in an SVG, dates in a PDF) is
evened out on the way, so that the same figure gives the same file.
"""

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, RectangleObject, TextStringObject

from dashboard.charts.marks.sheets import MILLIMETRES_PER_INCH, PIXELS_PER_INCH

MAKER = "CMCoord Training Atlas"
POINTS_PER_INCH = 72
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# Signs that XML cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A thousandth of a pixel is as fine as a printer gets; Plotly writes 15 digits.
_DIGITS = re.compile(r"(\.\d{3})\d+")
_DRAWN_WITH_NUMBERS = ("d", "transform", "points", "x", "y", "width", "height")
_POINTS_TO = re.compile(r"""url\((["']?)#([^"')]+)\1\)""")
_FONT_SIZE, _EMS = re.compile(r"font-size: ([\d.]+)px"), re.compile(r"(-?[\d.]+)em")
_RANDOM_CLASS = re.compile(r"\btrace[0-9a-f]{6}\b")

ET.register_namespace("", _SVG)
ET.register_namespace("xlink", _XLINK)


@dataclass(frozen=True)
class Inscription:
    """What stands inside a picture. `made`: the date of the edition, never that of today.

    `key`: the figure's id; it keeps the names inside two SVG apart that one page shows.
    """

    title: str
    description: str
    source: str
    producer: str
    made: date
    key: str


def inscribed_png(data: bytes, said: Inscription, ppi: int) -> bytes:
    """The PNG without transparency, with its resolution and the keywords Title, Description, …"""
    texts = PngInfo()
    named = {"Title": said.title, "Description": said.description, "Source": said.source}
    for keyword, text in named.items():
        texts.add_itxt(keyword, text, lang="en")
    target = io.BytesIO()
    # White paper is part of the drawing: every pixel is opaque.
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGB").save(target, "PNG", dpi=(ppi, ppi), pnginfo=texts)
    return target.getvalue()


def inscribed_svg(
    data: bytes, said: Inscription, width: float, height: float, on_paper: bool
) -> bytes:
    """The SVG as an image with a name: role, title and description first, text as text.

    `width`, `height`: CSS pixels, declared in millimetres for a size of paper.
    """
    root = ET.fromstring(_CONTROL.sub("", data.decode("utf-8")))
    _even_out(root, said.key)
    _place_lines(root)
    title, description = ET.Element(f"{{{_SVG}}}title"), ET.Element(f"{{{_SVG}}}desc")
    title.text, description.text = _CONTROL.sub("", said.title), _CONTROL.sub("", said.description)
    names = {"title": title, "desc": description}
    for place, (name, element) in enumerate(names.items()):
        element.set("id", f"{said.key}-{name}")
        root.insert(place, element)
    root.attrib.update(
        {
            "role": "img",
            "aria-labelledby": " ".join(f"{said.key}-{name}" for name in names),
            "width": _length(width, on_paper),
            "height": _length(height, on_paper),
            "viewBox": f"0 0 {_number(width)} {_number(height)}",
            "{http://www.w3.org/XML/1998/namespace}lang": "en",
        }
    )
    if not root.get("style"):
        root.attrib.pop("style", None)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def inscribed_pdf(data: bytes, said: Inscription, width: float, height: float) -> bytes:
    """The PDF with title, subject and alternative text, on a page of exactly this size.

    `width`, `height`: CSS pixels; the browser rounds a page up.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    to_points = POINTS_PER_INCH / PIXELS_PER_INCH
    page = writer.pages[0]
    page.mediabox = RectangleObject(
        (0, 0, round(width * to_points, 3), round(height * to_points, 3))
    )
    day = f"D:{said.made:%Y%m%d}000000Z"
    writer.metadata = {
        "/Title": said.title,
        "/Subject": said.description,
        "/Author": said.producer,
        "/Keywords": said.source,
        "/Producer": MAKER,
        "/CreationDate": day,
        "/ModDate": day,
    }
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    structure = writer.root_object.get("/StructTreeRoot")
    if structure:
        _describe(structure, said.description)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _describe(part: object, description: str) -> None:
    """Gives every figure in the structure of a PDF its alternative text."""
    part = part.get_object() if hasattr(part, "get_object") else part
    if isinstance(part, list):
        for one in part:
            _describe(one, description)
    elif isinstance(part, DictionaryObject):
        if part.get("/S") == "/Figure":
            part[NameObject("/Alt")] = TextStringObject(description)
        if "/K" in part:
            _describe(part["/K"], description)


def _even_out(root: ET.Element, key: str) -> None:
    """Numbers in place of Plotly's random names, and no more digits than can be seen."""
    known = [element.get("id") for element in root.iter() if element.get("id")]
    names = {name: f"{key}-{place}" for place, name in enumerate(dict.fromkeys(known), start=1)}
    classes: dict[str, str] = {}
    for element in root.iter():
        for name, value in element.items():
            element.set(name, _evened(name.rpartition("}")[2], value, names, classes))


def _evened(name: str, value: str, names: dict[str, str], classes: dict[str, str]) -> str:
    if name == "id":
        return names[value]
    if name == "href" and value[:1] == "#":
        return f"#{names.get(value[1:], value[1:])}"
    if name == "class":
        return _RANDOM_CLASS.sub(
            lambda found: classes.setdefault(found[0], f"trace{len(classes) + 1}"), value
        )
    if name in _DRAWN_WITH_NUMBERS:
        value = _DIGITS.sub(r"\1", value)
    return _POINTS_TO.sub(lambda found: f"url(#{names.get(found[2], found[2])})", value)


def _place_lines(root: ET.Element) -> None:
    """Each line of a text at a place of its own; some programs set them all upon the first."""
    for text in root.iter(f"{{{_SVG}}}text"):
        size = _FONT_SIZE.search(text.get("style", ""))
        for line in (text, *text.iter(f"{{{_SVG}}}tspan")):
            down = _EMS.fullmatch(line.get("dy", ""))
            if size and down and line.get("y"):
                line.set("y", _number(float(line.get("y")) + float(down[1]) * float(size[1])))
                del line.attrib["dy"]


def _length(pixels: float, on_paper: bool) -> str:
    if not on_paper:
        return _number(pixels)
    return f"{_number(pixels / PIXELS_PER_INCH * MILLIMETRES_PER_INCH)}mm"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
