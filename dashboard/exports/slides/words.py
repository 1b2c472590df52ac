"""The words of a deck beside its figures: foot and notes of a slide, first and last slide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Pt

from dashboard.charts.marks.look import DISCLAIMER
from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import Package
from dashboard.edition.wording import count, count_in_words, counted, long_date
from dashboard.exports.checked_numbers.marks import Marks, mark_number_in_run, plain_lines
from dashboard.exports.native.form import Native
from dashboard.exports.origin import Origin
from dashboard.exports.parts import Basis, Part, citations, own_views
from dashboard.exports.slides.looks import printable
from dashboard.exports.slides.page import (
    FOOT,
    HEIGHT,
    MAIN,
    PAD,
    WIDTH,
    Box,
    add_slide,
    add_text,
    height_of,
    lines_of,
    shortened,
    write,
)
from dashboard.figures.figure import Number, source

INSIDE = WIDTH - 2 * PAD
FOOT_BOTTOM = HEIGHT - 0.2
NOTE_LINES = 3  # on a slide; the notes have it whole
ORIGIN_LINES = 2
NUMBER_WIDTH = 0.6  # inches kept free for the number of a slide
LAST_TITLE = "Sources, method in short, and how to cite"
METHOD = (
    "Each course has a level by what is documented of its content; a country is classed by its "
    "considered courses, at the threshold that was chosen."
)
NO_INFORMATION = (
    "Documented says that a source names the content. No information is not no content."
)
_SMALL = (12, 10)  # points, on the last slide where it is full
EDITION = "Edition"  # name of the words on the first slide


@dataclass(frozen=True, eq=False)
class About(Basis):
    """What slides of a deck have in common: what they are made from, and the marks of numbers."""

    marks: Marks

    def of(self, part: Part) -> "About":
        """The same for one slide, which may be made from something else than the deck."""
        if part.basis is None:
            return self
        made_from = part.basis.tables, part.basis.selection, part.basis.origin
        return About(*made_from, self.marks.under(*made_from))


def caption(part: Part) -> str:
    """What stands below a figure: the edited text, else what the figure cannot tell."""
    return " ".join((part.caption.strip() or part.figure.note).split())


def foot(part: Part, origin: Origin) -> list[str]:
    """Paragraphs at the foot of a slide: caption, source with statement, disclaimer, origin."""
    figure = part.figure
    return [
        shortened(caption(part), FOOT, INSIDE, NOTE_LINES),
        f"Source: {figure.source} {figure.statement}",
        DISCLAIMER * figure.is_map,
        _origin_line(origin),
    ]


def _origin_line(origin: Origin) -> str:
    """Where a slide comes from; a long link stands in the notes alone."""
    if lines_of(origin.line, FOOT, INSIDE - NUMBER_WIDTH) <= ORIGIN_LINES:
        return origin.line
    return replace(origin, link="in the notes of this slide").line


def add_foot(slide: Slide, paragraphs: list[str], number: int) -> float:
    """The foot of a slide; where it begins, in inches."""
    height = height_of(paragraphs, FOOT, INSIDE, space=2)
    box = Box(PAD, FOOT_BOTTOM - height, INSIDE, height)
    frame = add_text(slide, box, paragraphs, FOOT, quiet=True, name="Source and note", space=2)
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _add_slide_number(slide, number)
    return box.top


def _add_slide_number(slide: Slide, number: int) -> None:
    """A field, so that it stays right when slides move."""
    box = Box(WIDTH - PAD - NUMBER_WIDTH, FOOT_BOTTOM - 0.16, NUMBER_WIDTH, 0.16)
    frame = add_text(slide, box, [], FOOT, name="Slide number")
    paragraph = frame.paragraphs[0]._p
    paragraph.append(parse_xml(f'<a:pPr {nsdecls("a")} algn="r"/>'))
    paragraph.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{86CB4B4D-7CA3-9044-876B-883B54F8677D}}" type="slidenum">'
            f'<a:rPr lang="en-GB" sz="{FOOT * 100}"/><a:t>{number}</a:t></a:fld>'
        )
    )


def add_notes(slide: Slide, part: Part, about: About, chart: Native | None, shown: int) -> None:
    """Notes of the speaker: finding, caption, sources, every number, what is not on the slide."""
    figure, origin = part.figure, about.origin
    frame = slide.notes_slide.notes_text_frame
    said = [
        figure.title if part.heading != figure.title else "",
        caption(part),
        f"Source: {figure.source}",
        figure.statement,
        DISCLAIMER * figure.is_map,
        figure.alt,
        origin.line,
    ]
    _add_minutes(frame, part)
    for text in filter(None, (f"Figure {figure.id}: {figure.subtitle}", *said)):
        _next(frame).text = printable(text)
    if figure.numbers:
        frame.add_paragraph().text = "Numbers:"
    for number in figure.numbers:
        _add_number(frame.add_paragraph(), number, about.marks)
    if chart and shown < chart.size:
        left = count(chart.size - shown)
        frame.add_paragraph().text = f"Not on the slide ({left} of {count(chart.size)} rows):"
        for line in chart.left_out(shown):
            frame.add_paragraph().text = printable(line)


def _add_minutes(frame: TextFrame, part: Part) -> None:
    """What a meeting said, under headings, before what the figure says."""
    for heading, text in (("Note", part.note), ("Decision", part.decision)):
        lines = plain_lines(text)
        if not lines:
            continue
        run = _next(frame).add_run()
        run.text, run.font.bold = heading, True
        for line in lines:
            _next(frame).text = printable(line)
    if part.is_discussed:
        run = _next(frame).add_run()
        run.text, run.font.bold = "About the figure", True


def _next(frame: TextFrame) -> _Paragraph:
    """The paragraph to write next: the first as long as it is empty, then one more."""
    first = frame.paragraphs[0]
    return frame.add_paragraph() if first.text or len(frame.paragraphs) > 1 else first


def _add_number(paragraph, number: Number, marks: Marks) -> None:
    """Id, label, the marked number, and what it rests on, in full digits."""
    paragraph.add_run().text = printable(f"{number.id}, {number.label}: ")
    mark_number_in_run(paragraph.add_run(), number, marks)
    value = "" if number.value is None else f"; value {number.value:.6g}"
    bounds = (
        ""
        if number.lower is None or number.upper is None
        else f"; bounds {count(number.lower)} and {count(number.upper)}"
    )
    paragraph.add_run().text = f" (n {count(number.n)}, N {count(number.N)}{value}{bounds})"


def left_out(chart: Native, shown: int) -> str:
    """Says how many rows a slide leaves out, and where they are."""
    rest = chart.size - shown
    if rest <= 0:
        return ""
    verb = "stands" if rest == 1 else "stand"
    return (
        f"{count(shown)} of {counted(chart.size, 'row')}; the other {count_in_words(rest)} "
        f"{verb} in the notes and in the data of the figure."
    )


def add_first_slide(deck: Deck, title: str, about: About) -> None:
    """Title, edition with its statement, what was chosen, and the dates of the data."""
    package = about.tables.package
    slide, below = add_slide(deck, title, first=True)
    for shape in list(slide.placeholders)[1:]:
        shape._element.getparent().remove(shape._element)
    texts = [
        package.title,
        package.statement,
        describe(about.selection, package),
        dates(package, about.selection),
        package.edition["producer"],
    ]
    height = height_of(texts, 18, INSIDE, space=10)
    add_text(slide, Box(PAD, below + 0.3, INSIDE, height), texts, 18, name=EDITION, space=10)
    add_foot(slide, [_origin_line(about.origin)], 1)
    slide.notes_slide.notes_text_frame.text = printable("\n".join([title, *texts]))


def dates(package: Package, selection: Selection) -> str:
    """The dates of the data in one line."""
    reviewed = long_date(package.edition["as_of"])
    return f"Review as of {reviewed}; personnel as of {long_date(selection.as_of)}"


def add_own_views(deck: Deck, made_from: Sequence[About]) -> None:
    """On the first slide: which slides are made from something else than it says.

    `made_from`: what each slide is made from, the first one first.
    """
    text = own_views(dict(enumerate(made_from[1:], start=2)), made_from[0])
    if not text:
        return
    slide = deck.slides[0]
    box = next(shape for shape in slide.shapes if shape.name == EDITION)
    box.height += Inches(height_of([text], 18, INSIDE) + 10 / 72)
    paragraph = box.text_frame.add_paragraph()
    paragraph.space_before = Pt(10)
    write(paragraph, text, 18, bold=True)
    slide.notes_slide.notes_text_frame.add_paragraph().text = text


def add_last_slide(deck: Deck, made_from: Sequence[About], number: int) -> None:
    """Sources, method in short, and how to cite. `made_from`: what slides are made from, the deck
    itself first."""
    slide, below = add_slide(deck, LAST_TITLE)
    blocks = closing_words(made_from)
    room = FOOT_BOTTOM - below - 0.5
    size = next((one for one in (MAIN, *_SMALL) if _blocks_height(blocks, one) < room), _SMALL[-1])
    box = Box(PAD, below + 0.1, INSIDE, _blocks_height(blocks, size))
    frame = add_text(slide, box, [], size, name="Sources, method, citation")
    for place, (heading, texts) in enumerate(blocks):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.space_before = Pt(8 if place else 0)
        write(paragraph, heading, size, bold=True)
        for text in texts:
            write(frame.add_paragraph(), text, size)
    add_foot(slide, [_origin_line(made_from[0].origin)], number)
    told = [line for heading, texts in blocks for line in (heading, *texts)]
    slide.notes_slide.notes_text_frame.text = printable("\n".join(told))


def _blocks_height(blocks: list[tuple[str, list[str]]], size: float) -> float:
    return sum(height_of([heading, *texts], size, INSIDE) + 8 / 72 for heading, texts in blocks)


def closing_words(made_from: Sequence[About]) -> list[tuple[str, list[str]]]:
    """Heading and lines of each part of the last slide; every edition and date once."""
    package = made_from[0].tables.package
    classes = [f"{term['label']}: {term['definition']}." for term in package.terms("classes")]
    sources = [line for one in made_from for line in _sources(one)]
    return [
        ("Sources", list(dict.fromkeys(filter(None, sources)))),
        ("Method in short", [METHOD, *classes, NO_INFORMATION]),
        ("How to cite", citations(made_from)),
    ]


def _sources(about: About) -> list[str]:
    package, inputs = about.tables.package, about.origin.inputs
    return [
        source(about.tables, about.selection),
        package.statement,
        f"Licence: {package.edition['licence']}.",
        f"SHA-256 of the matrix: {inputs}" if inputs else "",
    ]
