"""A storyline: slides in an order, each a figure under its view and words. A small TOML file keeps it.

Everything here is a plain value; `briefing` shows it, `exports` write it. A slide names a figure of the
catalogue and holds no number, so that what it shows is always made by the measures.
"""

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from dashboard.edition.wording import shortened
from dashboard.views.places import PLACES
from dashboard.views.toml_text import quoted, read_toml

FORMAT = 1  # of the file; a later one says so
MOST_SLIDES = 60
LONGEST_TITLE, LONGEST_TEXT, LONGEST_VIEW = 300, 4000, 8000
# Bytes: room for as many slides as there may be, with every character written in its longest form.
LARGEST_FILE = 8_000_000
# Characters of a link that every browser and mail programme carries, the rest of the address aside;
# and the bytes that they may stand for: a link comes from anybody, and can be made to unpack to more.
LONGEST_LINK, LARGEST_LINKED = 1500, 20_000
FILE_NAME = "storyline.toml"
_HEAD = "# A storyline of CMCoord Training Atlas: open it on the page Storyline.\n"


class NotAStoryline(ValueError):
    """A file or link that holds no storyline; the message says where and what to do."""


@dataclass(frozen=True)
class Slide:
    """One view of a storyline.

    `figure`: id in the catalogue. `title`, `caption`: in place of the finding, and said below it.
    `view`: query of a link. With an edition in it the slide keeps its own selection; else it follows
    what is chosen, and the query has choices of the page alone, for example "top=12".
    `note`, `decision`: what a meeting said about it.
    """

    figure: str
    title: str = ""
    caption: str = ""
    view: str = ""
    note: str = ""
    decision: str = ""

    @property
    def name(self) -> str:
        """What the slide is called in a list."""
        return self.title or PLACES[self.figure].name


@dataclass(frozen=True)
class Storyline:
    """Slides in their order under a title. Every change is a new storyline."""

    title: str
    slides: tuple[Slide, ...] = field(default=())

    def with_slide(self, at: int, **words: str) -> "Storyline":
        """The same with other words or another view on the slide at place `at` (from 0)."""
        changed = replace(self.slides[at], **words)
        return replace(self, slides=(*self.slides[:at], changed, *self.slides[at + 1 :]))

    def moved(self, at: int, to: int) -> "Storyline":
        """The same with the slide at place `at` at place `to`."""
        rest = [*self.slides[:at], *self.slides[at + 1 :]]
        return replace(self, slides=(*rest[:to], self.slides[at], *rest[to:]))

    def without(self, at: int) -> "Storyline":
        """The same without the slide at place `at`."""
        return replace(self, slides=(*self.slides[:at], *self.slides[at + 1 :]))

    def with_copy(self, at: int) -> "Storyline":
        """The same with the slide at place `at` once more after it; its minutes stay with the first."""
        copy = replace(self.slides[at], note="", decision="")
        return replace(self, slides=(*self.slides[: at + 1], copy, *self.slides[at + 1 :]))

    def and_then(self, slide: Slide) -> "Storyline":
        """The same with one more slide at the end."""
        return replace(self, slides=(*self.slides, slide))

    def without_minutes(self) -> "Storyline":
        """The same without what a meeting said: a link goes further than its minutes should."""
        silent = tuple(replace(slide, note="", decision="") for slide in self.slides)
        return replace(self, slides=silent)

    @property
    def has_minutes(self) -> bool:
        """Whether a meeting has said anything about any slide."""
        return any(slide.note.strip() or slide.decision.strip() for slide in self.slides)


# From the question to the shortlist. It keeps no selection: it follows what is chosen.
DEFAULT = Storyline(
    "UN-CMCoord in the training of peacekeepers",
    (
        Slide("review"),
        Slide("senders", view="top=12"),
        Slide("coverage"),
        Slide("asks"),
        Slide("contributors", view="top=12"),
        Slide("world"),
        Slide("missions", view="missions_shown=8"),
        Slide("languages", view="languages_shown=5"),
        Slide("closing"),
        Slide("questions", view="top=10"),
    ),
)


# --- as a file ------------------------------------------------------------------------------------


def to_toml(story: Storyline) -> str:
    """The file of a storyline. Reading it gives the same storyline."""
    lines = [_HEAD, f"format = {FORMAT}", f"title = {quoted(story.title)}"]
    for slide in story.slides:
        lines += ["", "[[slide]]", f"figure = {quoted(slide.figure)}"]
        lines += [f"{key} = {quoted(text)}" for key, text in _words(slide).items() if text]
    return "\n".join([*lines, ""])


