"""Country one-pagers: one page each, with what is known, what is asked next, and marked numbers."""

import io
import subprocess
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from dashboard.charts.forms.small_bars import Panel, Row, small_bars
from dashboard.charts.marks.look import STATE_STYLES
from dashboard.edition.selection import default_selection
from dashboard.exports.checked_numbers.read_back import number_places
from dashboard.exports.checked_numbers.registry import check
from dashboard.exports.pictures import browser
from dashboard.exports.word.one_pager import (
    countries_to_print,
    country_chart,
    one_pager,
    one_pagers,
)
from dashboard.exports.word.one_pager_page import LETTERS_OF_A_LINE, MOST_CENTRES, MOST_LINES
from dashboard.figures.country_levels import country_levels_figure
from dashboard.figures.country_personnel import country_personnel_figure

LONG = "A very long and winding title of a course that nobody could read aloud in one breath "
COURSES = [
    ("AAA", {"cmcoord_level": "module", "centre": "one", "centre_name": "Centre & <Co>"}),
    *(
        (
            "AAA",
            {
                "cmcoord_level": "related",
                "evidence_type": "news-report",
                "centre": f"c{n}",
                "evidence": "Said. " * 90,
                "course_title": LONG * 3,
                "centre_name": f"{LONG} {n}",
            },
        )
        for n in range(12)
    ),
    ("BBB", {"cmcoord_level": "not-documented", "evidence_type": "", "evidence": ""}),
]
PERSONS = {
    ("AAA", "troops", "MINX"): 300,
    ("AAA", "individual-police", "MINY"): 100,
    ("BBB", "troops", "MINX"): 600,
    ("CCC", "troops", "MINX"): 1000,
}


@pytest.fixture
def tables(edition):
    return edition(
        courses=COURSES, persons=PERSONS, reviewed=["DDD"], names={"AAA": "Land <A> & Côte"}
    )


@pytest.fixture
def no_browser(monkeypatch):
    browser.stop()
    monkeypatch.setattr(browser, "find", lambda: None)
    yield
    browser.stop()


def _text(data: bytes) -> str:
    """Every paragraph and cell in a line of its own, content controls included."""
    read = docx.Document(io.BytesIO(data))
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in read.element.iter(qn("w:p"))
    )


def test_a_page_says_what_is_known_and_what_to_ask(tables, made_from, no_browser):
    text = _text(one_pager(tables, default_selection(tables), "AAA", made_from))

    for said in (
        "Land <A> & Côte: Covered (M Module)",
        "Rank 3: 20 per cent (400 of 2,000) of the personnel",
        "By type: Troops 300; Individual police 100.",
        "By mission: MINX 75 per cent (300 of 400); MINY 25 per cent (100 of 400).",
        "Why this class: Module or higher documented in 1 of 13 courses.",
        "What it asks for: Ask of covered.",
        "Module 8 per cent (1 of 13); Related 92 per cent (12 of 13)",
        "Centre & <Co>",
        f"And {13 - MOST_CENTRES} other centres.",
        "Quality of the evidence: ",
        "What to ask next",
        "Source: Personnel report of January",
        "Invented for tests: tiny.",
        "Accessed 2 January 2026.",
    ):
        assert said in text


