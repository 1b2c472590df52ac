"""Every figure by id. A new figure is one module and one line here; nothing else lists them."""

from collections.abc import Callable, Mapping

from dashboard.figures.contributors import contributors_figure, level_matrix_figure
from dashboard.figures.coverage import coverage_figure
from dashboard.figures.figure import Figure
from dashboard.figures.world import world_figure
from dashboard.selection import Selection
from dashboard.tables import Tables

CATALOGUE: Mapping[str, Callable[..., Figure]] = {
    "coverage": coverage_figure,
    "contributors": contributors_figure,
    "levels": level_matrix_figure,
    "world": world_figure,
}


def figure(id: str, tables: Tables, selection: Selection, **options: int) -> Figure:
    """The figure `id` under a selection; `options` are its own (for example `top`).

    Raises KeyError for an id that the catalogue does not have.
    """
    return CATALOGUE[id](tables, selection, **options)
