"""Which sheet of a workbook holds the matrix, and what to tell when none does."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from etl.issues import Issue, NotAMatrix
from etl.matrix.headers import HEADER_ROWS, NEEDED, Column, Header, Ticks, best_header
from etl.matrix.synonyms import Synonyms
from etl.text import fold
from etl.workbook.reader import Sheet

# Fewer recognised headers than these may stand in any table, or in a sentence.
_NEEDED_IN_A_MATRIX, _KNOWN_IN_A_MATRIX = 2, 3
# How alike two spellings must be to be proposed (difflib ratio), how many are proposed, and how
# many are looked at and shown.
_ALIKE, _PROPOSED, _SHOWN = 0.6, 3, 60


def find_header(
    sheets: Sequence[Sheet], synonyms: Synonyms, ticks: Ticks
) -> tuple[Header, tuple[Header, ...]]:
    """Return the header of the matrix, and those of other sheets that look like one as well.

    The sheet in which the most headers are recognised, needed ones first; on a tie the one with
    more course rows, then the first. A sheet without any course row comes last: it is a template.
    Raises NotAMatrix (no-table, column-missing).
    """
    found = [header for sheet in sheets if (header := best_header(sheet, synonyms, ticks))]
    best = max(found, key=lambda header: header.score, default=None)
    if best is None or not is_table(best):
        raise NotAMatrix([_no_table(sheets, synonyms)])
    if missing := [name for name in NEEDED if name not in best.fields]:
        raise NotAMatrix([_missing(best, name, synonyms) for name in missing])
    whole = [(header, _count_courses(header)) for header in found if header.score[0] == len(NEEDED)]
    chosen, _ = max(whole, key=lambda pair: (pair[1] > 0, pair[0].score[:2], pair[1]))
    others = tuple(header for header, courses in whole if header is not chosen and courses)
    return chosen, others


def is_table(header: Header) -> bool:
    """Return whether enough is recognised in a header for it to be that of a matrix."""
    needed, known, _ = header.score
    return needed >= _NEEDED_IN_A_MATRIX or (needed > 0 and known >= _KNOWN_IN_A_MATRIX)


def _count_courses(header: Header) -> int:
    index = next(column.index for column in header.columns if column.field == "course_title")
    return sum(index in cells for row, cells in header.sheet.rows.items() if row > header.rows[-1])


def _no_table(sheets: Sequence[Sheet], synonyms: Synonyms) -> Issue:
    wanted = _listed([synonyms.names[name] for name in NEEDED])
    titles = ", ".join(f"'{sheet.title}'" for sheet in sheets[:_SHOWN])
    return Issue(
        "no-table",
        (
            f"No sheet has a header with {wanted} within its first {HEADER_ROWS} rows (looked at: "
            f"{titles}). Put one row with these headers above the table."
        ),
    )


def _listed(words: list[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)


def _missing(header: Header, name: str, synonyms: Synonyms) -> Issue:
    wanted = synonyms.names[name]
    found = "; ".join(f"{column.letter} {column.header}" for column in header.columns[:_SHOWN])
    near = _nearest(name, [column for column in header.columns if not column.field], synonyms)
    proposed = f" Nearest: {_listed([column.header for column in near])}." if near else ""
    rows = " and ".join(str(row) for row in header.rows)
    return Issue(
        "column-missing",
        f"Sheet '{header.sheet.title}' has no column '{wanted}'. Columns found in row {rows}: "
        f"{found}.{proposed} Head the column '{wanted}', or add your spelling to "
        "etl/maps/columns.csv.",
        sheet=header.sheet.title,
        cell=f"{header.columns[0].letter}{header.rows[-1]}",
        column=name,
    )


def _nearest(name: str, columns: list[Column], synonyms: Synonyms) -> list[Column]:
    """Return the unrecognised columns whose header looks like a spelling of field `name`."""
    spellings = [spelling for spelling, meant in synonyms.alone.items() if meant == name]
    alike = []
    for column in columns[:_SHOWN]:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(fold(column.header))
        ratio = 0.0
        for spelling in spellings:
            matcher.set_seq1(spelling)
            if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE:
                ratio = max(ratio, matcher.ratio())
        if ratio > _ALIKE:
            alike.append((-ratio, column.index, column))
    return [column for _, _, column in sorted(alike, key=lambda one: one[:2])[:_PROPOSED]]
