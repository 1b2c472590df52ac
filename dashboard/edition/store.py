"""The only reader of tables: an edition of `data/processed` is loaded once, shared by every page.

The matrix that a person brought stands beside the built editions: whoever holds its tables passes
them on, and they are never kept here.
"""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboard.edition.tables import WHOLE_EVIDENCE, Package, Tables

# What the matrix of a person is called in the list of editions.
BROUGHT = "Your matrix, this session"
DEFAULT_EDITION = "desk-review-2018"
FOLDER_VARIABLE = "ATLAS_PROCESSED"
BUILD = "Run make build (or python -m etl build), then reload this page."

# What the dashboard relies on. The whole declaration travels in each datapackage.json.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "countries": (
        "country_iso3",
        "country_name",
        "region",
        "subregion",
        "ocha_region",
        "latitude",
        "longitude",
        "in_review",
    ),
    "centres": (
        "centre_id",
        "country_iso3",
        "centre_name",
        "centre_name_local",
        "acronym",
        "city",
        "latitude",
        "longitude",
        "location_basis",
        "operator",
        "provider_type",
        "scope",
        "established_year",
        "website",
        "source_url",
        "matrix_sheet",
        "matrix_row",
    ),
    "courses": (
        "course_id",
        "centre_id",
        "course_title",
        "course_title_local",
        "course_type",
        "duration_days_min",
        "duration_days_max",
        "year_from",
        "year_to",
        "is_un_recognised",
        "cmcoord_level",
        "level_basis",
        "evidence",
        "evidence_type",
        "source_url",
        "matrix_sheet",
        "matrix_row",
    ),
    "course_audiences": ("course_id", "audience"),
    "course_languages": ("course_id", "language"),
    "course_topics": ("course_id", "topic"),
    "contributions": ("as_of", "country_iso3", "mission", "personnel_type", "persons"),
    "issues": (
        "issue_id",
        "severity",
        "code",
        "sheet",
        "cell",
        "column",
        "found",
        "used",
        "message",
    ),
}
INTEGERS = ("established_year", "year_from", "year_to", "female", "male", "persons", "matrix_row")
NUMBERS = ("latitude", "longitude", "duration_days_min", "duration_days_max")
BOOLEANS = ("in_review", "is_un_recognised")
GUARDED = r"'+[=+\-@\t\r]"
# A build replaces a folder in one move; a reader that meets the move tries again.
ATTEMPTS = 3
# Both editions, and both again after a rebuild, before the oldest is dropped.
KEPT_IN_MEMORY = 4
# Two people who open a new edition at once wait for one reading of it.
_loading = threading.Lock()


class TablesMissing(Exception):
    """No edition has been built; the message says what to do."""


class TablesDamaged(Exception):
    """An edition is there but cannot be used; the message says which table, why and what to do."""


@dataclass(frozen=True)
class Edition:
    """A built edition: its code (folder name) and its title."""

    code: str
    title: str


def folder() -> Path:
    """Where the built editions are: `ATLAS_PROCESSED`, else `data/processed` beside the package."""
    default = Path(str(files("dashboard"))).parent / "data" / "processed"
    return Path(os.environ.get(FOLDER_VARIABLE) or default)


def editions(brought: Tables | None = None) -> list[Edition]:
    """Built editions, the default one first, the others by name, last what a person brought.

    Raises TablesMissing when none is built.
    """
    if brought is None:
        return _built()
    built = [edition for edition in _built() if edition.code != brought.edition]
    return [*built, Edition(brought.edition, BROUGHT)]


def _built() -> list[Edition]:
    place = folder()
    found = sorted(path.parent.name for path in place.glob("*/datapackage.json"))
    # A folder that a build is still writing starts with a dot.
    found = [code for code in found if not code.startswith(".")]
    if not found:
        raise TablesMissing(f"No edition has been built yet in {place}. {BUILD}")
    found.sort(key=lambda code: code != DEFAULT_EDITION)
    return [Edition(code, _title(place / code)) for code in found]


class Editions(Mapping[str, Tables]):
    """The editions by code, the default one first; each is loaded when it is asked for.

    `brought`: the tables of a matrix that a person brought, offered as the last one.
    """

    def __init__(self, brought: Tables | None = None) -> None:
        self._codes = [edition.code for edition in editions(brought)]
        self._brought = brought

    def __getitem__(self, code: str) -> Tables:
        if code not in self._codes:
            raise KeyError(code)
        return load(code, self._brought)

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


def readable(brought: Tables | None = None) -> dict[str, Tables]:
    """The editions that can be read, the default one first; a damaged one is left out."""
    found, every = {}, Editions(brought)
    for code in every:
        try:
            found[code] = every[code]
        except TablesDamaged:
            continue
    return found


def load(edition: str, brought: Tables | None = None) -> Tables:
    """Tables of an edition, from memory unless its files have changed.

    Raises TablesMissing or TablesDamaged.
    """
    if brought is not None and edition == brought.edition:
        return brought
    place = folder() / edition
    for attempt in range(ATTEMPTS):
        signature = _signature(place)
        try:
            with _loading:
                tables = _cached(str(place), signature)
        except TablesDamaged:
            if attempt + 1 < ATTEMPTS and signature != _signature(place):
                continue
            raise
        if signature == _signature(place):
            break
    return tables


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _cached(place: str, signature: str) -> Tables:
    return read(Path(place), signature)


