"""The rules for numbers in words."""

import pytest

from dashboard.edition import wording


@pytest.mark.parametrize(
    ("n", "total", "text"),
    [
        (6521, 92511, "7 per cent (6,521 of 92,511)"),
        (0, 50, "0 per cent (0 of 50)"),
        (50, 50, "100 per cent (50 of 50)"),
        (3, 7, "3 of 7"),
        (9, 9, "9 of 9"),
        (5, 10, "50 per cent (5 of 10)"),
        (1, 1000, "less than 1 per cent (1 of 1,000)"),
        (999, 1000, "more than 99 per cent (999 of 1,000)"),
        (125, 1000, "13 per cent (125 of 1,000)"),
    ],
)
def test_a_share_stands_beside_its_n_and_has_no_percentage_below_ten(n, total, text):
    assert wording.share(n, total) == text


def test_there_is_no_percentage_to_be_had_below_ten():
    with pytest.raises(ValueError, match="of 9"):
        wording.whole_per_cent(3, 9)


@pytest.mark.parametrize(
    ("low", "high", "total", "text"),
    [(7, 85, 100, "between 7 and 85 per cent"), (3, 5, 7, "between 3 and 5 of 7")],
)
def test_bounds_follow_the_same_rule(low, high, total, text):
    assert wording.span(low, high, total) == text


def test_a_tight_column_may_use_the_sign():
    assert wording.share_in_table(6521, 92511) == "7% (6,521 of 92,511)"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "no gaps"), (1, "one gap"), (9, "nine gaps"), (10, "10 gaps"), (1200, "1,200 gaps")],
)
def test_counts_below_ten_are_words_and_larger_ones_are_never_abbreviated(number, text):
    assert wording.quantity(number, "gap") == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["Egypt"], "Egypt"),
        (["Pakistan", "Egypt"], "Pakistan and Egypt"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and one other"),
        (["A", "B", "C", "D", "E"], "A, B, C and two others"),
    ],
)
def test_a_list_of_names_stays_grammatical(names, text):
    assert wording.listing(names) == text


def test_a_date_is_written_as_people_read_it():
    assert wording.long_date("2018-01-31") == "31 January 2018"
    assert wording.long_date("2018-02-01") == "1 February 2018"
