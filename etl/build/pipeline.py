"""The steps of a build, in the order in which they are done.

edition.toml ─┐
matrix.xlsx ──┼─▶ open ─▶ find the table ─▶ interpret ─▶ lay consultations over ─┐
consultations ┘                                                                  ├─▶ tables ─▶ publish
contributions ───────────────────────────────────────────────────────────────────┘
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from etl.build import contract, contributions, edition
from etl.build.edition import Edition
from etl.build.publish import publish
from etl.issues import Issue, NotReadable
from etl.matrix import records
from etl.matrix.records import Reading
from etl.matrix.synonyms import load_synonyms
from etl.meaning import vocabulary
from etl.review import answered, answers, conversations
from etl.review.answers import ALIASES, COLUMNS, NO_ANSWERS, Answers
from etl.review.assembly import assemble
from etl.review.model import Review
from etl.review.rows import Rows, build_tables
from etl.workbook.reader import Sheet, open_workbook

# Text counted wherever it stands: a workbook can store one text and use it in every cell, and the
# tables then repeat it. A hundred published matrices hold about 12 million characters.
MAX_CHARACTERS = 200_000_000


@dataclass(frozen=True)
class Built:
    """What came of a build, for the summary on screen."""

    edition: Edition
    reading: Reading
    reconciliation: dict
    consultations: dict
    issues: tuple[Issue, ...]
    rows_left_out: int = 0
    answers_used: Mapping[str, int] = field(default_factory=Counter)


def read_matrix(path: Path, said: Answers = NO_ANSWERS) -> tuple[Reading, Review]:
    """Open, find the table, interpret: what `check` and `build` share.

    Raises NotReadable when the file is no workbook or repeats its text without end, NotAMatrix when
    no matrix is in it.
    """
    return read_sheets(open_workbook(path), path.name, said)


def read_sheets(
    sheets: Sequence[Sheet], name: str, said: Answers = NO_ANSWERS
) -> tuple[Reading, Review]:
    """Find the table in the open workbook `name` and interpret it; raises as `read_matrix` does."""
    taught = said.taught(load_synonyms(), vocabulary.tick_headers())
    reading = answered.settle_columns(records.read_matrix(sheets, *taught), said)
    if _characters(reading) > MAX_CHARACTERS:
        raise NotReadable(
            f"{name} repeats long texts in so many cells that its table would hold more than "
            f"{MAX_CHARACTERS:,} characters. Shorten them, or split the matrix."
        )
    review = assemble(reading, said)
    answered.tell_unused(review, reading)
    return reading, review


def _characters(reading: Reading) -> int:
    return sum(
        len(cell.value)
        for record in reading.records
        for cell in record.cells.values()
        if isinstance(cell.value, str)
    )


def build_edition(raw: Path, name: str, out: Path) -> Built:
    """Build the edition `name` from the folder `raw` into `out/name`, all or nothing.

    Raises EditionBroken, AnswersBroken, NotReadable, NotAMatrix, ConversationsBroken,
    ContributionsBroken, ContractBroken or NotWritten; in each case the last good tables stay as
    they were.
    """
    told = edition.load(raw / name)
    said = contributions.load(raw / "contributions")
    reading, review = read_matrix(told.matrix, answers.load(told.answers))
    built, tables, package = compose(told, reading, review, said, _inputs(raw, told))
    publish(tables, package, out / name)
    return built


def compose(
    told: Edition,
    reading: Reading,
    review: Review,
    said: tuple[Rows, list[dict]],
    inputs: list[dict],
) -> tuple[Built, dict[str, Rows], dict]:
    """Return what came of the reading, the rows of every table, and the content of the package.

    said: what `contributions.load` gives; inputs: path and sha256 of each file that was read.
    Raises NotReadable and ConversationsBroken for consultations that cannot be used.
    """
    personnel, sources = said
    applied = conversations.apply(review, told.consultations)
    tables = build_tables(review, personnel)
    reconciliation = reconcile(review, told)
    tables["issues"] = issue_rows(review.issues)
    with_consultations = {**asdict(applied), "levels": _levels_by_basis(tables["courses"])}
    package = {
        **_head(told),
        "resources": contract.resources(),
        "vocabularies": contract.vocabularies(),
        "sources": sources,
        "inputs": inputs,
        "rules_sha256": edition.rules_digest(),
        "reading": _reading(reading),
        "reconciliation": reconciliation,
        "consultations": with_consultations,
    }
    built = Built(
        told,
        reading,
        reconciliation,
        with_consultations,
        tuple(review.issues),
        review.rows_left_out,
        review.answers_used,
    )
    return built, tables, package


def reconcile(review: Review, told: Edition) -> dict:
    """Return where every row went, and the control totals: expected against found.

    A total that does not match becomes an issue; the build goes on, because the matrix is right
    about itself and the total may be old.
    """
    for name, expected in told.expected.items():
        found = review.found[name]
        if expected != found:
            message = (
                f"edition.toml expects {expected} {name}, {found} were found. "
                "See what was held back."
            )
            where = ("edition.toml", "", name)
            review.issues.append(Issue("control-total", message, *where, str(found), str(found)))
    return {**review.rows, "expected": told.expected, "found": review.found}


def issue_rows(issues: Iterable[Issue]) -> Rows:
    """Return the rows of issues.csv: each with an identifier made from sheet, cell and code.

    What else an issue carries (`written`) comes along; the table has no column for it.
    """
    seen: Counter[str] = Counter()
    rows = []
    for issue in issues:
        where = "!".join(part for part in (issue.sheet, issue.cell) if part)
        key = f"{where}:{issue.code}" if where else issue.code
        seen[key] += 1
        rows.append(
            {
                **asdict(issue),
                "severity": issue.severity,
                "issue_id": key if seen[key] == 1 else f"{key}:{seen[key]}",
            }
        )
    return rows


def _head(told: Edition) -> dict:
    return {
        "profile": "tabular-data-package",
        "name": told.name.lower(),
        "title": told.title,
        "description": told.statement,
        "edition": {
            "name": told.name,
            "title": told.title,
            "statement": told.statement,
            "as_of": told.as_of.isoformat(),
            "contributions_as_of": told.contributions_as_of.isoformat(),
            "producer": told.producer,
            "licence": told.licence,
            "url": told.url,
        },
    }


def _inputs(raw: Path, told: Edition) -> list[dict]:
    files = [told.matrix, told.folder / "edition.toml", told.consultations]
    files += [told.answers / name for name in (COLUMNS, ALIASES)]
    files += [raw / "contributions" / name for name in ("contributions.csv", "sources.csv")]
    return [
        {"path": path.relative_to(raw).as_posix(), "sha256": edition.sha256(path)}
        for path in files
        if path.exists()
    ]


def _reading(reading: Reading) -> dict:
    """Return how the table was recognised: the sheet, its header, each column and its meaning."""
    return {
        "sheet": reading.sheet,
        "header_rows": list(reading.header_rows),
        "columns": [
            {
                "column": column.letter,
                "header": column.header,
                "field": column.field,
                "code": column.code,
            }
            for column in reading.columns
        ],
    }


def _levels_by_basis(courses: Rows) -> dict[str, int]:
    counted = Counter(row["level_basis"] for row in courses)
    return {basis: counted[basis] for basis in ("desk-review", "consultation")}
