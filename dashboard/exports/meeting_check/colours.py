"""Colours as the eye tells them apart: contrast (WCAG 2.2), and what greyscale leaves of them."""

import re

Colour = tuple[float, float, float]  # red, green, blue, 0 to 255
_HEX = re.compile(r"#([0-9a-fA-F]{6})")


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1: what greyscale leaves of a colour."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def of_hex(text: object) -> Colour | None:
    """The colour of "#1F69B3"; None for anything else."""
    found = _HEX.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    red, green, blue = (int(found[1][place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue
