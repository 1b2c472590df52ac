"""Open questions: one for each hole, to the one who can tell, most personnel first."""

import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.questions import PRIORITIES, QUESTION_COLUMNS, open_questions

# A course of which nothing is missing: read whole, dated, with audience and language.
COMPLETE = {
    "cmcoord_level": "module",
    "evidence_type": "curriculum",
    "audiences": ("military",),
    "languages": ("en",),
    "year_from": "2017",
    "year_to": "2017",
    "duration_days_min": "5",
    "duration_days_max": "5",
}


def _asked(edition, *, iso3="AAA", persons=None, **fields):
    tables = edition(courses=[("AAA", COMPLETE | fields)], persons=persons or {"AAA": 9})
    return open_questions(tables, default_selection(tables), iso3)


def test_nothing_is_asked_where_nothing_is_missing(edition):
    frame = _asked(edition)

    assert frame.empty
    assert tuple(frame.columns) == QUESTION_COLUMNS


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        (
            {"cmcoord_level": "not-documented", "evidence_type": "news-report"},
            "cmcoord_level",
            "No curriculum of “Course 0” was found.",
        ),
        (
            {"cmcoord_level": "not-documented", "evidence_type": "course-page"},
            "cmcoord_level",
            "too thin to judge",
        ),
        (
            {"cmcoord_level": "cimic", "evidence_type": "news-report"},
            "evidence_type",
            "Only a part was seen (news report); level so far: Cimic.",
        ),
        (
            {"cmcoord_level": "cimic"},
            "cmcoord_level",
            "cover more of UN-CMCoord than is published? Read whole, it shows: Cimic.",
        ),
        ({"audiences": ()}, "audience", "Who takes “Course 0”"),
        ({"languages": ()}, "language", "In which language"),
        ({"duration_days_min": "", "duration_days_max": ""}, "duration", "How many days"),
        ({"year_from": "", "year_to": ""}, "year", "When was “Course 0” last given?"),
        (
            {"year_from": "2009", "year_to": "2012"},
            "year",
            "still given? The newest year on record is 2012.",
        ),
    ],
)
def test_each_hole_is_one_question_with_the_name_of_what_is_missing(edition, fields, field, said):
    frame = _asked(edition, **fields)

    assert list(frame["field"]) == [field]
    assert said in frame["question"].item()
    assert frame["question"].item().count("?") == 1


@pytest.mark.parametrize("years", [("2013", "2013"), ("2009", ""), ("", "2018")])
def test_a_course_that_may_well_run_today_is_not_asked_whether_it_does(edition, years):
    assert _asked(edition, year_from=years[0], year_to=years[1]).empty


@pytest.mark.parametrize(
    ("fields", "priority"),
    [
        ({"cmcoord_level": "not-documented", "evidence_type": "news-report"}, 1),
        ({"cmcoord_level": "related", "evidence_type": "news-report"}, 1),
        ({"cmcoord_level": "not-documented", "evidence_type": "course-page"}, 2),
        ({"cmcoord_level": "module", "evidence_type": "news-report"}, 3),
        ({"audiences": ()}, 4),
    ],
)
def test_what_an_answer_can_do_follows_from_the_class_of_the_country(edition, fields, priority):
    frame = _asked(edition, **fields)

    assert list(frame["priority"]) == [priority]
    assert priority in PRIORITIES


def test_most_personnel_first_and_within_a_country_what_matters_most(edition):
    tables = edition(
        courses=[
            ("AAA", COMPLETE | {"audiences": (), "centre": "one"}),
            (
                "BBB",
                COMPLETE
                | {
                    "cmcoord_level": "not-documented",
                    "evidence_type": "news-report",
                    "languages": (),
                },
            ),
        ],
        persons={"AAA": 1, "BBB": 10},
    )
    frame = open_questions(tables, default_selection(tables))

    asked = zip(frame["country_iso3"], frame["field"], frame["persons"], strict=True)
    assert list(asked) == [
        ("BBB", "cmcoord_level", 10),
        ("BBB", "language", 10),
        ("AAA", "audience", 1),
    ]


def test_a_contributor_without_a_centre_is_asked_where_its_personnel_are_trained(edition):
    tables = edition(courses=[("AAA", COMPLETE)], persons={"BBB": 5, "CCC": 3}, reviewed=("CCC",))
    frame = open_questions(tables, default_selection(tables))

    assert list(frame["country_iso3"]) == ["BBB", "CCC"]
    assert set(frame["field"]) == {"centre_name"}
    assert set(frame["centre_id"]) == set(frame["course_id"]) == {""}
    assert "has not looked there yet" in frame["question"][0]
    assert "no training centre is on record" in frame["question"][1]


def test_only_considered_courses_are_asked_about(edition):
    tables = edition(
        courses=[("AAA", COMPLETE | {"languages": (), "course_type": "academic"})],
        persons={"AAA": 1},
    )
    academic = Selection(tables.edition, tables.default_date, course_types=("academic",))
    other = Selection(tables.edition, tables.default_date, course_types=("exercise",))

    assert len(open_questions(tables, academic)) == 1
    assert open_questions(tables, other).empty


def test_a_country_of_the_world_that_has_nothing_to_ask_gets_an_empty_frame(edition):
    assert _asked(edition, iso3="ZZZ", languages=()).empty
