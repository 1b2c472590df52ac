"""What a workbook gives, and how a file that is none, broken or hostile is refused."""

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from etl.issues import NotReadable
from etl.text import clean
from etl.workbook import container, file_kind, reader
from etl.workbook.cells import ExcelDate, ExcelError
from etl.workbook.reader import Sheet, open_workbook
from tests.fixtures import hostile_workbooks as hostile
from tests.fixtures import workbooks as made

ROOT = Path(__file__).parents[2]


def read_one(path: Path) -> Sheet:
    (sheet,) = open_workbook(path)
    return sheet


def read_xml(path: Path, data: str, **options: str) -> Sheet:
    """Read a workbook with these rows; before, after: XML around them; the rest as `parts`."""
    around = {name: options.pop(name, "") for name in ("before", "after")}
    contents = made.parts({"Matrix": made.worksheet(data, **around)}, **options)
    return read_one(made.write_parts(path / "matrix.xlsx", contents))


def refused(path: Path) -> str:
    with pytest.raises(NotReadable) as caught:
        open_workbook(path)
    return str(caught.value)


class TestValues:
    @pytest.mark.parametrize(
        ("xml", "expected"),
        [
            ("<c><v>5</v></c>", 5),
            ("<c><v>2.5</v></c>", 2.5),
            ("<c><v>1E3</v></c>", 1000.0),
            ("<c><v>-3</v></c>", -3),
            ('<c t="b"><v>1</v></c>', True),
            ('<c t="b"><v>0</v></c>', False),
            ('<c t="e"><v>#REF!</v></c>', ExcelError("#REF!")),
            ("<c><v>1E999</v></c>", ExcelError("#NUM!")),
            ('<c t="s"><v>1</v></c>', "Ghana"),
            ('<c t="s"><v>2</v></c>', "two runs"),
            ('<c t="str"><f>A1</f><v>stored</v></c>', "stored"),
            ('<c t="inlineStr"><is><t>inline</t></is></c>', "inline"),
            ('<c t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r></is></c>', "rich text"),
            ('<c t="d"><v>2018-01-31</v></c>', ExcelDate(date(2018, 1, 31), "")),
            ('<c t="d"><v>January</v></c>', "January"),
        ],
    )
    def test_every_kind_of_cell_gives_its_value(
        self, tmp_path: Path, xml: str, expected: object
    ) -> None:
        texts = (
            "<si><t>first</t></si><si><t xml:space='preserve'> Ghana\u00a0</t></si>"
            "<si><r><t>two </t></r><r><rPr/><t>runs</t></r><rPh><t>guide</t></rPh></si>"
        )

        sheet = read_xml(tmp_path, f"<row>{xml}</row>", texts=texts)

        assert sheet.rows == {1: {1: expected}}
        assert type(sheet.rows[1][1]) is type(expected)

    @pytest.mark.parametrize(
        "xml",
        [
            "<c/>",
            '<c s="3"/>',
            "<c><v/></c>",
            "<c><v></v></c>",
            '<c t="inlineStr"><is><t> \u00a0\u200b</t></is></c>',
            '<c t="s"><v>0</v></c>',
            '<c t="inlineStr"/>',
            '<c t="str"><f>""</f><v></v></c>',
        ],
    )
    def test_a_cell_without_content_is_no_cell(self, tmp_path: Path, xml: str) -> None:
        assert read_xml(tmp_path, f"<row>{xml}</row>", texts="<si><t/></si>").rows == {}

    @pytest.mark.parametrize(
        ("stored", "read"),
        [
            ("Line_x000D_\nbreak", "Line break"),
            ("_x005F_x000D_", "_x000D_"),
            ("bell_x0007_", "bell"),
            ("half_xD800_pair", "halfpair"),
            ("  doubled \u00a0 spaces ", "doubled spaces"),
            ("&lt;b&gt;markup&lt;/b&gt;", "<b>markup</b>"),
            ("=SUM(A1)", "=SUM(A1)"),
            ("_xabc_", "_xabc_"),
        ],
    )
    def test_text_is_unescaped_and_cleaned(self, tmp_path: Path, stored: str, read: str) -> None:
        sheet = read_xml(tmp_path, f"<row>{made.cell('A1', stored)}</row>")

        assert sheet.rows[1][1] == read

    @pytest.mark.parametrize(
        ("stored", "listed"),
        [
            ("Military\nPolice", "Military; Police"),
            ("Military_x000D_\n\n Police", "Military; Police"),
            ("one line", None),
            ("one line\n", None),
            ("a" * 41 + "\nPolice", None),
        ],
    )
    def test_short_lines_within_a_cell_are_also_a_list(
        self, tmp_path: Path, stored: str, listed: str | None
    ) -> None:
        value = read_xml(tmp_path, f"<row>{made.cell('A1', stored)}</row>").rows[1][1]

        assert getattr(value, "listed", None) == listed
        assert "\n" not in value

    def test_the_longest_text_of_excel_is_read_whole(self, tmp_path: Path) -> None:
        text = "ñ" * 32_767

        assert read_xml(tmp_path, f"<row>{made.cell('A1', text)}</row>").rows[1][1] == text

    def test_cells_and_rows_without_references_follow_each_other(self, tmp_path: Path) -> None:
        data = (
            '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c/><c><v>3</v></c></row>'
            '<row r="7"><c><v>4</v></c></row><row><c r="B8"><v>5</v></c></row>'
        )

        assert read_xml(tmp_path, data).rows == {1: {1: 1, 4: 2, 6: 3}, 7: {1: 4}, 8: {2: 5}}

    def test_rows_come_in_ascending_order(self, tmp_path: Path) -> None:
        data = '<row r="9"><c><v>9</v></c></row><row r="2"><c><v>2</v></c></row>'

        assert list(read_xml(tmp_path, data).rows) == [2, 9]