def read(place: Path, signature: str = "") -> Tables:
    """Read one edition's folder into `Tables`, checked and joined. Raises TablesDamaged."""
    package = _package(place)
    frames = {name: _frame(place, name) for name in NEEDED}
    try:
        frames["courses"] = _join_courses(frames, package)
        frames["contributions"] = _place(
            frames["contributions"], "country_iso3", frames["countries"], "country_position"
        )
        for name in ("course_audiences", "course_languages", "course_topics"):
            frames[name] = _place(frames[name], "course_id", frames["courses"], "course_position")
    except (KeyError, ValueError) as problem:
        raise TablesDamaged(
            f"The tables of {place.name} do not fit together: {problem}. {BUILD}"
        ) from problem
    if frames["contributions"].empty:
        raise TablesDamaged(f"The edition {place.name} has no personnel figures. {BUILD}")
    renamed = {name.removeprefix("course_"): frame for name, frame in frames.items()}
    return Tables(edition=place.name, signature=signature, package=package, **renamed)


def _signature(place: Path) -> str:
    """Changes when the edition was rebuilt: content of the package, size and time of the tables."""
    try:
        digest = hashlib.sha256((place / "datapackage.json").read_bytes())
        for name in NEEDED:
            facts = (place / f"{name}.csv").stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}".encode())
    except OSError as problem:
        raise TablesDamaged(
            f"{problem.filename} cannot be read: {problem.strerror}. {BUILD}"
        ) from problem
    return digest.hexdigest()


def _title(place: Path) -> str:
    try:
        return _package(place).title
    except TablesDamaged:
        return place.name


def _package(place: Path) -> Package:
    path = place / "datapackage.json"
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        package = Package(content)
        _ = (package.title, package.statement, package.state_terms[0]["letter"])
    except OSError as problem:
        raise TablesDamaged(f"{path} cannot be read: {problem.strerror}. {BUILD}") from problem
    except (ValueError, KeyError, IndexError, TypeError):
        raise TablesDamaged(f"{path} is not a data package of this project. {BUILD}") from None
    return package


def _frame(place: Path, name: str) -> pd.DataFrame:
    """One table with its types. Text stays text ("NA" is a word); an empty number is missing."""
    path = place / f"{name}.csv"
    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
        missing = [column for column in NEEDED[name] if column not in frame.columns]
        if missing:
            raise TablesDamaged(f"{path} lacks the column {', '.join(missing)}. {BUILD}")
        return frame.assign(**{c: _typed(frame[c]) for c in frame.columns})
    except OSError as problem:
        raise TablesDamaged(f"{path} cannot be read: {problem.strerror}. {BUILD}") from problem
    except ValueError as problem:
        raise TablesDamaged(f"{path} is damaged: {problem}. {BUILD}") from problem


def _typed(column: pd.Series) -> pd.Series:
    if column.name in INTEGERS:
        return pd.to_numeric(column.replace("", None)).astype("Int64")
    if column.name in NUMBERS:
        return pd.to_numeric(column.replace("", None)).astype("float64")
    if column.name == "in_review":
        return column == "true"
    if column.name in BOOLEANS:
        return column.map({"true": True, "false": False}).astype("boolean")
    return _as_written(column)


def _as_written(column: pd.Series) -> pd.Series:
    """Text without the apostrophe that keeps a spreadsheet from running it (docs/data-dictionary)."""
    guarded = column.str.match(GUARDED)
    return column.mask(guarded, column.str.slice(1)) if guarded.any() else column


def _join_courses(frames: dict[str, pd.DataFrame], package: Package) -> pd.DataFrame:
    """`courses` with its centre and country, and the positions that the measures count by."""
    centres = frames["centres"][["centre_id", "country_iso3", "centre_name", "provider_type"]]
    names = frames["countries"][["country_iso3", "country_name"]]
    courses = frames["courses"].merge(
        centres.merge(names, on="country_iso3", how="left", validate="m:1"),
        on="centre_id",
        how="left",
        validate="m:1",
    )
    courses = _place(courses, "country_iso3", frames["countries"], "country_position")
    levels = pd.Index(package.codes("levels"))
    courses["level_position"] = _positions(levels, courses["cmcoord_level"])
    if (courses["evidence_type"] == "").all():
        courses["read_whole"] = courses["cmcoord_level"] != "not-documented"
    else:
        courses["read_whole"] = courses["evidence_type"].isin(WHOLE_EVIDENCE)
    return courses


def _place(frame: pd.DataFrame, key: str, other: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.assign(**{column: _positions(pd.Index(other[key]), frame[key])})


def _positions(index: pd.Index, values: pd.Series) -> np.ndarray:
    """Positions of `values` in `index`; ValueError names the first that is not there."""
    positions = index.get_indexer(values)
    if (positions < 0).any():
        strange = values[positions < 0].iloc[0]
        raise ValueError(f"{values.name} {strange!r} is not known")
    return positions
