"""A laid out figure at another size: everything that Plotly measures in px, and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

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
_SIZE_IN_TEXT = re.compile(r"font-size:([\d.]+)px")
_DASH = re.compile(r"([\d.]+)px")
_NUMBER = re.compile(r"-?\d+\.?\d*")
# Not looked into: the template is shared, and meta holds words.
_LEFT = {"template", "meta"}


def magnified(plain: Mapping[str, Any], times: float) -> dict[str, Any]:
    """The figure (as a dict) with every length in px `times` as long."""
    data = [_grown(trace, times, "trace") for trace in plain["data"]]
    return {**plain, "data": data, "layout": _grown(plain["layout"], times, "layout")}


def _grown(part: Any, times: float, inside: str) -> Any:
    if isinstance(part, Mapping):
        if part.get("xsizemode") == "pixel" or part.get("ysizemode") == "pixel":
            part = _shape(part, times)
        return {name: _value(value, times, name, inside) for name, value in part.items()}
    if isinstance(part, str) and "font-size:" in part:
        return _SIZE_IN_TEXT.sub(lambda found: f"font-size:{float(found[1]) * times:g}px", part)
    if isinstance(part, list | tuple) and part and isinstance(part[0], Mapping | str | list):
        return [_grown(one, times, inside) for one in part]
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
    return _grown(value, times, kind)


def _times(value: Any, times: float) -> Any:
    if isinstance(value, list | tuple):
        return [_times(one, times) for one in value]
    return value * times if isinstance(value, int | float) else value


def _shape(shape: Mapping[str, Any], times: float) -> dict[str, Any]:
    grown = {name: value * times if name in _ENDS else value for name, value in shape.items()}
    if "path" in grown:
        grown["path"] = _NUMBER.sub(lambda found: f"{float(found[0]) * times:g}", grown["path"])
    return grown
