"""All or nothing: what is written appears whole, or what stood there before stays as it was.

A built edition (`publish`): the tables are written and validated in a folder of their own beside
the edition, then the two folders change places in one step of the file system. Whatever happens
before that step (a crash, a full disk, a kill) leaves the last good tables untouched. A reading
(`staged`): a folder that gets its files at the end, without a step outside of it. A workbook
(`place`): written beside its place, checked, then moved there.
"""

import csv
import ctypes
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from etl.build import contract
from etl.build.declaration import TABLES

# A build takes seconds; a building folder this old was left by one that was killed.
BUILDING_SECONDS = 3600
BUILDING = ".building-"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

# What a spreadsheet would run as a formula. A text that starts so is written with an apostrophe
# before it; so is a text that already has one there, which makes the step reversible.
_FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")

STAGING = ".reading-"
# A reading takes seconds, at most minutes; staging this old was left by one that was killed.
STAGING_SECONDS = 900
# What makes a reading one goes first and comes last, so that a kill leaves no half of one.
_FIRST_OUT = ("datapackage.json", "edition.toml", "reading.json")

_WORKBOOK = ".xlsx"
_READABLE = 0o644


class NotWritten(Exception):
    """The tables could not be written; says why. What was there before is unchanged."""


class NotPlaced(Exception):
    """The file could not be written; says why. What stood there before is unchanged."""


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


def publish(tables: Mapping[str, Iterable[dict]], package: dict, target: Path) -> None:
    """Write `tables` (name -> rows) and `package` as the edition folder `target`, validated.

    Raises NotWritten when the folder cannot be written, ContractBroken when the tables do not hold
    the contract; in both cases `target` keeps its last good state.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep_buildings(target.parent)
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


def write(tables: Mapping[str, Iterable[dict]], package: dict, folder: Path) -> None:
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


def _write(tables: Mapping[str, Iterable[dict]], package: dict, folder: Path) -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        rows = sorted(
            ([cell(row.get(name)) for name in names] for row in tables[table.name]),
            key=_by_key([names.index(name) for name in table.primary_key]),
        )
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(rows)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _by_key(positions: list[int]) -> Callable[[list[str]], list[str]]:
    return lambda row: [row[position] for position in positions]


def _flush(folder: Path) -> None:
    """Bring the bytes to the disk before the folder takes its place; readable for everyone."""
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _change_places(building: Path, target: Path) -> None:
    """Put `building` where `target` is, in one step where the system has one.

    Elsewhere (no renameat2, or a file system that does not exchange) the old folder steps aside
    first: readers may miss it for an instant, and the next build brings it back after a kill.
    """
    if not target.exists():
        building.rename(target)
        return
    if _exchange(building, target):
        return
    aside = target.with_name(f".{target.name}.last-good")
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    building.rename(target)
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


def _sweep_buildings(folder: Path) -> None:
    """Bring back what a kill left aside, and remove what killed builds left behind."""
    for aside in folder.glob(".*.last-good"):
        edition = aside.with_name(aside.name[1 : -len(".last-good")])
        if not edition.exists():
            aside.rename(edition)
    for leftover in folder.glob(f"{BUILDING}*"):
        try:
            age = time.time() - leftover.stat().st_mtime
        except FileNotFoundError:  # another build has just finished with it
            continue
        if age > BUILDING_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def staged(target: Path, ours: frozenset[str]) -> Iterator[Path]:
    """Give a folder within `target`; what it holds in the end replaces the files in `target`.

    ours: names of the files that a reading may leave; others in `target` stay untouched. When the
    block raises, `target` keeps what it had, and is removed when it was not there. Raises
    NotWritten, also for a folder that has files of these names from something else.
    """
    was_there, done, folder = target.exists(), False, None
    try:
        _refuse_others(target, ours)
        target.mkdir(parents=True, exist_ok=True)
        _sweep_stagings(target)
        folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=target))
        yield folder
        _take_over(folder, target, ours)
        done = True
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        if not done and not was_there:
            shutil.rmtree(target, ignore_errors=True)


def _not_written(target: Path, error: OSError) -> NotWritten:
    return NotWritten(
        f"Could not write {target}: {error.strerror or error}. What was there before is unchanged. "
        "Free some space or choose a folder that can be written."
    )


def _refuse_others(target: Path, ours: frozenset[str]) -> None:
    """Raise NotWritten where files of our names would be overwritten that no reading has written."""
    if not target.exists():
        return
    if not target.is_dir():
        raise NotWritten(f"{target} is a file. Name a folder for the reading.")
    there = {path.name for path in target.iterdir()}
    was_killed = any(name.startswith(STAGING) for name in there)
    if there & ours and "reading.json" not in there and not was_killed:
        raise NotWritten(
            f"{target} holds {', '.join(sorted(there & ours)[:3])} from something else. Name a new "
            "or empty folder, or one of an earlier reading."
        )


def _take_over(folder: Path, target: Path, ours: frozenset[str]) -> None:
    for name in _FIRST_OUT:
        (target / name).unlink(missing_ok=True)
    new = {path.name for path in folder.iterdir()}
    for name in ours - new:
        (target / name).unlink(missing_ok=True)
    last = list(reversed(_FIRST_OUT))
    for name in [*sorted(new - {*last}), *(name for name in last if name in new)]:
        (folder / name).chmod(0o644)
        (folder / name).replace(target / name)


def _sweep_stagings(target: Path) -> None:
    for leftover in target.glob(f"{STAGING}*"):
        if time.time() - leftover.stat().st_mtime > STAGING_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)


def place(path: Path, data: bytes, check: Callable[[Path], None] = lambda _: None) -> None:
    """Write the workbook `data` to `path`, in place of what stood there before.

    check: called with the finished file before it takes its place; what it raises is passed on,
    and nothing has changed. Raises NotPlaced when the name does not end in .xlsx, or the folder
    or the file cannot be written.
    """
    if path.suffix.lower() != _WORKBOOK:
        raise NotPlaced(f"{path} is no name of a workbook. Choose a name that ends in {_WORKBOOK}.")
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        handle, name = tempfile.mkstemp(prefix=".", suffix=_WORKBOOK, dir=path.parent)
    except OSError as error:
        raise _not_placed(path, error) from error
    try:
        _fill(handle, data)
        check(Path(name))
        Path(name).replace(path)
    except OSError as error:
        raise _not_placed(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _fill(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), _READABLE)


def _not_placed(path: Path, error: OSError) -> NotPlaced:
    reason = error.strerror or str(error)
    return NotPlaced(f"Could not write {path}: {reason}. Choose another place.")
