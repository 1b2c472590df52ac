"""An edition written as a matrix workbook reads back to the same tables, whatever its texts say."""

import copy
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.build import built
from etl.build.built import Built, NotWhole
from etl.build.declaration import TABLES
from etl.build.pipeline import build_edition, read_matrix
from etl.build.publish import NotPlaced, cell
from etl.review.conversation_rows import field_named
from etl.review.model import CENTRE_FIELDS, COURSE_FIELDS
from etl.review.rows import build_tables
from etl.writing import codes as code_lists
from etl.writing import export, words
from etl.writing.cell_text import LONGEST_TEXT, TooLong, for_cell
from etl.writing.export import NotExported
from tests.fixtures.editions import HEADER, ROOT, add_edition, write_rows

EDITIONS = ["desk-review-2018", "public-sources-2026"]
PROCESSED = ROOT / "data" / "processed"
ABOUT = {
    "name": "tiny",
    "title": "Tiny",
    "statement": "Invented for a test.",
    "as_of": "2018-02-28",
    "contributions_as_of": "2018-01-31",
    "producer": "Tests",
    "licence": "None",
    "url": "",
}


def frames(folder: Path) -> dict[str, pd.DataFrame]:
    """Every table of a built edition but its issues, as text, without what names the workbook."""
    found = {}
    for table in TABLES:
        if table.name != "issues":
            frame = pd.read_csv(folder / f"{table.name}.csv", dtype=str, keep_default_na=False)
            found[table.name] = frame.drop(columns=[*export.RECEIPTS], errors="ignore")
    return found


def rebuilt(raw: Path, name: str, workbook: Path, out: Path, *, twice: bool = False) -> Path:
    """Build the edition `name` of `raw` again from `workbook`; return the folder of its tables."""
    edition = raw / name
    for file in ("matrix.xlsx", *(["consultations.xlsx"] if twice else [])):
        shutil.copy(workbook, edition / file)
    if not twice:
        (edition / "consultations.xlsx").unlink(missing_ok=True)
    build_edition(raw, name, out)
    return out / name


def in_memory(path: Path) -> Built:
    """The tables that the workbook at `path` gives, as if they had been built and loaded."""
    tables = build_tables(read_matrix(path)[1], [])
    texts = {table.name: built.texts(table, tables.get(table.name, ())) for table in TABLES}
    return Built("tiny", texts, {"edition": ABOUT, "consultations": {}})


@pytest.fixture
def tiny(tmp_path) -> Built:
    return in_memory(
        write_rows(tmp_path / "matrix.xlsx", [("Ghana", "KAIPTC", "Civil-military course", "M")])
    )


