"""What the columns of figures mean, for the files that are taken away."""

from collections.abc import Iterable, Mapping

from dashboard.edition.columns import COLUMNS, LABELS, label
from dashboard.edition.tables import Package
from dashboard.exports.data.dictionary import Column

_PERSONS, _COURSES = "persons", "courses"
# Column -> what it holds, and its unit. Levels, types of personnel and columns of the tables are
# described by the data package.
MEANINGS: Mapping[str, tuple[str, str]] = {
    name: (one.meaning, one.unit) for name, one in COLUMNS.items() if one.meaning
}


def figure_columns(names: Iterable[str], package: Package) -> tuple[Column, ...]:
    """The columns `names` of a figure or of the rows behind it, each once, in words for people."""
    fields = {
        field["name"]: field
        for resource in reversed(package.resources)
        for field in resource["schema"]["fields"]
    }
    return tuple(_column(name, fields.get(name, {}), package) for name in dict.fromkeys(names))


def _column(name: str, field: Mapping[str, str], package: Package) -> Column:
    title = label(name, package)
    if name not in LABELS and field.get("title"):
        title = field["title"]
    if name in package.codes("levels"):
        return Column(name, title, "Considered courses at this level", _COURSES)
    if name in package.codes("personnel_types"):
        return Column(name, title, "Persons of this type", _PERSONS)
    meaning, unit = MEANINGS.get(name, (field.get("description") or "", field.get("unit") or ""))
    return Column(name, title, meaning, unit, field.get("hxl") or "")
