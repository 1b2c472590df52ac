"""What a report is made of, and how a link names it."""

import pytest

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import default_selection
from dashboard.exports.parts import Part
from dashboard.figures import catalogue
from dashboard.views.wishes import (
    DEFAULT_SHEET,
    NO_PARTS,
    SUGGESTED,
    Wish,
    in_link,
    understood_parts,
    wishes,
)


@pytest.fixture
def figure(edition):
    tables = edition(courses=[("AAA", {})], persons={"AAA": 50})
    return catalogue.figure("coverage", tables, default_selection(tables))


def test_a_part_prints_the_finding_until_somebody_edits_the_title(figure):
    assert Part(figure, "a4").heading == figure.title
    assert Part(figure, "a4", title="  Mine ").heading == "Mine"
    assert Part(figure, "a4", title="   ").heading == figure.title


def test_an_empty_text_of_a_link_is_the_suggestion_and_none_is_none():
    assert [wish.id for wish in wishes("")] == list(SUGGESTED)
    assert wishes(NO_PARTS) == ()
    assert DEFAULT_SHEET in SHEETS


@pytest.mark.parametrize("text", ["", NO_PARTS, "coverage", "matrix:slide,coverage"])
def test_figures_of_a_link_are_written_as_they_were_read(text):
    assert in_link(wishes(text)) == text


def test_the_order_of_a_link_is_the_order_of_the_report():
    assert wishes("matrix:slide,coverage") == (Wish("matrix", "slide"), Wish("coverage"))


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("coverage,pie,world", "coverage,world"),
        ("coverage:poster", ""),
        ("coverage,coverage:slide", "coverage"),
        ("none,coverage", "coverage"),
        (",,", ""),
    ],
)
def test_what_is_not_there_is_not_understood_and_a_figure_comes_once(asked, understood):
    assert understood_parts(asked) == understood
