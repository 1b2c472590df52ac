"""The text of the active filters, made in one place."""

import pytest

from dashboard.edition.selection import Selection, default_selection, describe, file_name

FILTERED = Selection(
    "tiny",
    "2018-01-31",
    personnel="police",
    missions=("MINX", "MINY"),
    threshold="cimic",
    course_types=("pre-deployment", "academic"),
    audiences=("police",),
    languages=("fr",),
    providers=("police-academy",),
    years=(2010, 2014),
)


def test_without_a_choice_the_text_says_who_when_and_from_which_level(edition):
    tables = edition(persons={"AAA": 1})

    assert describe(default_selection(tables), tables.package) == (
        "All uniformed personnel, as of 31 January 2018 · threshold: Module or higher"
    )


def test_every_active_filter_stands_in_the_text_by_name(edition):
    package = edition(persons={"AAA": 1}).package

    assert describe(FILTERED, package) == (
        "Police personnel, as of 31 January 2018 · missions: MINX and MINY "
        "· threshold: Cimic or higher · course type: Pre deployment or Academic "
        "· audience: Police · language: Fr · provider: Police academy · years: 2010 to 2014 "
        "· courses with unknown course type, audience, language, provider or years are left out"
    )


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"years": (2014, 2014)}, "years: 2014 "),
        ({"threshold": "dedicated"}, "threshold: Dedicated"),
        ({"personnel": "staff-officers"}, "Staff officers, as of"),
    ],
)
def test_the_text_has_no_needless_words(edition, choice, words):
    package = edition(persons={"AAA": 1}).package

    assert words in describe(Selection("tiny", "2018-01-31", **choice), package) + " "


def test_two_equal_choices_are_one_selection():
    assert Selection("a", "2018-01-31") == Selection("a", "2018-01-31")
    assert len({Selection("a", "2018-01-31"), Selection("a", "2018-01-31")}) == 1


def test_only_filters_on_courses_filter_courses():
    assert FILTERED.filters_courses
    assert not Selection("a", "2018-01-31", personnel="police", threshold="cimic").filters_courses


def test_a_file_name_carries_the_filters():
    selection = Selection("tiny", "2018-01-31", audiences=("police",), years=(2010, 2014))

    assert file_name(selection, "levels") == (
        "levels_tiny_2018-01-31_all_module_audiences-police_years-2010-2014"
    )


@pytest.mark.parametrize("edition_code", ["../../etc", "a b/c", "ünï", "x" * 500])
def test_a_file_name_is_safe_whatever_the_edition_is_called(edition_code):
    name = file_name(Selection(edition_code, "2018-01-31"), "levels")

    assert "/" not in name and " " not in name and name.isascii() and len(name) <= 120
