"""How much height a chart needs, as its module says it, for the sheets that a file is laid out on.

On a page the height of a chart holds its legend as well, which a phone sets in many lines. A file
gives the legend a room of its own, so it has to know what the plot alone needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

# What a chart may lose and gain when it does not say.
LEAST, MOST = 0.7, 1.6
# Names of annotations: words in a box, and a heading between rows that a file sets a little higher.
BOXED, HEADING = "boxed", "heading"


@dataclass(frozen=True)
class PlotHeight:
    """Heights of a plot in px where its type has the size it has on screen.

    `plot`: as on screen. Below `least` its words run into each other, above `most` it looks
    swollen. `folds`: places on the y axis, from the top, where the rows may go on in a second
    column. `rows`: number of rows of a grid whose cells may need a second line. `with_line`: how
    many times as high the plot is where the words of a row take a line more; 0 when they cannot.
    `box`: width, in units of the x axis, of the boxes whose words are annotations called `BOXED`.
    """

    plot: float
    least: float
    most: float
    folds: tuple[float, ...] = ()
    rows: int = 0
    with_line: float = 0.0
    box: float = 0.0

    def part(self, part: float) -> "PlotHeight":
        """The same for this part of the height."""
        return replace(self, plot=self.plot * part, least=self.least * part, most=self.most * part)


def needs(
    plot: float,
    least: float | None = None,
    most: float | None = None,
    folds: Sequence[float] = (),
    rows: int = 0,
    with_line: float = 0.0,
    box: float = 0.0,
) -> dict[str, Any]:
    """The `meta` of a chart's layout that says what a `Room` says."""
    return {
        "room": {
            "plot": float(plot),
            "least": float(plot * LEAST if least is None else least),
            "most": float(plot * MOST if most is None else most),
            "folds": [float(place) for place in folds],
            "rows": rows,
            "with_line": with_line,
            "box": box,
        }
    }


def height_of_plot(layout: Mapping[str, Any]) -> PlotHeight:
    """What the chart says it needs; from the height of the figure when it says nothing."""
    said = (layout.get("meta") or {}).get("room")
    if said is None:
        margin = layout.get("margin") or {}
        plot = (layout.get("height") or 450) - margin.get("t", 0) - margin.get("b", 0)
        said = needs(plot)["room"]
    return PlotHeight(**{**said, "folds": tuple(said["folds"])})
