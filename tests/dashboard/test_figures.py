"""Figures: findings computed from numbers, and the words that every figure carries."""

import re

import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.figures import catalogue
from dashboard.figures.asks import asks
from dashboard.figures.country import country

NAMES = {"AAA": "Pakistan", "BBB": "Egypt", "CCC": "Nepal", "DDD": "India", "EEE": "Ghana"}
LEVELS = {
    "gap": ("related", "curriculum"),
    "covered": ("module", "curriculum"),
    "partial": ("related", "news-report"),
}

# Figures that say something about countries or courses where nobody is deployed.
WITHOUT_PERSONNEL = {
    "world",
    "centres-map",
    "language-courses",
    "country-levels",
    "indicators",
    "indicator-languages",
    "found",
    "agreement",
}
# Figures that need what this edition does not have: conversations, a plan, police.
WAIT_FOR_MORE = {"conversations", "plan", "missions-police"}
# Figures whose numbers are differences of shares, or that have nothing to count here.
WITHOUT_SHARES = {"moves", "missions-police"}


def _tables(edition, classes, **content):
    """Countries AAA, BBB, ... with these classes, the first the largest contributor."""
    courses = [
        (iso3, dict(zip(("cmcoord_level", "evidence_type"), LEVELS[name], strict=True)))
        for iso3, name in zip(NAMES, classes, strict=False)
        if name in LEVELS
    ]
    persons = {iso3: 100 - n for n, (iso3, _) in enumerate(zip(NAMES, classes, strict=False))}
    return edition(courses=courses, persons=persons or {"QQQ": 0}, names=NAMES, **content)


def _title(tables, id, **options):
    return catalogue.figure(id, tables, default_selection(tables), **options).title


@pytest.mark.parametrize(
    ("classes", "title"),
    [
        (
            ["partial", "unknown", "covered"],
            "No established gap among the three largest contributors; "
            "one covered, one partial, one unknown",
        ),
        (
            ["gap", "partial"],
            "Pakistan is the only established gap among the two largest contributors",
        ),
        (
            ["gap", "gap", "partial"],
            "Pakistan and Egypt are the only established gaps among the three largest contributors",
        ),
        (
            ["gap", "gap", "gap", "partial"],
            "Pakistan, Egypt and Nepal are the only established gaps "
            "among the four largest contributors",
        ),
        (
            ["gap", "gap", "gap", "gap", "partial"],
            "Four of the five largest contributors are established gaps",
        ),
        (["gap", "gap"], "Both of the two largest contributors are established gaps"),
        (["gap", "gap", "gap"], "All of the three largest contributors are established gaps"),
        (["gap"], "The only contributor, Pakistan: gap"),
        (["partial"], "The only contributor, Pakistan: partial"),
        ([], "No contributor under these filters"),
    ],
)
def test_the_finding_about_gaps_stays_grammatical(edition, classes, title):
    assert _title(_tables(edition, classes), "contributors") == title


@pytest.mark.parametrize(
    ("classes", "title"),
    [
        (["gap", "gap"], "Module or higher documented for none of the two largest contributors"),
        (
            ["covered", "gap"],
            "Module or higher documented for one of the two largest contributors: Pakistan",
        ),
        (["covered"] * 5, "Module or higher documented for all of the five largest contributors"),
        (
            ["covered"] * 4 + ["gap"],
            "Module or higher documented for four of the five largest contributors: "
            "Pakistan, Egypt, Nepal and one other",
        ),
        (["covered"], "Module or higher documented for the only contributor, Pakistan"),
        (["gap"], "Module or higher not documented for the only contributor, Pakistan"),
        ([], "No contributor under these filters"),
    ],
)
def test_the_finding_about_levels_stays_grammatical(edition, classes, title):
    assert _title(_tables(edition, classes), "levels") == title


@pytest.mark.parametrize(
    ("classes", "title"),
    [
        (["covered"], "All personnel come from countries where the content is documented"),
        (["unknown"], "For all personnel the evidence leaves it open"),
        (
            ["gap", "covered"],
            "An established gap for 50 per cent of personnel; nothing is left open",
        ),
        (
            ["covered", "partial"],
            "No established gap; for 50 per cent of personnel the evidence leaves it open",
        ),
        (
            ["gap", "partial"],
            "An established gap for 50 per cent of personnel; "
            "for 50 per cent the evidence leaves it open",
        ),
        ([], "No personnel under these filters"),
    ],
)
def test_the_finding_about_coverage_stays_true_at_its_ends(edition, classes, title):
    assert _title(_tables(edition, classes), "coverage") == title


@pytest.mark.parametrize(
    ("classes", "title"),
    [
        (
            ["gap", "covered", "partial"],
            "1 of 3 contributing countries covered, 1 established gap; "
            "for 1 the evidence leaves it open",
        ),
        ([], "No country contributes personnel under these filters"),
    ],
)
def test_the_finding_of_the_map_counts_contributing_countries(edition, classes, title):
    assert _title(_tables(edition, classes), "world") == title


@pytest.fixture
def mixed(edition):
    return _tables(edition, ["gap", "covered", "partial", "unknown"])


