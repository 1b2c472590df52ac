"""Lines that a bad projector still shows: none too fine, and none that hides what it surrounds."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.marks.look import PAPER

LEAST = 0.9  # px of the sheet of a slide: two on a screen of 1920 px
# A bar that is not this many times as long as its outline is wide is drawn without one.
SHORT = 5

Plain = Mapping[str, Any]


def without_hairlines(plain: Plain) -> dict[str, Any]:
    """The laid out figure (as a dict) with every line strong enough, and short bars all of colour."""
    data = [_without_edges(trace, plain["layout"]) for trace in plain["data"]]
    layout = {name: _stronger(part) for name, part in plain["layout"].items() if name != "template"}
    template = {"template": plain["layout"]["template"]} if "template" in plain["layout"] else {}
    return {**plain, "data": _stronger(data), "layout": layout | template}


def _stronger(part: Any, inside: str = "") -> Any:
    if isinstance(part, Mapping):
        return {
            name: _wide(value) if _is_width(name, inside) else _stronger(value, name)
            for name, value in part.items()
        }
    if isinstance(part, list | tuple) and part and isinstance(part[0], Mapping):
        return [_stronger(one, inside) for one in part]
    return part


def _is_width(name: str, inside: str) -> bool:
    return name == "countrywidth" or (name == "width" and inside == "line")


def _wide(width: Any) -> Any:
    if isinstance(width, list | tuple):
        return [_wide(one) for one in width]
    return max(LEAST, width) if width else width


def _without_edges(trace: Plain, layout: Plain) -> Plain:
    """A white outline parts bars from each other and from a dark page; it would eat a short one."""
    marker = trace.get("marker") or {}
    line = marker.get("line") or {}
    is_bar = trace.get("orientation") == "h" and any(trace["x"])
    if not is_bar or line.get("color") != PAPER or not line.get("width"):
        return trace
    pace = _pace(trace, layout)
    widths = [
        0 if abs(length or 0) * pace < SHORT * line["width"] else line["width"]
        for length in trace["x"]
    ]
    return {**trace, "marker": {**marker, "line": {**line, "width": widths}}}


def _pace(trace: Plain, layout: Plain) -> float:
    """Px of a unit on the x axis of a trace."""
    axis = layout[(trace.get("xaxis") or "x").replace("x", "xaxis")]
    across = layout["width"] - layout["margin"]["l"] - layout["margin"]["r"]
    (start, end), (first, last) = axis.get("domain") or (0, 1), axis["range"]
    return across * (end - start) / abs(last - first)