def from_toml(data: bytes | str) -> Storyline:
    """The storyline of a file. Raises NotAStoryline, which says where and what to do."""
    size = len(data)
    if size > LARGEST_FILE:
        raise NotAStoryline(
            f"The file has {size:,} bytes; a storyline has at most "
            f"{LARGEST_FILE:,}. Choose the file that was downloaded here."
        )
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    except UnicodeDecodeError:
        raise NotAStoryline(
            "The file is no text in UTF-8. Choose one that ends in .toml."
        ) from None
    try:
        said = read_toml(text)
    except ValueError as problem:
        raise NotAStoryline(f"The file cannot be read as TOML: {problem}.") from None
    return _storyline(said)


def _storyline(said: Mapping[str, Any]) -> Storyline:
    if said.get("format") != FORMAT:
        raise NotAStoryline(
            f"The file does not say “format = {FORMAT}” at its top, so it is no "
            "storyline, or one of a later version."
        )
    unknown = sorted(set(said) - {"format", "title", "slide"})
    if unknown:
        raise NotAStoryline(
            f"“{shortened(unknown[0])}” at the top is not known: only “format” and “title” are."
        )
    slides = said.get("slide", [])
    if not isinstance(slides, list) or not all(isinstance(one, dict) for one in slides):
        raise NotAStoryline("Each slide begins with a line “[[slide]]”.")
    if len(slides) > MOST_SLIDES:
        raise NotAStoryline(f"There are {len(slides)} slides; {MOST_SLIDES} is the most.")
    title = _text(said, "title", "at the top", LONGEST_TITLE)
    return Storyline(title, tuple(_slide(one, at) for at, one in enumerate(slides, start=1)))


def _slide(said: Mapping[str, Any], at: int) -> Slide:
    where = f"in slide {at}"
    unknown = sorted(set(said) - set(_LONGEST))
    if unknown:
        raise NotAStoryline(
            f"“{shortened(unknown[0])}” {where} is not known: only {', '.join(_LONGEST)} are."
        )
    words = {key: _text(said, key, where, most) for key, most in _LONGEST.items()}
    if words["figure"] not in PLACES:
        raise NotAStoryline(
            f"The figure “{words['figure']}” {where} is not one of this dashboard: "
            f"choose among {', '.join(PLACES)}."
        )
    if not _is_query(words["view"]):
        raise NotAStoryline(f"“view” {where} is not the part of a link after its question mark.")
    return Slide(**words)


_LONGEST = {
    "figure": LONGEST_TITLE,
    "title": LONGEST_TITLE,
    "caption": LONGEST_TEXT,
    "view": LONGEST_VIEW,
    "note": LONGEST_TEXT,
    "decision": LONGEST_TEXT,
}


def _text(said: Mapping[str, Any], key: str, where: str, most: int) -> str:
    text = said.get(key, "")
    if not isinstance(text, str):
        raise NotAStoryline(f"“{key}” {where} is not text in quotation marks.")
    if len(text) > most:
        raise NotAStoryline(f"“{key}” {where} has {len(text)} characters; {most} is the most.")
    return text


def _is_query(view: str) -> bool:
    try:
        urlsplit(view)
    except ValueError:
        return False
    return True


def _words(slide: Slide) -> dict[str, str]:
    return {key: getattr(slide, key) for key in _LONGEST if key != "figure"}


# --- as part of a link ----------------------------------------------------------------------------


def in_link(story: Storyline) -> str:
    """The text that holds a storyline in a link; empty for the default one, or when it is too long.

    Minutes are left out.
    """
    silent = story.without_minutes()
    if silent == DEFAULT:
        return ""
    said = to_toml(silent).removeprefix(_HEAD).encode()
    text = base64.urlsafe_b64encode(zlib.compress(said, 9)).decode().rstrip("=")
    return text if len(text) <= LONGEST_LINK and len(said) <= LARGEST_LINKED else ""


def fits_link(story: Storyline) -> bool:
    """Whether a link can hold the storyline."""
    return bool(in_link(story)) or story.without_minutes() == DEFAULT


def from_link(text: str) -> Storyline:
    """The storyline of a link, the default one of an empty text. Raises NotAStoryline."""
    if not text:
        return DEFAULT
    stream = zlib.decompressobj()
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        said = stream.decompress(packed, LARGEST_LINKED + 1)
    except (ValueError, zlib.error):
        raise NotAStoryline(DAMAGED) from None
    # What was cut unpacks as far as it goes, which may look whole.
    if not stream.eof or stream.unused_data or len(said) > LARGEST_LINKED:
        raise NotAStoryline(DAMAGED)
    return from_toml(said)


DAMAGED = (
    "The storyline in the link is damaged: the link may have been cut when it was copied. Ask for it "
    "again, or for the file of the storyline."
)


def understood_story(asked: str) -> str:
    """`asked` when it holds a storyline, else empty: the default one."""
    try:
        from_link(asked)
    except NotAStoryline:
        return ""
    return asked


def understood_slide(asked: str) -> str:
    """A number of a slide, else empty: the first."""
    short = asked.isdecimal() and len(asked) <= len(str(MOST_SLIDES))
    return asked if short and 1 <= int(asked) <= MOST_SLIDES else ""
