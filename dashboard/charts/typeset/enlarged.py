"""A figure with larger or smaller type, whatever it is written on."""

import re
from typing import Any

from dashboard.charts.marks.sheets import SMALLEST_TYPE

ROUNDING = 0.01  # px
_SIZE_IN_TEXT = re.compile(r"font-size:([\d.]+)px")


def enlarged(part: Any, type: float, key: str = "") -> Any:
    """The figure (as a dict) with its type `type` times as large, but nothing below 8 points."""
    if isinstance(part, dict):
        grown = {name: enlarged(value, type, name) for name, value in part.items()}
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
    return [enlarged(one, type) for one in part] if isinstance(part, list | tuple) else part


def _grown(size: Any, type: float) -> Any:
    if isinstance(size, list | tuple):
        return [_grown(one, type) for one in size]
    return max(SMALLEST_TYPE, size * type)


def _scaled(size: Any, type: float) -> Any:
    return [one * type for one in size] if isinstance(size, list | tuple) else size * type
