"""The marked copy: every issue in its cell, coloured and told; everything else as it was."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from etl.build.pipeline import read_matrix
from etl.reading.marked import workbook_copy
from etl.reading.marked.sheet import MarkedSheet, NotMarked
from etl.reading.marked.styles import COLOURS
from etl.reading.read import Brought, read
from tests.fixtures import uploads
from tests.fixtures.editions import HEADER, ROOT
from tests.fixtures.workbooks import (
    MAIN,
    SHEET,
    STRICT,
    parts,
    rows_xml,
    worksheet,
    write_grid,
    write_parts,
)

RAW = ROOT / "data" / "raw"
BAD = ("Nigera", "School", "Course", "Modul")


def mark(path: Path, **more) -> tuple[dict, Path]:
    """Read `path`; return the report and where the marked copy is."""
    out = path.parent / "out"
    return read(Brought(workbook=path, out=out, raw=RAW, **more)), out / "marked.xlsx"


@pytest.fixture
def messy(tmp_path) -> tuple[dict, Path]:
    return mark(uploads.write_messy(tmp_path / "messy.xlsx"))


def test_every_issue_is_a_comment_in_its_cell_with_its_severity_in_word_and_colour(messy):
    report, path = messy
    sheet = openpyxl.load_workbook(path)["Matrix"]

    for issue in report["issues"]:
        cell = sheet[issue["cell"].partition(" ")[0]]
        assert issue["severity"].upper() + ": " in cell.comment.text
        assert issue["problem"] in cell.comment.text
        severities = [
            one["severity"]
            for one in report["issues"]
            if one["cell"].partition(" ")[0] == cell.coordinate
        ]
        worst = min(severities, key=list(COLOURS).index)
        assert cell.fill.fgColor.rgb == COLOURS[worst]
    assert sheet["A3"].comment.text.count("ERROR") == 1  # once, though it stands for two rows
    assert "(2 rows)" in sheet["A3"].comment.text
    assert "Perhaps: Nigeria, Niger" in sheet["A3"].comment.text
    assert sheet["B3"].comment is None and sheet["B3"].fill.fill_type is None


def test_the_sheet_of_issues_lists_all_of_them_linked_to_their_cells(messy):
    report, path = messy
    sheet = openpyxl.load_workbook(path)["Issues"]
    rows = list(sheet.iter_rows(min_row=2))

    assert len(rows) == report["issues_total"] == report["marked"]["issues"]
    for row, issue in zip(rows, report["issues"], strict=True):
        assert (row[0].value, row[3].value) == (issue["severity"], issue["problem"])
        assert row[1].hyperlink.location == f"'Matrix'!{issue['cell'].partition(' ')[0]}"


def test_the_marked_copy_reads_back_as_the_same_matrix(tmp_path):
    path = RAW / "desk-review-2018" / "matrix.xlsx"
    (tmp_path / "m.xlsx").write_bytes(path.read_bytes())
    _, marked = mark(tmp_path / "m.xlsx")
    one, other = read_matrix(path), read_matrix(marked)

    assert one[0].records == other[0].records
    assert one[1].issues == other[1].issues


def test_only_cells_with_issues_change(messy, tmp_path):
    _, path = messy
    before, after = (
        openpyxl.load_workbook(one)["Matrix"] for one in (tmp_path / "messy.xlsx", path)
    )

    assert [[cell.value for cell in row] for row in before] == [
        [cell.value for cell in row] for row in after
    ]
    assert before.merged_cells.ranges == after.merged_cells.ranges


def test_what_excel_keeps_in_a_workbook_is_kept(tmp_path):
    path = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Matrix")
        sheet.write_row(0, 0, (*HEADER, "Duration"))
        sheet.write_row(1, 0, BAD)
        sheet.write_formula("E2", "=2+3", None, 5)
        sheet.write_comment("A2", "Ask the centre", {"author": "Ana"})
        sheet.write_comment("B2", "Seen", {"author": "Ana"})
        sheet.data_validation("D2:D9", {"validate": "list", "source": ["Module", "CIMIC"]})
        sheet.conditional_format(
            "C2", {"type": "no_blanks", "format": book.add_format({"bold": True})}
        )
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Matrix!$E$2:$E$2"})
        book.add_worksheet("Chart").insert_chart("B2", chart)
        book.define_name("Level", "=Matrix!$D$2")
    report, marked = mark(path)
    book = openpyxl.load_workbook(marked)
    sheet = book["Matrix"]

    assert sheet["A2"].comment.text.startswith("Ask the centre")
    assert "ERROR" in sheet["A2"].comment.text
    assert sheet["B2"].comment.text.strip() == "Seen"
    assert openpyxl.load_workbook(marked, data_only=True)["Matrix"]["E2"].value == 5
    assert sheet["E2"].value == "=2+3"
    assert len(sheet.data_validations.dataValidation) == len(sheet.conditional_formatting) == 1
    assert len(book["Chart"]._charts) == 1 and "Level" in book.defined_names
    assert book.sheetnames == ["Matrix", "Chart", "Issues"]
    assert report["marked"]["cells"] == len(
        {issue["cell"] for issue in report["issues"] if issue["cell"]}
    )


def test_comments_that_openpyxl_wrote_are_kept_too(tmp_path):
    path = write_grid(tmp_path / "m.xlsx", [HEADER, BAD])
    book = openpyxl.load_workbook(path)
    book["Matrix"]["A2"].comment = Comment("Mine", "Ana")
    book.save(path)
    _, marked = mark(path)
    text = openpyxl.load_workbook(marked)["Matrix"]["A2"].comment.text

    assert text.startswith("Mine") and "ERROR" in text


def test_a_cell_keeps_its_own_format_under_the_colour(tmp_path):
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Matrix")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, BAD, book.add_format({"bold": True, "bg_color": "#00FF00"}))
    _, marked = mark(path)
    sheet = openpyxl.load_workbook(marked)["Matrix"]

    assert sheet["A2"].font.bold and sheet["A2"].fill.fgColor.rgb == COLOURS["error"]
    assert sheet["B2"].font.bold and sheet["B2"].fill.fgColor.rgb == "FF00FF00"


def test_a_cell_that_is_missing_is_added_where_its_issue_is(tmp_path):
    data = (
        '<row r="1">'
        + rows_xml([HEADER])[len('<row r="1">') :]
        + '<row r="2"><c r="C2" t="inlineStr"><is><t>A course</t></is></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Togo</t></is></c><c t="inlineStr"><is>'
        "<t>School</t></is></c><c t='inlineStr'><is><t>Other</t></is></c></row>"
    )
    path = write_parts(tmp_path / "m.xlsx", parts({"Matrix": worksheet(data)}))
    report, marked = mark(path)
    cell = openpyxl.load_workbook(marked)["Matrix"]["A2"]

    assert "ERROR: No country is given" in cell.comment.text
    assert cell.fill.fgColor.rgb == COLOURS["error"]
    assert report["marked"]["cells"] == 1


def test_other_writers_of_the_format_are_understood(tmp_path):
    prefixed = worksheet(rows_xml([HEADER, BAD])).replace("<", "<x:").replace("<x:/", "</x:")
    prefixed = prefixed.replace("xmlns=", "xmlns:x=")
    plain = parts({"Matrix": worksheet(rows_xml([HEADER, BAD]))})
    strict = {name: text.replace(MAIN, STRICT[MAIN]) for name, text in plain.items()}
    for name, contents in (
        ("prefixed", {**plain, SHEET: prefixed}),
        ("strict", strict),
        ("plain", plain),
    ):
        path = write_parts(tmp_path / f"{name}.xlsx", contents)
        report, marked = mark(path)
        assert report["marked"]["cells"] == 1, name
        with zipfile.ZipFile(marked) as archive:
            assert b"ERROR" in archive.read("xl/comments1.xml")
            assert archive.testzip() is None


def test_macros_are_left_out_and_that_is_said(tmp_path):
    contents = parts({"Matrix": worksheet(rows_xml([HEADER, BAD]))})
    contents["[Content_Types].xml"] = (
        contents["[Content_Types].xml"]
        .replace(
            "openxmlformats-officedocument.spreadsheetml.sheet.main",
            "ms-excel.sheet.macroEnabled.main",
        )
        .replace("vnd.ms-excel", "vnd.ms-excel")
    )
    rels = "xl/_rels/workbook.xml.rels"
    contents[rels] = contents[rels].replace(
        "</Relationships>",
        '<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/'
        'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
    )
    contents["xl/vbaProject.bin"] = b"macro"
    report, marked = mark(write_parts(tmp_path / "m.xlsx", contents))

    assert report["marked"]["macros"] is True
    with zipfile.ZipFile(marked) as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")
        assert b"vbaProject" not in archive.read(rels)


def test_markup_and_formulas_in_cells_stay_text(tmp_path):
    evil = '=HYPERLINK("http://x")<b>&amp;'
    path = write_grid(tmp_path / "m.xlsx", [HEADER])
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("It's <one>")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, (evil, "School", "Course", "Modul"))
    _, marked = mark(path)
    book = openpyxl.load_workbook(marked)

    assert evil in book["It's <one>"]["A2"].comment.text
    assert book["Issues"]["C2"].value == evil and book["Issues"]["C2"].data_type != "f"
    assert book["Issues"]["B2"].hyperlink.location == "'It''s <one>'!A2"


def test_a_sheet_called_issues_keeps_its_name(tmp_path):
    path = write_grid(tmp_path / "m.xlsx", [HEADER, BAD], sheet="ISSUES")
    report, marked = mark(path)

    assert openpyxl.load_workbook(marked).sheetnames == ["ISSUES", "Issues (2)"]
    assert report["marked"]["sheet"] == "Issues (2)"


def test_a_workbook_that_cannot_be_marked_is_read_all_the_same(tmp_path):
    contents = parts(
        {"Matrix": worksheet(rows_xml([HEADER, BAD]))}, styles="<cellXfs><xf/></cellXfs>"
    )
    contents["xl/_rels/workbook.xml.rels"] += "<!-- -->"
    contents["[Content_Types].xml"] += "\n"
    sheet = contents[SHEET].encode("utf-16")
    path = write_parts(tmp_path / "m.xlsx", {**contents, SHEET: sheet})
    report, marked = mark(path)

    assert report["status"] == "read"
    assert (report["marked"]["file"], marked.exists()) == ("", False)
    assert "encoding" in report["marked"]["why"]


def test_a_document_type_in_a_part_that_is_not_read_is_not_opened_either(tmp_path):
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Matrix")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, BAD)
        sheet.write_comment("A2", "Mine")
    bomb = b'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "ha">]><comments>&a;</comments>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "xl/comments1.xml" else old.read(name))
    path.write_bytes(buffer.getvalue())
    report, _ = mark(path)

    assert report["status"] == "read"
    assert "document type" in report["marked"]["why"]


def test_it_can_be_left_out(tmp_path):
    report, marked = mark(write_grid(tmp_path / "m.xlsx", [HEADER, BAD]), marked=False)

    assert (report["marked"]["file"], marked.exists()) == ("", False)


def test_a_long_comment_is_cut(monkeypatch, tmp_path):
    monkeypatch.setattr(workbook_copy, "LONGEST_COMMENT", 20)
    _, marked = mark(write_grid(tmp_path / "m.xlsx", [HEADER, BAD]))

    assert openpyxl.load_workbook(marked)["Matrix"]["A2"].comment.text.endswith("…")


def test_bytes_between_the_marks_are_untouched():
    data = (
        b'<worksheet xmlns="x"><!-- <c r="A1"/> --><sheetData><row r="1" spans="1:3">'
        b'<c r="A1" s=\'4\' t="str"><f>"&gt;"</f><v>&gt;</v></c><c r="C1"/></row>'
        b'<row r="2"/></sheetData><tableParts/></worksheet>'
    )
    marked = MarkedSheet(
        data,
        {(1, 1): "error", (1, 2): "note", (9, 9): "note"},
        lambda style, _severity: style + 100,
    )

    text = marked.render("rId9").decode()

    assert marked.marked == {(1, 1), (1, 2)}
    assert '<c s="104" r="A1" t="str"><f>"&gt;"</f><v>&gt;</v></c><c r="B1" s="100"/>' in text
    assert text.index("<legacyDrawing") < text.index("<tableParts")
    assert 'r:id="rId9"' in text and "<!-- <c r=" in text


def test_a_damaged_sheet_is_not_marked():
    with pytest.raises(NotMarked):
        MarkedSheet(b"<worksheet>", {(1, 1): "error"}, lambda style, _severity: style)
