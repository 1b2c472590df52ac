"""Puts a finished file where a person wants it: whole, or not at all."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_SUFFIX = ".xlsx"
_READABLE = 0o644


class NotPlaced(Exception):
    """The file could not be written; says why. What stood there before is unchanged."""


def place(path: Path, data: bytes, check: Callable[[Path], None] = lambda _: None) -> None:
    """Write the workbook `data` to `path`, in place of what stood there before.

    check: called with the finished file before it takes its place; what it raises is passed on,
    and nothing has changed. Raises NotPlaced when the name does not end in .xlsx, or the folder
    or the file cannot be written.
    """
    if path.suffix.lower() != _SUFFIX:
        raise NotPlaced(f"{path} is no name of a workbook. Choose a name that ends in {_SUFFIX}.")
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        handle, name = tempfile.mkstemp(prefix=".", suffix=_SUFFIX, dir=path.parent)
    except OSError as error:
        raise _not_placed(path, error) from error
    try:
        _write(handle, data)
        check(Path(name))
        os.replace(name, path)
    except OSError as error:
        raise _not_placed(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _write(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), _READABLE)


def _not_placed(path: Path, error: OSError) -> NotPlaced:
    reason = error.strerror or str(error)
    return NotPlaced(f"Could not write {path}: {reason}. Choose another place.")
