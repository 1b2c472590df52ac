"""The minutes and the deck of a storyline: what is planned, told, named and made."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from pptx import Presentation

from dashboard.edition.selection import default_selection
from dashboard.exports.checked_numbers.registry import checked
from dashboard.exports.documents.report_files import View
from dashboard.exports.documents.storyline_files import (
    DECK,
    LONGEST_PRINTED,
    MINUTES,
    Meeting,
    link_to,
    make,
    named,
    parts_of,
    steps,
)
from dashboard.exports.origin import origin
from dashboard.exports.pictures import browser
from dashboard.views.storyline import DEFAULT, Slide, Storyline

HELD = date(2026, 11, 21)
SITE = "https://atlas.example.org"
COURSES = [("AAA", {"cmcoord_level": "module"}), ("BBB", {"cmcoord_level": "related"})]
STORY = Storyline(
    "Our story",
    (
        Slide("coverage", note="Said."),
        Slide("contributors", title="Mine", caption="My caption", view="top=5"),
        Slide("coverage", view="edition=other&as_of=2018-01-31&personnel=police", decision="Done."),
    ),
)


@pytest.fixture
def view(edition, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    browser.stop()
    tiny = edition(courses=COURSES, persons={"AAA": 50, "BBB": 30})
    other = edition(
        courses=COURSES, persons={("AAA", "individual-police"): 7, "BBB": 3}, name="other"
    )
    selection = default_selection(tiny)
    address = link_to(STORY, selection, tiny, SITE)
    return View(
        tiny,
        selection,
        origin(tiny, address, date(2026, 12, 1)),
        {"tiny": tiny, "other": other},
        {},
        SITE,
    )


def _notes(deck):
    return [slide.notes_slide.notes_text_frame.text for slide in deck.slides]


def test_every_step_of_a_job_is_told_in_order_and_only_once(view):
    meeting, begun = Meeting(STORY, HELD), []

    made = make(meeting, view, begun.append)

    planned = steps(meeting)
    assert begun == list(range(len(planned)))
    assert [planned[at].what for at in (1, 4, 7, 8)] == [
        "Numbers: 1, Personnel by class",
        "Minutes: 1, Personnel by class",
        "Minutes: putting it together",
        "Deck: 1, Personnel by class",
    ]
    assert [name.rpartition(".")[2] for name in made.files] == ["docx", "pptx"]
    assert any("Chrome or Chromium" in note for note in made.notes)


def test_minutes_of_discussed_slides_plan_no_step_for_the_others(view):
    meeting, begun = Meeting(STORY, HELD, (MINUTES,), only_discussed=True), []

    make(meeting, view, begun.append)

    assert begun == list(range(len(steps(meeting))))
    assert not any(step.what == "Minutes: 2, Mine" for step in steps(meeting))


@pytest.mark.slow
def test_each_slide_is_a_part_under_its_own_view(view):
    parts, notes = parts_of(STORY, view)

    assert notes == []
    assert [part.basis.tables.edition for part in parts] == ["tiny", "tiny", "other"]
    assert [part.basis.origin.link for part in parts] == [
        f"{SITE}/?edition=tiny&as_of=2018-01-31#coverage",
        f"{SITE}/contributors?edition=tiny&as_of=2018-01-31&top=5#contributors",
        f"{SITE}/?edition=other&as_of=2018-01-31&personnel=police#coverage",
    ]
    assert "7 persons" in parts[2].figure.subtitle
    assert [part.is_discussed for part in parts] == [True, False, True]


def test_a_caption_stands_beside_the_filters_and_what_cannot_be_told_stays(view):
    part = parts_of(STORY, view)[0][1]

    assert part.figure.subtitle.endswith(" · My caption")
    assert part.figure.note and not part.caption


def test_the_documents_have_what_was_said_under_their_titles(view):
    files = make(Meeting(STORY, HELD), view, lambda at: None).files

    word, deck = (io.BytesIO(data) for data in files.values())
    text = "\n".join(paragraph.text for paragraph in docx.Document(word).paragraphs)
    assert "Our story" in text and "21 November 2026" in text and "Said." in text
    shown = Presentation(deck)
    assert shown.slides[2].shapes.title.text_frame.text == "Mine"
    assert [("Said." in one, "Done." in one) for one in _notes(shown)[1:4]] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    for data, kind in zip(files.values(), ("docx", "pptx"), strict=True):
        found = checked(data, kind, view.editions)
        assert found.numbers > 3 and found.stale == ()


def test_what_cannot_be_shown_is_named_and_nothing_is_lost(view):
    story = Storyline(
        "",
        (
            Slide("plan", note="Kept."),
            Slide("coverage", view="edition=gone&as_of=2018-01-31", decision="Kept too."),
        ),
    )

    made = make(Meeting(story, HELD), view, lambda at: None)

    assert made.notes[0].startswith("Slide 1, What a plan would change: there is nothing to show.")
    assert made.notes[1].startswith("Slide 2, Personnel by class: its edition does not offer")
    assert "edition: gone" in made.notes[1]
    word, deck = (io.BytesIO(data) for data in made.files.values())
    document = docx.Document(word)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Kept." in text and "Kept too." in text
    assert document.core_properties.title.startswith(DEFAULT.title)
    assert len(Presentation(deck).slides) == 2 + 2


@pytest.mark.slow
def test_the_same_meeting_gives_the_same_bytes(view):
    meeting = Meeting(STORY, HELD)

    assert make(meeting, view, lambda at: None) == make(meeting, view, lambda at: None)


def test_minutes_are_named_by_the_day_and_no_name_leaves_its_folder(view):
    names = [
        named(kind, Meeting(replace(STORY, title="../../etc/x"), HELD), view.selection)
        for kind in (MINUTES, DECK)
    ]

    assert names[0].startswith("minutes-2026-11-21_tiny_") and names[0].endswith(".docx")
    assert names[1].startswith("storyline_tiny_") and names[1].endswith(".pptx")
    assert not any("/" in name for name in names)


def test_a_link_restores_the_storyline_or_at_least_what_was_chosen(view):
    default = link_to(DEFAULT, view.selection, view.tables, SITE)
    assert default == f"{SITE}/storyline?edition=tiny&as_of=2018-01-31"

    long = Storyline(
        "x" * LONGEST_PRINTED,
        tuple(Slide("coverage", title=f"{at} {at * 7919}") for at in range(30)),
    )
    assert link_to(long, view.selection, view.tables, SITE) == (
        f"{SITE}/?edition=tiny&as_of=2018-01-31"
    )
    assert "story=" in link_to(Storyline("A", (Slide("coverage"),)), view.selection, view.tables)
