"""Styles of marked cells: the style that a cell has, on the colour of the severity."""

from copy import deepcopy

from lxml import etree

from etl.reading.marked.package import CONTENT, Package

# The word stands in the comment; the three also differ in lightness.
COLOURS = {"error": "FFF2A65A", "warning": "FFFFE699", "note": "FFDDEBF7"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>'
)
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")


class Styles:
    """The style sheet of a workbook, with the styles that marking adds."""

    def __init__(self, package: Package):
        part = package.contents.styles
        if part is None:
            usual = "xl/styles.xml"  # some readers look for it nowhere else
            part = package.free_name("xl/styles{}.xml") if package.has(usual) else usual
            package.relate(package.contents.main, "styles", part)
            package.declare(part, f"{CONTENT}.spreadsheetml.styles+xml")
        self._root = package.tree(part, _EMPTY)
        self._namespace = etree.QName(self._root).namespace or _MAIN
        self._fills = self._child("fills")
        self._formats = self._child("cellXfs")
        if not len(self._formats):
            self._sub(self._formats, "xf")
        self._own = len(self._formats)
        self._made: dict[tuple[int, str], int] = {}
        self._filled: dict[str, int] = {}

    def marked(self, style: int, severity: str) -> int:
        """Return the number of the style that is `style` on the colour of `severity`."""
        style = style if 0 <= style < self._own else 0
        if (style, severity) not in self._made:
            copy = deepcopy(self._formats[style])
            copy.set("fillId", str(self._fill(severity)))
            copy.set("applyFill", "1")
            self._formats.append(copy)
            self._formats.set("count", str(len(self._formats)))
            self._made[style, severity] = len(self._formats) - 1
        return self._made[style, severity]

    def _fill(self, severity: str) -> int:
        if severity not in self._filled:
            pattern = self._sub(self._sub(self._fills, "fill"), "patternFill", patternType="solid")
            self._sub(pattern, "fgColor", rgb=COLOURS[severity])
            self._sub(pattern, "bgColor", indexed="64")
            self._fills.set("count", str(len(self._fills)))
            self._filled[severity] = len(self._fills) - 1
        return self._filled[severity]

    def _child(self, name: str) -> etree._Element:
        found = self._root.find(f"{{{self._namespace}}}{name}")
        if found is not None:
            return found
        before = {f"{{{self._namespace}}}{one}" for one in _ORDER[: _ORDER.index(name)]}
        place = sum(child.tag in before for child in self._root)
        made = etree.Element(f"{{{self._namespace}}}{name}")
        self._root.insert(place, made)
        return made

    def _sub(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        return etree.SubElement(parent, f"{{{self._namespace}}}{name}", attributes)
