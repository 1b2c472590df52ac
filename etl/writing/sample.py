"""Synthetic matrices for tests and benchmarks: the real shape, invented names that say so.

A synthetic matrix is never an edition: every centre and course is called synthetic, and the sheet
says so above its table.
"""

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from etl.meaning import countries

SHEET = "Matrix"
TITLE = "Synthetic matrix for tests and benchmarks: every name in it is invented"
GROUPS = (
    ("COUNTRY", 2),
    ("TRAINING CENTRE", 7),
    ("COURSE", 7),
    ("UN-CMCOORD AND RELATED CONTENT", 4),
    ("SOURCE", 1),
)
HEADERS = (
    "Country",
    "Region",
    "Training centre",
    "Acronym",
    "City",
    "Latitude",
    "Longitude",
    "Run by",
    "Kind of provider",
    "Course title",
    "Type of course",
    "Target audience",
    "Duration",
    "Language(s)",
    "Year",
    "UN recognised",
    "UN-CMCoord content",
    "Evidence",
    "Kind of evidence",
    "Other topics",
    "Source",
)
_CENTRE_COLUMN, _COURSE_COLUMN = HEADERS.index("Training centre"), HEADERS.index("Course title")
_FIRST_ROW = 4  # 0-based: title, blank, groups, headers

_LEVELS = (
    "?",
    "?",
    "?",
    "?",
    "Related humanitarian content",
    "CIMIC only",
    "Module",
    "Dedicated course",
    "None found",
)
_TYPES = (
    "pre deployment",
    "specialised",
    "train the trainer",
    "leadership",
    "induction",
    "exercise",
)
_AUDIENCES = (
    "Military",
    "Police",
    "Military; Police",
    "Military; Police; Civilian",
    "Mil/Pol",
    "all",
    None,
)
_DURATIONS = ("2 weeks", "5 days", "10 jours", "5-7 days", "40 hours", "1 month", 12, None)
_LANGUAGES = ("English", "French", "Spanish", "E/F", "English, Arabic", None)
_YEARS = (2014, "2016-2018", "since 2014", "2017, 2023", "annual", None)
_EVIDENCE = (
    "curriculum",
    "course page",
    "news report",
    "news report",
    "training calendar",
    "official report",
)
_TOPICS = (
    "ihl",
    "protection of civilians; gender",
    "cimic",
    "un cmcoord; humanitarian principles",
    "logistics",
    None,
)


class TooMany(ValueError):
    """More countries were asked for than there are, or fewer centres than countries."""


def write_sample(path: Path, n_countries: int, n_centres: int, n_courses: int, seed: int) -> None:
    """Write a synthetic matrix of the given size to `path` (.xlsx), the same bytes for the same seed.

    Countries are real (their names must be read), everything else is invented. Raises TooMany when
    the numbers cannot be had together.
    """
    known = countries.all_iso3()
    if not 1 <= n_countries <= len(known):
        raise TooMany(
            f"--countries takes 1 to {len(known)}: that many countries and areas have a code."
        )
    if not n_countries <= n_centres <= n_courses:
        raise TooMany(
            "A country needs a centre and a centre needs a course: countries <= centres <= courses."
        )
    chance = random.Random(seed)
    chosen = sorted(
        chance.sample(known, n_countries), key=lambda iso3: countries.reference(iso3).name
    )
    workbook = xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"title": TITLE, "created": datetime(2018, 2, 28)})
    sheet = workbook.add_worksheet(SHEET)
    _write_head(workbook, sheet)
    row = _FIRST_ROW
    centres = _shares(n_centres, n_countries)
    courses = iter(_shares(n_courses, n_centres))
    number = 0
    for iso3, n_here in zip(chosen, centres, strict=True):
        first = row
        for _ in range(n_here):
            number += 1
            row = _write_centre(sheet, row, number, next(courses), chance)
        _write_down(sheet, first, row, 0, countries.reference(iso3).name)
        _write_down(sheet, first, row, 1, countries.reference(iso3).subregion)
    sheet.write_string(
        row + 1,
        0,
        "Note: a question mark means that no curriculum was found, not that it is absent.",
    )
    workbook.close()


def _shares(total: int, parts: int) -> list[int]:
    """Divide `total` into `parts` whole numbers that differ by one at most."""
    whole, rest = divmod(total, parts)
    return [whole + (part < rest) for part in range(parts)]


def _write_head(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    bold = workbook.add_format({"bold": True})
    sheet.write_string(0, 0, TITLE, bold)
    column = 0
    for name, width in GROUPS:
        if width > 1:
            sheet.merge_range(2, column, 2, column + width - 1, name, bold)
        else:
            sheet.write_string(2, column, name, bold)
        column += width
    sheet.write_row(3, 0, HEADERS, bold)


def _write_centre(
    sheet: Worksheet, row: int, number: int, n_courses: int, chance: random.Random
) -> int:
    """Write the rows of one centre; return the row after them."""
    centre = (
        f"Synthetic training centre {number}",
        f"SYN{number}",
        f"Synthetic city {number}",
        round(chance.uniform(-50, 65), 2),
        round(chance.uniform(-170, 170), 2),
        chance.choice(("military", "police", "civilian")),
        chance.choice(("peacekeeping training centre", "military school", "police academy")),
    )
    for offset, value in enumerate(centre):
        _write_down(sheet, row, row + n_courses, _CENTRE_COLUMN + offset, value)
    for course in range(1, n_courses + 1):
        for column, value in enumerate(_course(number, course, chance), start=_COURSE_COLUMN):
            if value is not None:
                sheet.write(row, column, value)
        row += 1
    return row


def _course(centre: int, number: int, chance: random.Random) -> Iterator[str | int | None]:
    yield f"Synthetic course {number} of centre {centre}"
    for choices in (
        _TYPES,
        _AUDIENCES,
        _DURATIONS,
        _LANGUAGES,
        _YEARS,
        ("yes", None, None),
        _LEVELS,
    ):
        yield chance.choice(choices)
    yield "Synthetic evidence: what a page would say about this course, in a sentence or two."
    yield chance.choice(_EVIDENCE)
    yield chance.choice(_TOPICS)
    yield f"https://synthetic.example/centre-{centre}/course-{number}"


def _write_down(sheet: Worksheet, first: int, after: int, column: int, value: object) -> None:
    """Write a value once for several rows: merged where there is more than one, as people keep it."""
    if after - first > 1:
        sheet.merge_range(first, column, after - 1, column, value)
    else:
        sheet.write(first, column, value)
