"""The documents of a report, from one order: what is planned, told, left out and made."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from pptx import Presentation

from dashboard.edition.selection import default_selection
from dashboard.exports.documents import report_files
from dashboard.exports.documents.report_files import Edited, Order, View, make, parts_of, steps
from dashboard.exports.origin import origin
from dashboard.exports.pictures import browser
from dashboard.views.wishes import Wish

COURSES = [("AAA", {"cmcoord_level": "module"}), ("BBB", {"cmcoord_level": "related"})]


@pytest.fixture
def view(edition, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    browser.stop()
    tables = edition(courses=COURSES, persons={"AAA": 50, "BBB": 30})
    selection = default_selection(tables)
    return View(
        tables,
        selection,
        origin(tables, "/report", date(2026, 1, 31)),
        {"tiny": tables},
        {"top": "7", "by": "level"},
        "https://atlas.example.org",
    )


def _order(*ids, **more):
    return Order(tuple(map(Wish, ids)), **more)


@pytest.mark.slow
def test_every_step_of_a_job_is_told_in_order_and_only_once(view):
    order = _order(
        "coverage",
        "world",
        documents=("word", "slides", "packs", "one-pagers"),
        countries={"AAA": "Land AAA"},
    )
    begun = []

    made = make(order, view, begun.append)

    planned = steps(order)
    assert begun == sorted(set(begun))
    assert [planned[at].what for at in begun][2:5] == [
        "Word document: Personnel by class",
        "Word document: World map of contributors by class",
        "Word document: putting it together",
    ]
    assert [name.partition("_")[0] for name in made.files] == [
        "report",
        "report",
        "figure-packs",
        "one-pagers",
    ]
    assert any("Chrome or Chromium" in note for note in made.notes)


def test_a_figure_without_anything_to_show_is_left_out_and_named(view):
    parts, notes = parts_of(_order("plan", "coverage"), view)

    assert [part.figure.id for part in parts] == ["coverage"]
    assert notes[0].startswith("What a plan would change is left out: Nothing is planned yet")


def test_nothing_but_empty_figures_makes_no_document(view):
    made = make(_order("plan", documents=("word",)), view, lambda at: None)

    assert not made.files
    assert "there is no figure to put into it" in made.notes[-1]


def test_a_figure_that_is_too_high_for_its_sheet_takes_the_page_width(view, monkeypatch):
    monkeypatch.setattr(report_files, "why_not", lambda *args: "It is too high.")

    parts, notes = parts_of(_order("coverage", sheet="slide"), view)

    assert parts[0].sheet == "a4"
    assert notes == ["Personnel by class is on “A4 page width, 170 mm”: It is too high."]


def test_edited_words_stand_in_the_documents(view):
    order = _order(
        "coverage",
        documents=("word", "slides"),
        title="My report",
        edited={"coverage": Edited("Mine = <b>", "My caption & more")},
    )

    files = make(order, view, lambda at: None).files

    word, deck = (io.BytesIO(data) for data in files.values())
    text = "\n".join(paragraph.text for paragraph in Document(word).paragraphs)
    assert "My report" in text and "Mine = <b>" in text and "My caption & more" in text
    titles = [slide.shapes.title.text for slide in Presentation(deck).slides if slide.shapes.title]
    assert "Mine = <b>" in titles


def test_figure_packs_are_folders_in_the_order_of_the_report(view):
    made = make(_order("world", "coverage", documents=("packs",)), view, lambda at: None)

    (data,) = made.files.values()
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert {name.partition("/")[0] for name in names} == {"01-world", "02-coverage"}
    assert "02-coverage/alt.txt" in names
    assert made == make(_order("world", "coverage", documents=("packs",)), view, lambda at: None)


def test_the_link_of_a_figure_leads_to_its_page_with_the_choices_that_it_takes(view):
    assert view.origin_of("contributors").link == (
        "https://atlas.example.org/contributors?edition=tiny&as_of=2018-01-31&top=7#contributors"
    )
    assert view.origin_of("coverage").link.startswith("https://atlas.example.org/?edition=tiny")


def test_a_job_stops_where_it_is_told_to(view):
    class Stop(Exception):
        pass

    def stop(at):
        if at == 3:
            raise Stop

    with pytest.raises(Stop):
        make(_order("coverage", "world", documents=("word",)), view, stop)
