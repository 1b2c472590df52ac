"""Measure 1: coverage of deployed personnel and its bounds."""

import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.coverage import DRAWING_ORDER, coverage

ONE_OF_EACH = [
    ("COV", {"cmcoord_level": "module"}),
    ("GAP", {"cmcoord_level": "related", "evidence_type": "curriculum"}),
    ("PAR", {"cmcoord_level": "related", "evidence_type": "news-report"}),
    ("UNK", {"cmcoord_level": "not-documented", "evidence_type": "news-report"}),
]


@pytest.fixture
def four(edition):
    """Of 100: 29 covered, 29 gap, 20 partial, 10 not documented, 5 no course, 7 not reviewed."""
    persons = {"COV": 29, "GAP": 29, "PAR": 20, "UNK": 10, "NOC": 5, "NRV": 7}
    return edition(courses=ONE_OF_EACH, persons=persons, reviewed=["NOC"])


def test_the_lower_bound_is_what_is_documented(four):
    result = coverage(four, default_selection(four))

    assert (result.n, result.lower, result.N) == (29, 29, 100)


def test_the_upper_bound_counts_everything_but_established_gaps(four):
    assert coverage(four, default_selection(four)).upper == 71


def test_the_sentence_gives_share_n_and_both_bounds(four):
    assert coverage(four, default_selection(four)).sentence == (
        "29 per cent documented (29 of 100); between 29 and 71 per cent, "
        "because for the rest nothing rules it out"
    )


def test_the_classes_stand_from_documented_to_ruled_out_and_add_up(four):
    classes = coverage(four, default_selection(four)).classes

    assert tuple(classes["country_class"]) == DRAWING_ORDER
    assert list(classes["persons"]) == [29, 20, 22, 29]
    assert classes["share"].sum() == pytest.approx(1)


def test_unknown_is_split_into_its_three_states_and_nothing_else_is(four):
    segments = coverage(four, default_selection(four)).segments

    unknown = segments[segments["country_class"] == "unknown"]
    assert dict(zip(unknown["state"], unknown["persons"], strict=True)) == {
        "not-documented": 10,
        "no-course": 5,
        "not-reviewed": 7,
    }
    assert set(segments.loc[segments["country_class"] != "unknown", "state"]) == {""}
    assert segments["persons"].sum() == 100


@pytest.mark.parametrize(
    ("persons", "sentence"),
    [
        (
            {"COV": 3, "PAR": 2, "GAP": 2},
            "3 of 7 documented; between 3 and 5 of 7, because for the rest nothing rules it out",
        ),
        ({"COV": 50}, "100 per cent documented (50 of 50); nothing is left open"),
        (
            {"COV": 30, "GAP": 70},
            "30 per cent documented (30 of 100); nothing is left open, "
            "because for the rest a gap is established",
        ),
        ({}, "No personnel under these filters"),
    ],
)
def test_the_sentence_holds_for_small_closed_and_empty_populations(edition, persons, sentence):
    tables = edition(courses=ONE_OF_EACH, persons=persons, later={"COV": 1})

    assert coverage(tables, Selection("tiny", "2018-01-31")).sentence == sentence


def test_only_the_chosen_date_and_personnel_count(edition):
    tables = edition(
        courses=ONE_OF_EACH, persons={"COV": 20, ("COV", "individual-police"): 4}, later={"COV": 9}
    )

    police = coverage(tables, Selection("tiny", "2018-01-31", personnel="police"))
    later = coverage(tables, Selection("tiny", "2018-02-28"))

    assert (police.N, later.N) == (4, 9)
