"""The sizes that a figure leaves in. Pixels here are CSS pixels, 96 to an inch, as in a browser."""

from collections.abc import Mapping
from dataclasses import dataclass

PIXELS_PER_INCH = 96
MILLIMETRES_PER_INCH = 25.4
# Eight points, the smallest type of a figure in print.
SMALLEST_TYPE = 8 * PIXELS_PER_INCH / 72
PRINT_PPI, SLIDE_PPI = 300, 144
# The type of most charts on screen, in px; on no sheet does it go below 8 points.
CHART_TYPE = 12


class DoesNotFit(Exception):
    """A figure is too big for a sheet; the message says which and what to choose instead."""


@dataclass(frozen=True)
class Paper:
    """A size to lay a figure out on. Without a height it is as high as the figure needs.

    `ppi`: pixels of a PNG to an inch of paper or slide. `title`, `subtitle`, `foot`: sizes of type.
    `chart`: how much larger than on screen the type of the chart may be: a slide is read from afar.
    """

    label: str
    width: float
    height: float | None
    ppi: int
    title: float
    subtitle: float
    foot: float
    pad: float
    chart: float = 1.0

    @property
    def scale(self) -> float:
        """Pixels of a PNG to a CSS pixel."""
        return self.ppi / PIXELS_PER_INCH


def _millimetres(mm: float) -> float:
    return mm / MILLIMETRES_PER_INCH * PIXELS_PER_INCH


# A slide is 13.33 by 7.5 inches, as presentation programs have it: 1920 by 1080 pixels at 144 ppi.
SLIDE = Paper("Slide, 1920 × 1080", 1280, 720, SLIDE_PPI, 26, 16, 12, 32, 1.35)
HALF_SLIDE = Paper("Half slide, 960 × 1080", 640, 720, SLIDE_PPI, 20, 13, 11, 24, 1.15)
PAGE_WIDE = Paper("A4 page width, 170 mm", _millimetres(170), None, PRINT_PPI, 18, 12, 11, 12)
COLUMN = Paper(
    "A4 column, 80 mm", _millimetres(80), None, PRINT_PPI, 14, 11, 11, 6, SMALLEST_TYPE / CHART_TYPE
)
SQUARE = Paper("Square, 1080 × 1080", 720, 720, SLIDE_PPI, 22, 14, 11, 24, 1.15)

SHEETS: Mapping[str, Paper] = {
    "slide": SLIDE,
    "half-slide": HALF_SLIDE,
    "a4": PAGE_WIDE,
    "a4-column": COLUMN,
    "square": SQUARE,
}
