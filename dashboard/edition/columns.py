"""What the columns of tables are called and mean, and where they are shown: `columns.csv`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from dashboard.edition.tables import Package


@dataclass(frozen=True)
class TableColumn:
    """A row of `columns.csv`. `label`, `meaning` and `unit` may be "" (the data package may have
    them); `width`: pixels on a page, None for the width of its text; `on_page`, `in_word`: whether
    it is shown there; `kind`: "link", "persons" (with thousands separators), "date" or ""."""

    label: str
    meaning: str
    unit: str
    width: int | None
    on_page: bool
    in_word: bool
    kind: str


def _read() -> dict[str, TableColumn]:
    text = (files("dashboard") / "edition" / "columns.csv").read_text(encoding="utf-8")
    return {
        row["column"]: TableColumn(
            row["label"],
            row["meaning"],
            row["unit"],
            int(row["width"]) if row["width"] else None,
            row["on_page"] != "no",
            row["in_word"] != "no",
            row["kind"],
        )
        for row in csv.DictReader(text.splitlines())
    }


# Code of a column -> what is said of it: the one registry, for pages, files and documents.
COLUMNS: Mapping[str, TableColumn] = _read()
LABELS: Mapping[str, str] = {name: one.label for name, one in COLUMNS.items() if one.label}


def of_kind(kind: str) -> frozenset[str]:
    """Codes of the columns of a kind."""
    return frozenset(name for name, one in COLUMNS.items() if one.kind == kind)


def label(name: str, package: Package) -> str:
    """The name of a column for people: ours, or that of its level or type of personnel."""
    for vocabulary in ("levels", "personnel_types"):
        if name in package.codes(vocabulary):
            return package.label(vocabulary, name)
    return LABELS.get(name, name.replace("_", " ").capitalize())
