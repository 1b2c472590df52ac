"""Says whether the tables in data/processed still answer to the files in data/raw.

`python -m tools.stale [RAW] [PROCESSED]` exits 0 when they do; otherwise it says what changed and
exits 1. It compares contents, not times: a clone gives every file the time of the clone.
"""

import json
import sys
from pathlib import Path

from etl.build import edition

INPUTS = (
    "edition.toml",
    "matrix.xlsx",
    "consultations.xlsx",
    "answers/columns.csv",
    "answers/aliases.csv",
)


def stale_editions(raw: Path, processed: Path) -> dict[str, str]:
    """Editions under `raw` whose tables must be built again: {edition: why}."""
    reasons = {name: _reason(raw, name, processed / name) for name in edition.names(raw)}
    return {name: reason for name, reason in reasons.items() if reason}


def _reason(raw: Path, name: str, tables: Path) -> str:
    """Why the tables of one edition are out of date; empty when they are not."""
    try:
        package = json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))
        recorded = {item["path"]: item["sha256"] for item in package["inputs"]}
        resources = [resource["path"] for resource in package["resources"]]
        reading = package["rules_sha256"]
    except FileNotFoundError:
        return "not built yet"
    except (OSError, ValueError, KeyError, TypeError):
        return "its datapackage.json cannot be read"

    here = [f"{name}/{file}" for file in INPUTS if (raw / name / file).exists()]
    for path in sorted({*recorded, *here}):
        if not (raw / path).is_file():
            return f"{path} is gone"
        if path not in recorded:
            return f"{path} is new"
        if edition.sha256(raw / path) != recorded[path]:
            return f"{path} has changed"
    if reading != edition.rules_digest():
        return "a spelling in etl/maps or etl/vocab has changed"
    missing = [path for path in resources if not (tables / path).is_file()]
    return f"its table {missing[0]} is gone" if missing else ""


def main(arguments: list[str]) -> int:
    """Prints what is out of date; 0 when nothing is."""
    raw = Path(arguments[0] if arguments else "data/raw")
    processed = Path(arguments[1] if len(arguments) > 1 else "data/processed")
    stale = stale_editions(raw, processed)
    for name, reason in stale.items():
        print(f"The tables of {name} must be built: {reason}.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
