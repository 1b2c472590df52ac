"""The order in which similar rows stand together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.measures.seriation import distances, length, seriate

SCORES = arrays(
    np.int64, st.tuples(st.integers(1, 12), st.integers(1, 5)), elements=st.integers(0, 6)
)


def banded(number: int) -> np.ndarray:
    """Rows in which each shares something with its neighbours alone."""
    rows = np.zeros((number, number + 2), dtype=int)
    for n in range(number):
        rows[n, n : n + 3] = 1
    return rows


@given(SCORES)
def test_every_row_has_one_place(rows):
    assert sorted(seriate(rows)) == list(range(len(rows)))


@given(SCORES)
def test_the_same_rows_always_stand_in_the_same_order(rows):
    assert seriate(rows) == seriate(rows.copy())


@given(SCORES)
def test_equal_rows_stand_together_in_the_order_given(rows):
    order = seriate(rows)
    for row in np.unique(rows, axis=0):
        members = np.flatnonzero((rows == row).all(axis=1))
        places = [order.index(member) for member in members]
        assert places == list(range(places[0], places[0] + len(members)))


@given(SCORES)
def test_no_turn_of_a_stretch_makes_the_path_shorter(rows):
    rows = np.unique(rows, axis=0)
    path, distance = seriate(rows), distances(rows)
    for start in range(len(path)):
        for end in range(start + 1, len(path)):
            turned = [*path[:start], *path[start : end + 1][::-1], *path[end + 1 :]]
            assert length(distance, path) <= length(distance, turned) + 1e-6


@given(SCORES)
def test_the_distance_is_symmetric_and_between_none_and_all(rows):
    distance = distances(rows)
    assert (distance == distance.T).all()
    assert ((distance >= 0) & (distance <= 1)).all()
    assert not distance.diagonal().any()


@pytest.mark.parametrize("seed", range(5))
def test_a_shuffled_band_is_found_again(seed):
    rows = banded(14)
    shuffled = np.random.default_rng(seed).permutation(14)

    found = [int(shuffled[place]) for place in seriate(rows[shuffled])]

    assert found in (list(range(14)), list(range(14))[::-1])


def test_two_blocks_do_not_mix():
    rows = np.array([[3, 3, 0, 0], [0, 0, 2, 2], [3, 2, 0, 0], [0, 0, 1, 2]])
    assert [row % 2 for row in seriate(rows)] in ([0, 0, 1, 1], [1, 1, 0, 0])


def test_the_fuller_rows_come_first():
    rows = np.array([[1, 0, 0], [1, 1, 0], [6, 6, 6], [1, 1, 1]])
    assert seriate(rows)[0] == 2


@pytest.mark.parametrize("rows", [np.zeros((0, 3), int), np.zeros((1, 3), int), np.zeros((4, 0))])
def test_nothing_to_put_in_order_stays_as_it_is(rows):
    assert seriate(rows) == list(range(len(rows)))
