"""What the columns of a file mean, in the words of the data package."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.edition.tables import Package
from dashboard.measures.found_courses import COURSE_COLUMNS, SEPARATOR

# Columns that say where a row of a CSV comes from: title, description, unit, HXL tag.
ORIGIN: Mapping[str, tuple[str, str, str, str]] = {
    "edition": ("Edition", "Name of the edition", "", "#meta+edition"),
    "edition_statement": (
        "Statement",
        "What the edition is and what it is not",
        "",
        "#meta+statement",
    ),
    "personnel_as_of": (
        "Personnel as of",
        "Date of the personnel figures",
        "ISO 8601",
        "#date+personnel",
    ),
    "filters": ("Filters", "What was chosen when the file was made", "", "#meta+filters"),
    "source": ("Source", "Where the figures come from", "", "#meta+source"),
}
_OURS = ORIGIN | {
    "courses": (
        "Courses",
        "Courses of the centre that are among those found",
        "courses",
        "#indicator+courses+num",
    ),
}


@dataclass(frozen=True)
class Column:
    """One column of a file: machine name, title, description, unit and HXL tag (both may be "")."""

    name: str
    title: str
    description: str
    unit: str = ""
    hxl: str = ""


def dictionary(
    names: Iterable[str], of: Mapping[str, tuple[str, str]], package: Package
) -> tuple[Column, ...]:
    """The columns `names` in the words of the package.

    `of`: name -> (table, column) where the package describes it. A column that nothing describes
    keeps its name as title.
    """
    described = {
        (resource["name"], field["name"]): field
        for resource in package.resources
        for field in resource["schema"]["fields"]
    }
    return tuple(_column(name, described.get(of.get(name, ("", ""))), of) for name in names)


def _column(
    name: str, field: Mapping[str, str] | None, of: Mapping[str, tuple[str, str]]
) -> Column:
    if field is None:
        return Column(name, *_OURS.get(name, (name, "", "", "")))
    is_list = name in COURSE_COLUMNS and of[name][1] != name
    note = f"; several are apart by “{SEPARATOR.strip()}”" if is_list else ""
    tag = field.get("hxl") or ""
    return Column(
        name,
        field.get("title", name),
        f"{field.get('description', '')}{note}",
        field.get("unit") or "",
        f"{tag}+list" if is_list and tag else tag,
    )
