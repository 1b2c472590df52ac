"""What a picture of a slide gives the eye: contrast of words, and legends that can be told apart."""

import io

import numpy as np
from PIL import Image

# Of the pixels of a line of text: the part that its letters cover at the least, without their edges.
INKED = 0.02
# Two fills are one to the eye when both their brightness and its variation are about the same.
ALIKE = 0.035


def brightness(picture: bytes) -> np.ndarray:
    """Relative luminance (WCAG 2.2) of every pixel of a PNG: rows x columns, 0 to 1."""
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(light: np.ndarray, box: tuple[float, float, float, float]) -> float:
    """Contrast between the letters of a line of text and what is behind most of it."""
    left, top, right, bottom = (round(edge) for edge in box)
    seen = light[max(top, 0) : bottom, max(left, 0) : right].ravel()
    counts, edges = np.histogram(seen, bins=64, range=(0, 1))
    behind = edges[counts.argmax()] + 1 / 128
    ordered = np.sort(seen)
    darkest, lightest = ordered[int(INKED * len(seen))], ordered[int((1 - INKED) * len(seen)) - 1]
    return max(_ratio(behind, darkest), _ratio(behind, lightest))


def look(light: np.ndarray, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Mean brightness of a swatch and how much it varies, its outline aside."""
    left, top, right, bottom = box
    inset = 0.18 * (right - left)
    inside = light[round(top + inset) : round(bottom - inset),
                   round(left + inset) : round(right - inset)]  # fmt: skip
    return float(inside.mean()), float(inside.std())


def are_alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two looks cannot be told apart."""
    return all(abs(a - b) < ALIKE for a, b in zip(one, other, strict=True))


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
