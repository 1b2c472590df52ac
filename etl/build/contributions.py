"""Uniformed personnel in UN peace operations: the figures that the review is weighed with.

The folder `data/raw/contributions/` holds `contributions.csv` (one row for each date, country,
mission and type of personnel) and `sources.csv` (the UN report of each date).
"""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from etl.meaning import countries, vocabulary

COLUMNS = ("as_of", "country_iso3", "mission", "personnel_type", "female", "male", "persons")
SOURCE_COLUMNS = (
    "as_of",
    "title",
    "publisher",
    "publisher_url",
    "file_url",
    "file_sha256",
    "persons_total",
)


class ContributionsBroken(Exception):
    """The contributions cannot be used; says which file and line, and what to do."""


def load(folder: Path) -> tuple[list[dict], list[dict]]:
    """Return (rows, sources): rows with `COLUMNS`, sources as Data Package sources, one a date.

    Persons are head counts. Raises ContributionsBroken when a row is not a date, a known country, a
    known type and whole numbers that add up, when a row stands twice, or when a date does not add
    up to the total that its source prints.
    """
    path = folder / "contributions.csv"
    rows = [_row(raw, f"{path.name} line {line}") for line, raw in _lines(path, COLUMNS)]
    _refuse_repeats(rows, path.name)
    source_path = folder / "sources.csv"
    sources = [
        _source(raw, f"{source_path.name} line {line}")
        for line, raw in _lines(source_path, SOURCE_COLUMNS)
    ]
    _compare_totals(rows, sources)
    return rows, sources


def _lines(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in needed if name not in (reader.fieldnames or [])]
            if missing:
                raise ContributionsBroken(
                    f"{path} lacks the columns {', '.join(missing)}. Add them."
                )
            return [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ContributionsBroken(
            f"{path} cannot be read ({error}). Put a UTF-8 CSV file there."
        ) from error


def _row(raw: dict[str, str], where: str) -> dict:
    try:
        row: dict[str, Any] = {
            "as_of": date.fromisoformat(raw["as_of"]).isoformat(),
            "country_iso3": raw["country_iso3"],
            "mission": raw["mission"] or "ALL",
            "personnel_type": raw["personnel_type"],
            "female": int(raw["female"]) if raw["female"] else None,
            "male": int(raw["male"]) if raw["male"] else None,
            "persons": int(raw["persons"]),
        }
    except (TypeError, ValueError) as error:
        raise ContributionsBroken(
            f"{where}: {error}. Dates are 2018-01-31, counts are whole numbers."
        ) from error
    if row["personnel_type"] not in vocabulary.load("personnel_types").codes:
        raise ContributionsBroken(f"{where}: unknown type of personnel '{row['personnel_type']}'.")
    try:
        countries.reference(row["country_iso3"])
    except KeyError as error:
        raise ContributionsBroken(
            f"{where}: '{row['country_iso3']}' is no ISO 3166-1 alpha-3 code."
        ) from error
    if None not in (row["female"], row["male"]) and row["female"] + row["male"] != row["persons"]:
        raise ContributionsBroken(
            f"{where}: women and men do not add up to {row['persons']} persons."
        )
    return row


def _refuse_repeats(rows: list[dict], name: str) -> None:
    seen = set()
    for row in rows:
        key = tuple(row[column] for column in COLUMNS[:4])
        if key in seen:
            raise ContributionsBroken(
                f"{name}: {', '.join(key)} stands twice. Within a date the rows must be a partition."
            )
        seen.add(key)


def _source(raw: dict[str, str], where: str) -> dict:
    try:
        as_of, persons = date.fromisoformat(raw["as_of"]).isoformat(), int(raw["persons_total"])
    except (TypeError, ValueError) as error:
        raise ContributionsBroken(
            f"{where}: {error}. Give the date and the printed total of the report."
        ) from error
    return {
        "title": raw["title"],
        "path": raw["file_url"],
        "as_of": as_of,
        "publisher": raw["publisher"],
        "publisher_url": raw["publisher_url"],
        "sha256": raw["file_sha256"],
        "persons_total": persons,
    }


def _compare_totals(rows: list[dict], sources: list[dict]) -> None:
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        totals[row["as_of"]] += row["persons"]
    printed = {source["as_of"]: source["persons_total"] for source in sources}
    for as_of, total in sorted(totals.items()):
        if as_of not in printed:
            raise ContributionsBroken(
                f"sources.csv has no report for {as_of}. Add the source of that date."
            )
        if printed[as_of] != total:
            raise ContributionsBroken(
                f"{as_of}: the rows add up to {total:,} persons, the report prints {printed[as_of]:,}. "
                "Correct contributions.csv or the total in sources.csv."
            )
