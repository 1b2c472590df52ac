"""The marked numbers of a .docx or .pptx that people have edited: which, what it says, where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs
from xml.etree.ElementTree import Element

from dashboard.exports.checked_numbers.marks import FINDING, NAMESPACE, PROPERTY, Said, view_code
from dashboard.exports.checked_numbers.office_file import KINDS, NotADocument, OfficeFile

_NAME = re.compile(r"(?P<id>[^@]{1,80})@(?P<view>[0-9a-f]{8})")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}sldId"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What stands in a document but is not seen: text that tracked changes have taken away, and the
# second form of a text box.
_HIDDEN = {f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK}
_BREAKS = {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr", f"{_DRAWING}br"}
_TEXTS = {f"{_WORD}t", f"{_DRAWING}t"}
_BESIDE = {"header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes"}
_LONGEST_HEADING = 90


@dataclass(frozen=True)
class Place:
    """A marked number in a document. `text`: what stands there now; `made`: what was written, None
    when the file no longer says; `where`: for people."""

    name: str
    id: str
    view: str
    text: str
    where: str
    made: Said | None = None

    @property
    def is_finding(self) -> bool:
        """Whether it is the title of a figure."""
        return self.id.endswith(f".{FINDING}")


@dataclass(frozen=True)
class Places:
    """Every marked number of a document in its order, and the queries of the views it names."""

    places: tuple[Place, ...]
    views: Mapping[str, str]


def number_places(data: bytes, kind: str) -> Places:
    """The marked numbers of a file; `kind`: docx or pptx. Raises NotADocument."""
    if kind not in KINDS:
        raise NotADocument(
            f"Files of the kind {kind[:20]} have no marked numbers; {' and '.join(KINDS)} have."
        )
    file = OfficeFile(data, kind)
    views, made = _records(file)
    found = _in_document(file) if kind == "docx" else _in_presentation(file)
    places = tuple(_remembered(place, made) for place in found if place.text)
    return Places(places, views)


def _remembered(place: Place, made: Mapping[str, Said]) -> Place:
    """With the id, which a long name shortens, and the text that the file remembers."""
    known = made.get(place.name)
    return replace(place, id=known.id, made=known) if known else place


def _records(file: OfficeFile) -> tuple[dict[str, str], dict[str, Said]]:
    """Views and marked numbers as the file remembers them; a view is what its name is made from."""
    queries = {text for name, text in file.properties().items() if name.startswith(PROPERTY)}
    made = {}
    for part in file.parts_of(file.main, "customXml"):
        root = file.xml(part)
        if root.tag != f"{{{NAMESPACE}}}numbers":
            continue
        queries |= {one.get("query", "") for one in root.iter(f"{{{NAMESPACE}}}view")}
        for one in root.iter(f"{{{NAMESPACE}}}number"):
            name, *facts = (one.get(key, "") for key in ("name", "id", "label", "made"))
            made[name] = Said(*facts)
    return {view_code(query): query for query in sorted(queries)}, made


def _in_document(file: OfficeFile) -> Iterator[Place]:
    yield from _controls(file.xml(file.main), "")
    for kind, beside in _BESIDE.items():
        for part in sorted(set(file.parts_of(file.main, kind))):
            yield from _controls(file.xml(part), beside)


def _controls(root: Element, beside: str) -> Iterator[Place]:
    """Marked content controls in the order of the text, each with the heading above it."""
    heading, paragraph = "", 0
    for element in _seen(root):
        if element.tag == f"{_WORD}p":
            paragraph += 1
            if _style(element).startswith("Heading"):
                heading = _text(element)[:_LONGEST_HEADING]
        elif element.tag == f"{_WORD}sdt" and (name := _control_name(element)):
            content = element.find(f"{_WORD}sdtContent")
            text = "" if content is None else _text(content)
            above = f", under “{heading}”" if heading and heading != text else ""
            yield Place(
                name[0], name["id"], name["view"], text, beside or f"paragraph {paragraph}{above}"
            )


def _control_name(control: Element) -> re.Match[str] | None:
    """The name of a mark in the tag or the title of a content control that is filled."""
    settings = control.find(f"{_WORD}sdtPr")
    if settings is None or settings.find(f"{_WORD}showingPlcHdr") is not None:
        return None
    for key in ("tag", "alias"):
        one = settings.find(f"{_WORD}{key}")
        if one is not None and (name := _NAME.fullmatch(one.get(f"{_WORD}val", ""))):
            return name
    return None


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if style is None else style.get(f"{_WORD}val", "")


def _in_presentation(file: OfficeFile) -> Iterator[Place]:
    order = [one.get(_RELATION, "") for one in file.xml(file.main).iter(_SLIDES)]
    related = file.related(file.main)
    slides = [related[id][1] for id in order if id in related and related[id][1] in file]
    for number, slide in enumerate(slides, start=1):
        yield from _links(file, slide, f"slide {number}")
        for notes in file.parts_of(slide, "notesSlide"):
            yield from _links(file, notes, f"notes of slide {number}")


def _links(file: OfficeFile, part: str, where: str) -> Iterator[Place]:
    """Marked runs of one slide; a run that editing has split is one place."""
    related = file.related(part).items()
    targets = {id: target for id, (kind, target) in related if kind == "hyperlink"}
    for paragraph in _seen(file.xml(part)):
        if paragraph.tag != f"{_DRAWING}p":
            continue
        marked: list[Place] = []
        follows = False
        for run in paragraph:
            place = _linked(run, targets, where)
            if place and follows and place.name == marked[-1].name:
                marked[-1] = replace(place, text=f"{marked[-1].text}{place.text}")
            elif place:
                marked.append(place)
            follows = place is not None
        yield from (replace(one, text=" ".join(one.text.split())) for one in marked)


def _linked(run: Element, targets: Mapping[str, str], where: str) -> Place | None:
    """The place that a run is, its text as it stands; None for a run without a mark."""
    click = run.find(f"{_DRAWING}rPr/{_DRAWING}hlinkClick")
    if click is None:
        return None
    written = parse_qs(targets.get(click.get(_RELATION, ""), "").partition("#")[2])
    name = _NAME.fullmatch(written.get("number", [""])[0])
    if name is None:
        return None
    text = written.get("made", [""])[0]
    made = Said(name["id"], "", " ".join(text.split())) if text else None
    return Place(name[0], name["id"], name["view"], _raw(run), where, made)


def _seen(root: Element) -> Iterator[Element]:
    """Elements in the order of the text, without those that are not seen. No recursion: files from
    outside may be nested deeper than Python goes."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _HIDDEN:
            continue
        yield element
        waiting.extend(reversed(element))


def _text(element: Element) -> str:
    return " ".join(_raw(element).split())


def _raw(element: Element) -> str:
    pieces = []
    for one in _seen(element):
        if one.tag in _TEXTS:
            pieces.append(one.text or "")
        elif one.tag in _BREAKS:
            pieces.append(" ")
    return "".join(pieces)