@pytest.mark.parametrize("name", EDITIONS)
def test_a_real_edition_is_built_again_from_its_workbook_to_equal_tables(name, tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "contributions", raw / "contributions")
    shutil.copytree(ROOT / "data" / "raw" / name, raw / name)
    done = export.export(built.load(PROCESSED / name), tmp_path / "one.xlsx")
    folder = rebuilt(raw, name, tmp_path / "one.xlsx", tmp_path / "out")
    before, after = frames(PROCESSED / name), frames(folder)

    assert done.rows == len(before["courses"])
    for table, frame in before.items():
        pd.testing.assert_frame_equal(frame, after[table], obj=table)
    assert (folder / "issues.csv").read_text(encoding="utf-8").count("\n") == 1  # its header

    export.export(built.load(folder), tmp_path / "two.xlsx")
    one, two = (tmp_path / f"{number}.xlsx" for number in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()  # writing what was written changes nothing


# What people, other programs and attackers put into cells. None of it may be lost or run.
_NASTY = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "'=1+1",
            "''=x",
            "+41 22",
            "-5",
            "@SUM(A1)",
            '=HYPERLINK("http://x")',
            "#N/A",
            "#REF!",
            "3-5",
            "1/2",
            "2018",
            "2018-05-03",
            "1e5",
            "007",
            "TRUE",
            "true",
            "x",
            "?",
            "–",
            "N.A.",
            "_x0041_",
            "_x005F_x0041_",
            "_x0041_x0042_",
            "_x000D_",
            "Total 5",
            "Note: this",
            "Source: UN",
            "Country",
            "Course title",
            "Training centre",
            "UN-CMCoord content",
            "12 courses",
            "École d'état-major",
            "مركز التدريب",
            "训练中心",
            "🕊️ peace",
            "a;b;c",
            'A & B <c> "d"',
            "\uffff",
            "a\u00a0b",
            "e\u0301cole",
            "x" * 300,
            "GHA-kaiptc",
            "Centre not named",
            "line\nbreak",
        ]
    ),
    st.text(min_size=1, max_size=40),
    st.text("=+-@'_x0041F; ,/.\"<&", min_size=1, max_size=24),
)
_OR_NONE = st.none()
_HEADER = (
    *HEADER,
    "Evidence",
    "Title in own language",
    "Name in own language",
    "Acronym",
    "City",
    "Duration",
    "Year",
    "Target audience",
    "Language(s)",
    "Topics",
    "UN recognised",
    "Source",
    "Latitude",
    "Longitude",
    "Established",
    "Kind of evidence",
    "Run by",
)
_ROW = st.tuples(
    st.sampled_from(["Ghana", "Togo", "Côte d'Ivoire", "Viet Nam"]),
    _NASTY,
    _NASTY,
    st.sampled_from(["D", "module", "CIMIC", "Related", "None found", "?", None]),
    _OR_NONE | _NASTY,
    _OR_NONE | _NASTY,
    _OR_NONE | _NASTY,
    _OR_NONE | _NASTY,
    _OR_NONE | _NASTY,
    st.sampled_from([None, "10 days", "5-7 days", "40 hours", 2.5, "1 month", "1.125 days", "3 h"]),
    st.sampled_from([None, 2017, "2016-2018", "since 2014", "2017, 2023", "annual"]),
    st.sampled_from([None, "all", "Mil/Pol", "Police", "civ"]),
    st.sampled_from([None, "E/F", "English; Spanish; Arabic", "zh"]),
    st.sampled_from([None, "PoC; gender", "cimic, un-cmcoord; DDR", "other; IHL; police"]),
    st.sampled_from([None, "yes", "no"]),
    st.sampled_from(
        [None, "https://example.org/a?b=1&c=%C3%A9#d", "http://example.org/" + "a" * 300]
    ),
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.sampled_from([None, 1815, "1995"]),
    st.sampled_from([None, "syllabus", "press"]),
    st.sampled_from([None, "mil", "MoD; x"]),
)


@settings(max_examples=60)
@given(rows=st.lists(_ROW, min_size=1, max_size=6), reviewed=st.booleans())
def test_any_texts_come_back_as_they_were(rows, reviewed):
    with TemporaryDirectory() as folder:
        more = [("Fiji", *[None] * (len(_HEADER) - 1))] if reviewed else []
        good = ("Ghana", "KAIPTC", "A course that is there in any case", "M")
        source = write_rows(Path(folder) / "matrix.xlsx", [good, *rows, *more], _HEADER)
        edition = in_memory(source)
        out = Path(folder) / "out.xlsx"
        export.export(edition, out)

        assert export.difference(edition, out, with_consultations=False) == ""
        assert {row["country_iso3"] for row in in_memory(out).tables["countries"]} == {
            row["country_iso3"] for row in edition.tables["countries"]
        }


@given(st.text() | st.text("'=+-@ab", max_size=5))
def test_loading_takes_away_the_apostrophe_of_formula_like_text_and_no_other(text):
    assert built._restored(cell(text)) == text


