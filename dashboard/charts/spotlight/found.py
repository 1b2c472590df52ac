"""Which bars of a laid out figure stand for a country, alone or among others.

A mark says what it stands for: `customdata` begins with its code (the ISO3 of a country, the code
of a centre). Where a mark stands for many countries, `meta` of its trace says of what kind the codes
are ("of": `measures.spotlight.KINDS`) and how the marks of the trace are drawn ("mark").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.marks.letters import width
from dashboard.charts.spotlight.drawn_boxes import Box, Drawn
from dashboard.measures.spotlight import Part, Spotlight, together

BESIDE_BAR = 6  # px between a bar and the number at its end
REST = ("", "rest")  # codes of a row that stands for all that have none of their own
ALONE = ("country", "centre")  # kinds of marks that stand for one country


@dataclass(frozen=True)
class Mark:
    """A bar of the country. `axis` and `place`: where its row is (the y axis of a bar that lies on
    its side, else the x axis). `code`: of what it stands for; `part`: what the country is in that
    (None: it is the country's alone)."""

    box: Box
    axis: str
    place: float
    lies: bool
    code: str = ""
    part: Part | None = None


def own_codes(light: Spotlight) -> frozenset[str]:
    """Every code that stands for the country alone."""
    return frozenset(code for kind in ALONE for code in light.marks.get(kind, ()))


def marks(sheet: Drawn, light: Spotlight) -> list[Mark]:
    """The bars of the country, from first to last trace."""
    own = own_codes(light)
    bars = [trace for trace in sheet.plain["data"] if trace["type"] == "bar"]
    parts = _parts(bars, light)
    return [mark for trace in bars for mark in _of_trace(sheet, trace, own, parts)]


def _parts(bars: Sequence[Mapping[str, Any]], light: Spotlight) -> dict[str, Mapping[str, Part]]:
    """What the country is in the rows of each kind; those without a row are in that of the rest."""
    shown: dict[str, set[str | None]] = {}
    for trace in bars:
        of, drawn_as = _meaning(trace)
        if of:
            shown.setdefault(of, set()).update(_codes(trace, drawn_as))
    found = {}
    for of, codes in shown.items():
        parts = light.within(of)
        rest = [part for code, part in parts.items() if code not in codes]
        found[of] = {**parts, **(dict.fromkeys(REST, together(of, rest)) if rest else {})}
    return found


def _meaning(trace: Mapping[str, Any]) -> tuple[str, str]:
    """Of what kind the codes of a trace are, and how its marks are drawn."""
    meta = trace.get("meta") or {}
    return meta.get("of") or "", meta.get("mark") or ""


def _of_trace(
    sheet: Drawn,
    trace: Mapping[str, Any],
    own: frozenset[str],
    within: Mapping[str, Mapping[str, Part]],
) -> Iterator[Mark]:
    of, drawn_as = _meaning(trace)
    parts = within.get(of, {})
    codes = _codes(trace, drawn_as)
    if not any(code in own or code in parts for code in codes):
        return
    lies = trace.get("orientation") == "h"
    axis = (trace.get("yaxis") or "y") if lies else (trace.get("xaxis") or "x")
    boxes = with_numbers(sheet, trace)
    for code, place, box in zip(codes, trace[axis[0]], boxes, strict=True):
        if box is None:
            continue
        if code in own:
            yield Mark(box, axis, place, lies, code)
        elif code in parts and parts[code].mark in ("", drawn_as or code):
            yield Mark(box, axis, place, lies, code or REST[-1], parts[code])


def _codes(trace: Mapping[str, Any], drawn_as: str) -> list[str | None]:
    """The code of each mark of a trace; one without codes stands for how it is drawn, if for
    anything. Empty in a row that stands for all the rest."""
    given = trace.get("customdata")
    if given is None:
        return [drawn_as or None] * len(trace.get("x") or ())
    return [str(one[0]) if len(one) else "" for one in given]


def with_numbers(sheet: Drawn, trace: Mapping[str, Any]) -> list[Box | None]:
    """The boxes of the bars of a trace, each with the number that stands at its end."""
    boxes = sheet.bars(trace)
    if trace.get("textposition") != "outside":
        return boxes
    size = (trace.get("textfont") or {}).get("size") or sheet.layout["font"]["size"]
    return [
        box and Box(box.left, box.foot, box.right + BESIDE_BAR + width(text, size), box.top)
        for box, text in zip(boxes, trace["text"], strict=True)
    ]
