"""A built edition, read back from its folder: the texts of its tables and its `datapackage.json`."""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.build.compare import NotBuilt
from etl.build.declaration import TABLES, Table
from etl.build.publish import cell

PACKAGE = "datapackage.json"
# Text that `publish.inert` put an apostrophe before.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Texts = dict[str, str]  # column -> text, as the CSV has it but for the apostrophe of `inert`


class NotWhole(Exception):
    """The tables of an edition are not all there, or do not fit each other; says which."""


@dataclass(frozen=True)
class Built:
    """The tables of an edition (table -> its rows) and what its `datapackage.json` says."""

    name: str
    tables: dict[str, list[Texts]]
    package: dict


def find(name: str, processed: Path) -> Path:
    """Return the folder of the built edition `name`: in `processed`, or the folder of that path.

    Raises NotBuilt, with the editions that there are, when there is no such folder.
    """
    for folder in (processed / name, Path(name)):
        if (folder / PACKAGE).is_file():
            return folder
    there = sorted(path.parent.name for path in processed.glob(f"[!.]*/{PACKAGE}"))
    listed = ", ".join(there) or "none"
    raise NotBuilt(
        f"No edition {name} is built in {processed}, and no such folder holds one. There: {listed}. "
        "Build it with: python -m etl build"
    )


def load(folder: Path) -> Built:
    """Return the built edition in `folder`. Raises NotWhole when something of it is missing."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        tables = {table.name: _rows(folder, table) for table in TABLES}
    except (OSError, ValueError, csv.Error) as error:
        raise _not_whole(folder, str(error)) from error
    if not isinstance(package, dict) or not {"edition", "consultations"} <= package.keys():
        raise _not_whole(folder, f"{PACKAGE} does not say which edition it is")
    return Built(package["edition"]["name"], tables, package)


def texts(table: Table, rows: Iterable[dict]) -> list[Texts]:
    """Return rows of values as `load` gives them: what the CSV would say."""
    names = [column.name for column in table.columns]
    return [{name: _restored(cell(row.get(name))) for name in names} for row in rows]


def _rows(folder: Path, table: Table) -> list[Texts]:
    path = folder / f"{table.name}.csv"
    wanted = [column.name for column in table.columns]
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in wanted if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path.name} lacks the columns {', '.join(missing)}")
        return [{name: _restored(line[name] or "") for name in wanted} for line in reader]


def _restored(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text


def _not_whole(folder: Path, reason: str) -> NotWhole:
    return NotWhole(f"The tables in {folder} are not whole ({reason}). Build the edition again.")
