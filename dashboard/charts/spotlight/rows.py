"""A country in charts of rows: its own row, and the rows of many countries that it is in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from dashboard.charts.marks.labels import axis_name, count, escaped
from dashboard.charts.marks.letters import width
from dashboard.charts.spotlight.drawn_boxes import Box, Drawn
from dashboard.charts.spotlight.found import Mark, own_codes, with_numbers
from dashboard.charts.spotlight.pen import Margin, Pen, bold
from dashboard.measures.spotlight import Spotlight

AIR = 8.0  # px between a row and its outline, at most
BESIDE = 14.0  # px between words on a row
# How a row names the country: in full, as at an axis, by its number alone.
NAME, SHORT, NUMBER = FORMS = ("name", "short", "number")
_BOLD = re.compile(r"</?b>|</?span[^>]*>")

Plain = dict[str, Any]


# --- rows of the country itself -------------------------------------------------------------------


@dataclass
class _Row:
    """A row of the country; `pitch`: px of the height of a row, 0 when not known."""

    code: str
    axis: str
    box: Box
    pitch: float = 0.0


def own_rows(sheet: Drawn, light: Spotlight, found: Sequence[Mark], pen: Pen) -> None:
    """Outlines round the rows of the country. Changes the figure: their names become bold."""
    rows: dict[tuple[str, float], _Row] = {}
    for mark in found:
        key = mark.axis, round(mark.place, 3)
        rows.setdefault(key, _Row(mark.code, mark.axis, mark.box))
    for (axis, place), row in rows.items():
        _whole(sheet, axis, place, row)
        _with_name(sheet, axis, place, row)
    outlined = [*rows.values()]
    for note in sheet.layout.get("annotations", ()):
        if note.get("name") in own_codes(light):
            _with_words(sheet, note, outlined)
    for row in outlined:
        pen.outline(_outline(sheet, row, pen))


def _whole(sheet: Drawn, axis: str, place: float, row: _Row) -> None:
    """Takes in all bars of a row with their numbers: cells that are empty have no code."""
    for trace in sheet.plain["data"]:
        if trace["type"] == "bar" and (trace.get("yaxis") or "y") == axis:
            for at, box in zip(trace["y"], with_numbers(sheet, trace), strict=True):
                if box and round(at, 3) == place:
                    row.box = row.box.joined(box)


def _with_name(sheet: Drawn, axis: str, place: float, row: _Row) -> None:
    """Takes in the name at the axis, which becomes bold where it has room."""
    found = sheet.layout[f"yaxis{axis[1:]}"]
    places = [round(at, 3) for at in found.get("tickvals") or ()]
    if place not in places or found.get("visible") is False:
        return
    at = places.index(place)
    names = sheet.names(axis)
    row.pitch = _pitch(sheet, axis, places)
    texts = list(found["ticktext"])
    plain, size = _BOLD.sub("", texts[at]), sheet.type_of(axis)
    for text in (bold(plain), f"<b>{texts[at]}</b>"):
        left = names[at].right - width(text, size)
        if left >= _free_from(sheet, axis) + BESIDE / 2:
            texts[at] = text
            found["ticktext"] = texts
            row.box = row.box.joined(names[at]).joined(Box(left, *_rest(names[at])))
            return
    row.box = row.box.joined(names[at])


def _rest(box: Box) -> tuple[float, float, float]:
    return box.foot, box.right, box.top


def _pitch(sheet: Drawn, axis: str, places: Sequence[float]) -> float:
    """Px from one row to the next."""
    gaps = [abs(b - a) for a, b in pairwise(places)]
    return abs(sheet.px(axis, min(gaps)) - sheet.px(axis, 0)) if gaps else 0.0


def _free_from(sheet: Drawn, axis: str) -> float:
    """Where the room for the names of a column begins: at the edge, or behind another column."""
    edge = sheet.page.left
    if axis == "y":
        return edge
    others = [
        box.right
        for trace in sheet.plain["data"]
        if trace["type"] == "bar" and (trace.get("yaxis") or "y") == "y"
        for box in with_numbers(sheet, trace)
        if box
    ]
    return max(others, default=edge)


def _with_words(sheet: Drawn, note: Plain, rows: list[_Row]) -> None:
    """Takes in the words above a bar, which become bold; a bar without length has words alone."""
    axis, size = note.get("yref") or "y", note["font"]["size"]
    end = sheet.ends(f"x{axis[1:]}")[1]
    text = bold(_BOLD.sub("", note["text"]))
    if sheet.words(note).left + width(text, size) <= end:
        note["text"] = text
    box = sheet.words(note)
    for row in rows:
        if (row.code, row.axis) == (note["name"], axis):
            row.box = row.box.joined(box)
            return
    rows.append(_Row(note["name"], axis, box))


def _outline(sheet: Drawn, row: _Row, pen: Pen) -> Box:
    """The box of an outline: midway between its row and the next, and inside the page."""
    page, up = sheet.page, AIR * pen.times
    if row.pitch:
        up = max(0.0, min(up, (row.pitch - (row.box.top - row.box.foot)) / 2))
    inside = page.grown(-4 * pen.times)
    return row.box.grown(AIR * pen.times, up).between(inside.left, inside.right)


# --- rows of many countries -----------------------------------------------------------------------


def parts_of_rows(
    sheet: Drawn, light: Spotlight, found: Sequence[Mark], pen: Pen, room: Margin
) -> list[Mark]:
    """Outlines round the segments that the country is in, and its number on the row of each.

    Returns those that found no room for words.
    """
    rows = list(_by_row(found))
    for mark in rows:
        pen.outline(mark.box)
    # All rows say it in the same form: the longest for which all have room.
    forms = [[_form(sheet, light, mark, form, pen, room) for mark in rows] for form in FORMS]
    chosen = next((form for form in forms if all(form)), forms[-1])
    for form in filter(None, chosen):
        pen.words(form.text, form.box.right, form.line)
        room.take(form.box)
    return [mark for mark, form in zip(rows, chosen, strict=True) if not form]


def _by_row(found: Sequence[Mark]) -> Iterator[Mark]:
    """One mark a row: where a country is in several segments, the box round all."""
    rows: dict[tuple[str, float], Mark] = {}
    for mark in found:
        key = mark.axis, round(mark.place, 3)
        box = rows[key].box.joined(mark.box) if key in rows else mark.box
        rows[key] = replace(mark, box=box)
    yield from rows.values()


@dataclass(frozen=True)
class _Words:
    """Words, where they stand, and the annotation on whose line they do."""

    text: str
    box: Box
    line: Plain


def _form(
    sheet: Drawn, light: Spotlight, mark: Mark, form: str, pen: Pen, room: Margin
) -> _Words | None:
    """Words at the end of a line of a row; None where no line has room."""
    end = sheet.ends(f"x{mark.axis[1:]}")[1]
    text = _said(light, mark, form)
    for line in _lines(sheet, mark):
        own, size = sheet.words(line), line["font"]["size"]
        box = Box(end - width(bold(text), size), own.foot, end, own.top)
        beside = Box(box.left - BESIDE * pen.times, box.foot, end, box.top)
        if room.is_free(beside, over_marks=True):
            return _Words(text, box, line)
    return None


def _said(light: Spotlight, mark: Mark, form: str) -> str:
    """Name and number, escaped; the name alone where no number is to be named."""
    number = mark.part.number if mark.part else None
    if form == NUMBER and number is not None:
        return count(number)
    name = escaped(light.name) if form == NAME else axis_name(light.iso3, light.name)
    return name if number is None else f"{name}: {count(number)}"


def _lines(sheet: Drawn, mark: Mark) -> list[Plain]:
    """The annotations that say what a bar is: one above it and one below it, where there are.

    Two bars may have one code: the words of each are nearest to it.
    """
    middle = mark.box.middle[1]
    away = [
        (sheet.words(note).middle[1] - middle, note)
        for note in sheet.layout.get("annotations", ())
        if note.get("name") == mark.code and note.get("yref") == mark.axis
    ]
    sides = ([one for one in away if one[0] > 0], [one for one in away if one[0] < 0])
    return [min(side, key=lambda one: abs(one[0]))[1] for side in sides if side]
