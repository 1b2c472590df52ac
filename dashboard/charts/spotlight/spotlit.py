"""A country that stands out in whatever chart it is drawn in.

Its own rows get an outline and a bold name; where a mark stands for many countries, the part that
it is in gets the outline, and the country its name and number beside it; on a map it gets a ring and
a tag. All other marks keep their look. How marks say what they stand for: `found`.
"""

import plotly.graph_objects as go

from dashboard.charts.marks.labels import escaped
from dashboard.charts.spotlight import rows
from dashboard.charts.spotlight.drawn_boxes import Box, Drawn, drawn, taken
from dashboard.charts.spotlight.found import Mark, marks
from dashboard.charts.spotlight.on_map import ringed
from dashboard.charts.spotlight.pen import Margin, Pen
from dashboard.charts.typeset.slide import LEAST_TYPE, smallest_type
from dashboard.edition.wording import count
from dashboard.measures.spotlight import Spotlight

# Of the smallest type of a slide: what a tag has at most, as the words of most charts.
LARGER = 1.25


def spotlit(chart: go.Figure, light: Spotlight) -> go.Figure:
    """The laid out chart (`slide.on_slide`) with the marks of a country emphasised.

    A chart that does not show the country stays as it is.
    """
    plain = chart.to_dict()
    sheet, size = Drawn(plain), smallest_type(plain)
    pen = Pen(size / LEAST_TYPE, min(plain["layout"]["font"]["size"], LARGER * size))
    if "geo" in plain["layout"]:
        plain["data"] = [*plain["data"], *ringed(sheet, light, pen)]
    else:
        _on_bars(sheet, light, pen)
    if not pen.shapes:
        return chart
    layout = plain["layout"]
    plain["layout"] = layout | {
        "shapes": [*layout.get("shapes", ()), *pen.shapes],
        "annotations": [*layout.get("annotations", ()), *pen.notes],
    }
    return go.Figure(plain, _validate=False)


def _on_bars(sheet: Drawn, light: Spotlight, pen: Pen) -> None:
    found = marks(sheet, light)
    own = [mark for mark in found if mark.part is None]
    rows.own_rows(sheet, light, [mark for mark in own if mark.lies], pen)
    standing = [mark for mark in own if not mark.lies]
    parts = [mark for mark in found if mark.part is not None]
    if not standing and not parts:
        return
    room = Margin(sheet.page, taken(sheet), drawn(sheet))
    _step(light, standing, pen, room)
    silent = rows.parts_of_rows(sheet, light, [m for m in parts if m.lies], pen, room)
    upright = [mark for mark in parts if not mark.lies]
    for mark in upright:
        pen.outline(mark.box)
    # A tag names one place; on many rows the outlines speak for themselves.
    if len(parts) == 1 and (silent or upright):
        _tagged(_here(light, parts[0]), parts[0].box, pen, room)


def _step(light: Spotlight, found: list[Mark], pen: Pen, room: Margin) -> None:
    """Bars that stand: each with an outline, the highest with a tag."""
    for mark in found:
        pen.outline(mark.box)
    if found:
        highest = max(found, key=lambda mark: mark.box.top)
        _tagged(f"{escaped(light.name)}: step {count(highest.place)}", highest.box, pen, room)


def _here(light: Spotlight, mark: Mark) -> str:
    number = mark.part.number if mark.part else None
    is_here = f"{escaped(light.name)} is here"
    return is_here if number is None else f"{is_here}: {count(number)}"


def _tagged(text: str, target: Box, pen: Pen, room: Margin) -> None:
    """A tag in its target, in two lines where that takes it; else beside it, over marks at last."""
    forms = (text, text.replace(" is here", "<br>is here"), text.replace(": ", ":<br>"))
    ways = (
        room.inside,
        lambda *place: room.near(*place, pen.times),
        lambda *place: room.near(*place, pen.times, over_marks=True),
    )
    for way in ways:
        for form in forms:
            box = way(target, pen.tag_size(form))
            if box:
                pen.tag(form, box, target)
                room.take(box)
                return
