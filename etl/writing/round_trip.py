"""Whether a workbook, read as an edition, gives the tables of a built edition again."""

from pathlib import Path

from etl.build import built
from etl.build.built import Built, Texts
from etl.build.declaration import COURSES, TABLES, Table
from etl.build.pipeline import read_matrix
from etl.issues import NotAMatrix, NotReadable
from etl.review import conversations
from etl.review.conversations import ConsultationsBroken
from etl.review.model import Review
from etl.review.rows import Rows, build_tables

# Where a value was read from: another workbook has other sheets and rows.
RECEIPTS = frozenset({"matrix_sheet", "matrix_row"})
# The tables that come from the matrix; the countries that are reviewed are compared as well.
TABLES_OF_A_MATRIX = (
    "centres",
    "courses",
    "course_audiences",
    "course_languages",
    "course_topics",
)


def difference(edition: Built, file: Path, with_consultations: bool) -> str:
    """Return the first difference between the edition and the workbook as read; "" without one.

    with_consultations: lay the consultations in the same workbook over the matrix in it.
    """
    if not edition.tables[COURSES.name]:
        return "it has no course, and a matrix without one cannot be read."
    try:
        _, review = read_matrix(file)
        if with_consultations:
            conversations.apply(review, file)
    except (NotReadable, NotAMatrix, ConsultationsBroken) as error:
        return str(error)
    tables = build_tables(review, [])
    found = _of_countries(edition, review)
    for table in TABLES:
        if not found and table.name in TABLES_OF_A_MATRIX:
            found = _of_table(edition, table, tables[table.name])
    return found


def _of_countries(edition: Built, review: Review) -> str:
    rows = edition.tables["countries"]
    reviewed = {row["country_iso3"] for row in rows if row["in_review"] == "true"}
    differing = ", ".join(sorted(reviewed ^ review.countries))
    return f"countries.csv differs in {differing}." if differing else ""


def _of_table(edition: Built, table: Table, rows: Rows) -> str:
    ours, theirs = (
        {tuple(row[name] for name in table.primary_key): _content(row) for row in several}
        for several in (edition.tables[table.name], built.texts(table, rows))
    )
    for key in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(key, {}), theirs.get(key, {})
        if one != other:
            columns = [name for name in one or other if one.get(name) != other.get(name)]
            return f"{table.name}.csv differs in {' '.join(key)}, {', '.join(columns[:3])}."
    return ""


def _content(row: Texts) -> Texts:
    return {name: text for name, text in row.items() if name not in RECEIPTS}
