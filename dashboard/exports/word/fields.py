"""Fields of Word (numbers of captions, contents, pages) with the result of today, and links."""

from collections.abc import Sequence

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dashboard.charts.marks.look import DARK_BLUE
from dashboard.exports.checked_numbers.marks import leads_somewhere

# Prefix of the bookmarks that Word makes for its contents; one that begins with _ is hidden.
_BOOKMARK = "_Toc"
LONGEST_SHOWN = 250  # characters of a link


def field(paragraph: Paragraph, instruction: str, result: str) -> None:
    """A field at the end of a paragraph."""
    _part(paragraph.add_run(), "begin")
    _instruction(paragraph.add_run(), instruction)
    _part(paragraph.add_run(), "separate")
    paragraph.add_run(result)
    _part(paragraph.add_run(), "end")


def bookmark(paragraph: Paragraph, number: int, first: int = 0) -> str:
    """A hidden bookmark around what is in a paragraph, from child `first` on. Returns its name."""
    name = f"{_BOOKMARK}{number:08d}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    children = [child for child in paragraph._p if child.tag != qn("w:pPr")]
    children[first].addprevious(start)
    paragraph._p.append(end)
    return name


def contents(
    paragraph: Paragraph, instruction: str, entries: Sequence[tuple[str, str, str]]
) -> None:
    """A table of contents that begins in `paragraph`: a field with one paragraph an entry.

    `entries`: (text, bookmark, style). Each leads to its place. Only programs that lay out pages
    know their numbers, and add them when the field is updated; until then there is none, rather
    than a wrong one.
    """
    last = paragraph
    for place, (text, target, style) in enumerate(entries):
        if place:
            following = OxmlElement("w:p")
            last._p.addnext(following)
            last = Paragraph(following, paragraph._parent)
        last.style = style
        if not place:
            _part(last.add_run(), "begin")
            _instruction(last.add_run(), instruction)
            _part(last.add_run(), "separate")
        inner_link(last, text, target)
    if entries:
        _part(last.add_run(), "end")


def inner_link(paragraph: Paragraph, text: str, target: str) -> None:
    """A link to a bookmark of the document, at the end of a paragraph; in the type around it."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    link.set(qn("w:history"), "1")
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def web_link(paragraph: Paragraph, address: str) -> None:
    """A link out of the document, at the end of a paragraph, of which a long one shows its
    beginning. An address that programs cannot follow stands there whole, as text."""
    if not leads_somewhere(address):
        paragraph.add_run(address)
        return
    long = len(address) > LONGEST_SHOWN
    run = paragraph.add_run(f"{address[:LONGEST_SHOWN]} …" if long else address)
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(DARK_BLUE[1:])
    link = OxmlElement("w:hyperlink")
    related = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), related)
    link.set(qn("w:history"), "1")
    run._r.addprevious(link)
    link.append(run._r)


def _part(run: Run, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    run._r.append(element)


def _instruction(run: Run, text: str) -> None:
    element = OxmlElement("w:instrText")
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = f" {text} "
    run._r.append(element)
