"""consultations.xlsx, prefilled: one row a question, ready to be answered and put back.

The build reads the file as it is: a row without a new value changes nothing, so answers can come in
one by one (docs/adding-an-edition.md).
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.edition.tables import Package

FILE_NAME = "consultations.xlsx"
SHEET, HOW = "Consultations", "How to fill in"
# Columns as the build reads them, with their widths.
COLUMNS: Mapping[str, int] = {
    "Date": 12,
    "Country": 24,
    "Training centre": 36,
    "Course": 40,
    "Field": 20,
    "New value": 30,
    "Source": 30,
    "Note": 80,
}
# Machine name of what is missing -> what the build takes in the column Field.
FIELDS: Mapping[str, str] = {
    "cmcoord_level": "UN-CMCoord content",
    "evidence_type": "Kind of evidence",
    "audience": "Target audience",
    "language": "Language(s)",
    "year": "Year",
    "duration": "Duration",
    "course_title": "new course",
    "centre_name": "new centre",
}
_VOCABULARIES: Mapping[str, str] = {
    "cmcoord_level": "levels",
    "evidence_type": "evidence_types",
    "audience": "audiences",
}
_HOW = """\
Each row is one open question; it stands in the column Note.
Write what you learn in New value, with Date and Source. Rows without a new value change nothing.
A date without a new value means: asked, no answer yet.
When the curriculum itself was seen, use two rows for the course: Field “UN-CMCoord content” with \
its level, and Field “Kind of evidence” with “Curriculum”. Only a course that was read whole can \
show that something is not in it.
new course: write its title in Course and its UN-CMCoord content in New value.
new centre: write its name in Training centre. Copy a row when there is more than one.
Several audiences or languages: apart by a semicolon.
Years: 2017, 2016-2018 or since 2014. Duration: 5 days, 2 weeks.
Put the file into the folder of the edition under the name consultations.xlsx, then build again. \
The matrix itself is never changed.
"""
# Excel takes a list of choices of at most this many characters.
LONGEST_LIST = 255
_WIDTH_OF_WORDS = 110


def consultations_workbook(questions: pd.DataFrame, package: Package) -> bytes:
    """The questions (`measures.questions.QUESTION_COLUMNS`) as consultations.xlsx.

    Date, New value and Source are empty; the question is the note. Where a vocabulary says what can
    be answered, Excel offers its labels.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        made = datetime.fromisoformat(package.edition["as_of"])
        book.set_properties({"title": f"Consultations: {package.title}", "created": made})
        bold = book.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        dated = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        _questions(book.add_worksheet(SHEET), questions, package, (bold, wrapped, dated))
        _instructions(book.add_worksheet(HOW), package, wrapped)
    return target.getvalue()


def _questions(
    sheet: Worksheet, questions: pd.DataFrame, package: Package, looks: tuple[Format, ...]
) -> None:
    bold, wrapped, dated = looks
    for place, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, width, dated if name == "Date" else wrapped)
        sheet.write_string(0, place, name, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(questions)), len(COLUMNS) - 1)
    choices, answer = _choices(package), list(COLUMNS).index("New value")
    for row, one in enumerate(questions.itertuples(), start=1):
        filled = {
            "Country": one.country_name,
            "Training centre": one.centre_name,
            "Course": one.course_title,
            "Field": FIELDS[one.field],
            "Note": one.question,
        }
        for place, name in enumerate(COLUMNS):
            if filled.get(name):
                sheet.write_string(row, place, filled[name], wrapped)
        if one.field in choices:
            sheet.data_validation(
                row,
                answer,
                row,
                answer,
                {"validate": "list", "source": choices[one.field], "error_type": "warning"},
            )


def _choices(package: Package) -> dict[str, list[str]]:
    """Field -> labels that Excel offers, where they fit. The other values can still be typed."""
    offered: dict[str, Sequence[str]] = {
        field: [term["label"] for term in package.terms(vocabulary)]
        for field, vocabulary in _VOCABULARIES.items()
    }
    return {
        field: list(labels)
        for field, labels in offered.items()
        if labels and len(",".join(labels)) <= LONGEST_LIST and not any("," in x for x in labels)
    }


def _instructions(sheet: Worksheet, package: Package, wrapped: Format) -> None:
    sheet.set_column(0, 0, _WIDTH_OF_WORDS)
    lines = _HOW.splitlines()
    for field, vocabulary in _VOCABULARIES.items():
        lines.append(f"{FIELDS[field]} is one of:")
        lines += [f"– {term['label']}: {term['definition']}" for term in package.terms(vocabulary)]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, wrapped)