def test_long_lists_are_cut_to_the_page_and_say_how_much_is_left(tables, made_from, no_browser):
    data = one_pager(tables, default_selection(tables), "AAA", made_from)
    bullets = [
        p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.style.name == "List Bullet"
    ]

    assert 2 <= len(bullets) <= 7
    assert sum(-(-len(text) // LETTERS_OF_A_LINE) for text in bullets) <= 2 * MOST_LINES + 4
    assert "other courses." in _text(data) and "other open questions." in _text(data)


@pytest.mark.parametrize(
    ("iso3", "said"),
    [
        ("BBB", "No words of evidence are recorded."),
        ("CCC", "Contributes personnel, but is not in the review."),
        ("DDD", "Contributes nobody under these filters."),
    ],
)
def test_a_country_of_which_little_is_known_has_a_page_too(
    iso3, said, tables, made_from, no_browser
):
    assert said in _text(one_pager(tables, default_selection(tables), iso3, made_from))


def test_an_unknown_country_is_an_error(tables, made_from, no_browser):
    with pytest.raises(KeyError):
        one_pager(tables, default_selection(tables), "ZZZ", made_from)


def test_many_countries_stand_in_one_file_each_on_its_page(tables, made_from, no_browser):
    begun: list[int] = []
    countries = ["BBB", "AAA", "DDD"]
    selection = default_selection(tables)
    data = one_pagers(tables, selection, countries, made_from, begun.append)
    read = docx.Document(io.BytesIO(data))
    heads = [p for p in read.paragraphs if p.style.name == "Heading 1"]

    assert [p.text.partition(":")[0] for p in heads] == ["Land BBB", "Land <A> & Côte", "Land DDD"]
    assert [bool(p.paragraph_format.page_break_before) for p in heads] == [False, True, True]
    assert begun == [0, 1, 2]
    assert read.core_properties.title == "Country one-pagers"
    assert data == one_pagers(tables, selection, countries, made_from)


def test_which_countries_are_printed(tables):
    selection = default_selection(tables)

    assert list(countries_to_print(tables, selection)) == ["BBB", "AAA", "DDD"]
    assert countries_to_print(tables, selection, top=2) == {"CCC": "Land CCC", "BBB": "Land BBB"}


def test_numbers_of_a_page_are_marked_and_checked_for_their_country(
    tables, made_from, edition, no_browser
):
    data = one_pagers(tables, default_selection(tables), ["AAA", "BBB"], made_from)
    marked = {place.id for place in number_places(data, "docx").places}

    assert {f"country-personnel.{iso3}.2018-01-31" for iso3 in ("AAA", "BBB")} <= marked
    assert {"country-missions.AAA.2018-01-31.MINY", "country-levels.AAA.module"} <= marked
    assert check(data, "docx", {"tiny": tables}) == []
    after = edition(courses=COURSES, persons=PERSONS | {("BBB", "troops", "MINX"): 700})
    assert {one.id: one.new for one in check(data, "docx", {"tiny": after})} == {
        "country-personnel.AAA.2018-01-31": "19 per cent (400 of 2,100)",
        "country-personnel.BBB.2018-01-31": "33 per cent (700 of 2,100)",
        "country-missions.BBB.2018-01-31.MINX": "100 per cent (700 of 700)",
    }


def test_filters_that_leave_nobody_leave_a_page(tables, made_from, no_browser):
    selection = replace(default_selection(tables), personnel="police", missions=("MINX",))

    assert "under these filters" in _text(one_pager(tables, selection, "AAA", made_from))


def test_every_table_has_a_header_row(tables, made_from, no_browser):
    data = one_pager(tables, default_selection(tables), "AAA", made_from)

    for table in docx.Document(io.BytesIO(data)).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


# --- the picture ----------------------------------------------------------------------------------


def test_the_picture_shows_both_figures_or_the_one_that_there_is(tables):
    selection = default_selection(tables)

    def chart(iso3: str):
        levels = country_levels_figure(tables, selection, iso3)
        personnel = country_personnel_figure(tables, selection, iso3)
        return country_chart(levels, personnel, tables, selection)

    both, one = chart("AAA"), chart("CCC")
    said = [note.text for note in both.layout.annotations]
    assert "<b>Courses by level</b>" in said and "<b>Personnel by date and type</b>" in said
    assert sum(note.text.startswith("<b>") for note in one.layout.annotations) == 1
    assert one.layout.width < both.layout.width
    assert chart("DDD") is None


def test_small_bars_stay_inside_their_panel_and_their_height():
    look = STATE_STYLES["module"]
    rows = [Row(f"A name of some length {n}", [(n, look), (1, look)], "1,234") for n in range(6)]
    legend = [(f"Legend {n}", look) for n in range(5)]
    chart = small_bars([Panel("Left", rows), Panel("Right", rows, legend)], (640, 165))

    for bar in chart.data:
        end = bar.base[0] + bar.x[0]
        assert end <= (312 if bar.base[0] < 320 else 640)
    assert all(0 <= note.y <= 165 for note in chart.layout.annotations)
    assert all(note.font.size >= 8 / 72 * 96 for note in chart.layout.annotations)


@pytest.mark.browser
def test_the_picture_has_words_for_those_who_do_not_see_it(tables, made_from):
    data = one_pagers(tables, default_selection(tables), ["AAA", "DDD"], made_from)
    (shape,) = docx.Document(io.BytesIO(data)).inline_shapes

    alt = shape._inline.docPr.get("descr")
    assert "Bars of courses by level." in alt and "Bars of persons at each date" in alt
    assert data == one_pagers(tables, default_selection(tables), ["AAA", "DDD"], made_from)


@pytest.mark.office
@pytest.mark.browser
def test_in_libreoffice_each_country_takes_one_page(tables, made_from, office):
    countries = ["AAA", "BBB", "CCC", "DDD"]
    pdf = office(one_pagers(tables, default_selection(tables), countries, made_from), "docx", "pdf")
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout

    assert f"Pages:           {len(countries)}\n" in told
