"""What a person should know about the table as a whole: its columns, hidden parts, formulas."""

from collections.abc import Mapping, Sequence

from etl.issues import Issue
from etl.matrix.coder_heads import duplicate_issues
from etl.matrix.headers import HEADER_COLUMNS, Column, Header
from etl.matrix.synonyms import Synonyms
from etl.text import address

# Each cell is listed up to this number in a column, the rest in one line: a script can write a
# hundred thousand formulas, a person cannot read as many lines.
LISTED_FORMULAS = 1_000
# Runs of numbers shown in one message.
LISTED_RUNS = 20


def header_issues(header: Header, others: Sequence[Header], synonyms: Synonyms) -> list[Issue]:
    """Return what is to be told about the header and about other sheets like it."""
    title, row = header.sheet.title, header.rows[-1]
    issues = [
        Issue(
            "sheet-unread",
            (
                f"Sheet '{other.sheet.title}' looks like a matrix too; only '{title}' is read. Put "
                "the rows of both into one sheet, or delete the one that is out of date."
            ),
            other.sheet.title,
            f"A{other.rows[0]}",
        )
        for other in others
    ]
    of_coders, told = duplicate_issues(header, synonyms)
    issues += of_coders
    issues += [
        Issue(
            "column-duplicate",
            (
                f"Column {column.letter} '{column.header}' means the same as column {read.letter} "
                f"'{read.header}', which is read. Rename one of them, or join them."
            ),
            title,
            f"{column.letter}{row}",
            read.field or "",
            column.header,
            read.header,
        )
        for column, read in header.duplicates
        if column.index not in told
    ]
    return issues


def rows_above(header: Header, synonyms: Synonyms) -> list[Issue]:
    """Return one issue about rows above the header that look like courses, if there are any."""
    sheet = header.sheet
    columns = {column.field: column.index for column in header.columns if not column.code}
    named = [columns[name] for name in ("country", "centre_name", "course_title")]
    rows = [
        row
        for row, own in sheet.rows.items()
        if row < header.rows[0]
        and all(index in own for index in named)
        and synonyms.field_of(str(own[named[0]])) is None
    ]
    if not rows:
        return []
    return [
        Issue(
            "rows-above-header",
            (
                f"{_count(len(rows), 'row')} above the header ({_runs(rows)}) look like courses and are not "
                "read. If they are, move them below the header."
            ),
            sheet.title,
            f"A{rows[0]}",
        )
    ]


def sheet_issues(
    header: Header, values_in: Mapping[int, int]
) -> tuple[tuple[Column, ...], list[Issue]]:
    """Return all columns of the table, those without a header too, and what to tell about them.

    values_in: column -> number of values below the header.
    """
    headed = {column.index for column in header.columns}
    bare = tuple(
        Column(index, address(1, index)[:-1], "", None)
        for index in sorted(values_in.keys() - headed)
    )
    columns = tuple(sorted((*header.columns, *bare), key=lambda column: column.index))
    issues = _unknown(header, values_in) + _without_header(header, bare, values_in)
    return columns, issues + _hidden(header, columns) + _formulas(header)


def _unknown(header: Header, values_in: Mapping[int, int]) -> list[Issue]:
    told = {column.index for column, _ in header.duplicates}
    return [
        Issue(
            "column-unknown",
            (
                f"Column {column.letter} '{column.header}' is not known; its "
                f"{_count(values_in.get(column.index, 0), 'value')} are kept aside. If it is one of "
                "ours, add its header to etl/maps/columns.csv."
            ),
            header.sheet.title,
            f"{column.letter}{header.rows[-1]}",
            column.header,
            column.header,
        )
        for column in header.columns
        if not column.field and column.index not in told
    ]


def _without_header(
    header: Header, bare: Sequence[Column], values_in: Mapping[int, int]
) -> list[Issue]:
    beyond = [
        column
        for column in bare
        if any(column.index in header.sheet.rows[row] for row in header.rows)
    ]
    if beyond:
        return [
            Issue(
                "column-unknown",
                (
                    f"More than {HEADER_COLUMNS:,} columns have a header; those from column "
                    f"{beyond[0].letter} on are not read, their "
                    f"{_count(sum(values_in[column.index] for column in beyond), 'value')} are kept "
                    "aside. Delete the columns that do not belong to the matrix."
                ),
                header.sheet.title,
                f"{beyond[0].letter}{header.rows[-1]}",
            )
        ]
    if not bare:
        return []
    letters = ", ".join(column.letter for column in bare[:LISTED_RUNS])
    more = f" and {len(bare) - LISTED_RUNS} more" if len(bare) > LISTED_RUNS else ""
    values = _count(sum(values_in[column.index] for column in bare), "value")
    return [
        Issue(
            "column-unknown",
            (
                f"No header stands above {values} in column {letters}{more}; they are kept aside. Give "
                "the column a header."
            ),
            header.sheet.title,
            f"{bare[0].letter}{header.rows[-1]}",
        )
    ]


def _hidden(header: Header, columns: Sequence[Column]) -> list[Issue]:
    sheet = header.sheet
    rows = sorted(row for row in sheet.hidden_rows if row > header.rows[-1])
    hidden = [column for column in columns if column.index in sheet.hidden_columns]
    parts = []
    if rows:
        parts.append(f"{_count(len(rows), 'row')} ({_runs(rows)})")
    if hidden:
        letters = ", ".join(column.letter for column in hidden[:LISTED_RUNS])
        parts.append(f"{_count(len(hidden), 'column')} ({letters})")
    if sheet.hidden:
        parts.append("the sheet itself")
    if not parts:
        return []
    return [Issue("hidden", f"Hidden, and read like any other: {', '.join(parts)}.", sheet.title)]


def _formulas(header: Header) -> list[Issue]:
    sheet, row = header.sheet, header.rows[-1]
    issues = []
    if sheet.formulas:
        issues.append(
            Issue(
                "formula-value",
                (
                    f"{_count(sheet.formulas, 'formula')} in the sheet: the value that Excel stored "
                    "for each was read."
                ),
                sheet.title,
            )
        )
    fields = {column.index: column.field for column in header.columns if column.field}
    listed: dict[int, int] = {}
    for first, index in sorted(sheet.formulas_without_value):
        if first > row and index in fields:
            listed[index] = listed.get(index, 0) + 1
            if listed[index] <= LISTED_FORMULAS:
                issues.append(_formula(header, address(first, index), fields[index], ""))
    for index, count in listed.items():
        if count > LISTED_FORMULAS:
            issues.append(
                _formula(
                    header,
                    address(row, index),
                    fields[index],
                    f"{count - LISTED_FORMULAS:,} more in this column: ",
                )
            )
    return issues


def _formula(header: Header, cell: str, name: str, more: str) -> Issue:
    return Issue(
        "formula-without-value",
        (
            f"{more}The cell is a formula without a stored value; it is read as empty. Open the "
            "workbook in Excel and save it, or write the value itself."
        ),
        header.sheet.title,
        cell,
        name,
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _runs(numbers: Sequence[int]) -> str:
    """Return ascending numbers as runs: "7, 9-12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    shown = ", ".join("-".join(str(number) for number in run) for run in runs[:LISTED_RUNS])
    return shown if len(runs) <= LISTED_RUNS else f"{shown} and {len(runs) - LISTED_RUNS} more"