@given(st.text("_x0041F", max_size=30))
def test_escapes_of_a_workbook_in_a_text_are_only_text(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "m.xlsx"
        write_rows(path, [("Ghana", "A", "B", "M", for_cell(f"a{text}"))], (*HEADER, "Evidence"))

        assert [c.values["evidence"] for c in read_matrix(path)[1].courses.values()] == [f"a{text}"]


def test_countries_without_a_course_and_centres_without_a_name_come_back(tmp_path):
    rows = [
        ("Ghana", "KAIPTC", "One", "M", 5.6, -0.19),
        ("Ghana", "None identified", "Two", "?", None, None),
        ("Togo", "School without courses", None, None, 6.1, None),
        ("Fiji", None, None, None, None, None),
    ]
    source = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Latitude", "Longitude"))
    edition = in_memory(source)
    export.export(edition, tmp_path / "out.xlsx")
    again = in_memory(tmp_path / "out.xlsx")

    assert [row["centre_name"] for row in again.tables["centres"]] == [
        "KAIPTC",
        "Centre not named",
        "School without courses",
    ]
    assert [row["location_basis"] for row in again.tables["centres"]] == [
        "matrix",
        "country",
        "country",
    ]
    reviewed = {r["country_iso3"] for r in again.tables["countries"] if r["in_review"] == "true"}
    assert reviewed == {"GHA", "TGO", "FJI"}


LEARNT_HEADER = (
    "Date",
    "Country",
    "Training centre",
    "Course",
    "Field",
    "New value",
    "Source",
    "Note",
)
LEARNT = [
    (
        "2019-03-01",
        "Ghana",
        "KAIPTC",
        "Civil-military course",
        "UN-CMCoord content",
        "CIMIC",
        "call",
        "",
    ),
    (
        "2019-04-01",
        "Ghana",
        "KAIPTC",
        "Civil-military course",
        "UN-CMCoord content",
        "dedicated",
        "",
        "=n",
    ),
    (
        "2019-04-02",
        "Ghana",
        "KAIPTC",
        "Civil-military course",
        "Evidence",
        "=not a formula",
        "",
        "",
    ),
    ("2019-04-03", "Ghana", "KAIPTC", "Civil-military course", "Duration", "?", "", "not known"),
    ("2019-04-03", "Ghana", "KAIPTC", "Civil-military course", "Topics", "PoC; gender", "", ""),
    ("2019-04-03", "Ghana", "KAIPTC", "Civil-military course", "UN recognised", "no", "", ""),
    ("2019-04-04", "Ghana", "KAIPTC", "", "Acronym", "KAI", "", ""),
    ("2019-04-04", "Ghana", "KAIPTC", "", "Latitude", "5.5", "", ""),
    ("2019-04-04", "Ghana", "KAIPTC", "", "Longitude", "-0.25", "", ""),
    ("2019-05-01", "Togo", "New school", "", "new centre", "", "a letter", ""),
    ("2019-05-02", "Togo", "New school", "None", "new course", "module", "", ""),
    ("2019-05-03", "Togo", "New school", "None", "UN-CMCoord content", "Related", "", ""),
    ("2019-05-03", "Togo", "New school", "None", "Year", "since 2014", "", ""),
    ("2019-06-01", "Ghana", "KAIPTC", "", "City", "", "", "asked, no answer yet"),
    ("2019-06-02", "Ghana", "KAIPTC", "Civil-military course", "Source", "", "asked", ""),
]


@pytest.fixture
def consulted(raw, tmp_path):
    """A built edition with consultations: (folder of the raw editions, folder of its tables)."""
    header = (*HEADER, "Duration", "Topics", "Acronym")
    add_edition(
        raw,
        "asked",
        [
            ("Ghana", "KAIPTC", "Civil-military course", "?", "10 days", "IHL", "PTC"),
            ("Ghana", "Second centre", "Another course", "Module", None, None, "PTC"),
        ],
        header,
    )
    write_rows(raw / "asked" / "consultations.xlsx", LEARNT, LEARNT_HEADER, "Consultations")
    build_edition(raw, "asked", tmp_path / "first")
    return raw, tmp_path / "first" / "asked"


def test_an_edition_with_consultations_comes_back_from_one_workbook_read_as_both(
    consulted, tmp_path
):
    raw, folder = consulted
    done = export.export(built.load(folder), tmp_path / "out.xlsx")
    again = rebuilt(raw, "asked", tmp_path / "out.xlsx", tmp_path / "again", twice=True)
    before, after = (
        json.loads((path / "datapackage.json").read_text(encoding="utf-8"))["consultations"]
        for path in (folder, again)
    )

    assert done.consultations == len(LEARNT)
    for table, frame in frames(folder).items():
        pd.testing.assert_frame_equal(frame, frames(again)[table], obj=table)
    assert "consultation" in set(frames(again)["courses"]["level_basis"])
    assert before == after


def test_its_matrix_alone_is_the_desk_review_before_the_consultations(consulted, tmp_path):
    raw, folder = consulted
    export.export(built.load(folder), tmp_path / "out.xlsx")
    (raw / "asked" / "consultations.xlsx").unlink()
    build_edition(raw, "asked", tmp_path / "without")
    alone = rebuilt(raw, "asked", tmp_path / "out.xlsx", tmp_path / "alone")

    for table, frame in frames(tmp_path / "without" / "asked").items():
        pd.testing.assert_frame_equal(frame, frames(alone)[table], obj=table)


@pytest.mark.parametrize("name", [*COURSE_FIELDS, *CENTRE_FIELDS])
def test_every_header_names_its_field_in_consultations_too(name):
    assert field_named(words.header(name, "en"), of_course=name in COURSE_FIELDS) == name


def test_the_workbook_is_inert_frozen_filtered_and_explains_its_codes(tmp_path):
    rows = [("Ghana", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "M", "@SUM(1)", 2016)]
    source = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Evidence", "Year"))
    export.export(in_memory(source), tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        xml = "".join(parts.read(name).decode() for name in sheets)
        kinds = {kind for name in parts.namelist() for kind in re.findall(r"\w+$", name)}
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["Matrix"]

    assert not re.search(r"<f[ >]", xml) and "hyperlink" not in xml
    assert kinds == {"xml", "rels"}
    assert book.sheetnames == ["Read me", "Matrix", "Codes"] and book.active.title == "Matrix"
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:3]) == ("D5", "A4:")
    assert (sheet["A1"].value, sheet["A2"].value) == ("Tiny", "Invented for a test.")
    assert [cell.value for cell in sheet[4]] == [h.headers["en"] for h in words.headings()]
    assert sheet["B5"].value == rows[0][1] and sheet["B5"].data_type == "s"
    assert sheet["E5"].alignment.wrap_text and sheet["E5"].number_format == "@"
    assert {row[2] for row in book["Codes"].iter_rows(min_row=2, values_only=True)} >= {
        "dedicated",
        "not-documented",
        "GHA",
        "military; police",
        "un-cmcoord",
    }


