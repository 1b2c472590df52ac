"""The minutes of a meeting, read back: decisions first, slides in order, words as written."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from dashboard.edition.selection import default_selection
from dashboard.exports.checked_numbers.marks import number_text
from dashboard.exports.checked_numbers.read_back import number_places
from dashboard.exports.checked_numbers.registry import check, checked
from dashboard.exports.origin import origin
from dashboard.exports.parts import Basis, Part
from dashboard.exports.pictures import browser
from dashboard.exports.word.minutes_document import (
    MOST_NUMBERS,
    MOST_OF_SHOWN,
    NO_DECISION,
    minutes,
)
from dashboard.figures import catalogue

TITLE, HELD, DAY = "Strategy <meeting> & more", date(2026, 11, 21), date(2026, 12, 1)
COURSES = [("AAA", {"cmcoord_level": "module"}), ("BBB", {"cmcoord_level": "related"}), ("CCC", {})]
NOTE = (
    "First line\n  - second, indented\n\n=1+1 <w:p/> {PAGE} &amp; \x07\x0bmore\u2028"
    "and 你好 😀 \ud800"
)
DECISION = "Write to AAA.\nBy 15 December."


@pytest.fixture
def editions(edition):
    """Two editions that say different things."""
    first = edition(courses=COURSES, persons={"AAA": 200, "BBB": 300, "CCC": 500}, name="first")
    other = edition(courses=COURSES[:2], persons={"AAA": 900, "BBB": 100}, name="other")
    return {"first": first, "other": other}


@pytest.fixture(autouse=True)
def no_browser(request, monkeypatch):
    if "browser" in request.keywords:
        return
    browser.stop()
    monkeypatch.setattr(browser, "find", lambda: None)


def _basis(tables, page, **chosen):
    selection = replace(default_selection(tables), **chosen)
    filters = "".join(f"&{key}={text}" for key, text in chosen.items())
    link = f"https://atlas.example.org/{page}?edition={tables.edition}{filters}#figure"
    return Basis(tables, selection, origin(tables, link, DAY))


def _part(tables, id="coverage", chosen=None, **words):
    basis = _basis(tables, id, **(chosen or {}))
    return Part(catalogue.figure(id, tables, basis.selection), "a4", basis=basis, **words)


@pytest.fixture
def parts(editions):
    """Three slides: said and decided, decided alone under another view, shown alone."""
    first, other = editions.values()
    return [
        _part(first, note=NOTE, decision=DECISION),
        _part(
            other, chosen={"personnel": "troops"}, title="Our own title", decision="=HYPERLINK(1)"
        ),
        _part(first, "contributors"),
    ]


def _made(parts, tables, **more):
    whole = _basis(tables, "storyline")
    return minutes(parts, whole.tables, whole.selection, whole.origin, TITLE, HELD, **more)


def _opened(data):
    return docx.Document(io.BytesIO(data))


def _text(element):
    """Texts and breaks of an element, in their order."""
    kinds = {
        qn("w:t"): lambda one: one.text or "",
        qn("w:br"): lambda one: "\n",
        qn("w:tab"): lambda one: "\t",
    }
    return "".join(kinds[one.tag](one) for one in element.iter() if one.tag in kinds)


def _paragraphs(data):
    return [(one.style.name, _text(one._p)) for one in _opened(data).paragraphs]


def _headings(data, level):
    return [text for style, text in _paragraphs(data) if style == f"Heading {level}"]


def test_the_beginning_says_what_meeting_when_and_under_which_view(parts, editions):
    said = _paragraphs(_made(parts, editions["first"]))

    assert said[0] == ("Title", TITLE)
    assert said[1] == ("Subtitle", "Minutes of the meeting of 21 November 2026")
    text = "\n".join(line for _, line in said[:14])
    for fact in (
        "first, review as of 28 February 2018",
        "threshold: Module or higher",
        "https://atlas.example.org/storyline?edition=first",
        "Invented for tests: first.",
        "Slide 2 is made from another edition or other filters",
    ):
        assert fact in text


def test_decisions_stand_first_each_with_the_way_to_its_slide(parts, editions):
    read = _opened(_made(parts, editions["first"]))
    table = read.tables[0]
    rows = [[_text(cell._tc) for cell in row.cells] for row in table.rows]

    title = parts[0].figure.title
    assert rows == [
        ["Slide", "Decision"],
        [f"1. {title}", DECISION],
        ["2. Our own title", "=HYPERLINK(1)"],
    ]
    places = {one.get(qn("w:name")): one for one in read.element.iter(qn("w:bookmarkStart"))}
    for row, (slide, _) in zip(list(table.rows)[1:], rows[1:], strict=True):
        (link,) = row._tr.iter(qn("w:hyperlink"))
        heading = places[link.get(qn("w:anchor"))].getparent()
        assert _text(heading) == slide


def test_without_any_decision_the_minutes_say_so(parts, editions):
    quiet = [replace(part, decision="  \n ") for part in parts]
    data = _made(quiet, editions["first"])

    assert _paragraphs(data)[3] == ("Normal", NO_DECISION)
    assert "Decisions by slide" not in {
        one.get(qn("w:val")) for one in _opened(data).element.iter(qn("w:tblDescription"))
    }


def test_slides_stand_in_order_with_number_and_title(parts, editions):
    first, _, third = parts

    assert _headings(_made(parts, editions["first"]), 1) == [
        f"1. {first.figure.title}",
        "2. Our own title",
        f"3. {third.figure.title}",
    ]


def test_words_stand_as_people_wrote_them_and_do_nothing(parts, editions):
    data = _made(parts, editions["first"])
    said = _paragraphs(data)

    place = next(at for at, one in enumerate(said) if one == ("Heading 2", "Note"))
    assert said[place + 1][1] == (
        "First line\n  - second, indented\n\n=1+1 <w:p/> {PAGE} &amp;\nmore\nand 你好 😀"
    )
    assert said[place + 2 : place + 4] == [("Heading 2", "Decision"), ("Statement", DECISION)]
    fields = {one.text.split()[0] for one in _opened(data).element.iter(qn("w:instrText"))}
    assert fields == {"TOC", "SEQ"}


def test_a_slide_with_a_note_alone_says_that_nothing_was_decided(editions):
    data = _made([_part(editions["first"], note="Only heard.")], editions["first"])

    said = _paragraphs(data)
    place = next(at for at, one in enumerate(said) if one == ("Heading 2", "Decision"))
    assert said[place + 1] == ("Normal", NO_DECISION)


def test_a_slide_that_was_only_shown_is_there_and_shorter(parts, editions):
    discussed = replace(parts[2], note="Something.")
    counts = []
    for part in (parts[2], discussed):
        data = _made([part], editions["first"])
        places = number_places(data, "docx").places
        counts.append(len([one for one in places if not one.is_finding]))
        assert ("Note" in _headings(data, 2)) == part.is_discussed

    assert counts == [MOST_OF_SHOWN, min(MOST_NUMBERS, len(discussed.figure.numbers))]
    assert counts[0] < counts[1]


def test_minutes_of_discussed_slides_name_the_others_and_keep_their_numbers(parts, editions):
    data = _made([parts[2], *parts[:2]], editions["first"], only_discussed=True)

    assert [text[:2] for text in _headings(data, 1)] == ["2.", "3."]
    bullets = [text for style, text in _paragraphs(data) if style == "List Bullet"]
    assert bullets == [f"1. {parts[2].figure.title}"]
    rows = [_text(row.cells[0]._tc) for row in _opened(data).tables[0].rows]
    assert [text[:2] for text in rows[1:]] == ["2.", "3."]


def test_the_start_of_each_slide_is_told(parts, editions):
    begun = []
    _made(parts, editions["first"], begin=begun.append)
    assert begun == [0, 1, 2]

    begun.clear()
    _made([parts[2], *parts[:2]], editions["first"], begin=begun.append, only_discussed=True)
    assert begun == [1, 2]


def test_each_slide_has_the_link_statement_and_numbers_of_its_own_view(parts, editions):
    data = _made(parts, editions["first"])
    read = _opened(data)

    targets = [one.target_ref for one in read.part.rels.values() if one.is_external]
    assert targets == [
        "https://atlas.example.org/storyline?edition=first#figure",
        "https://atlas.example.org/coverage?edition=first#figure",
        "https://atlas.example.org/coverage?edition=other&personnel=troops#figure",
        "https://atlas.example.org/contributors?edition=first#figure",
    ]
    text = _text(read.element)
    assert "Invented for tests: other." in text
    for part in parts[:2]:
        assert number_text(part.figure.numbers[0]) in text
    found = checked(data, "docx", editions)
    assert found.numbers > len(parts) and found.stale == ()


@pytest.mark.parametrize("changed", ["first", "other"])
def test_a_number_is_checked_under_the_view_of_its_own_slide(parts, editions, edition, changed):
    data = _made(parts, editions["first"])
    now = edition(courses=COURSES, persons={"AAA": 10, "BBB": 20, "CCC": 30}, name=changed)

    stale = check(data, "docx", editions | {changed: now})

    slide = {"first": "1.", "other": "2."}[changed]
    where = [re.search(r"under “(\d\.)", one.where) for one in stale]
    under = {found[1] for found in where if found}
    assert slide in under and stale
    assert under <= ({"1.", "3."} if changed == "first" else {"2."})
    assert all(one.why == "changed" for one in stale)


@pytest.mark.parametrize(("length", "is_link"), [(100, True), (400, True), (2500, False)])
def test_a_link_can_be_followed_or_stands_there_whole(editions, length, is_link):
    part = _part(editions["first"])
    address = f"https://atlas.example.org/closing?plan={'A' * length}"
    basis = replace(part.basis, origin=replace(part.basis.origin, link=address))
    read = _opened(_made([replace(part, basis=basis)], editions["first"]))

    targets = [one.target_ref for one in read.part.rels.values() if one.is_external]
    assert (address in targets) == is_link
    shown = next(one.text for one in read.paragraphs if "/closing" in one.text)
    assert len(shown) < 300 if is_link else address in shown


def test_a_slide_without_anything_to_show_keeps_its_words(editions):
    part = _part(editions["first"], "plan", note="To be planned.", decision="Plan it.")
    data = _made([part], editions["first"])

    text = _text(_opened(data).element)
    assert part.figure.empty in text and "To be planned." in text and "Plan it." in text


def test_without_a_browser_a_table_stands_in_with_what_a_picture_would_say(parts, editions):
    text = _text(_opened(_made(parts, editions["first"])).element)

    assert text.count("Here stands a table in place of the chart.") == len(parts)
    for part in parts:
        for words in (part.figure.subtitle, part.figure.note, part.figure.source):
            assert words in text


def test_what_is_written_from_right_to_left_runs_so(editions):
    part = _part(editions["first"], note="قرر الاجتماع\nAAA", decision="Write (مرحبا).")
    read = _opened(_made([part], editions["first"]))

    arabic = next(one for one in read.paragraphs if "قرر" in one.text)
    assert arabic._p.pPr.find(qn("w:bidi")) is not None
    assert all(run.font.rtl for run in arabic.runs)
    english = next(one for one in read.paragraphs if one.text.startswith("Write"))
    assert english._p.pPr.find(qn("w:bidi")) is None


def test_the_same_meeting_gives_the_same_bytes(parts, editions):
    assert _made(parts, editions["first"]) == _made(list(parts), editions["first"])


def test_a_meeting_on_another_day_is_another_file_with_the_same_dates_inside(parts, editions):
    whole = _basis(editions["first"], "storyline")
    data = minutes(parts, whole.tables, whole.selection, whole.origin, TITLE, date(2027, 1, 2))

    assert ("Subtitle", "Minutes of the meeting of 2 January 2027") in _paragraphs(data)
    assert _opened(data).core_properties.created.date() == date(2018, 2, 28)
    assert _opened(data).core_properties.title == f"{TITLE}: minutes of 2 January 2027"


@pytest.mark.browser
def test_pictures_carry_the_origin_of_their_own_view(parts, editions):
    data = _made(parts, editions["first"])
    read = _opened(data)

    assert [one._inline.docPr.get("descr") for one in read.inline_shapes] == [
        part.figure.alt for part in parts
    ]
    pictures = [one for name, one in sorted(_media(data).items()) if name.endswith(".png")]
    assert len(pictures) == len(parts)
    for part in parts:
        assert any(part.basis.origin.line.encode() in one for one in pictures)
    assert data == _made(parts, editions["first"])


def _media(data):
    return {one.partname: one.blob for one in _opened(data).part.package.iter_parts()}


@pytest.mark.office
def test_libreoffice_reads_the_minutes(parts, editions, office):
    long = replace(parts[0], decision="A line of a long decision.\n" * 140)
    pdf = office(_made([long, *parts[1:]], editions["first"]), "docx", "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(text.split())

    assert TITLE in words and "Minutes of the meeting of 21 November 2026" in words
    # Once in the table, once at the slide; nothing is cut off where a page ends.
    assert words.count("A line of a long decision.") == 2 * 140
    assert "=1+1 <w:p/> {PAGE} &amp;" in words