class TestDates:
    STYLES = (
        '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" '
        'formatCode="0 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/>'
        '</cellStyleXfs><cellXfs><xf/><xf numFmtId="16"/><xf numFmtId="17"/>'
        '<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="46"/>'
        '</cellXfs><dxfs><dxf><numFmt numFmtId="165" formatCode="d-mmm"/></dxf></dxfs>'
    )

    @pytest.mark.parametrize(
        ("style", "number", "expected"),
        [
            (1, "43223", ExcelDate(datetime(2018, 5, 3), "d-mmm")),
            (2, "43221", ExcelDate(datetime(2018, 5, 1), "mmm-yy")),
            (3, "43131", ExcelDate(datetime(2018, 1, 31), "dd/mm/yyyy")),
            (5, "0.5", ExcelDate(time(12), "h:mm")),
            (6, "1.5", ExcelDate(timedelta(days=1, hours=12), "[h]:mm:ss")),
            (0, "43223", 43223),
            (4, "10", 10),
            (3, "99999999", 99999999),
        ],
    )
    def test_a_date_comes_with_the_format_that_shows_what_was_typed(
        self, tmp_path: Path, style: int, number: str, expected: object
    ) -> None:
        data = f'<row><c s="{style}"><v>{number}</v></c></row>'

        assert read_xml(tmp_path, data, styles=self.STYLES).rows[1][1] == expected

    def test_a_workbook_that_counts_from_1904_gives_the_same_dates(self, tmp_path: Path) -> None:
        sheet = read_xml(
            tmp_path,
            '<row><c s="1"><v>41761</v></c></row>',
            styles=self.STYLES,
            workbook='<workbookPr date1904="1"/>',
        )

        assert sheet.rows[1][1] == ExcelDate(datetime(2018, 5, 3), "d-mmm")

    def test_three_to_five_typed_into_excel_can_be_recovered(self, tmp_path: Path) -> None:
        path = made.write_grid(
            tmp_path / "matrix.xlsx", [[datetime(2018, 5, 3)]], formats={"A1": "d-mmm"}
        )

        read = read_one(path).rows[1][1]

        assert (read.value.day, read.value.month, read.number_format) == (3, 5, "d-mmm")


