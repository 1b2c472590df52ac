"""What a picture of a slide gives the eye: contrast of words, and legends that can be told apart."""

import io

import numpy as np
from PIL import Image

# Of the pixels of a line of text: the part that its letters cover at the least, without their edges.
INKED = 0.02
# Two fills are one to the eye when both their colour and its variation are about the same (of 1).
ALIKE = 0.06


def colours(picture: bytes) -> np.ndarray:
    """Every pixel of a PNG: rows x columns x red, green, blue, 0 to 1."""
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255


def brightness(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG 2.2) of pixels: rows x columns, 0 to 1."""
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


def look(pixels: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    """Mean colour of a swatch and how much it varies, over all and from column to column and from row
    to row, its outline aside: twelve numbers, 0 to 1."""
    left, top, right, bottom = box
    inset = 0.18 * (right - left)
    inside = pixels[
        round(top + inset) : round(bottom - inset), round(left + inset) : round(right - inset)
    ]
    across, down = inside.mean(axis=0), inside.mean(axis=1)
    whole = inside.mean(axis=(0, 1)), inside.std(axis=(0, 1))
    return np.concatenate([*whole, across.std(axis=0), down.std(axis=0)])


def are_alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two looks cannot be told apart."""
    return bool(np.abs(one - other).max() < ALIKE)


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
