"""Small frames with the columns that charts take, and what to pick out of a figure."""

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go

LEVELS = ("dedicated", "module", "cimic", "related", "none-found", "not-documented")
STATE_LABELS = {
    "dedicated": ("D", "Dedicated course"),
    "module": ("M", "UN-CMCoord module"),
    "cimic": ("C", "CIMIC only"),
    "related": ("R", "Related humanitarian content"),
    "none-found": ("0", "None found in the published curriculum"),
    "not-documented": ("?", "Not documented"),
    "no-course": ("N", "No course recorded"),
    "not-reviewed": ("–", "Not in the review"),
}
CLASS_LABELS = {
    "covered": "Covered",
    "gap": "Established gap",
    "partial": "Partial evidence",
    "unknown": "Unknown",
}
MARKUP = '<b>Bold</b> <a href="https://example.org">& "link"</a>'
MARKUP_ESCAPED = (
    '&lt;b&gt;Bold&lt;/b&gt; &lt;a href="https://example.org"&gt;&amp; "link"&lt;/a&gt;'
)


def country(
    iso3: str, persons: int, country_class: str, state: str, name: str = "", **counts: int
) -> dict[str, Any]:
    """One row of the states frame; `counts`: level with underscores -> number of courses."""
    levels = {level: counts.get(level.replace("-", "_"), 0) for level in LEVELS}
    letter, label = STATE_LABELS[state]
    return {
        "country_iso3": iso3,
        "country_name": name or f"Country {iso3}",
        "persons": persons,
        "state": state,
        "state_letter": letter,
        "state_label": label,
        "country_class": country_class,
        "class_label": CLASS_LABELS[country_class],
        "reason": f"Because of {state}.",
        "latitude": 10.0,
        "longitude": 20.0,
        "courses": sum(levels.values()),
        **levels,
    }


def states(*rows: dict[str, Any], world: int | None = None) -> pd.DataFrame:
    """The rows as a states frame; `world`: the total that shares refer to."""
    frame = pd.DataFrame(list(rows))
    total = world or int(frame["persons"].sum())
    frame["share"] = frame["persons"] / total if total else float("nan")
    frame["rank"] = (
        frame["persons"]
        .where(frame["persons"] > 0)
        .rank(method="min", ascending=False)
        .astype("Int64")
    )
    return frame


def every_mark() -> pd.DataFrame:
    """One country for each way of being drawn, and one without personnel."""
    return states(
        country("GHA", 40_000, "covered", "module", module=1, not_documented=2),
        country("PAK", 30_000, "gap", "related", related=1, none_found=1),
        country("ETH", 20_000, "partial", "cimic", cimic=2),
        country("NPL", 6_000, "unknown", "not-documented", not_documented=3),
        country("TZA", 3_000, "unknown", "no-course", "United Republic of Tanzania"),
        country("MAR", 1_000, "unknown", "not-reviewed"),
        country("AUT", 0, "gap", "related", related=1),
    )


def validated(fig: go.Figure) -> go.Figure:
    """The same figure, every property checked by Plotly; charts skip that for speed."""
    return go.Figure(json.loads(fig.to_json()))


def legend(fig: go.Figure, name: str = "legend") -> list[str]:
    """The texts of a legend, in order."""
    return [t.name for t in fig.data if t.showlegend and (t.legend or "legend") == name]