def test_the_same_tables_give_the_same_bytes(tiny, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        export.export(tiny, tmp_path / name)

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("extra", [0, 1])
def test_a_text_comes_back_up_to_the_limit_of_a_cell_and_is_refused_beyond(tiny, tmp_path, extra):
    tiny.tables["courses"][0]["evidence"] = "x" * (LONGEST_TEXT + extra)
    if not extra:
        export.export(tiny, tmp_path / "out.xlsx")
        return
    with pytest.raises(NotExported, match="Evidence of 'Civil-military course': 32,768 char"):
        export.export(tiny, tmp_path / "out.xlsx")
    assert list(tmp_path.glob("out*")) == []


def test_characters_count_as_excel_counts_them():
    for_cell("🕊" * (LONGEST_TEXT // 2))
    with pytest.raises(TooLong):
        for_cell("🕊" * (LONGEST_TEXT // 2 + 1))


_COMPARED = [
    (table.name, column.name)
    for table in TABLES
    if table.name in export.TABLES_OF_A_MATRIX
    for column in table.columns
    if column.name not in export.RECEIPTS
]


@pytest.mark.parametrize(("table", "column"), _COMPARED)
def test_a_value_that_differs_is_found_in_every_column(table, column, tmp_path):
    rows = [("Ghana", "KAIPTC", "Course", "M", "Police", "French", "IHL")]
    header = (*HEADER, "Audience", "Language", "Topics")
    path = write_rows(tmp_path / "m.xlsx", rows, header)
    edition = in_memory(path)
    assert export.difference(edition, path, with_consultations=False) == ""

    edition.tables[table][0][column] += "x"
    assert table in export.difference(edition, path, with_consultations=False)


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("courses", "cmcoord_level", "unheard-of", NotWhole),
        ("courses", "centre_id", "nowhere", NotWhole),
        ("courses", "year_from", "last year", NotWhole),
        ("courses", "course_title", "None", NotExported),
        ("courses", "course_title", "two  spaces", NotExported),
        ("courses", "source_url", "javascript:alert(1)", NotExported),
        ("courses", "duration_days_max", "0.5", NotExported),
        ("centres", "country_iso3", "QQQ", NotWhole),
        ("centres", "centre_id", "another-id", NotWhole),
    ],
)
def test_tables_that_no_matrix_gives_are_refused_and_nothing_is_written(
    tiny, tmp_path, table, column, value, error
):
    spoilt = copy.deepcopy(tiny)
    spoilt.tables[table][0][column] = value
    with pytest.raises(error):
        export.export(spoilt, tmp_path / "out.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["matrix.xlsx"]


def test_a_file_that_is_there_is_replaced_only_by_a_whole_one(tiny, tmp_path):
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"before")
    spoilt = copy.deepcopy(tiny)
    spoilt.tables["courses"][0]["course_title"] = "None"
    with pytest.raises(NotExported):
        export.export(spoilt, out)
    assert out.read_bytes() == b"before"

    export.export(tiny, out)
    assert in_memory(out).tables["courses"]


@pytest.mark.parametrize("name", ["nowhere/out.xlsx", "matrix.xlsx/out.xlsx", "out.csv", "out"])
def test_a_place_that_cannot_be_written_is_a_clear_message(tiny, tmp_path, name):
    with pytest.raises(NotPlaced, match=r"Choose a"):
        export.export(tiny, tmp_path / name)


def test_a_folder_is_not_replaced_by_a_file(tiny, tmp_path):
    (tmp_path / "out.xlsx").mkdir()
    with pytest.raises(NotPlaced, match="it is a folder"):
        export.export(tiny, tmp_path / "out.xlsx")


def _etl(*arguments):
    result = subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        timeout=60,
    )
    assert "Traceback" not in result.stdout + result.stderr
    return result


def test_the_command_says_what_it_wrote_and_takes_a_name_or_a_folder(tmp_path):
    for edition in ("desk-review-2018", PROCESSED / "desk-review-2018"):
        result = _etl("export", edition, "--out", tmp_path / "out.xlsx")

        assert (result.returncode, result.stderr) == (0, "")
        assert "desk-review-2018, 315 rows; read back, the same tables" in result.stdout


@pytest.mark.parametrize(
    ("edition", "out", "status", "said"),
    [
        ("unheard-of", "out.xlsx", 2, "There: desk-review-2018, public-sources-2026."),
        ("desk-review-2018", "nowhere/out.xlsx", 2, "Could not write"),
        ("desk-review-2018", "out.txt", 2, "ends in .xlsx"),
        ("broken", "out.xlsx", 1, "broken: not exported."),
    ],
)
def test_the_command_fails_with_one_sentence_and_writes_nothing(
    edition, out, status, said, tmp_path
):
    if edition == "broken":
        edition = shutil.copytree(PROCESSED / "desk-review-2018", tmp_path / "broken")
        (edition / "courses.csv").write_text("course_id\n", encoding="utf-8")
        said = f"{edition}: not exported. The tables in {edition} are not whole (courses.csv lacks"
    result = _etl("export", edition, "--out", tmp_path / out)

    assert (result.returncode, result.stdout) == (status, "")
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize("command", ["export", "template"])
def test_both_commands_answer_help(command):
    result = _etl(command, "--help")

    assert (result.returncode, result.stderr) == (0, "")
    assert f"usage: python -m etl {command}" in result.stdout


@pytest.mark.parametrize("file", ["datapackage.json", "centres.csv", "course_topics.csv"])
def test_tables_that_are_not_whole_are_named(file, tmp_path):
    folder = shutil.copytree(PROCESSED / "desk-review-2018", tmp_path / "spoilt")
    (folder / file).write_text("{}" if file.endswith("json") else "", encoding="utf-8")
    with pytest.raises(NotWhole, match="Build the edition again"):
        built.load(folder)


def test_words_are_written_in_the_order_of_the_vocabulary(tmp_path):
    rows = [("Ghana", "KAIPTC", "Course", "M", "civ, mil", "Spanish, French")]
    source = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Audience", "Language"))
    export.export(in_memory(source), tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Matrix"]
    cells = dict(zip((c.value for c in sheet[4]), (c.value for c in sheet[5]), strict=True))

    assert (cells["Target audience"], cells["Language(s)"]) == (
        "Military; Civilian",
        "French; Spanish",
    )
    assert cells["Target audience"] in {e.word for e in code_lists.entries("audience", "en")}
