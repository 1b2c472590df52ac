"""Colours, text and layers in the form that deck.gl takes."""

import html
import re
from typing import Any

from pydeck import Layer

FONT = "Helvetica, Arial, sans-serif"
_TAGS = re.compile(r"</?[bi]>")


def rgba(colour: str, alpha: int = 255) -> list[int]:
    """[red, green, blue, alpha], each 0 to 255, of "#144372" or "rgba(128,134,142,0.4)"."""
    if colour.startswith("#"):
        return [*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), alpha]
    red, green, blue, share = colour[colour.index("(") + 1 : -1].split(",")
    return [int(red), int(green), int(blue), round(float(share) * 255)]


def plain(hover: str) -> str:
    """A hover box of `labels` as plain text in lines. Its data is escaped, so tags are ours."""
    return inert(html.unescape(_TAGS.sub("", hover.replace("<br>", "\n"))))


def inert(text: str) -> str:
    """`text` that deck.gl does not take for an expression: those begin with @@."""
    return f" {text}" if text.startswith("@@") else text


def layer(type: str, id: str, data: list[Any], **more: Any) -> Layer:
    """A layer that cannot be pointed at, unless `pickable` is given."""
    return Layer(type, data, id=id, **{"pickable": False, **more})
