"""How a number is marked in a document, so that it is found again after people have edited it.

A mark names the number and the view that it is from: `coverage.documented@1a2b3c4d`. In a .docx
it is a content control, whose title and tag both hold the name, because Word keeps both and some
versions of LibreOffice the title alone. In a .pptx it is a hyperlink on the number, which stays
with the text through every program; it leads to the view and carries name and value in its
fragment. What was written and the query of the view also travel in the file (`Marks.sealed`).
"""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, share, span
from dashboard.exports.checked_numbers.office_file import with_records
from dashboard.exports.origin import Origin
from dashboard.figures.figure import Figure, Number
from dashboard.views.links import SELECTION_KEYS, link
from dashboard.views.places import PLACES

NAMESPACE = "urn:cmcoord-training-atlas:numbers"
PROPERTY = "CMCoord Training Atlas view"
# Where a number of a presentation leads when no address of the dashboard is known.
NOWHERE = "urn:cmcoord-training-atlas:number"
# Characters of an address that office programs follow; they cut a longer one or take it for damage.
LONGEST_ADDRESS = 2000
FINDING = "finding"
# Word takes a file with a longer title or tag of a content control for damaged.
LONGEST_NAME = 64
_VIEW_LENGTH, _SHORTENED = 8, 12
# The options that a number's id names in its second place, because it is another number with each.
SUBJECTS = ("iso3", "by")
_HYPERLINK_COLOUR = "{A12FA001-AC4F-418D-AE19-62706E023703}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOUR = "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"
# What XML cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Said:
    """A number (or the finding of a figure) as a document says it."""

    id: str
    label: str
    text: str


def number_text(number: Number) -> str:
    """A number as documents have it: "7 per cent (6,521 of 92,511), between 7 and 85 per cent".

    Without bounds the share alone; a bare count where there is nothing to be a share of.
    """
    if not number.N:
        return count(number.n)
    text = share(number.n, number.N)
    if number.lower is None or number.upper is None or number.lower == number.upper:
        return text
    return f"{text}, {span(number.lower, number.upper, number.N)}"


def number_label(number: Number) -> str:
    """What a number is, to stand before `number_text`.

    Some labels are whole sentences with the number in them; then the last word of the id.
    """
    if f"{count(number.n)} of {count(number.N)}" in number.label:
        last = number.id.rpartition(".")[2].replace("-", " ")
        return last if last.isupper() else last.capitalize()
    return number.label


def said(number: Number) -> Said:
    """A number in words."""
    return Said(number.id, number_label(number), number_text(number))


def finding(figure: Figure) -> Said:
    """The title of a figure, which is a finding of the data and may fall with them.

    Its id is that of the figure, then of the country or dimension when it is about one, then
    "finding".
    """
    parts = [figure.id]
    if figure.numbers and set(SUBJECTS) & set(PLACES[figure.id].options):
        parts.append(figure.numbers[0].id.split(".")[1])
    return Said(".".join([*parts, FINDING]), "Finding", plain(figure.title))


def plain(text: str) -> str:
    """Text that XML can hold, on one line."""
    return " ".join(_CONTROL.sub("", text).split())


def plain_lines(text: str) -> list[str]:
    """The lines of a text that people wrote, each as it is, as far as XML can hold it.

    Empty lines at the beginning and at the end are left out.
    """
    # Split first: some of what XML cannot hold ends a line.
    lines = [_CONTROL.sub("", line).rstrip() for line in text.splitlines()]
    said = [place for place, line in enumerate(lines) if line]
    return lines[said[0] : said[-1] + 1] if said else []


def leads_somewhere(address: str) -> bool:
    """Whether an office program can follow an address."""
    return urlsplit(address).scheme in ("http", "https") and len(address) <= LONGEST_ADDRESS


def view_query(tables: Tables, selection: Selection, origin: Origin) -> str:
    """The query that restores a selection together with the choices of the page in the link."""
    asked = parse_qsl(urlsplit(origin.link).query)
    options = {key: text for key, text in asked if key not in SELECTION_KEYS}
    return link(selection, options, tables)


def view_code(query: str) -> str:
    """A short name of a view, made from its query alone."""
    return hashlib.sha256(query.encode()).hexdigest()[:_VIEW_LENGTH]


