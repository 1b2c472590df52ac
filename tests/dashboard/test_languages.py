"""Measure 8: what is documented in which language, and whom that leaves out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.edition.selection import Selection
from dashboard.figures.languages import (
    contributors_in,
    courses_in,
    language_courses_figure,
    languages_figure,
    left_out,
    offered,
)
from dashboard.measures.courses import considered
from dashboard.measures.languages import (
    NOT_RECORDED,
    REST,
    in_language,
    languages,
    largest_languages,
)
from tests.dashboard.chart_frames import legend, validated

CHOICE = Selection("tiny", "2018-01-31")
NEWS = {"evidence_type": "news-report"}


def _course(level, *spoken, **fields):
    return {"cmcoord_level": level, "languages": spoken, **fields}


@pytest.fixture
def tables(edition):
    return edition(
        courses=[
            ("AAA", _course("module", "en")),  # covered in English, an established gap in French
            ("AAA", _course("none-found", "fr")),
            ("BBB", _course("related", "fr", **NEWS)),  # partial in French
            ("CCC", _course("not-documented", "es", **NEWS)),  # open in Spanish
            ("CCC", _course("module", **NEWS)),  # documented, in no recorded language
            ("DDD", _course("related")),  # no language recorded at all
        ],
        persons={"AAA": 50, "BBB": 40, "CCC": 30, "DDD": 20, "EEE": 10},
    )


def _classes(tables, choice=CHOICE):
    rows = languages(tables, choice).countries
    return {(r.country_iso3, r.language): r.country_class for r in rows.itertuples()}


def test_a_country_is_judged_in_each_language_that_its_centres_teach_in(tables):
    assert _classes(tables) == {
        ("AAA", "en"): "covered",
        ("AAA", "fr"): "gap",
        ("BBB", "fr"): "partial",
        ("CCC", "es"): "partial",
        ("DDD", NOT_RECORDED): "gap",
        ("EEE", "not-reviewed"): "unknown",
    }


def test_content_in_no_recorded_language_is_never_counted_as_no_content(tables):
    rows = languages(tables, CHOICE).countries.set_index(["country_iso3", "language"])
    assert rows.at[("CCC", "es"), "reason"] == (
        "Documented in a course whose language is not recorded."
    )


def test_such_content_keeps_even_a_course_read_whole_from_being_a_gap(edition):
    tables = edition(
        courses=[("AAA", _course("none-found", "fr")), ("AAA", _course("dedicated"))],
        persons={"AAA": 9},
    )
    assert _classes(tables) == {("AAA", "fr"): "partial"}


def test_filters_say_which_courses_count_not_which_languages_are_spoken(tables):
    choice = Selection("tiny", "2018-01-31", languages=("en",))
    classes = _classes(tables, choice)
    assert classes[("AAA", "en")] == "covered"
    assert classes[("AAA", "fr")] == classes[("BBB", "fr")] == "unknown"


def test_rows_of_languages_hold_courses_and_contributors(tables):
    rows = languages(tables, CHOICE).languages.set_index("language")

    assert list(rows.index) == ["fr", "en", "es", NOT_RECORDED, "not-reviewed"]
    assert rows.loc["fr", ["courses", "reaching", "countries", "persons", "covered"]].tolist() == [
        2,
        0,
        2,
        90,
        0,
    ]
    assert rows.loc["en", ["courses", "reaching", "persons", "covered"]].tolist() == [1, 1, 50, 50]
    assert rows.loc[NOT_RECORDED, ["courses", "reaching", "persons"]].tolist() == [2, 1, 20]


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
                    "languages": st.sets(st.sampled_from(["en", "fr", "es"])).map(tuple),
                }
            ),
        ),
        max_size=7,
    )
)
def test_every_contributor_and_every_course_stands_somewhere(edition, courses):
    tables = edition(courses=courses, persons={"AAA": 50, "BBB": 30, "DDD": 20})
    result = languages(tables, CHOICE)

    assert set(result.countries["country_iso3"]) == {"AAA", "BBB", "DDD"}
    assert not result.countries.duplicated(["country_iso3", "language"]).any()
    taught = [in_language(tables, CHOICE, code) for code in result.languages["language"]]
    assert [mask.sum() for mask in taught] == result.languages["courses"].tolist()
    assert (sum(taught) > 0).tolist() == considered(tables, CHOICE).tolist()
    assert (result.languages["covered"] <= result.languages["persons"]).all()


def test_the_findings_give_n_of_n(tables):
    assert languages_figure(tables, CHOICE).title == (
        "Module or higher documented in Fr for 0 per cent (0 of 90) "
        "and in En for 100 per cent (50 of 50) of the personnel whose countries teach in it"
    )
    assert language_courses_figure(tables, CHOICE).title == (
        "Courses with Module or higher: one in En and one with no language recorded"
    )
    assert language_courses_figure(tables, CHOICE).subtitle.startswith(
        "n = 6 courses at 6 centres · "
    )


def test_what_is_not_recorded_has_persons_but_no_share(tables):
    notes = validated(languages_figure(tables, CHOICE).draw()).layout.annotations
    texts = [note.text for note in notes]
    assert texts[texts.index("Language not recorded") + 1] == "<b>20</b>"
    assert texts[texts.index("Fr") + 1] == "<b>0 per cent</b>"
    assert texts[texts.index("Fr") + 2] == "0 of 90 persons, 0 of 2 countries"


def test_the_bars_keep_the_classes_and_the_states_apart(tables):
    fig = validated(languages_figure(tables, CHOICE).draw())
    assert legend(fig) == ["Covered", "Gap", "Partial", "<b>–</b>  Not reviewed"]
    drawn = [value for t in fig.data if t.hovertext for value in t.x]
    assert sum(drawn) == 50 + 90 + 30 + 20 + 10


def test_courses_are_drawn_by_level_and_lead_to_their_language(tables):
    fig = validated(language_courses_figure(tables, CHOICE).draw())
    keys = {key[0] for t in fig.data for key in t.customdata or ()}
    assert keys == {"en", "fr", "es", NOT_RECORDED}
    assert sum(value for t in fig.data if t.hovertext for value in t.x) == 6


def test_a_language_leads_to_who_is_left_out_and_to_its_courses(tables):
    rows = contributors_in(tables, CHOICE, "fr")
    assert list(rows["country_iso3"]) == ["AAA", "BBB"]
    assert list(courses_in(tables, CHOICE, "fr")["course_id"]) == ["AAA-1", "BBB-2"]
    assert left_out(tables, CHOICE, "fr") == (
        "Module or higher is documented in it for 0 per cent (0 of 90) of the persons from "
        "two contributors that teach in it."
    )
    assert "no language is recorded" in left_out(tables, CHOICE, NOT_RECORDED)
    assert list(offered(tables, CHOICE)) == ["fr", "en", "es", NOT_RECORDED, "not-reviewed"]


@pytest.mark.parametrize(
    ("content", "choice", "persons", "courses"),
    [
        ({}, CHOICE, "No contributor", "No course is considered"),
        ({"persons": {"AAA": 4}}, CHOICE, "No language is recorded", "No course is considered"),
        (
            {"courses": [("AAA", _course("related", "en"))], "persons": {"AAA": 4}},
            CHOICE,
            "Module or higher documented in En for 0 of 4",
            "documented in no course",
        ),
        (
            {"courses": [("AAA", _course("related", "en"))], "persons": {"AAA": 4}},
            Selection("tiny", "2018-01-31", course_types=("academic",)),
            "Module or higher documented in En for 0 of 4",
            "No course is considered",
        ),
    ],
)
def test_little_or_nothing_left_still_makes_figures(edition, content, choice, persons, courses):
    tables = edition(**content)
    for figure, words in ((languages_figure, persons), (language_courses_figure, courses)):
        made = figure(tables, choice)
        assert words in made.title
        validated(made.draw())


def test_other_languages_count_a_country_once_with_its_best_class_in_any(edition):
    tables = edition(
        courses=[
            ("AAA", _course("related", "en")),
            ("BBB", _course("none-found", "fr")),
            ("BBB", _course("module", "es")),
            ("CCC", _course("related", "es", **NEWS)),
            ("CCC", _course("related", "fr")),
            ("DDD", _course("related")),
        ],
        persons={"AAA": 50, "BBB": 10, "CCC": 5, "DDD": 9, "EEE": 2},
    )
    drawn = largest_languages(tables, CHOICE, 1)
    rows = drawn.languages.set_index("language")

    assert list(rows.index) == ["en", REST, NOT_RECORDED, "not-reviewed"]
    assert rows.loc[
        REST, ["language_label", "countries", "countries_covered", "persons", "covered"]
    ].tolist() == ["2 other languages", 2, 1, 15, 10]
    rest = drawn.countries[drawn.countries["language"] == REST]
    assert dict(zip(rest["country_iso3"], rest["country_class"], strict=True)) == {
        "BBB": "covered",
        "CCC": "gap",
    }


@pytest.mark.parametrize("most", [None, 2, 40])
def test_one_language_alone_is_never_hidden_behind_a_number(tables, most):
    assert largest_languages(tables, CHOICE, most) is languages(tables, CHOICE)


def test_fewer_languages_on_the_chart_leave_title_numbers_and_table_as_they_are(edition):
    courses = [
        (f"AA{letter}", _course("related", language))
        for letter, language in zip("ABC", ("en", "fr", "es"), strict=True)
    ]
    tables = edition(courses=courses, persons={"AAA": 5, "AAB": 4, "AAC": 3})
    every, few = languages_figure(tables, CHOICE), languages_figure(tables, CHOICE, shown="1")

    assert (few.title, few.numbers) == (every.title, every.numbers)
    assert few.table.equals(every.table)
    validated(few.draw())
    assert "2 other languages" in few.draw().to_json()
