"""One workbook that is nobody's edition yet, read into a folder of its own.

The folder gets the tables of a built edition, `reading.json` (what was recognised, read, held back
and asked), `edition.toml` (for who keeps it) and `marked.xlsx` (the workbook with every issue in
its cell). All of it appears at the end; a reading that fails leaves the folder as it was.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.build import contributions, pipeline, publish
from etl.build.edition import Edition, is_name, sha256
from etl.build.pipeline import Built
from etl.build.publish import staged
from etl.issues import Issue, NotAMatrix
from etl.matrix.headers import NEEDED
from etl.matrix.records import Reading
from etl.matrix.synonyms import load_synonyms
from etl.reading import questions, reading_json, recognition
from etl.reading.marked import workbook_copy
from etl.reading.recognition import Recognition
from etl.review.answers import NO_ANSWERS, Answers, AnswersBroken
from etl.review.answers import load as load_answers
from etl.review.model import Review
from etl.review.rows import Rows
from etl.text import clean, slug
from etl.workbook.file_kind import MAX_FILE_BYTES, refusal, shown_name
from etl.workbook.reader import MAX_ROWS, open_workbook

# The limits of an upload are those of every workbook; a caller may set lower ones.
MAX_MEGABYTES = MAX_FILE_BYTES // 1_000_000
REPORT, MARKED, TOML = "reading.json", "marked.xlsx", "edition.toml"
# Without a word from the person, an edition says what it is not.
PRODUCER = "Your matrix"
STATEMENT = (
    "A matrix that a person brought, read by the program as it stands. It was not checked by OCHA, "
    "LSE or the United Nations; 'not documented' means that the matrix names no curriculum."
)


@dataclass(frozen=True)
class Brought:
    """What a person asks for: the workbook, where to write, and what to call it.

    raw: the folder that holds `contributions/`; as_of, contributions_as_of: None = the newest date
    of the personnel figures (that is not later than `as_of`).
    """

    workbook: Path
    out: Path
    answers: Path | None = None
    raw: Path = Path("data/raw")
    title: str = ""
    name: str = ""
    statement: str = STATEMENT
    producer: str = PRODUCER
    licence: str = ""
    as_of: date | None = None
    contributions_as_of: date | None = None
    max_mb: float = MAX_MEGABYTES
    max_rows: int = MAX_ROWS
    marked: bool = True


def read(request: Brought) -> dict:
    """Read the workbook into `request.out`; return the content of reading.json.

    Its `status` is "read", or "not-a-matrix" when the workbook opens but has no table that can be
    read: then reading.json says what is missing and asks for it, and there are no tables. Raises
    NotReadable, AnswersBroken, ContributionsBroken, ContractBroken, NotWritten; the folder then
    stays as it was.
    """
    _refuse_size(request)
    said = contributions.load(request.raw / "contributions")
    answers = _answers(request.answers)
    sheets = open_workbook(request.workbook, request.max_rows)
    told = _edition(request, said[0])
    with staged(request.out, outputs()) as folder:
        rows, built = {}, None
        try:
            reading, review = pipeline.read_sheets(sheets, request.workbook.name, answers)
        except NotAMatrix as error:
            found = recognition.recognise(sheets, answers, None)
            seen = recognition.sheets_told(sheets, found, is_read=False)
            issues = _with_missing_columns(error.issues, found)
        else:
            found = recognition.recognise(sheets, answers, reading)
            seen = recognition.sheets_told(sheets, found, is_read=True)
            rows = questions.rows_of(reading, answers)
            sheets.clear()  # the cells are not needed any more, the tables need their memory
            reading = replace(reading, records=())
            built = _write_tables(request, told, reading, review, said, folder)
            issues = list(built.issues)
            del review
        report = reading_json.report(found, seen, rows, built, issues, _persons(said[0], told))
        report["file"] = _file(request.workbook)
        report["marked"] = _mark(request, report, folder)
        _write_json(report, folder)
    return report


def _refuse_size(request: Brought) -> None:
    try:
        size = request.workbook.stat().st_size
    except OSError:
        return  # opening it says what is wrong
    if size > request.max_mb * 1_000_000:
        raise refusal(
            shown_name(request.workbook),
            f"is larger than {request.max_mb:g} MB",
            "Copy the sheet with the matrix to a new workbook, without pictures",
        )


def _answers(folder: Path | None) -> Answers:
    if folder is None:
        return NO_ANSWERS
    if not folder.is_dir():
        raise AnswersBroken(f"{folder} is no folder. Name the folder with the answers.")
    return load_answers(folder)


def _edition(request: Brought, personnel: Rows) -> Edition:
    dates = sorted({row["as_of"] for row in personnel})
    as_of = request.as_of or date.fromisoformat(dates[-1])
    before = [day for day in dates if day <= as_of.isoformat()] or dates[:1]
    title = request.title or clean(request.workbook.stem.replace("_", " ")) or PRODUCER
    name = request.name or slug(title)
    return Edition(
        name=name if is_name(name) else "your-matrix",
        folder=request.out / ".no-consultations",  # an upload brings its matrix alone
        title=title,
        statement=request.statement,
        as_of=as_of,
        contributions_as_of=request.contributions_as_of or date.fromisoformat(before[-1]),
        producer=request.producer,
        licence=request.licence,
        url="",
    )


def _persons(personnel: Rows, told: Edition) -> Counter[str]:
    """Return country_iso3 -> uniformed personnel at the edition's date."""
    counted: Counter[str] = Counter()
    for row in personnel:
        if row["as_of"] == told.contributions_as_of.isoformat():
            counted[row["country_iso3"]] += row["persons"]
    return counted


