"""The words that workbooks are written in, in English, French and Spanish: `words/*.csv`.

`columns.csv` has the columns of a matrix in the order in which they are written, `terms.csv` the
word for each code of a vocabulary, `texts.csv` everything else. Whatever is written must be read
back: each header means its field, each word its code. Nothing here decides how a matrix is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from etl.meaning import vocabulary

FOLDER = Path(str(files("etl"))) / "words"
LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True)
class Heading:
    """One column of a matrix as it is written.

    field: its name in `etl.meaning.fields.FIELDS`; group: which columns it stands with; width: in
    characters; headers, helps, examples: language -> text.
    """

    field: str
    group: str
    width: int
    headers: dict[str, str]
    helps: dict[str, str]
    examples: dict[str, str]


@cache
def headings() -> tuple[Heading, ...]:
    """Return the columns of a matrix, in the order in which they are written."""
    return tuple(
        Heading(
            line["field"],
            line["group"],
            int(line["width"]),
            {language: line[language] for language in LANGUAGES},
            {language: line[f"help_{language}"] for language in LANGUAGES},
            {language: line[f"example_{language}"] for language in LANGUAGES},
        )
        for line in _lines("columns")
    )


@cache
def header(field: str, language: str) -> str:
    """Return the header of the column of `field`; KeyError when no such column is written."""
    return {heading.field: heading.headers[language] for heading in headings()}[field]


def word(name: str, code: str, language: str) -> str:
    """Return the word for `code` of the vocabulary `name`: its label where `terms.csv` has none.

    Raises KeyError when the vocabulary has no such code.
    """
    return _terms().get((name, code), {}).get(language) or vocabulary.load(name).label(code)


def meaning(name: str, code: str, language: str) -> str:
    """Return the definition of `code`; empty where that language has none. KeyError as `word`."""
    if language == "en":
        return vocabulary.load(name).term(code).definition
    return _terms().get((name, code), {}).get(f"definition_{language}", "")


def text(key: str, language: str) -> str:
    """Return the text `key` of `texts.csv`; KeyError when there is none."""
    return _texts()[key][language]


def texts(beginning: str, language: str) -> list[str]:
    """Return the texts whose key is `beginning` and a number, in their order."""
    return [
        line[language]
        for key, line in _texts().items()
        if key.startswith(beginning) and key.removeprefix(beginning).isdecimal()
    ]


@cache
def _terms() -> dict[tuple[str, str], dict[str, str]]:
    return {(line["vocabulary"], line["code"]): line for line in _lines("terms")}


@cache
def _texts() -> dict[str, dict[str, str]]:
    return {line["key"]: line for line in _lines("texts")}


def _lines(name: str) -> Iterator[dict[str, str]]:
    for _, line in vocabulary.rows(FOLDER / f"{name}.csv"):
        yield line