class TestSheets:
    def test_merges_are_ranges_and_cost_nothing(self, tmp_path: Path) -> None:
        after = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:A4"/></mergeCells>'

        sheet = read_xml(tmp_path, made.MATRIX, after=after)

        assert sheet.merges == ((1, 1, 1_048_576, 16_384), (2, 1, 4, 1))
        assert list(sheet.rows) == [1, 2]

    def test_a_declared_dimension_means_nothing(self, tmp_path: Path) -> None:
        sheet = read_xml(tmp_path, made.MATRIX, before='<dimension ref="A1:XFD1048576"/>')

        assert list(sheet.rows) == [1, 2]

    def test_hidden_rows_and_columns_are_read_and_told_when_they_hold_something(
        self, tmp_path: Path
    ) -> None:
        grid = [["Country", None, "Course"], ["Ghana", None, "A"], [None, None, None]]
        path = made.write_grid(
            tmp_path / "matrix.xlsx", grid, hidden_rows=[2, 3], hidden_columns=["B", "C"]
        )

        sheet = read_one(path)

        assert sheet.rows[2] == {1: "Ghana", 3: "A"}
        assert sheet.hidden_rows == {2}
        assert sheet.hidden_columns == {3}

    def test_formulas_are_told_apart_by_whether_their_value_is_stored(self, tmp_path: Path) -> None:
        data = (
            '<row><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
            '<c r="C1"><f>1+1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
        )

        sheet = read_xml(tmp_path, data)

        assert sheet.rows == {1: {1: 2}}
        assert sheet.formulas_without_value == {(1, 2), (1, 3)}
        assert sheet.formulas == 2

    def test_very_hidden_sheets_are_read_and_chart_sheets_left_out(self, tmp_path: Path) -> None:
        contents = made.parts({"A": made.worksheet(), "B": made.worksheet(), "C": "<x/>"})
        contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(
            'name="A"', 'name="A" state="veryHidden"'
        )
        contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
            'Id="s3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'worksheet"',
            f'Id="s3" Type="{made.RELATED}/chartsheet"',
        )

        sheets = open_workbook(made.write_parts(tmp_path / "matrix.xlsx", contents))

        assert [(sheet.title, sheet.hidden) for sheet in sheets] == [("A", True), ("B", False)]

    def test_a_sheet_of_nothing_but_formats_has_no_rows(self, tmp_path: Path) -> None:
        assert read_xml(tmp_path, '<row s="1"><c s="1"/></row><row/>').rows == {}

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.replace(made.MAIN, made.STRICT[made.MAIN]).replace(
                made.RELATED, made.STRICT[made.RELATED]
            ),
            lambda text: text.replace(
                f'worksheet xmlns="{made.MAIN}"',
                f'worksheet xmlns="{made.MAIN}" xmlns:x14="urn:any"',
            ),
            lambda text: text.replace("worksheets/sheet1.xml", "/xl/Worksheets/Sheet1.XML"),
            lambda text: text.replace("worksheets/sheet1.xml", "worksheets\\sheet1.xml"),
            lambda text: text.replace("sheet.main+xml", "sheet.macroEnabled.main+xml"),
            lambda text: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n{text}',
            lambda text: text.encode("utf-16"),
        ],
        ids=[
            "strict",
            "other-namespaces",
            "absolute-and-capitals",
            "backslash",
            "macros",
            "declaration",
            "utf-16",
        ],
    )
    def test_what_other_programs_write_is_read_alike(self, tmp_path: Path, change) -> None:
        contents = {name: change(text) for name, text in made.parts().items()}

        sheet = read_one(made.write_parts(tmp_path / "matrix.xlsx", contents))

        assert list(sheet.rows[2].values()) == list(made.ROW)

    @pytest.mark.parametrize("edition", ["desk-review-2018", "public-sources-2026"])
    def test_the_editions_are_read_as_openpyxl_reads_them(self, edition: str) -> None:
        path = ROOT / "data" / "raw" / edition / "matrix.xlsx"
        book = openpyxl.load_workbook(path)

        for sheet in open_workbook(path):
            expected = {
                row: {
                    cell.column: clean(cell.value) if isinstance(cell.value, str) else cell.value
                    for cell in cells
                    if cell.value is not None
                }
                for row, cells in enumerate(book[sheet.title].iter_rows(), start=1)
            }
            assert sheet.rows == {row: cells for row, cells in expected.items() if cells}
            assert set(sheet.merges) == {
                (merge.min_row, merge.min_col, merge.max_row, merge.max_col)
                for merge in book[sheet.title].merged_cells.ranges
            }

    def test_the_extension_of_the_file_does_not_matter(self, tmp_path: Path) -> None:
        assert read_one(made.write_parts(tmp_path / "matrix.xlsm", made.parts())).rows

    def test_opening_gives_no_warning(self, tmp_path: Path, recwarn) -> None:
        read_xml(tmp_path, made.MATRIX, after="<extLst><ext uri='{x}'/></extLst>")

        assert not recwarn.list