def _write_tables(
    request: Brought,
    told: Edition,
    reading: Reading,
    review: Review,
    said: tuple[Rows, list[dict]],
    folder: Path,
) -> Built:
    files = [("matrix.xlsx", request.workbook)]
    files += [(f"answers/{name}", path) for name, path in review.answers.files.items()]
    files += [
        (f"contributions/{name}", request.raw / "contributions" / name)
        for name in ("contributions.csv", "sources.csv")
    ]
    inputs = [{"path": name, "sha256": sha256(path)} for name, path in files]
    built, tables, package = pipeline.compose(told, reading, review, said, inputs)
    publish.write(tables, package, folder)
    text = _toml(told, built.reconciliation["found"])
    (folder / TOML).write_text(text, encoding="utf-8", newline="\n")
    return built


def _toml(told: Edition, found: dict[str, int]) -> str:
    """Return the edition.toml of who keeps the edition, with what was found as control totals."""
    lines = [
        f"{name} = {json.dumps(getattr(told, name), ensure_ascii=False)}"
        for name in ("title", "statement")
    ]
    lines += [f"{name} = {getattr(told, name)}" for name in ("as_of", "contributions_as_of")]
    lines += [
        f"{name} = {json.dumps(getattr(told, name), ensure_ascii=False)}"
        for name in ("producer", "licence", "url")
    ]
    lines += ["", "[expected]", *(f"{name} = {count}" for name, count in found.items())]
    return "\n".join(lines) + "\n"


def _with_missing_columns(issues: Sequence[Issue], found: Recognition) -> list[Issue]:
    """Return the issues, with one for each needed column where nothing looks like a matrix."""
    if not found.rows or not any(issue.code == "no-table" for issue in issues):
        return list(issues)
    read = {column.field for column in found.columns}
    where = (found.title, f"{found.columns[0].letter}{found.rows[-1]}")
    names = load_synonyms().names
    return list(issues) + [
        Issue(
            "column-missing", f"Which column is '{names[name]}'? No header says so.", *where, name
        )
        for name in NEEDED
        if name not in read
    ]


def _file(path: Path) -> dict:
    return {"name": shown_name(path), "bytes": path.stat().st_size, "sha256": sha256(path)}


def _mark(request: Brought, report: dict, folder: Path) -> dict:
    if request.marked:
        return workbook_copy.write(request.workbook, folder / MARKED, report)
    return {**workbook_copy.NOT_MARKED, "why": "It was not asked for."}


def _write_json(report: dict, folder: Path) -> None:
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")


def outputs() -> frozenset[str]:
    """Return the names of all files that a reading can leave in its folder."""
    return frozenset({REPORT, MARKED, TOML, *publish.files()})
