"""An edition: one state of the review, a folder with a matrix and six lines of TOML.

With the digests that tell when a file of it, or a rule that it is read by, has changed.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_CONTROL_TOTALS = ("countries", "centres", "courses")
_ETL = Path(str(files("etl")))
# The editable rules of reading: what people write for what.
_RULES = ("maps", "vocab")


class EditionBroken(Exception):
    """The folder is no usable edition; says what is missing and how to add it."""


@dataclass(frozen=True)
class Edition:
    """What `edition.toml` says, and where the edition's files are."""

    name: str
    folder: Path
    title: str
    statement: str
    as_of: date
    contributions_as_of: date
    producer: str
    licence: str
    url: str
    expected: dict[str, int] = field(default_factory=dict)

    @property
    def matrix(self) -> Path:
        """The workbook with the matrix."""
        return self.folder / "matrix.xlsx"

    @property
    def consultations(self) -> Path:
        """The workbook with what conversations added; it may not exist."""
        return self.folder / "consultations.xlsx"

    @property
    def answers(self) -> Path:
        """The folder with what a person answered about the matrix; it may not exist."""
        return self.folder / "answers"


def names(raw: Path) -> list[str]:
    """Return the names of the editions in `raw`: every folder that holds an edition.toml or a matrix."""
    return sorted(
        folder.name
        for folder in raw.iterdir()
        if folder.is_dir()
        and ((folder / "edition.toml").exists() or (folder / "matrix.xlsx").exists())
    )


def is_name(text: str) -> bool:
    """Whether `text` can be the name of an edition: a plain folder name, never a path."""
    return _NAME.fullmatch(text) is not None


def load(folder: Path) -> Edition:
    """Return the edition in `folder`. Raises EditionBroken when its TOML cannot be used."""
    path = folder / "edition.toml"
    if not is_name(folder.name):
        raise EditionBroken(
            f"'{folder.name}' cannot be the name of an edition. Rename the folder with letters "
            "without accents, digits, dots, hyphens and underscores only."
        )
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise EditionBroken(
            f"{path} is missing. Write it: see docs/adding-an-edition.md."
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EditionBroken(f"{path} cannot be read: {error}.") from error
    if not (folder / "matrix.xlsx").exists():
        raise EditionBroken(f"{folder} has no matrix.xlsx. Put the matrix there under that name.")
    return Edition(
        name=folder.name,
        folder=folder,
        title=_text(told, "title", path),
        statement=_text(told, "statement", path),
        producer=_text(told, "producer", path),
        licence=_text(told, "licence", path),
        url=_text(told, "url", path),
        as_of=_date(told, "as_of", path),
        contributions_as_of=_date(told, "contributions_as_of", path),
        expected=_expected(told, path),
    )


def _text(told: dict, name: str, path: Path) -> str:
    value = told.get(name, "" if name in ("licence", "url", "producer") else None)
    if not isinstance(value, str):
        raise EditionBroken(f'{path} needs a line {name} = "…".')
    return value


def _date(told: dict, name: str, path: Path) -> date:
    value = told.get(name)
    if type(value) is not date:
        raise EditionBroken(f"{path} needs a line {name} = 2018-01-31 (a date without quotes).")
    return value


def _expected(told: dict, path: Path) -> dict[str, int]:
    expected = told.get("expected", {})
    if not isinstance(expected, dict) or any(type(value) is not int for value in expected.values()):
        raise EditionBroken(
            f"{path}: [expected] takes whole numbers for countries, centres and courses."
        )
    return {name: expected[name] for name in _CONTROL_TOTALS if name in expected}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rules_digest() -> str:
    """Return the SHA-256 over the names and contents of `maps/*.csv` and `vocab/*.csv`.

    A build records it, because the same matrix reads differently once a spelling was added.
    """
    total = hashlib.sha256()
    for path in sorted(path for folder in _RULES for path in (_ETL / folder).glob("*.csv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
