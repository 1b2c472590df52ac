"""Write an empty consultations.xlsx: `python tools/consultations_template.py FILE.xlsx`.

Each edition has one; whoever speaks with a contributing country fills it in.
"""

import sys
from datetime import datetime
from pathlib import Path

import xlsxwriter

COLUMNS = (
    ("Date", 12, "Day of the conversation"),
    ("Country", 22, "Country, as in the matrix"),
    ("Training centre", 34, "Centre: its name, its acronym or its identifier"),
    ("Course", 34, "Course: its title or its identifier; empty when the row is about the centre"),
    (
        "Field",
        22,
        "Header of the matrix column that changes ('UN-CMCoord content', 'Duration' ...), or 'new course', or 'new centre'",
    ),
    ("New value", 28, "What the cell should say; for a new course its UN-CMCoord content"),
    ("Source", 34, "Who said so, or the address of what was sent"),
    ("Note", 34, "Anything a reader should know"),
)
WIDTH_OF_WORDS = 110


def write(path: Path) -> None:
    """Write the template: a sheet to fill in and a sheet that says how."""
    workbook = xlsxwriter.Workbook(path)
    workbook.set_properties({"title": "Consultations", "created": datetime(2018, 2, 28)})
    bold = workbook.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet("Consultations")
    for index, (name, width, _) in enumerate(COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, bold)
    sheet.freeze_panes(1, 0)
    words = workbook.add_worksheet("How to fill in")
    words.set_column(0, 0, WIDTH_OF_WORDS)
    lines = [
        "One row for each thing learnt. It is laid over the desk review; the matrix itself is never changed."
    ]
    lines += [f"{name}: {told}." for name, _, told in COLUMNS]
    for row, line in enumerate(lines):
        words.write_string(row, 0, line, wrapped)
    workbook.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