@pytest.mark.parametrize("id", catalogue.CATALOGUE)
def test_every_figure_carries_its_words(mixed, id):
    figure = catalogue.figure(id, mixed, default_selection(mixed))

    assert figure.id == id
    assert re.search(r"(^|· )n = [\d,]+ ", figure.subtitle)
    assert "as of 31 January 2018 · threshold: Module or higher" in figure.subtitle
    assert figure.source == (
        "Personnel report of January; Tiny edition tiny (review as of 28 February 2018)."
    )
    assert figure.statement == "Invented for tests: tiny."
    assert figure.note and figure.title.rstrip(".") in figure.alt
    if id not in WAIT_FOR_MORE:
        assert figure.empty == ""


@pytest.mark.parametrize("id", ["coverage", "contributors", "levels", "world"])
def test_a_figure_about_personnel_counts_all_of_it(mixed, id):
    figure = catalogue.figure(id, mixed, default_selection(mixed))

    assert "n = 394 persons from 4 contributing countries" in figure.subtitle


@pytest.mark.parametrize("id", catalogue.CATALOGUE)
def test_a_figure_for_a_file_has_its_words_inside(mixed, id):
    figure = catalogue.figure(id, mixed, default_selection(mixed))

    words = figure.chart.layout.meta["words"]

    assert (words["title"], words["source"], words["alt"], words["statement"]) == (
        figure.title,
        figure.source,
        figure.alt,
        figure.statement,
    )


@pytest.mark.parametrize("id", catalogue.CATALOGUE)
def test_numbers_have_stable_names_of_their_own(mixed, id):
    numbers = catalogue.figure(id, mixed, default_selection(mixed)).numbers

    assert len({number.id for number in numbers}) == len(numbers)
    assert numbers or id in WITHOUT_SHARES
    assert all(number.id.startswith(f"{id}.") for number in numbers)
    shares = [(number.value, number.n / number.N) for number in numbers if number.N]
    assert all(value == pytest.approx(share) for value, share in shares)


@pytest.mark.parametrize("id", catalogue.CATALOGUE)
def test_a_figure_without_personnel_says_what_to_loosen(mixed, id):
    nobody = Selection("tiny", "2018-01-31", personnel="police")

    figure = catalogue.figure(id, mixed, nobody)

    if id not in WITHOUT_PERSONNEL | {"conversations"}:
        assert "o country contributes police personnel" in figure.empty
        assert "Choose other personnel" in figure.empty


def test_the_chart_and_the_table_of_contributors_say_the_same(mixed):
    figure = catalogue.figure("contributors", mixed, default_selection(mixed), top=3)

    bars = [trace for trace in figure.screen.data if trace.type == "bar"]
    drawn = {int(value) for bar in bars for value in bar.x or () if value}
    assert drawn == set(figure.table["persons"])
    assert list(figure.table["rank"]) == [1, 2, 3]


def test_the_rows_behind_a_figure_are_the_courses_of_its_countries(mixed):
    figure = catalogue.figure("contributors", mixed, default_selection(mixed), top=2)

    assert list(figure.rows["country_iso3"]) == ["BBB", "AAA"]


def test_each_class_is_asked_its_own_thing(mixed):
    groups = {ask.country_class: ask for ask in asks(mixed, default_selection(mixed))}

    assert [ask.action for ask in groups.values()] == [
        "Ask of covered",
        "Ask of gap",
        "Ask of partial",
        "Ask of unknown",
    ]
    assert (groups["gap"].countries, groups["gap"].largest) == ("1 country", "Pakistan")
    assert groups["gap"].persons == "25 per cent (100 of 394)"


def test_unknown_keeps_its_three_states_apart(mixed):
    unknown = asks(mixed, default_selection(mixed))[-1]

    assert unknown.parts == (
        "?  Not documented: 0 countries, 0 persons",
        "N  No course: 0 countries, 0 persons",
        "–  Not reviewed: 1 country, 97 persons",
    )


@pytest.mark.parametrize(
    ("content", "choice", "reason", "next_step"),
    [
        (
            {"reviewed": ["AAA"]},
            {},
            "In the review, but no course is recorded.",
            "A question to the country",
        ),
        (
            {"courses": [("AAA", {"course_type": "academic"})]},
            {"course_types": ("pre-deployment",)},
            "In the review, but no course matches the filters.",
            "Loosen the filters",
        ),
        ({}, {}, "Contributes personnel, but is not in the review.", "A search"),
        (
            {"courses": [("AAA", {"cmcoord_level": "not-documented", "evidence_type": "other"})]},
            {},
            "No curriculum was found for its only course.",
            "A question to the centre",
        ),
    ],
)
def test_a_country_without_content_says_which_state_and_what_to_do(
    edition, content, choice, reason, next_step
):
    tables = edition(persons={"AAA": 20}, **content)

    one = country(tables, Selection("tiny", "2018-01-31", **choice), "AAA")

    assert one.reason == reason
    assert one.next_step.startswith(next_step)


def test_a_country_outside_the_selection_says_so(edition):
    tables = edition(persons={"AAA": 20, "BBB": 1})

    one = country(tables, Selection("tiny", "2018-01-31", personnel="police"), "AAA")

    assert "no personnel under these filters" in one.reason
    assert one.rows.empty
