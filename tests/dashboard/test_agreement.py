"""Measure 11: words that suggest a level, and the agreement with the coding."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.agreement import agreement, cohens_kappa, suggested_levels
from dashboard.measures.level_words import MEANINGS, find, listed, topic_meanings


def test_kappa_and_its_interval_agree_with_the_textbook():
    """Fleiss, Statistical methods for rates and proportions, table 18.1: kappa 0.68, SE 0.088."""
    kappa = cohens_kappa(np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]]))

    assert kappa.value == pytest.approx(0.6765, abs=1e-4)
    assert (kappa.low, kappa.high) == pytest.approx((0.5046, 0.8484), abs=1e-4)


def test_kappa_agrees_with_a_hand_computed_table():
    """Of 50: agreed 35 (0.7), by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5, so (0.7 - 0.5) / 0.5."""
    assert cohens_kappa(np.array([[20, 5], [10, 15]])).value == pytest.approx(0.4)


def test_full_agreement_is_one_and_agreement_by_chance_nought():
    assert cohens_kappa(np.diag([6, 8])).value == pytest.approx(1)
    assert cohens_kappa(np.array([[5, 5], [5, 5]])).value == pytest.approx(0)


@pytest.mark.parametrize("counts", [np.diag([4, 5]), np.diag([20, 0]), np.zeros((2, 2))])
def test_there_is_no_kappa_of_few_courses_or_of_one_level(counts):
    assert cohens_kappa(counts) is None


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_lies_in_its_interval_and_does_not_depend_on_who_codes_first(rows):
    counts = np.array(rows)
    kappa, turned = cohens_kappa(counts), cohens_kappa(counts.T)

    assert (kappa is None) == (turned is None)
    if kappa is not None:
        assert -1 <= kappa.low <= kappa.value <= kappa.high <= 1 + 1e-12
        assert turned.value == pytest.approx(kappa.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("UN-CMCoord course", {"un-cmcoord"}),
        ("Coordination humanitaire civilo-militaire", {"un-cmcoord"}),
        ("Curso de coordinación cívico-militar", {"cimic"}),
        ("Cours de COOPÉRATION CIVILO-MILITAIRE", {"cimic"}),
        ("Principios humanitarios", {"related"}),
        ("droit international humanitaire", {"related"}),
        ("nothing humanitarian", set()),
        ("no humanitarian or civil-military content", set()),
        ("UN-CMCoord is not named; CIMIC is", {"cimic"}),
        ("without CIMIC. Humanitarian principles", {"related"}),
        ("cimicry and ihls", set()),
        ("", set()),
    ],
)
def test_words_are_matched_whole_in_three_languages_unless_negated(text, words):
    assert set(find([text])["meaning"]) == words


def test_each_text_keeps_its_own_words():
    found = find(["CIMIC", "no\nhumanitarian", "IHL; CMCoord"])

    assert list(zip(found["text"], found["word"], strict=True)) == [
        (0, "CIMIC"),
        (2, "IHL"),
        (2, "CMCoord"),
    ]


def test_the_list_of_words_is_readable_and_its_topics_are_known(edition):
    tables = edition()

    assert {row["means"] for row in listed()} >= set(MEANINGS)
    assert set(topic_meanings()) - {"humanitarian-principles"} <= set(
        tables.package.codes("topics")
    )


RULES = [
    ({"course_title": "UN-CMCoord course"}, "dedicated", "“CMCoord” in the title"),
    ({"course_title_local": "Coordination civilo-militaire humanitaire"}, "dedicated", "title"),
    ({"evidence": "One session on UN-CMCoord."}, "module", "“CMCoord” in the evidence"),
    ({"topics": ("un-cmcoord",)}, "module", "topic “Un cmcoord”"),
    ({"course_title": "CIMIC course"}, "cimic", "“CIMIC” in the title"),
    ({"topics": ("ihl", "medical")}, "related", "topic “Ihl”"),
    ({"evidence_type": "course-page"}, "none-found", "no word of the list"),
    ({"evidence_type": "news-report"}, "not-documented", "no word of the list"),
    ({"evidence": "", "evidence_type": "curriculum"}, "not-documented", "no word of the list"),
]


@pytest.mark.parametrize(("fields", "level", "because"), RULES)
def test_the_first_rule_that_fits_suggests_the_level_and_says_which_word(
    edition, fields, level, because
):
    row = suggested_levels(edition(courses=[("AAA", fields)])).iloc[0]

    assert row["suggested"] == level and because in row["because"]


@pytest.mark.parametrize("coded", ["dedicated", "none-found", "not-documented"])
@pytest.mark.parametrize("kind", ["curriculum", "news-report", ""])
def test_the_suggestion_does_not_look_at_the_coded_level(edition, coded, kind):
    """Also where the kind of evidence is empty, and "read whole" follows from the coding."""
    fields = {"evidence_type": kind}
    one, other = (
        suggested_levels(edition(name=name, courses=[("AAA", fields | {"cmcoord_level": level})]))
        for name, level in (("one", coded), ("other", "related"))
    )

    assert list(one["suggested"]) == list(other["suggested"])


@pytest.fixture
def ten(edition):
    same = [("AAA", {"course_title": f"CIMIC {n}", "cmcoord_level": "cimic"}) for n in range(8)]
    return edition(
        courses=[
            *same,
            ("BBB", {"course_title": "CIMIC course", "cmcoord_level": "related"}),
            ("CCC", {"course_title": "UN-CMCoord", "cmcoord_level": "cimic"}),
        ],
        persons={"AAA": 5},
    )


def test_the_table_adds_up_to_the_courses(ten):
    result = agreement(ten, default_selection(ten))

    assert (result.n, result.agreed) == (10, 8)
    assert result.table["courses"].sum() == result.n
    assert len(result.again) == result.n - result.agreed


def test_what_lies_across_the_threshold_stands_first_in_the_list(ten):
    assert list(agreement(ten, default_selection(ten)).again["country_iso3"]) == ["CCC", "BBB"]


def test_only_considered_courses_are_compared(ten):
    result = agreement(ten, Selection("tiny", "2018-01-31", course_types=("academic",)))

    assert (result.n, result.agreed, result.kappa) == (0, 0, None)
    assert result.again.empty


def test_the_coding_stays_as_it_is(ten):
    before = ten.courses.copy()
    agreement(ten, default_selection(ten))

    assert ten.courses.equals(before)
