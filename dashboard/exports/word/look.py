"""The look of our Word documents: one paper, one type, headings in steps, our colours.

Everything is a style, so that whoever edits a document changes it in one place.
"""

from dataclasses import dataclass
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from dashboard.charts.marks.look import DARK_BLUE, GREY, INK, PALE_BLUE, QUIET_INK
from dashboard.edition.tables import Package
from dashboard.exports.checked_numbers.marks import plain
from dashboard.exports.origin import Origin
from dashboard.exports.word.fields import field

# On machines without it the free Liberation Sans stands in, letter for letter as wide.
TYPE = "Arial"
LANGUAGE = "en-GB"
PAPER = Mm(210), Mm(297)
SIDE, TOP, BOTTOM = Mm(20), Mm(18), Mm(18)
TEXT_WIDTH = Emu(PAPER[0] - 2 * SIDE)
# A picture of this height leaves room for a heading of two lines above and a caption below.
TALLEST_PICTURE = Mm(222)
MAKER = "CMCoord Training Atlas"
SMALL, STATEMENT, FIGURES_LIST = "Small print", "Statement", "table of figures"


@dataclass(frozen=True)
class Look:
    """How a style of paragraphs looks; sizes and spaces in points."""

    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.15
    with_next: bool = False


_LOOKS = {
    "Normal": Look(10),
    "Title": Look(26, DARK_BLUE, bold=True, before=0, after=4, line=1.05),
    "Subtitle": Look(13, QUIET_INK, after=14),
    "Heading 1": Look(16, DARK_BLUE, bold=True, before=0, after=8, line=1.1, with_next=True),
    "Heading 2": Look(11.5, DARK_BLUE, bold=True, before=10, after=3, with_next=True),
    "Heading 3": Look(10, INK, bold=True, before=8, after=2, with_next=True),
    "Heading 4": Look(10, QUIET_INK, bold=True, before=6, after=2, with_next=True),
    "toc heading": Look(12, DARK_BLUE, bold=True, before=14, after=4, with_next=True),
    "Caption": Look(9, QUIET_INK, before=2, after=6, line=1.1),
    "List Bullet": Look(9, after=2),
    "Header": Look(8, GREY, after=0),
    "Footer": Look(8, GREY, after=0),
    SMALL: Look(8.5, QUIET_INK, after=3, line=1.1),
    STATEMENT: Look(10, after=12),
    "toc 1": Look(10, after=3, line=1.1),
    "toc 2": Look(9.5, after=2, line=1.1),
    FIGURES_LIST: Look(9.5, after=3, line=1.1),
}


def new_document(title: str, package: Package, origin: Origin) -> Document:
    """An empty document of ours on A4: styles, header, footer and properties."""
    document = docx.Document()
    for name, look in _LOOKS.items():
        _style(document, name, look)
    _language(document)
    _box(document.styles[STATEMENT])
    for name in ("toc 1", "toc 2", FIGURES_LIST):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    document.styles["toc 2"].paragraph_format.left_indent = Mm(5)
    _paper(document)
    _edges(document, title, package.title)
    _properties(document, title, package, origin)
    return document


def shade(properties: BaseOxmlElement, colour: str) -> None:
    """Fills a cell or a paragraph, of which `properties` are the settings."""
    element = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour.lstrip("#"))):
        element.set(qn(f"w:{key}"), value)
    properties.append(element)


def _style(document: Document, name: str, look: Look) -> None:
    styles = document.styles
    known = name in styles
    # Word knows the styles of contents by name, and uses them when it updates the fields.
    builtin = name not in (SMALL, STATEMENT)
    style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin)
    if not known:
        style.base_style = styles["Normal"]
        style.hidden, style.quick_style = False, True
    _plain(style)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour.lstrip("#"))
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing, paragraph.keep_with_next = look.line, look.with_next
    paragraph.widow_control = True


def _plain(style: ParagraphStyle) -> None:
    """Our type in every script; nothing of the template's letters, colours and lines."""
    settings = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:spacing", "w:kern", "w:caps", "w:color"):
        for old in settings.findall(qn(tag)):
            settings.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), TYPE)
    settings.insert(0, fonts)
    paragraph = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:tabs"):
        for old in paragraph.findall(qn(tag)):
            paragraph.remove(old)


def _language(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for fonts in list(defaults.iter(qn("w:rFonts"))):
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), TYPE)


def _box(style: ParagraphStyle) -> None:
    """A pale box with a bar at its left for what the edition is and is not."""
    settings = style.element.get_or_add_pPr()
    border, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", DARK_BLUE[1:])):
        left.set(qn(f"w:{key}"), value)
    border.append(left)
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", PALE_BLUE[1:])):
        shading.set(qn(f"w:{key}"), value)
    # The order of these elements is part of the format.
    settings.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    settings.insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc")
    style.paragraph_format.left_indent = Mm(4)


def _paper(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAPER
    section.left_margin = section.right_margin = SIDE
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.header_distance = section.footer_distance = Mm(9)


def _edges(document: Document, title: str, edition: str) -> None:
    """Header and footer: what document this is, from which edition, and the page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = plain(title)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Footer"]
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{MAKER} · {plain(edition)}\tPage ")
        field(paragraph, "PAGE", "1")
        paragraph.add_run(" of ")
        field(paragraph, "NUMPAGES", "1")


def _properties(document: Document, title: str, package: Package, origin: Origin) -> None:
    """The file's own information. Its date is that of the edition: same input, same file."""
    core, made = document.core_properties, datetime.combine(origin.made, datetime.min.time())
    core.title, core.subject = plain(title)[:255], plain(package.title)[:255]
    core.author = core.last_modified_by = plain(package.edition["producer"])[:255]
    core.comments = plain(package.statement)[:255]
    core.keywords, core.category, core.language = MAKER, "", LANGUAGE
    core.created = core.modified = made
    core.revision = 1
