"""Comments of a sheet: those that it has stay, one for each marked cell is added or continued."""

import re
from collections.abc import Mapping

from lxml import etree

from etl.reading.marked.package import CONTENT, Package, is_strict
from etl.reading.marked.sheet import NotMarked, Place
from etl.text import address

AUTHOR = "CMCoord Training Atlas"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NOTE_TYPE = (
    f'<v:shapetype {_VML} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d+)")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
_FIRST_SHAPE = 1024  # Excel counts the shapes of a sheet from here
# A box that shows about eight lines of forty letters before it must be pulled larger.
_BOX_COLUMNS, _LETTERS_IN_A_LINE, _MOST_LINES = 4, 44, 24


def add(
    package: Package, sheet: str, comments_id: str, texts: Mapping[Place, str], number: int
) -> str:
    """Add a comment to each place of the sheet `sheet`; return the id of what draws them.

    comments_id: the relationship of the drawing of comments that the sheet has, "" when none;
    number: of the sheet, for the numbers of shapes.
    """
    strict = is_strict(package.tree(package.contents.main))
    part = next(
        (target for kind, target in package.related(sheet).values() if kind == "comments"), ""
    )
    if not part:
        part = package.free_name("xl/comments{}.xml")
        package.relate(sheet, "comments", part, strict)
        package.declare(part, f"{CONTENT}.spreadsheetml.comments+xml")
    namespace = "http://purl.oclc.org/ooxml/spreadsheetml/main" if strict else _MAIN
    empty = f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'
    new = _write(package.tree(part, empty), texts)
    return _draw(
        package, sheet, comments_id, {place: texts[place] for place in new}, number, strict
    )


def _write(root: etree._Element, texts: Mapping[Place, str]) -> list[Place]:
    """Write the texts into the comments part; return the places that had no comment."""
    namespace = etree.QName(root).namespace
    authors, listed = (root.find(f"{{{namespace}}}{name}") for name in ("authors", "commentList"))
    if authors is None or listed is None:
        raise NotMarked("The comments of a sheet cannot be read.")
    etree.SubElement(authors, f"{{{namespace}}}author").text = AUTHOR
    there = {one.get("ref"): one.find(f"{{{namespace}}}text") for one in listed}
    new = []
    for place, text in texts.items():
        reference = address(*place)
        body = there.get(reference)
        if body is None:
            comment = etree.SubElement(
                listed,
                f"{{{namespace}}}comment",
                {"ref": reference, "authorId": str(len(authors) - 1)},
            )
            body = etree.SubElement(comment, f"{{{namespace}}}text")
            new.append(place)
        else:
            text = f"\n\n{text}"
        run = etree.Element(f"{{{namespace}}}r")
        piece = etree.SubElement(run, f"{{{namespace}}}t", {_SPACE: "preserve"})
        piece.text = text
        # Phonetic guides follow the runs.
        runs = [index for index, one in enumerate(body) if etree.QName(one).localname in ("t", "r")]
        body.insert(runs[-1] + 1 if runs else 0, run)
    return new


def _draw(
    package: Package,
    sheet: str,
    comments_id: str,
    texts: Mapping[Place, str],
    number: int,
    strict: bool,
) -> str:
    part = package.related(sheet).get(comments_id, ("", ""))[1]
    if part and package.has(part):
        data = package.read(part)
    else:
        part = package.free_name("xl/drawings/vmlDrawing{}.vml")
        comments_id = package.relate(sheet, "vmlDrawing", part, strict)
        package.declare_extension("vml", f"{CONTENT}.vmlDrawing")
        blocks = len(texts) // _FIRST_SHAPE + 1
        data = (
            f'<xml {_VML}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
            f'data="{",".join(str(number * 100 + n) for n in range(blocks))}"/>'
            f"</o:shapelayout></xml>"
        ).encode()
    end = _END.search(data)
    if end is None:
        raise NotMarked("The drawing of the comments of a sheet cannot be read.")
    taken = [int(found) for found in _SHAPE_NUMBER.findall(data)]
    first = max(taken, default=number * 100 * _FIRST_SHAPE) + 1
    shapes = "" if b'"_x0000_t202"' in data else _NOTE_TYPE
    shapes += "".join(
        _shape(first + n, place, text) for n, (place, text) in enumerate(texts.items())
    )
    package.write(part, data[: end.start()] + shapes.encode() + data[end.start() :])
    return comments_id


def _shape(number: int, place: Place, text: str) -> str:
    row, column = place[0] - 1, place[1] - 1
    lines = sum(len(line) // _LETTERS_IN_A_LINE + 1 for line in text.split("\n"))
    last = row + min(lines, _MOST_LINES) + 2
    anchor = f"{column + 1}, 15, {row}, 2, {column + 1 + _BOX_COLUMNS}, 15, {last}, 4"
    return (
        f'<v:shape {_VML} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}'
        f"</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}"
        "</x:Column></x:ClientData></v:shape>"
    )
