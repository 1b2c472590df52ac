"""The files of a storyline: the minutes of its meeting and its deck, made one after the other.

The page makes them in a job, the command line in a row; both from the same order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.edition.selection import Selection, file_name
from dashboard.edition.tables import Tables
from dashboard.exports.documents.report_files import View, no_browser
from dashboard.exports.origin import origin
from dashboard.exports.parts import Basis, Part
from dashboard.exports.slides.deck import slides
from dashboard.exports.steps import Made, Progress, Step, Taken
from dashboard.exports.word.minutes_document import minutes
from dashboard.views.links import FIRST_PAGE, address_of, link
from dashboard.views.shown import Shown, shown
from dashboard.views.storyline import DEFAULT, Slide, Storyline, in_link
from dashboard.views.wishes import DEFAULT_SHEET

# What can be made, in the order of making.
MINUTES, DECK = "minutes", "deck"
LABELS: Mapping[str, str] = {MINUTES: "Minutes", DECK: "Deck"}
# Characters of a link that can stand on a page; a storyline can take many more.
LONGEST_PRINTED = 250
PAGE = "storyline"


@dataclass(frozen=True)
class Meeting:
    """A storyline and what is wanted of it. `held`: day of the meeting; `documents`: keys of
    `LABELS`; `only_discussed`: minutes without the slides that nothing was said about."""

    story: Storyline
    held: date
    documents: tuple[str, ...] = (MINUTES, DECK)
    only_discussed: bool = False

    @property
    def title(self) -> str:
        """The title of the storyline; an empty one gives way to that of the default one."""
        return self.story.title.strip() or DEFAULT.title


def steps(meeting: Meeting) -> list[Step]:
    """What a job is going to do, in its order, before any figure is made."""
    story = meeting.story
    found = [Step("browser", "A browser to draw with")]
    found += [Step("slide", f"Numbers: {name}") for name in _names(story)]
    for kind, label in LABELS.items():
        if kind not in meeting.documents:
            continue
        found += [
            Step(kind, f"{label}: {name}")
            for name, slide in zip(_names(story), story.slides, strict=True)
            if kind == DECK or not meeting.only_discussed or _is_discussed(slide)
        ]
        found.append(Step(f"{kind}, end", f"{label}: putting it together"))
    return found


def make(meeting: Meeting, view: View, begin: Callable[[int], None]) -> Made:
    """All documents of a meeting. `begin` is called with the place of each of `steps`.

    A slide without anything to show stays, and says so; it is named, as is what a slide asks for
    and its edition does not offer.
    """
    progress = Progress(steps(meeting), begin)
    progress.next_of("browser")
    missing = no_browser()
    parts, notes = parts_of(meeting.story, view, progress)
    files = {
        named(kind, meeting, view.selection): _MAKERS[kind](meeting, parts, view, progress)
        for kind in LABELS
        if kind in meeting.documents
    }
    return Made(files, (*notes, *filter(None, [missing])))


def make_document(kind: str, meeting: Meeting, parts: list[Part], view: View) -> bytes:
    """One document of a meeting."""
    return _MAKERS[kind](meeting, parts, view, Progress([], lambda at: None))


def parts_of(
    story: Storyline, view: View, progress: Progress | None = None
) -> tuple[list[Part], list[str]]:
    """The slides of a storyline as parts, each under its view; and what is to be said of them."""
    parts, notes = [], []
    for name, slide in zip(_names(story), story.slides, strict=True):
        if progress:
            progress.next_of("slide", name)
        one = shown(slide, view.tables, view.selection, view.editions)
        parts.append(part_of(one, view))
        notes += [f"Slide {name}: {said}" for said in _to_be_said(one)]
    return parts, notes


def part_of(one: Shown, view: View) -> Part:
    """A slide as a part of a document: the words of the screen, and where its view is found."""
    address = view.address(one.slide.figure, one.query)
    basis = Basis(one.tables, one.selection, origin(one.tables, address, view.origin.accessed))
    # The caption stands beside the filters, as on the screen: what the figure cannot tell stays.
    figure = replace(one.figure, subtitle=one.words().subtitle)
    slide = one.slide
    return Part(
        figure, DEFAULT_SHEET, slide.title, basis=basis, note=slide.note, decision=slide.decision
    )


def link_to(story: Storyline, selection: Selection, tables: Tables, site: str = "") -> str:
    """The link to a storyline under a selection; where that is too long to print, to the first
    page under the selection."""
    held = in_link(story)
    address = address_of(PAGE, link(selection, {"story": held} if held else {}, tables), site)
    whole = story.without_minutes() == DEFAULT or held
    if whole and len(address) <= LONGEST_PRINTED:
        return address
    return address_of(FIRST_PAGE, link(selection, {}, tables), site)


def named(kind: str, meeting: Meeting, selection: Selection) -> str:
    """Name of the file of a document; of minutes with the day of the meeting."""
    if kind == MINUTES:
        return f"{file_name(selection, f'minutes-{meeting.held.isoformat()}')}.docx"
    return f"{file_name(selection, 'storyline')}.pptx"


def _names(story: Storyline) -> list[str]:
    """What each slide is called while it is made: the same figure may stand there twice."""
    return [f"{number}, {slide.name}" for number, slide in enumerate(story.slides, start=1)]


def _is_discussed(slide: Slide) -> bool:
    return bool(slide.note.strip() or slide.decision.strip())


def _to_be_said(one: Shown) -> Iterator[str]:
    if one.figure.empty:
        yield f"there is nothing to show. {one.figure.empty}"
    if one.left_out:
        yield f"its edition does not offer {'; '.join(one.left_out)}."


def _minutes(meeting: Meeting, parts: list[Part], view: View, progress: Progress) -> bytes:
    names = _names(meeting.story)
    data = minutes(
        parts,
        view.tables,
        view.selection,
        view.origin,
        meeting.title,
        meeting.held,
        meeting.only_discussed,
        lambda place: progress.next_of(MINUTES, names[place]),
    )
    progress.next_of(f"{MINUTES}, end")
    return data


def _deck(meeting: Meeting, parts: list[Part], view: View, progress: Progress) -> bytes:
    taken = Taken(DECK, parts, _names(meeting.story), progress)
    return slides(taken, view.tables, view.selection, view.origin, meeting.title)


_MAKERS = {MINUTES: _minutes, DECK: _deck}
