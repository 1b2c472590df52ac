"""The words of the method: sections of docs/method.md, the glossary, the data dictionary."""

import csv
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.edition.tables import Package

METHOD = Path(str(files("dashboard"))).parent / "docs" / "method.md"
GLOSSARY = Path(str(files("dashboard"))) / "edition" / "glossary.csv"
# Addresses within the repository lead nowhere from a page: the words stay, the link goes.
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]*\)")


def method_sections(path: Path | None = None) -> dict[str, tuple[str, str]]:
    """Section code -> (title, Markdown) of the method, in its order.

    Codes are the titles in lower case with hyphens, as in links to a heading. Raises OSError when
    the text is not there.
    """
    text = _LINK.sub(r"\1", (path or METHOD).read_text(encoding="utf-8"))
    sections = {}
    for part in re.split(r"(?m)^## ", text)[1:]:
        title, _, body = part.partition("\n")
        code = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        sections[code] = (title.strip(), body.strip())
    return sections


@cache
def glossary() -> pd.DataFrame:
    """Terms of the field and of this atlas by name: term, meaning."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["term"].lower())
    return pd.DataFrame(rows, columns=["term", "meaning"])


def dictionary(package: Package, table: str) -> pd.DataFrame:
    """The columns of one table: column, title, type, description, unit, values, hxl.

    `values`: the codes that are allowed, where the declaration names them.
    """
    fields: list[dict[str, Any]] = next(
        (
            resource["schema"]["fields"]
            for resource in package.resources
            if resource["name"] == table
        ),
        [],
    )
    rows = [
        {
            "column": field["name"],
            "title": field.get("title", ""),
            "type": field.get("type", ""),
            "description": field.get("description", ""),
            "unit": field.get("unit", ""),
            "values": ", ".join(field.get("constraints", {}).get("enum", ())),
            "hxl": field.get("hxl", ""),
        }
        for field in fields
    ]
    names = ["column", "title", "type", "description", "unit", "values", "hxl"]
    return pd.DataFrame(rows, columns=names)


def vocabulary(package: Package, name: str) -> pd.DataFrame:
    """The terms of one vocabulary: code, label, definition."""
    rows = [
        {key: term.get(key, "") for key in ("code", "label", "definition")}
        for term in package.terms(name)
    ]
    return pd.DataFrame(rows, columns=["code", "label", "definition"])


def personnel_sources(package: Package) -> pd.DataFrame:
    """Where the personnel figures come from: as_of, title, publisher, source_url, persons, sha256."""
    rows = [
        {
            "as_of": one.get("as_of", ""),
            "title": one.get("title", ""),
            "persons": one.get("persons_total"),
            "publisher": one.get("publisher", ""),
            "source_url": one.get("path", ""),
            "sha256": one.get("sha256", ""),
        }
        for one in package.sources
    ]
    names = ["as_of", "title", "persons", "publisher", "source_url", "sha256"]
    return pd.DataFrame(rows, columns=names).astype({"persons": "Int64"})
