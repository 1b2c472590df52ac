"""A figure with larger or smaller type, whatever it is written on."""

import re
from collections.abc import Mapping
from typing import Any

from dashboard.charts.marks.look import PAPER
from dashboard.charts.marks.sheets import SMALLEST_TYPE

ROUNDING = 0.01  # px
_SIZE_IN_TEXT = re.compile(r"font-size:([\d.]+)px")


def with_type(part: Any, type: float, key: str = "") -> Any:
    """The figure (as a dict) with its type `type` times as large, but nothing below 8 points."""
    if isinstance(part, dict):
        grown = {name: with_type(value, type, name) for name, value in part.items()}
        if key.endswith("font") and "size" in grown:
            grown["size"] = _grown(grown["size"], type)
        if key == "marker" and "symbol" in grown and "size" in grown:
            grown["size"] = _scaled(grown["size"], type)
        if key == "uniformtext":
            grown["minsize"] = _grown(grown["minsize"], type) - ROUNDING
        for shift in ("xshift", "yshift"):
            if shift in grown:
                grown[shift] *= type
        return grown
    if isinstance(part, str) and "font-size:" in part:
        return _SIZE_IN_TEXT.sub(
            lambda found: f"font-size:{_grown(float(found[1]), type):g}px", part
        )
    return [with_type(one, type) for one in part] if isinstance(part, list | tuple) else part


def _grown(size: Any, type: float) -> Any:
    if isinstance(size, list | tuple):
        return [_grown(one, type) for one in size]
    return max(SMALLEST_TYPE, size * type)


def _scaled(size: Any, type: float) -> Any:
    return [one * type for one in size] if isinstance(size, list | tuple) else size * type


# px in any part of a figure, and px where the part is one of these.
_ALWAYS = {
    "xshift",
    "yshift",
    "borderpad",
    "entrywidth",
    "ticklabelstandoff",
    "standoff",
    "minsize",
    "linewidth",
    "gridwidth",
    "tickwidth",
    "ticklen",
    "borderwidth",
    "countrywidth",
    "coastlinewidth",
    "tracegroupgap",
    "arrowwidth",
    "cornerradius",
    "maxheight",
}
_IN: Mapping[str, set[str]] = {
    "width": {"line", "error_x", "error_y", "layout"},
    "height": {"layout"},
    "dash": {"line"},
    "size": {"font", "marker", "pattern"},
    "l": {"margin", "pad"},
    "r": {"margin", "pad"},
    "t": {"margin", "pad"},
    "b": {"margin", "pad"},
    "pad": {"margin"},
}
# Ends of a shape whose size is in px.
_ENDS = {"x0", "x1", "y0", "y1"}
_DASH = re.compile(r"([\d.]+)px")
_NUMBER = re.compile(r"-?\d+\.?\d*")
# Not looked into: the template is shared, and meta holds words.
_LEFT = {"template", "meta"}


def at_size(plain: Mapping[str, Any], times: float) -> dict[str, Any]:
    """The figure (as a dict) with every length in px `times` as long."""
    data = [_magnified(trace, times, "trace") for trace in plain["data"]]
    return {**plain, "data": data, "layout": _magnified(plain["layout"], times, "layout")}


def _magnified(part: Any, times: float, inside: str) -> Any:
    if isinstance(part, Mapping):
        if part.get("xsizemode") == "pixel" or part.get("ysizemode") == "pixel":
            part = _shape(part, times)
        return {name: _value(value, times, name, inside) for name, value in part.items()}
    if isinstance(part, str) and "font-size:" in part:
        return _SIZE_IN_TEXT.sub(lambda found: f"font-size:{float(found[1]) * times:g}px", part)
    if isinstance(part, list | tuple) and part and isinstance(part[0], Mapping | str | list):
        return [_magnified(one, times, inside) for one in part]
    return part


def _value(value: Any, times: float, name: str, inside: str) -> Any:
    if name in _LEFT:
        return value
    if name in _ALWAYS or inside in _IN.get(name, ()):
        if name == "dash":
            return _DASH.sub(lambda found: f"{float(found[1]) * times:g}px", value)
        if name == "ticklabelstandoff":  # Plotly takes whole px alone
            return round(value * times)
        if not isinstance(value, Mapping):
            return _times(value, times)
    kind = "font" if name.endswith("font") else name
    return _magnified(value, times, kind)


def _times(value: Any, times: float) -> Any:
    if isinstance(value, list | tuple):
        return [_times(one, times) for one in value]
    return value * times if isinstance(value, int | float) else value


def _shape(shape: Mapping[str, Any], times: float) -> dict[str, Any]:
    grown = {name: value * times if name in _ENDS else value for name, value in shape.items()}
    if "path" in grown:
        grown["path"] = _NUMBER.sub(lambda found: f"{float(found[0]) * times:g}", grown["path"])
    return grown


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
