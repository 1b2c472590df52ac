"""An order in which similar rows stand beside each other, so that the blocks of a matrix show.

The distance between two rows is that of Ruzicka (also called weighted Jaccard): one minus the sum
of the smaller over the sum of the larger values, place by place. It is 0 for equal rows and 1 for
rows that share nothing; that both are empty in a place does not make two rows alike.

The order is a short path through all rows: from one end of the furthest pair always to the nearest
row, then improved by turning round the stretch that shortens the path most, until none does
(2-opt). It is a good order, not proven to be the best, and the same for the same rows.
"""

import numpy as np

# Less than this is rounding, not an improvement.
SMALLEST_GAIN = 1e-9


def seriate(rows: np.ndarray) -> list[int]:
    """Positions of the rows of a matrix (values 0 or more) in their new order.

    Rows that are equal stand together, in the order given. Of the two directions, the one whose
    first half holds more (the sum of all values) is taken, so that the fuller rows come first.
    """
    values, member_of = np.unique(rows, axis=0, return_inverse=True)
    member_of = member_of.ravel()
    path = _towards_less(_improved(_nearest_first(distances(values)), distances(values)), values)
    return [int(row) for one in path for row in np.flatnonzero(member_of == one)]


def distances(rows: np.ndarray) -> np.ndarray:
    """Distance of Ruzicka (0 to 1) between all pairs of rows; two empty rows are equal."""
    smaller = np.minimum(rows[:, None, :], rows[None, :, :]).sum(axis=2, dtype="float64")
    larger = np.maximum(rows[:, None, :], rows[None, :, :]).sum(axis=2, dtype="float64")
    shared = np.divide(smaller, larger, out=np.ones_like(smaller), where=larger > 0)
    return 1 - shared


def length(distance: np.ndarray, path: list[int]) -> float:
    """Sum of the distances between neighbours on a path."""
    return float(distance[path[:-1], path[1:]].sum())


def _nearest_first(distance: np.ndarray) -> list[int]:
    """A path from one end of the furthest pair, always on to the nearest row that is left."""
    if not len(distance):
        return []
    here = int(np.unravel_index(distance.argmax(), distance.shape)[0])
    path, left = [here], np.ones(len(distance), dtype=bool)
    left[here] = False
    while left.any():
        here = int(np.where(left, distance[here], np.inf).argmin())
        left[here] = False
        path.append(here)
    return path


def _improved(path: list[int], distance: np.ndarray) -> list[int]:
    """The path after every turn of a stretch that makes it shorter, the best turn first."""
    number = len(path)
    # A place beside both ends, at no distance to any row: turning round an end costs nothing there.
    padded = np.pad(distance, (0, 1))
    while number > 2:
        stops = np.array([number, *path, number])
        before, first = stops[:-2, None], stops[1:-1, None]
        last, after = stops[None, 1:-1], stops[None, 2:]
        change = (
            padded[before, last]
            + padded[first, after]
            - padded[before, first]
            - padded[last, after]
        )
        change[np.tril_indices(number)] = 0
        start, end = np.unravel_index(change.argmin(), change.shape)
        if change[start, end] > -SMALLEST_GAIN:
            break
        path = [*path[:start], *path[start : end + 1][::-1], *path[end + 1 :]]
    return path


def _towards_less(path: list[int], values: np.ndarray) -> list[int]:
    sums = values.sum(axis=1)[path]
    half = len(path) // 2
    return path[::-1] if sums[len(path) - half :].sum() > sums[:half].sum() else path
