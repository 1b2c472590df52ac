"""The contract of the corridor: the declaration turned into a Frictionless schema, and validation.

`etl/build/declaration.py` says what the tables are; here that becomes Table Schema, the standard that
others can read (https://specs.frictionlessdata.io/table-schema/), and Frictionless checks a built
folder against it.
"""

import logging
from pathlib import Path
from typing import Any

from etl.build.declaration import TABLES, Table, TableColumn
from etl.meaning import vocabulary

# Vocabularies that travel with the data, in the order in which a legend shows their terms.
VOCABULARIES = (
    "levels",
    "states",
    "classes",
    "personnel_types",
    "missions",
    "audiences",
    "topics",
    "functions",
    "languages",
    "course_types",
    "evidence_types",
    "provider_types",
    "operators",
    "scopes",
    "ocha_regions",
)

# Enough to understand what went wrong; a broken column would otherwise print every row.
_ERRORS_SHOWN = 5


class ContractBroken(Exception):
    """Built tables that do not hold what the contract promises; says which table, row and column."""


def table_schema(table: Table) -> dict:
    """Return the Table Schema descriptor of one declared table."""
    schema = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": resource, "fields": [column]}}
            for column, resource in table.foreign_keys
        ]
    return schema


def _field(column: TableColumn) -> dict:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.hxl:
        field["hxl"] = column.hxl
    if constraints := _constraints(column):
        field["constraints"] = constraints
    return field


def _constraints(column: TableColumn) -> dict:
    allowed = list(column.values)
    if column.vocabulary:
        allowed = list(vocabulary.load(column.vocabulary).codes)
    candidates = {
        "required": column.required or None,
        "enum": allowed or None,
        "pattern": column.pattern or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    return {name: value for name, value in candidates.items() if value is not None}


def resources() -> list[dict]:
    """Return the resource descriptors of all tables, in the order of the declaration."""
    return [
        {
            "name": table.name,
            "path": f"{table.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "title": table.title,
            "description": table.description,
            "schema": table_schema(table),
        }
        for table in TABLES
    ]


def vocabularies() -> dict[str, list[dict[str, str]]]:
    """Return every vocabulary as records (code, label, definition and its own columns), in order.

    Aliases stay behind: they are how matrices are read, not what the tables mean.
    """
    return {
        name: [
            {"code": term.code, "label": term.label, "definition": term.definition, **term.extra}
            for term in vocabulary.load(name).terms
        ]
        for name in VOCABULARIES
    }


def validate(folder: Path) -> None:
    """Check the tables in `folder` against the `datapackage.json` beside them, with Frictionless.

    Raises ContractBroken with the first errors, each with its table, row and column.
    """
    from frictionless import Package  # takes a quarter of a second to import: only when needed

    logging.getLogger("frictionless").setLevel(logging.ERROR)
    report = Package(str(folder / "datapackage.json")).validate()
    if report.valid:
        return
    found = [
        (task.name, *error)
        for task in report.tasks
        for error in task.flatten(["rowNumber", "fieldName", "message"])
    ]
    lines = [
        f"{name}.csv row {row}, {field}: {message}"
        for name, row, field, message in found[:_ERRORS_SHOWN]
    ]
    lines += [error.message for error in report.errors[:_ERRORS_SHOWN]]
    more = len(found) + len(report.errors) - len(lines)
    raise ContractBroken("; ".join(lines) + (f"; and {more} more" if more > 0 else ""))
