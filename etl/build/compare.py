"""What changed between two built editions: what came, went and changed, and which figures moved."""

import csv
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from etl.meaning import vocabulary

_KEYS = {"countries": "country_iso3", "centres": "centre_id", "courses": "course_id"}
_LABELS = {"countries": "country_name", "centres": "centre_name", "courses": "course_title"}
# Listed on screen; `--json` has them all.
SHOWN = 15


class NotBuilt(Exception):
    """An edition to compare has no built tables; says how to build it."""


@dataclass(frozen=True)
class Difference:
    """What changed from edition `one` to edition `other`."""

    one: str
    other: str
    came: dict[str, list[dict]]
    went: dict[str, list[dict]]
    changed_levels: list[dict]
    figures: list[dict] = field(default_factory=list)

    def as_json(self) -> dict:
        """Return everything as plain lists and objects."""
        return {
            "from": self.one,
            "to": self.other,
            "came": self.came,
            "went": self.went,
            "changed_levels": self.changed_levels,
            "figures": self.figures,
        }


def compare(processed: Path, one: str, other: str) -> Difference:
    """Compare two built editions. Raises NotBuilt when one of them is not there.

    Countries count as in the review or not. Centres and courses are the same when they have the
    same identifier, which does not depend on where they stand in a matrix.
    """
    before, after = _load(processed / one), _load(processed / other)
    came = {name: _only_in(after, before, name) for name in _KEYS}
    went = {name: _only_in(before, after, name) for name in _KEYS}
    return Difference(
        one, other, came, went, _changed_levels(before, after), _figures(before, after)
    )


def _load(folder: Path) -> dict[str, dict[str, dict]]:
    """Return table -> key -> row; the countries are those of the review."""
    if not (folder / "datapackage.json").exists():
        raise NotBuilt(f"{folder} is not built. Run: python -m etl build {folder.name}")
    tables = {}
    for name, key in _KEYS.items():
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = {row[key]: row for row in csv.DictReader(file)}
    tables["countries"] = {
        iso3: row for iso3, row in tables["countries"].items() if row["in_review"] == "true"
    }
    return tables


def _only_in(one: dict, other: dict, name: str) -> list[dict]:
    missing = sorted(one[name].keys() - other[name].keys())
    return [{"id": key, "name": one[name][key][_LABELS[name]]} for key in missing]


def _changed_levels(before: dict, after: dict) -> list[dict]:
    return [
        {
            "id": key,
            "name": row["course_title"],
            "from": before["courses"][key]["cmcoord_level"],
            "to": row["cmcoord_level"],
            "basis": row["level_basis"],
        }
        for key, row in sorted(after["courses"].items())
        if key in before["courses"]
        and before["courses"][key]["cmcoord_level"] != row["cmcoord_level"]
    ]


def _figures(before: dict, after: dict) -> list[dict]:
    one, other = _headline(before), _headline(after)
    return [
        {"figure": name, "from": one[name], "to": other[name], "moved": one[name] != other[name]}
        for name in one
    ]


def _headline(tables: dict) -> dict[str, int]:
    """Return the counts that a report quotes from an edition, by name."""
    levels = vocabulary.load("levels")
    courses = tables["courses"].values()
    country_of = {key: row["country_iso3"] for key, row in tables["centres"].items()}
    of_courses = Counter(row["cmcoord_level"] for row in courses)
    best: dict[str, str] = {}
    for row in courses:
        iso3 = country_of[row["centre_id"]]
        best[iso3] = min(
            best.get(iso3, "not-documented"), row["cmcoord_level"], key=levels.codes.index
        )
    of_countries = Counter(best.values())
    with_content = {
        row["centre_id"] for row in courses if row["cmcoord_level"] in ("dedicated", "module")
    }
    return {
        **{name: len(tables[name]) for name in _KEYS},
        "centres with UN-CMCoord content": len(with_content),
        **{f"courses: {levels.label(code)}": of_courses[code] for code in levels.codes},
        **{f"countries: {levels.label(code)}": of_countries[code] for code in levels.codes},
        "countries: no course recorded": len(tables["countries"].keys() - best.keys()),
    }


def as_text(difference: Difference) -> str:
    """Return the comparison as sentences and lists for the screen."""
    lines = [f"From {difference.one} to {difference.other}"]
    for name in _KEYS:
        lines.append(
            f"{name}: {len(difference.came[name])} came, {len(difference.went[name])} went"
        )
        lines += _listed("+", difference.came[name]) + _listed("-", difference.went[name])
    lines.append(f"codings changed: {len(difference.changed_levels)}")
    lines += [
        f"  ~ {row['id']} {row['name']}: {row['from']} to {row['to']} ({row['basis']})"
        for row in difference.changed_levels[:SHOWN]
    ]
    lines += _more(difference.changed_levels)
    moved = [row for row in difference.figures if row["moved"]]
    lines.append("figures that moved:" if moved else "no figure moved")
    lines += [f"  {row['figure']}: {row['from']} to {row['to']}" for row in moved]
    return "\n".join(lines)


def _listed(sign: str, rows: list[dict]) -> list[str]:
    return [f"  {sign} {row['id']} {row['name']}" for row in rows[:SHOWN]] + _more(rows)


def _more(rows: list[dict]) -> list[str]:
    return (
        [f"  … and {len(rows) - SHOWN} more (--json lists them all)"] if len(rows) > SHOWN else []
    )


def write_json(difference: Difference) -> str:
    """Return the comparison as JSON text."""
    return json.dumps(difference.as_json(), ensure_ascii=False, indent=2)
