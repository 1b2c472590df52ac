"""Reads the workbook of a person in a process of its own, within limits, and keeps no file of it.

The workbook and what is made of it lie in a temporary folder while the process works; after that,
what is needed is in memory and the folder is gone.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from dashboard.edition import store
from dashboard.edition.tables import Tables
from dashboard.screen.frame.editions import CODE
from dashboard.screen.your_matrix import answers
from dashboard.screen.your_matrix.answers import Answer
from dashboard.screen.your_matrix.process import (
    MEGABYTES,
    MEMORY_MB,
    PROCESSOR_SECONDS,
    ROOT,
    ROWS,
    SECONDS,
    NotRead,
    file_name,
    folder_of_its_own,
    run,
    why,
)

TEMPLATE_SECONDS = 60
LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "French", "es": "Spanish"}
# What the footer and every citation say of a matrix that nobody has published.
LICENCE = "No licence stated"
MARKED, ISSUES, TOML, REPORT = "marked.xlsx", "issues.csv", "edition.toml", "reading.json"

RAW = ROOT / "data" / "raw"
_READ, _NO_MATRIX = 0, 1


@dataclass(frozen=True)
class Request:
    """A workbook to read: its bytes and its name; title and date (ISO) may be empty."""

    workbook: bytes
    name: str
    answers: tuple[Answer, ...] = ()
    title: str = ""
    as_of: str = ""


@dataclass(frozen=True, eq=False)
class BroughtMatrix:
    """A workbook that was read, and what came of it.

    `tables`: None when no matrix was found in it; `reading`: the content of `reading.json`;
    `files`: name -> bytes to take away; `answers`: those that it was read with; `seconds`: how long
    the reading took; `size`: bytes in memory, about.
    """

    tables: Tables | None
    reading: Mapping[str, Any]
    name: str
    workbook: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    seconds: float = 0.0
    size: int = 0


def read(request: Request, wanted: Callable[[], bool] = lambda: True) -> BroughtMatrix:
    """Read a workbook. Raises NotRead, and Cancelled once `wanted` says no."""
    begun = time.monotonic()
    if len(request.workbook) > MEGABYTES * 1_000_000:
        raise NotRead(
            f"{request.name} is larger than {MEGABYTES} MB. Copy the sheet with the "
            "matrix to a new workbook, without pictures."
        )
    with folder_of_its_own() as folder:
        out = folder / CODE
        status, said = run(_arguments(request, folder, out), folder, SECONDS, wanted)
        if status not in (_READ, _NO_MATRIX) or not (out / REPORT).is_file():
            raise NotRead(why(request.name, status, said))
        report = json.loads((out / REPORT).read_text(encoding="utf-8"))
        tables = _tables(out, request.name) if status == _READ else None
        files = {
            name: (out / name).read_bytes()
            for name in (MARKED, ISSUES, TOML)
            if (out / name).is_file()
        }
    return BroughtMatrix(
        tables,
        report,
        request.name,
        request.workbook,
        files,
        request.answers,
        time.monotonic() - begun,
        _size(request, files, tables),
    )


@lru_cache(maxsize=len(LANGUAGES))
def template(language: str) -> bytes:
    """A blank matrix in one of `LANGUAGES`, as a workbook. Raises NotRead."""
    with folder_of_its_own() as folder:
        made = folder / "matrix.xlsx"
        arguments = ("template", "--language", language, "--out", str(made))
        status, said = run(arguments, folder, TEMPLATE_SECONDS)
        if status != _READ:
            raise NotRead(why("The blank matrix", status, said))
        return made.read_bytes()


def _arguments(request: Request, folder: Path, out: Path) -> Sequence[str]:
    """Write what is to be read into the folder; returns the arguments of the command."""
    workbook = folder / "workbook" / file_name(request.name)
    workbook.parent.mkdir()
    workbook.write_bytes(request.workbook)
    arguments = [
        "read",
        str(workbook),
        f"--out={out}",
        f"--raw={RAW}",
        f"--max-mb={MEGABYTES}",
        f"--max-rows={ROWS}",
        f"--memory-mb={MEMORY_MB}",
        f"--seconds={PROCESSOR_SECONDS}",
        f"--licence={LICENCE}",
    ]
    title = _one_line(request.title)
    arguments += [f"--title={title}"] * bool(title)
    arguments += [f"--as-of={request.as_of}"] * bool(request.as_of)
    if request.answers:
        told = folder / answers.FOLDER
        told.mkdir()
        for name, data in answers.tables(request.answers).items():
            (told / name).write_bytes(data)
        arguments.append(f"--answers={told}")
    return arguments


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _tables(out: Path, name: str) -> Tables:
    try:
        # A mark of its own: nothing that is remembered for one reading may serve another.
        return store.read(out, uuid4().hex)
    except store.TablesDamaged as problem:
        raise NotRead(f"{name} was read, but its tables cannot be shown. {problem}") from problem


def _size(request: Request, files: Mapping[str, bytes], tables: Tables | None) -> int:
    size = len(request.workbook) + sum(map(len, files.values()))
    values = [getattr(tables, one.name) for one in fields(Tables)] if tables else []
    frames = [value for value in values if isinstance(value, pd.DataFrame)]
    return size + sum(int(frame.memory_usage(deep=True).sum()) for frame in frames)
