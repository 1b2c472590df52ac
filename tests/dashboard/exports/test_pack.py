"""The figure pack: what is in it, read back with other programs' eyes."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from PIL import Image

from dashboard.edition.selection import Selection, default_selection
from dashboard.exports.data import pack as packing
from dashboard.exports.data.figure_columns import MEANINGS, figure_columns
from dashboard.exports.data.pack import METADATA, NUMBERS, ROWS, data_csv, data_xlsx, pack, zipped
from dashboard.exports.origin import origin
from dashboard.exports.pictures import browser
from dashboard.figures.catalogue import CATALOGUE, figure
from tests.dashboard.conftest import AS_OF

DAY = date(2026, 11, 21)
LINK = "https://example.org/contributors?personnel=police#contributors"
FORMULA = '=HYPERLINK("x") & <b>Côte d\'Ivoire</b>'
INPUTS = [
    {"path": "tiny/matrix.xlsx", "sha256": "a" * 64},
    {"path": "tiny/edition.toml", "sha256": "b" * 64},
]


@pytest.fixture
def tables(edition):
    return edition(
        courses=[
            ("AAA", {"cmcoord_level": "module", "course_title": "=1+1"}),
            ("BBB", {"evidence": "-2+3 in Excel", "audiences": ("police",)}),
        ],
        persons={"AAA": 50, "BBB": 30, ("CCC", "individual-police"): 25},
        package={"inputs": INPUTS},
    )


@pytest.fixture
def chosen(tables):
    return replace(default_selection(tables), personnel="military", audiences=("police",))


@pytest.fixture
def made_from(tables):
    return origin(tables, LINK, DAY)


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(browser, "_kept", [])
    monkeypatch.setattr(browser, "find", lambda: None)


def _files(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _rows(sheet):
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_without_a_browser_the_pack_has_everything_else_and_says_what_to_install(
    tables, chosen, made_from, no_browser
):
    files = _files(pack(figure("contributors", tables, chosen), tables, chosen, made_from))

    assert {
        "alt.txt",
        "caption.txt",
        "readme.md",
        "metadata.json",
        "citation.txt",
        "citation.bib",
        "citation.ris",
    } < set(files)
    assert {name.rsplit(".", 1)[1] for name in files} == {
        "txt",
        "md",
        "json",
        "bib",
        "ris",
        "csv",
        "xlsx",
    }
    assert "Not included: Pictures and PDF need Chrome or Chromium" in files["readme.md"].decode()


def test_the_same_view_gives_the_same_bytes(tables, chosen, made_from, no_browser):
    packs = [
        pack(figure("contributors", tables, chosen), tables, chosen, made_from) for _ in range(2)
    ]

    assert packs[0] == packs[1]
    with zipfile.ZipFile(io.BytesIO(packs[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2018, 2, 28, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())


def test_the_day_of_access_is_the_only_timestamp(tables, chosen, no_browser):
    packs = [
        _files(pack(figure("coverage", tables, chosen), tables, chosen, origin(tables, LINK, day)))
        for day in (DAY, date(2027, 1, 2))
    ]

    changed = {name for name, data in packs[0].items() if data != packs[1][name]}
    assert {name.split("_")[0] for name in changed} == {
        "citation.txt",
        "citation.bib",
        "citation.ris",
        "readme.md",
        "metadata.json",
        "coverage",
    }
    for name in changed - {n for n in changed if n.endswith(".xlsx")}:
        assert b"2026" in packs[0][name] and b"2026" not in packs[1][name]


def test_metadata_names_everything_that_was_chosen_by_code_and_by_name(
    tables, chosen, made_from, no_browser
):
    one = figure("contributors", tables, chosen)
    told = json.loads(_files(pack(one, tables, chosen, made_from))["metadata.json"])

    choices = told["selection"]["choices"]
    assert choices["personnel"] == {
        "name": "Personnel",
        "codes": ["military"],
        "labels": ["Military personnel"],
    }
    assert choices["audience"]["labels"] == ["Police"] and choices["mission"]["codes"] == []
    assert told["edition"]["title"] == "Tiny edition tiny" and told["inputs"] == INPUTS
    assert told["personnel"]["as_of"] == AS_OF and told["accessed"] == "2026-11-21"
    assert told["link"] == LINK
    assert [number["id"] for number in told["numbers"]] == [number.id for number in one.numbers]
    assert set(told["numbers"][0]) == {"id", "label", "value", "n", "N", "lower", "upper"}
    assert [column["name"] for column in told["columns"]][:2] == ["rank", "country_name"]


def test_the_workbook_has_data_rows_behind_it_numbers_and_metadata(tables, made_from):
    chosen = default_selection(tables)
    one = figure("contributors", tables, chosen)

    book = load_workbook(io.BytesIO(data_xlsx(one, tables, chosen, made_from)))

    assert book.sheetnames == ["Figure data", ROWS, NUMBERS, METADATA, "Columns"]
    data = _rows(book["Figure data"])
    assert [row["country_name"] for row in data] == one.table["country_name"].tolist()
    assert data[0]["persons"] == 50 and book["Figure data"]["D2"].data_type == "n"
    behind = _rows(book[ROWS])
    assert {row["workbook_cell"] for row in behind} == {"Matrix!row 7"}
    assert all(row["source_url"].startswith("https://") for row in behind)
    told = {row["What"]: row["Text"] for row in _rows(book[METADATA])}
    assert told["SHA-256 of tiny/matrix.xlsx"] == "a" * 64 and told["Link"] == LINK
    assert told["Title"] == one.title and told["Accessed"] == "2026-11-21"
    explained = {row["Column"] for row in _rows(book["Columns"])}
    assert explained >= {*one.table.columns, *one.rows.columns}


def test_text_that_looks_like_a_formula_stays_text(tables, made_from):
    chosen = default_selection(tables)
    one = replace(figure("contributors", tables, chosen), title=FORMULA)

    book = load_workbook(io.BytesIO(data_xlsx(one, tables, chosen, made_from)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    active = [
        text
        for line in csv.reader(
            io.StringIO(data_csv(replace(one, table=one.rows), tables, chosen).decode("utf-8-sig"))
        )
        for text in line
        if text.startswith(("=", "-", "+", "@"))
    ]

    assert {"=1+1", "-2+3 in Excel", FORMULA} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"} and active == []


def test_an_edited_title_and_caption_take_the_place_of_the_figure_s_own(
    tables, chosen, made_from, no_browser
):
    one = figure("contributors", tables, chosen)
    files = _files(pack(one, tables, chosen, made_from, title=FORMULA, caption="Ours."))

    caption = files["caption.txt"].decode().splitlines()
    assert caption[:3] == [FORMULA, one.subtitle, "Ours."]
    assert caption[3] == f"Source: {one.source}" and caption[4] == one.statement
    assert files["alt.txt"].decode() == f"{one.alt}\n"
    told = json.loads(files["metadata.json"])["figure"]
    assert (told["title"], told["finding"]) == (FORMULA, one.title)
    assert FORMULA in files["citation.txt"].decode()


def test_the_readme_says_what_is_there_what_was_chosen_and_how_to_cite_and_come_back(
    tables, chosen, made_from, no_browser
):
    one = figure("contributors", tables, chosen)
    files = _files(pack(one, tables, chosen, made_from))
    text = files["readme.md"].decode()

    assert all(f"`{name}`" in text for name in files)
    assert "- Personnel: Military personnel" in text and "- Audience: Police" in text
    assert all(f"- `{name}` (" in text for name in (*one.table.columns, *one.rows.columns))
    assert files["citation.txt"].decode().strip() in text and LINK in text
    assert "a" * 64 in text and "Accessed 21 November 2026" in text


def test_files_are_named_by_what_was_chosen(tables):
    chosen = Selection("tiny", AS_OF, personnel="police")
    named = packing.names(figure("coverage", tables, chosen), chosen)

    assert named["slide.png"] == f"coverage-slide_tiny_{AS_OF}_police_module.png"
    assert len(set(named.values())) == len(named)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\boot.ini", "a/../../b", ".."],
)
def test_a_name_in_a_zip_leads_nowhere_else(name):
    found = zipfile.ZipFile(io.BytesIO(zipped({name: b"x"}, DAY))).namelist()[0]

    assert ".." not in found.split("/") and not found.startswith("/")
    assert ":" not in found and "\\" not in found


@pytest.mark.parametrize("id", CATALOGUE)
def test_every_column_of_every_figure_is_explained(tables, id):
    one = figure(id, tables, default_selection(tables))
    # The tiny edition declares no table; the published ones describe these themselves.
    by_package = {
        "country_name",
        "country_iso3",
        "region",
        "in_review",
        "centre_name",
        "city",
        "course_title",
        "evidence",
        "course_id",
        "centre_id",
        "acronym",
    }
    columns = figure_columns([*one.table.columns, *one.rows.columns], tables.package)

    unexplained = [c.name for c in columns if not c.description and c.name not in by_package]
    assert unexplained == []
    assert not by_package & set(MEANINGS)


@pytest.mark.browser
def test_the_pictures_that_fit_are_in_the_pack_and_the_others_are_named(
    tables, made_from, monkeypatch
):
    chosen = default_selection(tables)
    one = figure("coverage", tables, chosen)
    reasons = {"square": "Too high for a square.", "a4": ""}
    monkeypatch.setattr(packing, "why_not", lambda _, sheet, *rest: reasons[sheet])

    files = _files(
        pack(one, tables, chosen, made_from, sheets=("square", "a4"), formats=("png", "svg"))
    )

    drawn = {
        name.split("_")[0]: data for name, data in files.items() if name.endswith((".png", ".svg"))
    }
    assert list(drawn) == ["coverage-a4"]
    with Image.open(io.BytesIO(next(d for n, d in files.items() if n.endswith(".png")))) as seen:
        assert seen.format == "PNG"
    assert "- Not included: Too high for a square." in files["readme.md"].decode()