class TestRefusals:
    @pytest.mark.parametrize("name", hostile.BROKEN)
    def test_a_file_that_is_no_sound_workbook_is_refused_with_the_reason(
        self, tmp_path: Path, name: str
    ) -> None:
        path = tmp_path / "matrix.xlsx"
        write, reason = hostile.BROKEN[name]
        write(path)

        message = refused(path)

        assert reason in message
        assert message.startswith("matrix.xlsx ")
        assert message.endswith(".")

    @pytest.mark.parametrize("name", hostile.HOSTILE)
    def test_a_hostile_file_is_refused_before_it_does_harm(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / "matrix.xlsx"
        write, reason = hostile.HOSTILE[name]
        write(path)

        assert reason in refused(path)

    @pytest.mark.parametrize("part", hostile.XML_PARTS)
    def test_a_declaration_is_refused_in_every_encoding_and_without_openpyxls_help(
        self, tmp_path: Path, part: str, monkeypatch
    ) -> None:
        monkeypatch.setenv("OPENPYXL_DEFUSEDXML", "False")
        contents: dict = made.parts(texts="<si><t>x</t></si>", styles="<cellXfs/>")
        contents[part] = f"<!DOCTYPE x {hostile.OUTSIDE}>{contents[part]}".encode("utf-16")

        assert "document type" in refused(made.write_parts(tmp_path / "matrix.xlsx", contents))

    def test_a_missing_file_a_folder_and_a_pipe_are_refused(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.xlsx"
        os.mkfifo(pipe)

        assert "does not exist" in refused(tmp_path / "none.xlsx")
        assert "is a folder" in refused(tmp_path)
        assert "is not a file" in refused(pipe)
        assert "cannot be opened" in refused(Path("nul\0l.xlsx"))

    def test_a_file_that_may_not_be_read_is_refused(self, tmp_path: Path, monkeypatch) -> None:
        path = made.write_parts(tmp_path / "matrix.xlsx", made.parts())

        def deny(*_arguments: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", deny)

        assert "may not be read" in refused(path)

    def test_a_name_that_cannot_be_printed_is_shown_as_far_as_possible(self) -> None:
        assert refused(Path("/nowhere/ma\udcfftrix.xlsx")).startswith("ma?trix.xlsx does not")

    @pytest.mark.parametrize(
        ("module", "limit", "value", "reason"),
        [
            (file_kind, "MAX_FILE_BYTES", 100, "is larger than"),
            (container, "MAX_UNPACKED_BYTES", 100, "unpacks to more than"),
            (container, "MAX_ELEMENTS", 10, "holds more than 10 rows, cells and values"),
            (container, "MAX_MEMBERS", 2, "holds more than 2 parts"),
            (container, "MAX_DEPTH", 3, "nested"),
            (reader, "MAX_ROWS", 1, "holds more than 1 rows"),
            (reader, "MAX_CELLS", 7, "7 cells"),
            (reader, "MAX_TEXT_BYTES", 200, "MB of text"),
            (reader, "MAX_MERGES", 1, "merged ranges"),
        ],
    )
    def test_each_limit_refuses_what_is_beyond_it(
        self, tmp_path: Path, monkeypatch, module, limit: str, value: int, reason: str
    ) -> None:
        after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>'
        sheet = made.worksheet(after=after)
        path = made.write_parts(tmp_path / "matrix.xlsx", made.parts({"Matrix": sheet}))
        assert open_workbook(path)

        monkeypatch.setattr(module, limit, value)

        assert reason in refused(path)

    def test_limits_count_over_all_sheets_together(self, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.setattr(reader, "MAX_ROWS", 3)
        contents = made.parts({"A": made.worksheet(), "B": made.worksheet()})

        assert "rows" in refused(made.write_parts(tmp_path / "matrix.xlsx", contents))

    @pytest.mark.parametrize(
        "error",
        [
            KeyError("x"),
            TypeError("x"),
            RecursionError("deep"),
            MemoryError(),
            RuntimeError(""),
            UnicodeError("x"),
        ],
    )
    def test_nothing_but_a_refusal_ever_comes_out(
        self, tmp_path: Path, monkeypatch, error: Exception
    ) -> None:
        def fail(*_arguments: object) -> None:
            raise error

        monkeypatch.setattr(reader._SheetReader, "_start_row", fail)
        path = made.write_parts(tmp_path / "matrix.xlsx", made.parts())

        message = refused(path)

        assert "sheet 'Matrix'" in message
        assert type(error).__name__ in message


# Runs in a process of its own, with little memory: a workbook that needs more fails there.
LITTLE_MEMORY = 500_000_000
OPEN_WITH_LITTLE_MEMORY = f"""
import resource, sys
from pathlib import Path
from etl.issues import NotReadable
from etl.workbook.reader import open_workbook
resource.setrlimit(resource.RLIMIT_DATA, ({LITTLE_MEMORY}, {LITTLE_MEMORY}))
try:
    print("read", [len(sheet.rows) for sheet in open_workbook(Path(sys.argv[1]))])
except NotReadable as refusal:
    print("refused", refusal)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory as Linux has them")
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("two-million-empty-rows", "row 1048577"),
        ("a-million-formatted-rows", "read [2]"),
        ("zip-bomb-in-a-sheet", "unpacks to more than"),
        ("two-million-empty-cells-in-a-row", "read [2]"),
        ("long-texts", "of text"),
        ("many-merges", "merged ranges"),
        ("many-columns", "column 16384"),
    ],
)
def test_much_of_nothing_takes_little_memory(tmp_path: Path, name: str, answer: str) -> None:
    path = tmp_path / "matrix.xlsx"
    hostile.HEAVY[name](path)

    done = subprocess.run(
        [sys.executable, "-c", OPEN_WITH_LITTLE_MEMORY, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert answer in done.stdout, done.stderr
    assert "MemoryError" not in done.stdout
