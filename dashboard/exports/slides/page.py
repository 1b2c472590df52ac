"""An empty deck of 16:9 and the texts on its slides: where they stand, how large, in what type."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph, _Run
from pptx.util import Emu, Inches, Pt

from dashboard.charts.marks.letters import plain_width, wrapped
from dashboard.charts.marks.look import INK, QUIET_INK
from dashboard.exports.slides.looks import colour, printable

WIDTH, HEIGHT = 13.333, 7.5  # inches
PAD = 0.5
LINE = 1.2  # height of a line, in sizes of its type
SAFETY = 1.01  # programs set the same type a little wider or narrower
POINTS = 72
TITLE, SMALLEST_TITLE, MAIN, FOOT = 28, 24, 14, 9  # points
TITLE_LINES = 3
# For titles that no slide was made for.
EMERGENCY_TITLES = (20, 16, 14, 12)
FONT = "Arial"  # there on every machine that has an office program
_LEFTOVERS = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.PRINTER_SETTINGS,
)
_TITLE_SLIDE, _TITLE_ONLY = 0, 5  # layouts of the template of python-pptx


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """The same as PowerPoint counts."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def blank_deck() -> Deck:
    """A deck of 13.333 by 7.5 inches; its layouts are as wide, so that added slides fit in."""
    deck = Presentation()
    stretch = Inches(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = deck.slide_master
    for page in (master, *master.slide_layouts):
        for shape in page.placeholders:
            if shape.element.xpath(".//a:xfrm"):
                shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', f'typeface="{FONT}"'.encode())
    _without_leftovers(deck)
    return deck


def _without_leftovers(deck: Deck) -> None:
    """The template brings a picture of itself, its statistics and the settings of a printer."""
    package = deck.part.package
    for holder, relations in ((package, package._rels), (deck.part, deck.part.rels)):
        for id, relation in list(relations.items()):
            if relation.reltype in _LEFTOVERS:
                holder.drop_rel(id)


def add_slide(deck: Deck, title: str, first: bool = False) -> tuple[Slide, float]:
    """A slide with its title in the placeholder of its layout; where the title ends, in inches."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_SLIDE if first else _TITLE_ONLY])
    title = printable(title)
    size = title_size(title)
    height = lines_of(title, size, WIDTH - 2 * PAD, bold=True) * size * LINE / POINTS
    top = 1.5 if first else 0.3
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = Box(
        PAD, top, WIDTH - 2 * PAD, height + 0.05
    ).emu
    frame = _without_margins(shape.text_frame)
    frame.auto_size, frame.vertical_anchor = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE, MSO_ANCHOR.TOP
    write(frame.paragraphs[0], title, size, bold=True)
    return slide, top + height + 0.05


def title_size(title: str) -> int:
    """The largest type that sets a title in few lines; below 24 points only if it has to be."""
    room = WIDTH - 2 * PAD
    for size in (TITLE, SMALLEST_TITLE, *EMERGENCY_TITLES):
        most = 1 if size == TITLE else TITLE_LINES
        if lines_of(title, size, room, bold=True) <= most:
            return size
    return EMERGENCY_TITLES[-1]


def lines_of(text: str, size: float, width: float, bold: bool = False) -> int:
    """Lines that a text takes at a width in inches; words are kept whole."""
    room = width * POINTS / SAFETY
    return sum(len(wrapped(line, size, room, bold)) or 1 for line in text.split("\n"))


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Inches that a line of text takes."""
    return plain_width(text, size, bold) * SAFETY / POINTS


def shortened(text: str, size: float, width: float, most: int) -> str:
    """`text` when it takes no more than `most` lines, else its beginning."""
    if lines_of(text, size, width) <= most:
        return text
    words = text.split()
    while words and lines_of(f"{' '.join(words)} …", size, width) > most:
        words.pop()
    return f"{' '.join(words)} …"


def add_text(
    slide: Slide,
    box: Box,
    paragraphs: Sequence[str],
    size: float,
    *,
    quiet: bool = False,
    name: str,
    space: float = 0,
) -> TextFrame:
    """A text box with wrapped paragraphs, `space` points apart; empty ones are left out."""
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = name
    frame = _without_margins(shape.text_frame)
    frame.word_wrap = True
    for place, text in enumerate(filter(None, paragraphs)):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.space_before = Pt(space if place else 0)
        write(paragraph, text, size, quiet=quiet)
    return frame


def write(
    paragraph: _Paragraph,
    text: str,
    size: float,
    *,
    bold: bool = False,
    quiet: bool = False,
    ink: str = "",
    align: PP_ALIGN | None = PP_ALIGN.LEFT,
) -> _Run:
    """A run of text at the end of a paragraph."""
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    run.font.color.rgb = colour(ink or (QUIET_INK if quiet else INK))
    return run


def leave_empty(paragraph: _Paragraph, size: float) -> None:
    """No text, but a line of this size: without it a program takes one of 18 points."""
    etree.SubElement(paragraph._p, qn("a:endParaRPr"), lang="en-GB", sz=str(int(size * 100)))


def height_of(paragraphs: Sequence[str], size: float, width: float, space: float = 0) -> float:
    """Inches that paragraphs take."""
    shown = [text for text in paragraphs if text]
    lines = sum(lines_of(text, size, width) for text in shown)
    return (lines * size * LINE + max(0, len(shown) - 1) * space) / POINTS


def _without_margins(frame: TextFrame) -> TextFrame:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame
