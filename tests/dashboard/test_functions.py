"""Measure 10: the functions around UN-CMCoord and the topics that stand for them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.edition.selection import Selection
from dashboard.figures.functions import (
    contributors_with,
    courses_naming,
    function_topics_figure,
    functions_figure,
    offered,
)
from dashboard.measures.functions import functions
from tests.dashboard.chart_frames import legend, validated

CHOICE = Selection("tiny", "2018-01-31")
NEWS = {"evidence_type": "news-report"}


@pytest.fixture
def tables(edition):
    return edition(
        courses=[
            ("AAA", {"topics": ("ihl", "cimic"), "cmcoord_level": "cimic"}),
            ("AAA", {"topics": ("ihl",)}),
            ("BBB", {"topics": ("protection-of-civilians",), **NEWS}),
            (
                "CCC",
                {
                    "cmcoord_level": "not-documented",
                    "topics": ("medical",),
                    "evidence_type": "course-page",
                },
            ),
        ],
        persons={"AAA": 50, "BBB": 30, "CCC": 15, "DDD": 5},
    )


def _class_of(tables, theme, choice=CHOICE):
    rows = functions(tables, choice).countries
    rows = rows[rows["theme"] == theme]
    return dict(zip(rows["country_iso3"], rows["country_class"], strict=True))


def test_a_topic_is_documented_where_a_course_names_it(tables):
    themes = functions(tables, CHOICE).themes.set_index("theme")
    columns = ["courses", "countries", "persons", "all_persons"]

    assert themes.loc["ihl", columns].tolist() == [2, 1, 50, 100]
    assert themes.loc["protection", columns].tolist() == [3, 2, 80, 100]
    assert themes.loc["protection.protection-of-civilians", columns].tolist() == [1, 1, 30, 100]
    assert themes.loc["medical-teams", columns].tolist() == [1, 1, 15, 100]


def test_un_cmcoord_and_cimic_are_never_counted_as_one(tables):
    themes = functions(tables, CHOICE).themes
    own = themes[themes["function"] == "un-cmcoord"]
    assert list(own["theme"]) == ["un-cmcoord.un-cmcoord", "un-cmcoord.cimic"]
    assert list(own["persons"]) == [0, 50]


def test_a_topic_counts_in_each_function_that_it_stands_for(tables):
    themes = set(functions(tables, CHOICE).themes["theme"])
    assert {"access", "armed-groups", "ihl", "protection.ihl"} <= themes


def test_only_a_course_read_whole_establishes_that_a_topic_is_not_named(tables):
    assert _class_of(tables, "access") == {
        "AAA": "gap",
        "BBB": "partial",
        "CCC": "unknown",
        "DDD": "unknown",
    }


def test_a_course_that_is_not_documented_says_nothing_either_way(tables):
    rows = functions(tables, CHOICE).countries
    row = rows[(rows["theme"] == "ihl") & (rows["country_iso3"] == "CCC")].iloc[0]
    assert (row["country_class"], row["state"]) == ("unknown", "not-documented")


def test_the_kinds_of_unknown_stay_apart(tables):
    choice = Selection("tiny", "2018-01-31", course_types=("academic",))
    rows = functions(tables, choice).countries
    rows = rows[rows["theme"] == "ihl"]
    assert dict(zip(rows["country_iso3"], rows["state"], strict=True)) == {
        "AAA": "no-course",
        "BBB": "no-course",
        "CCC": "no-course",
        "DDD": "not-reviewed",
    }


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["AAA", "BBB", "CCC"]),
            st.fixed_dictionaries(
                {
                    "cmcoord_level": st.sampled_from(["module", "related", "not-documented"]),
                    "evidence_type": st.sampled_from(["curriculum", "news-report"]),
                    "topics": st.sets(
                        st.sampled_from(["ihl", "protection-of-civilians", "cimic", "medical"])
                    ).map(tuple),
                }
            ),
        ),
        max_size=7,
    )
)
def test_a_function_holds_each_of_its_topics_and_all_personnel_has_one_class(edition, courses):
    tables = edition(courses=courses, persons={"AAA": 50, "BBB": 30, "DDD": 20})
    result = functions(tables, CHOICE)
    themes = result.themes.set_index("theme")

    for theme in themes.itertuples():
        rows = result.countries[result.countries["theme"] == theme.Index]
        assert rows["persons"].sum() == theme.all_persons == 100
        assert theme.persons + theme.gap <= 100
        if theme.topic and theme.function in themes.index:
            assert theme.persons <= themes.at[theme.function, "persons"]
            assert theme.courses <= themes.at[theme.function, "courses"]
            assert theme.gap >= themes.at[theme.function, "gap"]


def test_the_finding_names_the_most_and_the_least_documented(tables):
    assert functions_figure(tables, CHOICE).title == (
        "Protection is documented for 80 per cent (80 of 100) of personnel, "
        "Security for 0 per cent (0 of 100)"
    )


def test_numbers_carry_their_bounds(tables):
    numbers = {number.id: number for number in functions_figure(tables, CHOICE).numbers}
    access = numbers["functions.access"]
    assert (access.n, access.N, access.lower, access.upper) == (0, 100, 0, 50)


def test_bars_are_of_one_length_and_lead_to_their_theme(tables):
    fig = validated(functions_figure(tables, CHOICE).draw())
    drawn = [
        (key[0], value)
        for t in fig.data
        if t.hovertext
        for key, value in zip(t.customdata, t.x, strict=True)
    ]
    for theme in ("access", "ihl", "un-cmcoord.cimic"):
        assert sum(value for key, value in drawn if key == theme) == 100
    assert legend(fig)[-2:] == ["<b>?</b>  Not documented", "<b>–</b>  Not reviewed"]


def test_topics_stand_under_their_function(tables):
    fig = function_topics_figure(tables, CHOICE).draw()
    texts = [note.text for note in fig.layout.annotations]
    assert texts[:2] == ["<b>Un cmcoord</b>", "<b>Protection</b>"]
    assert "80 persons, two countries, three courses" not in texts
    assert "30 persons, one country, one course" in texts


def test_a_theme_leads_to_its_contributors_and_its_courses(tables):
    assert list(courses_naming(tables, CHOICE, "ihl")["course_id"]) == ["AAA-0", "AAA-1"]
    rows = contributors_with(tables, CHOICE, "access")
    assert list(rows["country_iso3"]) == ["AAA", "BBB", "CCC", "DDD"]
    assert rows["stands"].iloc[0] == "A course was read whole, none names it"
    assert offered(tables, CHOICE)["un-cmcoord.cimic"] == "Un cmcoord: Cimic"


def test_nobody_and_no_vocabulary_still_make_figures(edition):
    for content, choice, words in (
        ({}, CHOICE, "No contributor under these filters"),
        ({"persons": {"AAA": 4}}, CHOICE, "None of these topics is documented"),
    ):
        figure = functions_figure(edition(**content), choice)
        assert figure.title.startswith(words)
        validated(figure.draw())


def test_an_edition_without_the_vocabulary_says_so(edition):
    tables = edition(courses=[("AAA", {})], persons={"AAA": 4})
    vocabularies = {**tables.package.content["vocabularies"], "functions": []}
    content = {**tables.package.content, "vocabularies": vocabularies}
    object.__setattr__(tables, "package", type(tables.package)(content))

    for figure in (functions_figure(tables, CHOICE), function_topics_figure(tables, CHOICE)):
        assert figure.empty == "This edition has no vocabulary of functions."
        assert figure.table.empty and figure.numbers == ()
        validated(figure.draw())
    assert offered(tables, CHOICE) == {}
