"""Text on marks: numbers as the method asks for them, short names for axes, hover boxes.

Plotly reads a part of HTML in every text, so all text that comes from the data is escaped here.
"""

import html
import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES, mark_key
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT, count, whole_per_cent

# A phone shows a hover box of about this many characters without cutting it.
HOVER_WIDTH = 42
# Longer names than this would eat the bars on a phone.
AXIS_WIDTH = 17
LETTER_WIDTH = 7.0  # px of an average letter of a name on an axis (12 px high)
_SIGNS = {"less than 1": "&lt;1", "more than 99": "&gt;99"}

# Only for axes: tables, hover boxes and files carry the United Nations short name in full.
AXIS_NAMES: dict[str, str] = {
    "BIH": "Bosnia-Herzeg.",
    "BOL": "Bolivia",
    "BRN": "Brunei",
    "CAF": "Central Afr. Rep.",
    "COD": "DR Congo",
    "DOM": "Dominican Rep.",
    "FSM": "Micronesia",
    "GBR": "United Kingdom",
    "IRN": "Iran",
    "KOR": "Rep. of Korea",
    "LAO": "Lao PDR",
    "MDA": "Rep. of Moldova",
    "NLD": "Netherlands",
    "PNG": "Papua N. Guinea",
    "PRK": "DPR Korea",
    "PSE": "State of Palestine",
    "RUS": "Russian Fed.",
    "STP": "Sao Tome & Pr.",
    "SYR": "Syrian Arab Rep.",
    "TZA": "UR Tanzania",
    "USA": "United States",
    "VCT": "St Vincent & Gr.",
    "VEN": "Venezuela",
}


def escaped(text: object) -> str:
    """Text as it is meant to be read: `<b>` stays three characters. Quotes do no harm."""
    return html.escape(str(text), quote=False)


def wrapped(text: object, width: int = HOVER_WIDTH) -> str:
    """Escaped text in lines of at most `width` characters."""
    return "<br>".join(escaped(line) for line in textwrap.wrap(str(text), width))


def axis_name(iso3: str, name: str) -> str:
    """A name short enough to leave room for the bars on a phone; escaped."""
    if iso3 in AXIS_NAMES:
        return escaped(AXIS_NAMES[iso3])
    return escaped(name if len(name) <= AXIS_WIDTH else name[: AXIS_WIDTH - 1].rstrip() + "…")


def axis_room(names: Sequence[str], beside: int = 12) -> int:
    """Margin in px for the longest of the names, and for `beside` px more."""
    return round(max((len(name) for name in names), default=0) * LETTER_WIDTH) + beside


def per_cent(part: float, total: float) -> str:
    """A whole percentage as a sign, escaped; "3 of 7" below a total of ten; empty without a total.

    The rule is that of all texts (`measures.wording`); only the form is that of a chart.
    """
    if total <= 0:
        return ""
    if total < SMALLEST_FOR_PER_CENT:
        return f"{count(part)} of {count(total)}"
    words = whole_per_cent(int(part), int(total))
    return f"{_SIGNS.get(words, words)}%"


def world_total(persons: pd.Series, share: pd.Series) -> int:
    """The total that the shares refer to: more than the rows shown add up to. 0 when unknown."""
    known = (persons > 0) & (share > 0)
    if not known.any():
        return 0
    largest = persons[known].astype(float).idxmax()
    return round(float(persons[largest]) / float(share[largest]))


def mark_label(row: Any) -> str:
    """What a legend calls the mark of a row: class, or letter and state of an unknown; escaped."""
    key = mark_key(row.country_class, row.state)
    if key in STATE_STYLES:
        return f"{STATE_STYLES[key].letter}  {escaped(row.state_label)} (unknown)"
    return escaped(row.class_label)


def marks_in_use(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Rows (named tuples) by mark, in the order of every legend; only marks that occur."""
    groups: dict[str, list[Any]] = {key: [] for key in MARK_STYLES}
    for row in frame.itertuples(index=False):
        groups[mark_key(row.country_class, row.state)].append(row)
    return {key: rows for key, rows in groups.items() if rows}


def country_hover(row: Any, total: int) -> str:
    """The hover box of a country: name, persons with share and total, class, state, reason."""
    return "<br>".join(
        [
            f"<b>{wrapped(row.country_name)}</b> ({escaped(row.country_iso3)})",
            _persons(int(row.persons), total),
            f"Class: {escaped(row.class_label)}",
            f"State: {escaped(row.state_letter)}  {wrapped(row.state_label)}",
            f"<i>{wrapped(row.reason)}</i>",
        ]
    )


def _persons(persons: int, total: int) -> str:
    if not persons:
        return "No personnel under this selection"
    if total < SMALLEST_FOR_PER_CENT:
        return f"{per_cent(persons, total) or count(persons)} persons"
    return f"{count(persons)} of {count(total)} persons ({per_cent(persons, total)})"
