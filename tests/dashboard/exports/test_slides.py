"""The deck, read back by python-pptx, openpyxl and LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches, Pt

from dashboard.charts.marks.look import DISCLAIMER
from dashboard.edition.selection import default_selection
from dashboard.exports.checked_numbers.registry import checked
from dashboard.exports.native.builders import native
from dashboard.exports.origin import origin
from dashboard.exports.parts import Basis, Part
from dashboard.exports.pictures import browser
from dashboard.exports.slides.deck import figure_slide, slides
from dashboard.exports.slides.page import lines_of
from dashboard.exports.slides.words import LAST_TITLE
from dashboard.figures.catalogue import CATALOGUE, figure

DAY = date(2026, 11, 21)
LINK = "https://example.org/contributors?top=30"
TITLE = '=HYPERLINK("x") <b> & Côte d’Ivoire\x00'
SMALLEST, SMALLEST_MAIN, SMALLEST_TITLE = Pt(8), Pt(14), Pt(24)
OUTSIDE = Inches(0.01)
INPUTS = [{"path": "tiny/matrix.xlsx", "sha256": "a" * 64}]
WITHOUT_BROWSER = [id for id in CATALOGUE if id not in ("world", "centres-map")]


@pytest.fixture
def tables(edition):
    kinds = [
        ("module", "curriculum"),
        ("related", "curriculum"),
        ("related", "news-report"),
        ("not-documented", "news-report"),
    ]
    codes = [f"{a}{b}{b}" for a in "ABCDEFG" for b in "ABCD"]
    courses = [
        (
            iso3,
            {
                "cmcoord_level": kinds[n % 4][0],
                "evidence_type": kinds[n % 4][1],
                "audiences": ("military",),
                "languages": ("en",),
                "topics": ("ihl",),
            },
        )
        for n, iso3 in enumerate(codes[:24])
    ]
    persons = {iso3: 900 - 30 * n for n, iso3 in enumerate(codes)}
    return edition(
        courses=courses,
        persons=persons,
        names={"AAA": "=1+1 & <b>Ålesund</b>"},
        package={"inputs": INPUTS},
    )


@pytest.fixture
def selection(tables):
    return default_selection(tables)


@pytest.fixture
def made_from(tables):
    return origin(tables, LINK, DAY)


@pytest.fixture
def deck(tables, selection, made_from):
    """A function that makes a deck of figures (ids or parts) and opens it."""

    def make(*wanted, **options):
        parts = [
            Part(figure(one, tables, selection, **options), "slide")
            if isinstance(one, str)
            else one
            for one in wanted
        ]
        return Presentation(io.BytesIO(slides(parts, tables, selection, made_from, TITLE)))

    return make


@pytest.fixture
def no_browser(monkeypatch):
    def draw(*_):
        raise browser.NoBrowser("Install one.")

    monkeypatch.setattr("dashboard.exports.slides.deck.map_picture", draw)


def _texts(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def _notes(slide):
    return slide.notes_slide.notes_text_frame.text


def _chart(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def _table(slide):
    return next(shape.table for shape in slide.shapes if shape.has_table)


def test_a_deck_begins_with_what_it_is_and_ends_with_how_it_was_made(deck):
    shown = deck("coverage", "levels")

    assert (shown.slide_width, shown.slide_height) == (Inches(13.333), Inches(7.5))
    assert len(shown.slides) == 4
    first, last = shown.slides[0], shown.slides[3]
    assert first.shapes.title.text_frame.text == TITLE.replace("\x00", "")
    said = "\n".join(_texts(first))
    for text in (
        "Tiny edition tiny",
        "Invented for tests: tiny.",
        "threshold: Module or higher",
        "Review as of 28 February 2018; personnel as of 31 January 2018",
    ):
        assert text in said
    assert last.shapes.title.text_frame.text == LAST_TITLE
    said = "\n".join(_texts(last))
    assert "Accessed 21 November 2026." in said and "a" * 64 in said and "About gap." in said


def test_each_slide_says_finding_population_source_and_statement(deck, tables, selection):
    one = figure("contributors", tables, selection)

    slide = deck("contributors").slides[1]

    assert slide.shapes.title.text_frame.text == one.title
    said = _texts(slide)
    assert one.subtitle in said
    foot = next(text for text in said if "Source: " in text)
    assert one.note in foot and one.source in foot and one.statement in foot
    assert f"View: {LINK} · made from {'a' * 12}" in foot


def test_an_edited_title_and_caption_take_the_place_of_the_figure_s_own(deck, tables, selection):
    one = figure("contributors", tables, selection)

    slide = deck(Part(one, "slide", "My <own> title", "My caption")).slides[1]

    assert slide.shapes.title.text_frame.text == "My <own> title"
    foot = next(text for text in _texts(slide) if "Source: " in text)
    assert foot.startswith("My caption") and one.note not in foot
    assert one.title in _notes(slide)


@pytest.mark.parametrize(
    ("id", "kind"),
    [
        ("contributors", XL_CHART_TYPE.BAR_CLUSTERED),
        ("offices", XL_CHART_TYPE.BAR_STACKED),
        ("missions", XL_CHART_TYPE.BAR_STACKED_100),
        ("combinations", XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("closing", XL_CHART_TYPE.LINE),  # as python-pptx calls a line without marks
    ],
)
def test_charts_are_charts_with_the_values_of_the_figure(deck, tables, selection, id, kind):
    whole = native(figure(id, tables, selection), tables, selection)

    chart = _chart(deck(id).slides[1])

    assert chart.chart_type == kind
    plot = chart.plots[0]
    expected = whole.first(len(plot.categories))
    assert list(plot.categories) == list(expected.categories)
    assert [series.name for series in plot.series] == [one.name for one in expected.series]
    values = [tuple(series.values) for series in plot.series]
    assert values == [one.values for one in expected.series]


def test_the_workbook_of_a_chart_holds_its_data_and_no_formula(deck):
    chart = _chart(deck("contributors").slides[1])

    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))

    rows = list(book.active.iter_rows())
    assert rows[1][0].value == "=1+1 & <b>Ålesund</b>  M"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    columns = zip(*(row[1:] for row in rows), strict=True)
    values = [[cell.value for cell in column][1:] for column in columns]
    assert values == [list(series.values) for series in chart.plots[0].series]
    assert book.properties.created.date() == date(2018, 2, 28)


def test_bars_have_the_look_of_their_class(deck):
    plot = _chart(deck("contributors", top=28).slides[1]).plots[0]

    looks = {series.name: series.format for series in plot.series}
    assert str(looks["Covered"].fill.fore_color.rgb) == "144372"
    partial = looks["Partial"].fill
    assert partial.pattern == MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    assert (str(partial.fore_color.rgb), str(partial.back_color.rgb)) == ("DB7B18", "FFFFFF")
    assert plot.overlap == 100


def test_what_is_not_reviewed_has_a_dotted_outline(deck):
    plot = _chart(deck("coverage").slides[1]).plots[0]

    dashes = {series.name: series.format.line.dash_style for series in plot.series}
    assert dashes["–  Not reviewed (unknown)"] == MSO_LINE.ROUND_DOT
    assert dashes["Covered"] is None


def test_a_number_that_does_not_fit_its_part_of_a_bar_is_not_printed(deck):
    chart = _chart(deck("gap-regions").slides[1])

    totals = [
        sum(filter(None, values))
        for values in zip(*(series.values for series in chart.plots[0].series), strict=True)
    ]
    assert max(totals) > 0
    for series in chart.plots[0].series:
        gone = series._element.xpath("c:dLbls/c:dLbl[c:delete]/c:idx/@val")
        assert all((series.values[int(place)] or 0) < 0.2 * max(totals) for place in gone)


def test_matrices_are_tables_with_a_header_row(deck, tables, selection):
    one = native(figure("levels", tables, selection), tables, selection)

    table = _table(deck("levels").slides[1])

    assert table.first_row is True
    assert [cell.text for cell in table.rows[0].cells] == list(one.heads)
    for row, cells in zip(list(table.rows)[1:], one.rows, strict=False):
        assert [cell.text for cell in row.cells] == [cell.text for cell in cells]
    assert len(table.rows) == 13


@pytest.mark.parametrize("id", ["contributors", "levels", "matrix", "questions"])
def test_twelve_rows_fit_a_slide(deck, id):
    slide = deck(id).slides[1]

    shown = (
        len(_table(slide).rows) - 1
        if id in ("levels", "matrix")
        else len(list(_chart(slide).plots[0].categories))
    )
    assert shown == 12


def test_what_does_not_fit_is_counted_on_the_slide_and_listed_in_its_notes(deck, tables, selection):
    whole = native(figure("evidence-gap", tables, selection), tables, selection)

    slide = deck("evidence-gap").slides[1]

    shown = len(list(_chart(slide).plots[0].categories))
    assert shown < whole.size
    assert any(f"{shown} of {whole.size} rows" in text for text in _texts(slide))
    assert all(line in _notes(slide) for line in whole.left_out(shown))


def test_every_number_stands_in_the_notes_and_is_found_again(deck, tables, selection, made_from):
    parts = [Part(figure(id, tables, selection), "slide") for id in ("coverage", "contributors")]
    data = slides(parts, tables, selection, made_from, TITLE)

    notes = _notes(Presentation(io.BytesIO(data)).slides[1])
    for number in parts[0].figure.numbers:
        assert f"{number.id}, {number.label}: " in notes
    found = checked(data, "pptx", {tables.edition: tables})
    assert found.numbers == sum(len(part.figure.numbers) for part in parts) + len(parts)
    assert found.stale == ()


def test_notes_have_caption_source_and_link(deck, tables, selection):
    one = figure("coverage", tables, selection)

    notes = _notes(deck("coverage").slides[1])

    for text in (one.note, one.source, one.statement, one.alt, one.subtitle, LINK):
        assert text in notes


@pytest.mark.slow
def test_everything_that_is_drawn_has_alternative_text(deck, no_browser):
    for slide in deck(*CATALOGUE).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]
            elif shape.name == "Swatch":
                assert "decorative" in shape._element.xml


@pytest.mark.slow
def test_nothing_leaves_its_slide_or_lies_on_the_foot(deck, no_browser):
    shown = deck(*CATALOGUE)

    for slide in shown.slides:
        foot = next(shape for shape in slide.shapes if shape.name == "Source and note")
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= shown.slide_width
            assert shape.top + shape.height <= shown.slide_height
            if shape.name not in ("Source and note", "Slide number"):
                assert shape.top + shape.height <= foot.top + OUTSIDE, shape.name


@pytest.mark.slow
def test_no_type_is_too_small(deck, no_browser):
    for slide in deck(*CATALOGUE).slides:
        for shape in slide.shapes:
            sizes = {int(size) * 127 for size in shape._element.xpath(".//a:rPr/@sz")}
            least = SMALLEST_MAIN
            if shape == slide.shapes.title:
                least = SMALLEST_TITLE
            elif shape.has_table or shape.name == "Sources, method, citation":
                least = Pt(10)
            elif shape.name in ("Source and note", "Slide number"):
                least = SMALLEST
            assert all(size >= least for size in sizes), shape.name


@pytest.mark.parametrize("letter", ["W", "long title "])
def test_a_long_title_shrinks_instead_of_running_over(deck, tables, selection, letter):
    one = figure("contributors", tables, selection)

    slide = deck(Part(one, "slide", letter * 60)).slides[1]

    title = slide.shapes.title
    size = title.text_frame.paragraphs[0].runs[0].font.size
    lines = lines_of(title.text_frame.text, size.pt, title.width / Inches(1), bold=True)
    assert lines * size * 1.2 <= title.height
    assert all(shape.top >= title.top + title.height for shape in slide.shapes if shape != title)


def test_a_figure_with_nothing_to_show_says_what_to_do(deck, tables, selection):
    one = figure("plan", tables, selection)

    slide = deck("plan").slides[1]

    assert one.empty in _texts(slide)
    assert not any(shape.has_chart or shape.has_table for shape in slide.shapes)


def test_without_a_browser_a_map_is_a_table_and_the_slide_says_why(deck, no_browser):
    slide = deck("world").slides[1]

    assert any("Install one." in text for text in _texts(slide))
    assert len(_table(slide).rows) > 5
    assert any(DISCLAIMER in text for text in _texts(slide))


@pytest.mark.browser
def test_a_map_is_a_picture_with_the_finding_and_the_disclaimer(deck, tables, selection):
    one = figure("world", tables, selection)

    slide = deck("world").slides[1]

    picture = next(shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE)
    assert picture._element.xpath(".//p:cNvPr/@descr") == [one.alt]
    assert picture.image.size[0] > 2 * picture.width / Inches(1) * 96
    assert any(DISCLAIMER in text for text in _texts(slide))


def test_the_same_input_gives_the_same_bytes(tables, selection, made_from):
    first, second = (
        slides(
            [Part(figure(id, tables, selection), "slide") for id in ("levels", "missions")],
            tables,
            selection,
            made_from,
            TITLE,
        )
        for _ in range(2)
    )

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {part.date_time[:3] for part in package.infolist()} == {(2018, 2, 28)}
        assert package.namelist() == sorted(package.namelist())
    properties = Presentation(io.BytesIO(first)).core_properties
    assert properties.created.date() == properties.modified.date() == date(2018, 2, 28)
    assert (properties.author, properties.title) == ("Nobody", TITLE.replace("\x00", ""))


def test_parts_are_taken_when_their_slide_is_made(tables, selection, made_from):
    taken = []

    def parts():
        for id in ("coverage", "contributors"):
            taken.append(id)
            yield Part(figure(id, tables, selection), "slide")

    slides(parts(), tables, selection, made_from, TITLE)

    assert taken == ["coverage", "contributors"]


def test_a_single_figure_is_a_deck_of_one_slide(tables, selection, made_from):
    one = figure("contributors", tables, selection)

    data = figure_slide(one, tables, selection, made_from)

    shown = Presentation(io.BytesIO(data))
    assert [slide.shapes.title.text_frame.text for slide in shown.slides] == [one.title]
    assert shown.core_properties.title == one.title


def test_the_wide_gap_matrix_stands_its_heads_up(deck):
    table = _table(deck("matrix", by="topic", rows="reviewed").slides[1])

    assert all(column.width > Inches(0.25) for column in table.columns)
    assert sum(column.width for column in table.columns) <= Inches(12.34)


@pytest.mark.office
def test_libreoffice_converts_a_deck_and_finds_its_words(tables, selection, made_from, tmp_path):
    parts = [Part(figure(id, tables, selection), "slide") for id in WITHOUT_BROWSER]
    file = tmp_path / "deck.pptx"
    file.write_bytes(slides(parts, tables, selection, made_from, TITLE))

    converted = subprocess.run(
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation=file://{tmp_path}/office",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            file,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert "rror" not in converted.stderr
    told = subprocess.run(
        ["pdfinfo", tmp_path / "deck.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert f"Pages:           {len(parts) + 2}" in told
    text = subprocess.run(
        ["pdftotext", tmp_path / "deck.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(text.split())
    assert "=1+1 & <b>Ålesund</b>" in words
    assert "Sources, method in short, and how to cite" in words


def test_the_layouts_for_slides_that_are_added_fit_the_slide(tables, selection, made_from):
    one = figure("levels", tables, selection)

    shown = Presentation(io.BytesIO(figure_slide(one, tables, selection, made_from)))

    for layout in shown.slide_layouts:
        for place in layout.placeholders:
            assert place.left + place.width <= shown.slide_width


# --- slides with a view of their own --------------------------------------------------------------


@pytest.fixture
def two_views(edition, tables, selection, made_from):
    """Tables of another edition, and parts of both: one follows the deck, one does not."""
    other = edition(
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {})],
        name="other",
        persons={"AAA": 90, ("BBB", "individual-police"): 10},
    )
    chosen = replace(default_selection(other), personnel="troops")
    link = "https://example.org/contributors?edition=other&personnel=troops&top=7"
    own = Basis(other, chosen, origin(other, link, DAY))
    parts = [
        Part(figure("contributors", tables, selection), "slide"),
        Part(
            figure("contributors", other, chosen),
            "slide",
            basis=own,
            note="Said\n=here <b>.",
            decision="Done.",
        ),
    ]
    return other, parts


def test_each_slide_has_statement_link_and_numbers_of_its_own_view(
    tables, selection, made_from, two_views
):
    other, parts = two_views
    data = slides(parts, tables, selection, made_from, TITLE)
    shown = Presentation(io.BytesIO(data))

    for slide, part, link in zip(
        list(shown.slides)[1:3], parts, (LINK, parts[1].basis.origin.link), strict=True
    ):
        foot = next(text for text in _texts(slide) if "Source: " in text)
        assert part.figure.statement in foot and f"View: {link}" in foot
        assert part.figure.statement in _notes(slide) and link in _notes(slide)
        targets = {
            one.target_ref.partition("#")[0] for one in slide.part.rels.values() if one.is_external
        }
        assert targets == {link}
    found = checked(data, "pptx", {tables.edition: tables, "other": other})
    assert found.stale == ()
    assert found.numbers == sum(len(part.figure.numbers) for part in parts) + len(parts)


@pytest.mark.parametrize("changed", ["tiny", "other"])
def test_a_number_is_checked_under_the_view_of_its_own_slide(
    tables, selection, made_from, two_views, edition, changed
):
    other, parts = two_views
    data = slides(parts, tables, selection, made_from, TITLE)
    now = edition(courses=[("AAA", {}), ("BBB", {})], persons={"AAA": 5, "BBB": 6}, name=changed)

    stale = checked(data, "pptx", {"tiny": tables, "other": other, changed: now}).stale

    number = {"tiny": "2", "other": "3"}[changed]
    assert {one.where for one in stale} == {f"slide {number}", f"notes of slide {number}"}


def test_a_deck_of_several_views_says_so_first_and_cites_each_edition_last(
    tables, selection, made_from, two_views
):
    shown = Presentation(io.BytesIO(slides(two_views[1], tables, selection, made_from, TITLE)))

    said = "\n".join(_texts(shown.slides[0]))
    assert "Slide 3 is made from another edition or other filters, which stand there." in said
    last = "\n".join(_texts(shown.slides[3]))
    for edition in ("tiny", "other"):
        assert last.count(f"Invented for tests: {edition}.") == 1
        assert f"edition={edition}" in last or LINK in last


def test_note_and_decision_open_the_notes_of_their_slide(tables, selection, made_from, two_views):
    shown = Presentation(io.BytesIO(slides(two_views[1], tables, selection, made_from, TITLE)))

    lines = [one.text for one in shown.slides[2].notes_slide.notes_text_frame.paragraphs]
    assert lines[:6] == ["Note", "Said", "=here <b>.", "Decision", "Done.", "About the figure"]
    assert lines[6].startswith("Figure contributors: ")
    assert _notes(shown.slides[1]).startswith("Figure contributors: ")


def test_a_link_that_is_too_long_for_a_slide_stands_in_its_notes(tables, selection, made_from):
    link = f"https://example.org/closing?plan={'A,' * 1200}"
    one = Part(
        figure("coverage", tables, selection),
        "slide",
        basis=Basis(tables, selection, replace(made_from, link=link)),
    )
    data = slides([one], tables, selection, made_from, TITLE)
    slide = Presentation(io.BytesIO(data)).slides[1]

    foot = next(text for text in _texts(slide) if "Source: " in text)
    assert f"View: in the notes of this slide · made from {'a' * 12}" in foot
    assert link in _notes(slide)
    # Programs cut such an address, or take the file for damaged.
    assert all(len(one.target_ref) < 2000 for one in slide.part.rels.values() if one.is_external)
    assert checked(data, "pptx", {tables.edition: tables}).numbers


@pytest.mark.slow
def test_a_long_caption_leaves_room_for_the_chart_and_stands_whole_in_the_notes(
    deck, tables, selection
):
    one = figure("contributors", tables, selection)
    long = replace(one, subtitle=f"{one.subtitle} · {'a long caption ' * 200}end.")

    slide = deck(Part(long, "slide")).slides[1]

    assert _chart(slide)
    population = next(text for text in _texts(slide) if text.startswith(one.subtitle))
    assert population.endswith("…") and "end." in _notes(slide)
