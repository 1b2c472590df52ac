"""From the records of a matrix to the review that they amount to.

Goes through the records once. Every value is interpreted in its cell; what was not plain reading
becomes an issue; two rows of one course become one course.
"""

from typing import Any

from etl.issues import SHOWN_LENGTH, Issue
from etl.matrix.records import Cell, Reading, Record
from etl.meaning import countries, fields
from etl.review import answered
from etl.review.answers import NO_ANSWERS, TICK, Answers
from etl.review.model import (
    CENTRE_FIELDS,
    COURSE_FIELDS,
    Centre,
    CentreKey,
    Course,
    Review,
    merge,
    union,
)
from etl.text import address, fold

UNNAMED_CENTRE = "Centre not named"


def assemble(reading: Reading, answers: Answers = NO_ANSWERS) -> Review:
    """Return the review that a reading of a matrix amounts to, with what a person answered.

    Every row that holds a course is kept, merged into an earlier row of the same course, or held
    back because its country is not certain; the four counts add up to the rows read.
    """
    review = Review(
        issues=list(reading.issues),
        rows_read=reading.rows_read,
        rows_without_course=reading.rows_without_course,
        duration_unit=_duration_unit(reading),
        answers=answers,
    )
    for record in reading.records:
        _add(review, record, reading.sheet)
    for centre in review.centres.values():
        _refuse_half_a_location(review, centre)
    return review


def _duration_unit(reading: Reading) -> str:
    """Return the unit that the header of the duration column names, days when it names none."""
    headers = [column.header for column in reading.columns if column.field == "duration"]
    return fields.unit_of(headers[0]) if headers else "day"


def _add(review: Review, record: Record, sheet: str) -> None:
    iso3 = _country(review, record, sheet)
    if iso3 is None:
        review.rows_held_back += record.holds_course
        return
    review.countries.add(iso3)
    centre_key = _centre(review, record, sheet, iso3)
    if record.holds_course:
        _course(review, record, sheet, centre_key)


def _country(review: Review, record: Record, sheet: str) -> str | None:
    cell = record.cells.get("country")
    if cell is None:
        if record.holds_course:
            where = address(record.row, 1)
            message = f"Row {record.row} has a course but no country. Name the country in its row."
            review.issues.append(Issue("country-missing", message, sheet, where, "country"))
        return None
    text = fields.plain(cell.value).value
    resolution = countries.resolve(text)
    if resolution.iso3:
        return resolution.iso3
    if alias := review.answers.alias("country", text):
        review.rows_left_out += alias.is_left_out and record.holds_course
        answered.tell(review, alias, sheet, _of_row(cell, record), text)
        return alias.value
    if record.holds_course or resolution.candidates:
        code = "country-ambiguous" if resolution.several else "country-unknown"
        message = f"{resolution.reason} The row is held back."
        place = (sheet, _of_row(cell, record), "country", text)
        written = (text,) if len(text) <= SHOWN_LENGTH else ()
        review.issues.append(Issue(code, message, *place, written=written))
    return None


def _of_row(cell: Cell, record: Record) -> str:
    """The cell itself, and the row it was carried to: one line in the list for each row held back."""
    return cell.address if cell.row == record.row else f"{cell.address} (row {record.row})"


def _centre(review: Review, record: Record, sheet: str, iso3: str) -> CentreKey:
    cell = record.cells.get("centre_name")
    name = fields.plain(cell.value).value if cell else ""
    if not fold(name) or fields.names_nothing(name):
        if not record.holds_course:
            return (iso3, "")
        name = UNNAMED_CENTRE
        message = (
            f"Row {record.row} has a course but no training centre. Name the centre in its row."
        )
        review.issues.append(
            Issue("centre-missing", message, sheet, address(record.row, 1), "centre_name", "", name)
        )
    key = (iso3, fold(name))
    centre = review.centres.setdefault(key, Centre(iso3, name, sheet, record.row))
    for name_of_field in CENTRE_FIELDS:
        _centre_value(review, centre, name_of_field, record.cells.get(name_of_field), sheet)
    return key


def _centre_value(review: Review, centre: Centre, name: str, cell: Cell | None, sheet: str) -> None:
    if cell is None or centre.read_from.get(name) == cell.address:
        return
    value = read(review, name, cell, sheet)
    if value in (None, ""):
        return
    if name not in centre.values:
        centre.values[name] = value
        centre.read_from[name] = cell.address
    elif centre.values[name] != value:
        used = fields.render(name, centre.values[name])
        message = (
            f"{centre.name} has another value in {centre.read_from[name]}; that one is used. "
            "Write the same value in every row of the centre, or in its first row only."
        )
        review.issues.append(
            Issue(
                "centre-conflict",
                message,
                sheet,
                cell.address,
                name,
                fields.render(name, value),
                used,
            )
        )


def _refuse_half_a_location(review: Review, centre: Centre) -> None:
    """A latitude without a longitude places nothing: neither is used, and that is said."""
    given = [name for name in ("latitude", "longitude") if name in centre.values]
    if len(given) != 1:
        return
    (name,) = given
    found, where = fields.render(name, centre.values.pop(name)), centre.read_from[name]
    message = (
        f"{centre.name} has a {name} alone; its country's reference point stands in. "
        "Give latitude and longitude."
    )
    review.issues.append(Issue("location-incomplete", message, centre.sheet, where, name, found))


def read(review: Review, name: str, cell: Cell | None, sheet: str) -> Any:
    """Interpret one cell as field `name`; what was not plain reading is added to the issues."""
    value = cell.value if cell else None
    if name == "duration":
        finding = fields.duration(value, review.duration_unit)
    else:
        finding = fields.FIELDS[name](value)
    if finding.code and cell:
        finding = answered.settle(review, name, cell, sheet, finding)
    if finding.code and cell:
        found, used = fields.shown(cell.value), fields.render(name, finding.value)
        where = (sheet, cell.address, name, found, used)
        asked = answered.askable(cell.value, finding)
        review.issues.append(Issue(finding.code, finding.message, *where, asked))
    return finding.value


def _course(review: Review, record: Record, sheet: str, centre: CentreKey) -> None:
    title_cell = record.cells["course_title"]
    title = read(review, "course_title", title_cell, sheet)
    values = {name: read(review, name, record.cells.get(name), sheet) for name in COURSE_FIELDS}
    _add_ticks(review, record, sheet, values)
    key = (*centre, fold(title))
    earlier = review.courses.get(key)
    if earlier is None:
        review.courses_kept += 1
        review.courses[key] = Course(centre, title, sheet, record.row, values)
        return
    merge(earlier.values, values)
    review.duplicates_merged += 1
    message = (
        f"Row {record.row} is the same course of the same centre as row {earlier.row}. They were merged: "
        "the higher level and every audience, language and topic were kept."
    )
    review.issues.append(
        Issue(
            "duplicate-course",
            message,
            sheet,
            title_cell.address,
            "course_title",
            title,
            earlier.title,
        )
    )


def _add_ticks(review: Review, record: Record, sheet: str, values: dict[str, Any]) -> None:
    """Add the topics and audiences whose column is ticked to those that are written out."""
    for name, code, cell in record.ticks:
        finding = fields.ticked(cell.value)
        if finding.code:
            finding = answered.settle(review, TICK, cell, sheet, finding)
        if finding.code:
            where = (sheet, cell.address, name, fields.shown(cell.value))
            asked = answered.askable(cell.value, finding)
            review.issues.append(Issue(finding.code, finding.message, *where, written=asked))
        if finding.value:
            values[name] = union(name, values[name], (code,))