def mark_name(id: str, view: str) -> str:
    """The name of a mark. An id that is too long keeps its beginning, which names the figure."""
    room = LONGEST_NAME - len(view) - 1
    if len(id) > room:
        digest = hashlib.sha256(id.encode()).hexdigest()[:_SHORTENED]
        id = f"{id[: room - _SHORTENED - 1]}~{digest}"
    return f"{id}@{view}"


@dataclass
class Record:
    """What a document remembers of its marks, whatever views they are from.

    `views`: short name of a view -> its query; `made`: name of a mark -> what it marks; `placed`:
    marks so far, the same number twice included.
    """

    views: dict[str, str] = field(default_factory=dict)
    made: dict[str, Said] = field(default_factory=dict)
    placed: int = 0


@dataclass
class Marks:
    """The marks of one document under one view: make one, mark with it, and seal the file."""

    query: str
    link: str = ""
    record: Record = field(default_factory=Record)

    def __post_init__(self) -> None:
        self.record.views[self.view] = self.query

    @property
    def view(self) -> str:
        """The short name of the view."""
        return view_code(self.query)

    def under(self, tables: Tables, selection: Selection, origin: Origin) -> "Marks":
        """The marks of the same document under another view."""
        return Marks(view_query(tables, selection, origin), origin.link, self.record)

    def name(self, what: Said) -> str:
        """The name of the mark of a number, which is remembered with its text."""
        name = mark_name(what.id, self.view)
        self.record.made[name] = what
        self.record.placed += 1
        return name

    def sealed(self, data: bytes) -> bytes:
        """The same .docx or .pptx with the queries of its views and every marked number in it."""
        views = self.record.views.items()
        return with_records(data, self._record(), {f"{PROPERTY} {v}": query for v, query in views})

    def _record(self) -> bytes:
        root = etree.Element(f"{{{NAMESPACE}}}numbers", nsmap={None: NAMESPACE})
        for view, query in self.record.views.items():
            etree.SubElement(root, f"{{{NAMESPACE}}}view", name=view, query=query)
        for name, what in self.record.made.items():
            etree.SubElement(
                root,
                f"{{{NAMESPACE}}}number",
                name=name,
                id=what.id,
                label=plain(what.label),
                made=what.text,
            )
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def marks(tables: Tables, selection: Selection, origin: Origin) -> Marks:
    """The marks of a document about a selection."""
    return Marks(view_query(tables, selection, origin), origin.link)


def mark_number(paragraph: Paragraph, number: Number, into: Marks) -> Run:
    """A number at the end of a paragraph of a Word document, marked. Returns its run."""
    what = said(number)
    return mark_text(paragraph, what, what.text, into)


def mark_text(paragraph: Paragraph, what: Said, text: str, into: Marks) -> Run:
    """`text` at the end of a paragraph of a Word document, marked as a place of `what`."""
    name = into.name(what)
    run = paragraph.add_run(plain(text))
    control, settings = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    for tag, value in (("w:alias", name), ("w:tag", name), ("w:id", str(into.record.placed))):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        settings.append(element)
    settings.append(OxmlElement("w:text"))
    content = OxmlElement("w:sdtContent")
    run._r.addprevious(control)
    content.append(run._r)
    control.append(settings)
    control.append(content)
    return run


def mark_number_in_run(run: Any, number: Number, into: Marks) -> None:
    """Write a number into a run of a presentation, marked: it leads to the view that it is from.

    The run keeps its colour; programs underline it as any link.
    """
    what = said(number)
    mark_text_in_run(run, what, what.text, into)


def mark_text_in_run(run: Any, what: Said, text: str, into: Marks) -> None:
    """The same for any text that is a place of `what`, for example the title of a slide."""
    name = into.name(what)
    run.text = plain(text)
    fragment = f"#number={quote(name)}&made={quote(what.text)}"
    base = into.link.partition("#")[0]
    if not leads_somewhere(f"{base}{fragment}"):
        base = NOWHERE
    run.hyperlink.address = f"{base}{fragment}"
    click = run._r.rPr.find(f"{{{_DRAWING}}}hlinkClick")
    click.set("tooltip", f"{what.label}: {what.text}"[:250])
    extensions = etree.SubElement(click, f"{{{_DRAWING}}}extLst")
    extension = etree.SubElement(extensions, f"{{{_DRAWING}}}ext", uri=_HYPERLINK_COLOUR)
    etree.SubElement(extension, f"{{{_COLOUR}}}hlinkClr", {"val": "tx"}, nsmap={"ahyp": _COLOUR})
