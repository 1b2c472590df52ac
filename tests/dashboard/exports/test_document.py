"""The Word report, read back by other programs: headings, captions, pictures, tables, numbers."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import default_selection
from dashboard.exports.checked_numbers.marks import number_text
from dashboard.exports.checked_numbers.read_back import number_places
from dashboard.exports.checked_numbers.registry import check
from dashboard.exports.parts import Part
from dashboard.exports.pictures import browser
from dashboard.exports.word import report_document as document_module
from dashboard.exports.word.blocks import pieces, shrunk
from dashboard.exports.word.figures import SHORT_TABLE
from dashboard.exports.word.look import TALLEST_PICTURE, TEXT_WIDTH
from dashboard.exports.word.report_document import document
from dashboard.exports.word.tables import NOT_GIVEN, printed
from dashboard.figures import catalogue

TITLE = "=1+1 & <b>Ålesund</b>"
FIGURES = ("coverage", "contributors", "found", "closing")
COURSES = [
    ("AAA", {"cmcoord_level": "module"}),
    ("BBB", {"cmcoord_level": "related"}),
    ("CCC", {"cmcoord_level": "related", "evidence_type": "news-report"}),
]
PERSONS = {"AAA": 200, "BBB": 300, "CCC": 500, "DDD": 1000}
MANY = PERSONS | {f"X{number:02d}": 20 + number for number in range(SHORT_TABLE)}


@pytest.fixture
def tables(edition):
    return edition(courses=COURSES, persons=MANY, names={"AAA": "Côte <d'Ivoire> & \x0bco"})


@pytest.fixture
def parts(tables):
    selection = default_selection(tables)
    return [Part(catalogue.figure(id, tables, selection), "a4") for id in FIGURES]


@pytest.fixture
def no_browser(monkeypatch):
    browser.stop()
    monkeypatch.setattr(browser, "find", lambda: None)
    yield
    browser.stop()


@pytest.fixture
def made(tables, parts, made_from, no_browser) -> bytes:
    return document(parts, tables, default_selection(tables), made_from, TITLE)


def _opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def _headings(read, level: int) -> list[str]:
    """Texts of the headings, content controls included."""
    style = f"Heading {level}"
    return [_text(one._p) for one in read.paragraphs if one.style.name == style]


def _text(element) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def test_headings_are_the_findings_then_the_annex(made, parts):
    read = _opened(made)

    assert _headings(read, 1) == [
        *(part.figure.title for part in parts),
        "Annex: sources and method",
    ]
    assert _headings(read, 2)[-3:] == ["Sources", "Method", "How to cite"]
    assert read.paragraphs[0].style.name == "Title" and read.paragraphs[0].text == TITLE


def test_the_beginning_says_edition_date_filters_statement_and_origin(made, tables):
    text = "\n".join(paragraph.text for paragraph in _opened(made).paragraphs[:14])

    for said in (
        "Tiny edition tiny",
        "review as of 28 February 2018",
        "as of 31 January 2018",
        "threshold: Module or higher",
        "Invented for tests: tiny.",
        "0" * 64,
        "https://atlas.example.org/contributors",
        "2 January 2026",
    ):
        assert said in text


def test_own_titles_and_captions_take_the_place_of_the_figures(
    tables, parts, made_from, no_browser
):
    own = [replace(parts[0], title="In our own words", caption="Said by us.")]
    read = _opened(document(own, tables, default_selection(tables), made_from, TITLE))

    assert _headings(read, 1)[0] == "In our own words"
    assert any(paragraph.text == "Note: Said by us." for paragraph in read.paragraphs)
    assert parts[0].figure.note not in "\n".join(p.text for p in read.paragraphs)


def test_every_table_has_a_header_row_that_is_repeated_and_says_what_it_is(made):
    for table in _opened(made).tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert all(cell.text.strip() for cell in first.cells)


def test_captions_are_numbered_by_fields(made):
    captions = [p for p in _opened(made).paragraphs if p.style.name == "Caption"]
    fields = [_field(paragraph) for paragraph in captions]

    assert fields == [("SEQ Table \\* ARABIC", str(n + 1)) for n in range(len(captions))]
    assert len(captions) > len(FIGURES)


def _field(paragraph) -> tuple[str, str]:
    """Instruction and result of the one field in a paragraph."""
    kinds = [one.get(qn("w:fldCharType")) for one in paragraph._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    instruction = next(paragraph._p.iter(qn("w:instrText"))).text.strip()
    return instruction, re.search(r"(?:Figure|Table) (\d+)\.", paragraph.text)[1]


def test_contents_lead_to_every_heading(made):
    read = _opened(made)
    marks = {one.get(qn("w:name")) for one in read.element.iter(qn("w:bookmarkStart"))}
    links = [one for one in read.element.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))]

    assert [_text(link) for link in links] == _headings(read, 1)
    assert {link.get(qn("w:anchor")) for link in links} <= marks
    told = "".join(one.text for one in read.element.iter(qn("w:instrText")))
    assert 'TOC \\o "1-1"' in told
    opened = [one.get(qn("w:fldCharType")) for one in read.element.iter(qn("w:fldChar"))]
    assert opened.count("begin") == opened.count("end") == opened.count("separate")


def test_the_numbers_of_a_figure_are_marked_where_they_stand(made, parts, tables):
    read = _opened(made)
    found = number_places(made, "docx").places

    for number in parts[0].figure.numbers:
        assert number_text(number) in " ".join(one.text for one in found if one.id == number.id)
        assert any(number_text(number) == text for text in map(_squeezed, _cells(read)))
    assert check(made, "docx", {"tiny": tables}) == []


def _cells(read) -> list[str]:
    return [_text(cell) for cell in read.element.iter(qn("w:tc"))]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_without_a_browser_tables_stand_in_and_the_document_says_what_to_install(made, parts):
    text = "\n".join(paragraph.text for paragraph in _opened(made).paragraphs)

    assert text.count("Here stands a table in place of the chart.") == len(parts)
    assert "install one" in text and "No figure could be drawn." in text
    assert not list(_opened(made).inline_shapes)


def test_a_figure_without_anything_to_show_says_so(tables, made_from, no_browser):
    selection = replace(default_selection(tables), missions=("NONE",))
    figure = catalogue.figure("coverage", tables, selection)
    read = _opened(document([Part(figure, "a4")], tables, selection, made_from, TITLE))

    assert figure.empty in [paragraph.text for paragraph in read.paragraphs]


def test_the_same_input_gives_the_same_bytes_and_no_date_but_that_of_the_edition(
    made, tables, parts, made_from
):
    again = document(parts, tables, default_selection(tables), made_from, TITLE)
    core = _opened(made).core_properties

    assert made == again
    assert core.created == core.modified == datetime(2018, 2, 28, tzinfo=UTC)
    assert (core.title, core.author, core.language) == (TITLE, "Nobody", "en-GB")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2018, 2, 28, 0, 0, 0)}
        assert not any("vba" in name.lower() for name in archive.namelist())
        styles = archive.read("word/styles.xml").decode()
        languages = re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)
        assert languages and set(languages) == {"en-GB"}


def test_the_annex_has_the_method_or_at_least_the_definitions(
    monkeypatch, tables, parts, made_from, no_browser
):
    whole = _opened(document(parts[:1], tables, default_selection(tables), made_from, TITLE))
    assert "What is coded" in _headings(whole, 3)
    assert any("letter" in _text(row) for row in whole.element.iter(qn("w:tr")))

    def missing():
        raise FileNotFoundError

    monkeypatch.setattr(document_module, "method_sections", missing)
    bare = _opened(document(parts[:1], tables, default_selection(tables), made_from, TITLE))
    bullets = [p.text for p in bare.paragraphs if p.style.name == "List Bullet"]
    assert "Dedicated: About dedicated." in bullets


# --- tables on paper ------------------------------------------------------------------------------


def test_a_printed_table_fits_the_paper_and_names_what_it_leaves_out(tables, parts):
    frame = parts[1].figure.table
    table = printed(frame, tables.package)

    assert sum(table.widths) <= TEXT_WIDTH
    assert len(table.heads) == len(table.widths) == len(table.rows[0]) == len(table.numeric)
    assert {"D", "M", "C", "R", "0", "?"} & set(table.heads)
    narrow = printed(frame, tables.package, width=TEXT_WIDTH // 3)
    assert sum(narrow.widths) <= TEXT_WIDTH // 3 and narrow.left_out
    assert "D Dedicated" in table.key


def test_what_is_not_given_has_a_sign_with_a_key(tables):
    selection = replace(default_selection(tables), missions=("MINX",))
    frame = catalogue.figure("country-personnel", tables, selection, iso3="AAA").table
    frame = frame.assign(persons=frame["persons"].mask(frame.index == 0))
    table = printed(frame.drop(columns="share_of_all"), tables.package)

    assert any(NOT_GIVEN in row for row in table.rows)
    assert f"{NOT_GIVEN} not given" in table.key


# --- pictures -------------------------------------------------------------------------------------


def _stripes(width: int, height: int, every: int) -> bytes:
    """A picture of black lines of type, 10 px high, `every` px apart."""
    picture = Image.new("RGB", (width, height), "white")
    for top in range(0, height - 10, every):
        picture.paste("black", (0, top, width, top + 10))
    target = io.BytesIO()
    picture.save(target, "PNG", dpi=(300, 300))
    return target.getvalue()


@pytest.mark.parametrize("height", [1000, 3000, 5000, 9001])
def test_a_picture_higher_than_a_page_is_cut_between_its_lines(height):
    whole = _stripes(600, height, 40)
    room = int(TALLEST_PICTURE * 600 / TEXT_WIDTH)
    cut = [Image.open(io.BytesIO(one)) for one in pieces(whole, TEXT_WIDTH)]

    assert sum(one.height for one in cut) == height
    assert all(one.height <= room for one in cut)
    assert len(cut) == -(-height // room)
    for one in cut[:-1]:
        assert one.getpixel((0, one.height - 1)) == (255, 255, 255)
        assert round(one.info["dpi"][0]) == 300


def test_a_map_is_not_cut_but_made_smaller():
    width = shrunk(_stripes(600, 1200, 40), TEXT_WIDTH)

    assert width * 2 == pytest.approx(TALLEST_PICTURE, rel=0.01)
    assert shrunk(_stripes(600, 300, 40), TEXT_WIDTH) == TEXT_WIDTH


@pytest.mark.browser
def test_pictures_stand_with_alternative_text_captions_and_their_print_size(
    tables, parts, made_from
):
    empty = Part(catalogue.figure("conversations", tables, default_selection(tables)), "a4")
    drawn = [replace(parts[0], sheet="a4-column"), replace(parts[1], sheet="slide"), parts[2]]
    parts = [empty, drawn[0], empty, *drawn[1:]]
    data = document(parts, tables, default_selection(tables), made_from, TITLE)
    read = _opened(data)
    shapes = list(read.inline_shapes)

    assert [shape._inline.docPr.get("descr") for shape in shapes] == [
        part.figure.alt for part in drawn
    ]
    for picture in read.element.iter(qn("pic:cNvPr")):
        assert picture.get("descr")
    captions = [p for p in read.paragraphs if p.style.name == "Caption"]
    figures = [p.text for p in captions if p.text.startswith("Figure")]
    assert [text.partition(".")[0] for text in figures] == ["Figure 1", "Figure 2", "Figure 3"]
    assert _field(next(p for p in captions if p.text.startswith("Figure 3")))[0].startswith("SEQ F")
    column = SHEETS["a4-column"].width / 96 * 914400
    assert shapes[0].width == pytest.approx(column, rel=0.01)
    assert [shape.width for shape in shapes[1:]] == pytest.approx([TEXT_WIDTH] * 2, rel=0.01)
    assert data == document(parts, tables, default_selection(tables), made_from, TITLE)
    assert 'TOC \\h \\z \\c "Figure"' in "".join(
        one.text for one in read.element.iter(qn("w:instrText"))
    )


# --- another program ------------------------------------------------------------------------------


@pytest.mark.office
def test_libreoffice_reads_every_word(made, office, parts):
    pdf = office(made, "docx", "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(text.split())

    assert TITLE in words
    for part in parts:
        assert " ".join(part.figure.title.split()[:5]) in words
    assert "Côte <d'Ivoire> & co" in words
    assert "Page 1 of" in words and "Annex: sources and method" in words
    size = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "A4" in size
