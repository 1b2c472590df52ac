"""All or nothing: a built edition appears whole, or the last good one stays as it was.

The tables are written and validated in a folder of their own beside the edition, then the two
folders change places in one step of the file system. Whatever happens before that step (a crash,
a full disk, a kill) leaves the last good tables untouched.
"""

import csv
import ctypes
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from etl.build import contract
from etl.build.declaration import TABLES

# A build takes seconds; a building folder this old was left by one that was killed.
LEFTOVER_SECONDS = 3600
BUILDING = ".building-"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

# What a spreadsheet would run as a formula. A text that starts so is written with an apostrophe
# before it; so is a text that already has one there, which makes the step reversible.
_FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")


class NotWritten(Exception):
    """The tables could not be written; says why. What was there before is unchanged."""


def inert(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and never runs it (OWASP, CSV injection).

    Text that starts like a formula gets a leading apostrophe; taking one away brings it back.
    """
    return f"'{text}" if _FORMULA_LIKE.match(text) else text


def cell(value: object) -> str:
    """Return the CSV form of one value: empty for unknown, true/false, whole numbers without .0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int):
        return str(value)
    return inert(str(value))


def publish(tables: dict[str, Iterable[dict]], package: dict, target: Path) -> None:
    """Write `tables` (name -> rows) and `package` as the edition folder `target`, validated.

    Raises NotWritten when the folder cannot be written, ContractBroken when the tables do not hold
    the contract; in both cases `target` keeps its last good state.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        building = Path(tempfile.mkdtemp(prefix=f"{BUILDING}{target.name}-", dir=target.parent))
    except OSError as error:
        raise NotWritten(_reason(target, error)) from error
    try:
        write(tables, package, building)
        _flush(building)
        _change_places(building, target)
    except OSError as error:
        raise NotWritten(_reason(target, error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def files() -> tuple[str, ...]:
    """Return the names of the files of a built edition."""
    return (*(f"{table.name}.csv" for table in TABLES), "datapackage.json")


def write(tables: dict[str, Iterable[dict]], package: dict, folder: Path) -> None:
    """Write the files of an edition into `folder` and validate them.

    Raises OSError when the folder cannot be written, ContractBroken when the tables do not hold
    the contract.
    """
    _write(tables, package, folder)
    contract.validate(folder)


def _reason(target: Path, error: OSError) -> str:
    return (
        f"Could not write {target}: {error.strerror or error}. The last good tables are unchanged. "
        "Free some space or choose a folder that can be written, then build again."
    )


def _write(tables: dict[str, Iterable[dict]], package: dict, folder: Path) -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        rows = sorted(
            ([cell(row.get(name)) for name in names] for row in tables[table.name]),
            key=_by_key([names.index(name) for name in table.primary_key]),
        )
        with open(folder / f"{table.name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(rows)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _by_key(positions: list[int]):
    return lambda row: [row[position] for position in positions]


def _flush(folder: Path) -> None:
    """Bring the bytes to the disk before the folder takes its place; readable for everyone."""
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
        with open(path, "rb+") as file:
            os.fsync(file.fileno())


def _change_places(building: Path, target: Path) -> None:
    """Put `building` where `target` is, in one step where the system has one.

    Elsewhere (no renameat2, or a file system that does not exchange) the old folder steps aside
    first: readers may miss it for an instant, and the next build brings it back after a kill.
    """
    if not target.exists():
        os.rename(building, target)
        return
    if _exchange(building, target):
        return
    aside = target.with_name(f".{target.name}.last-good")
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(target, aside)
    os.rename(building, target)
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically (Linux renameat2); False where that is not to be had."""
    renameat2 = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if os.name == "posix"
        else None
    )
    if renameat2 is None:
        return False
    return (
        renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0
    )


def _sweep(folder: Path) -> None:
    """Bring back what a kill left aside, and remove what killed builds left behind."""
    for aside in folder.glob(".*.last-good"):
        edition = aside.with_name(aside.name[1 : -len(".last-good")])
        if not edition.exists():
            os.rename(aside, edition)
    for leftover in folder.glob(f"{BUILDING}*"):
        try:
            age = time.time() - leftover.stat().st_mtime
        except FileNotFoundError:  # another build has just finished with it
            continue
        if age > LEFTOVER_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)
