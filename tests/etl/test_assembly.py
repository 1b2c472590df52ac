"""What becomes of each row: kept, merged, held back, or no course."""

import pytest

from tests.fixtures.editions import HEADER, codes

WITH_VALUES = (
    *HEADER,
    "Target audience",
    "Language(s)",
    "Other topics",
    "Evidence",
    "Kind of evidence",
    "Year",
)


def only(items):
    (item,) = items
    return item


def test_a_row_with_an_uncertain_country_is_held_back_and_never_guessed(review_of):
    review = review_of(
        [("Nigera", "Centre", "Course", "Module"), ("Ghana", "Centre", "Course", "Module")]
    )

    assert review.rows_held_back == 1
    assert review.countries == {"GHA"}
    message = only(issue.message for issue in review.issues if issue.code == "country-unknown")
    assert "Nigeria" in message and "Niger" in message


def test_a_cell_that_names_two_countries_holds_the_row_back(review_of):
    review = review_of([("Ghana / Togo", "Centre", "Course", "Module")])

    assert review.rows_held_back == 1
    assert "country-ambiguous" in codes(review.issues)


def test_courses_under_a_misspelt_country_are_never_given_to_the_country_above(review_of):
    review = review_of(
        [("Ghana", "A", "One", "?"), ("Nigera", None, None, None), (None, "B", "Two", "?")]
    )

    assert review.rows_held_back == 1
    assert [course.title for course in review.courses.values()] == ["One"]


def test_a_country_without_a_course_is_in_the_review(review_of):
    review = review_of([("Ghana", "A", "One", "?"), ("Togo", None, None, None)])

    assert review.countries == {"GHA", "TGO"}
    assert review.rows_without_course == 1


def test_a_course_without_a_centre_is_kept_under_its_country(review_of):
    review = review_of([("Ghana", "A", "One", "?"), ("Togo", None, "Two", "Module")])

    assert {(course.centre[0], course.title) for course in review.courses.values()} == {
        ("GHA", "One"),
        ("TGO", "Two"),
    }
    assert "centre-missing" in codes(review.issues)


def test_a_repeated_course_keeps_the_higher_level_with_its_evidence_and_everything_else_of_both(
    review_of,
):
    review = review_of(
        [
            (
                "Ghana",
                "KAIPTC",
                "Course one",
                "CIMIC only",
                "Military",
                "English",
                "cimic",
                "A list",
                "news report",
                2016,
            ),
            (
                "Ghana",
                "Kaiptc",
                " COURSE  One.",
                "Module",
                "Police",
                "French",
                "ihl",
                "A syllabus",
                "curriculum",
                None,
            ),
        ],
        WITH_VALUES,
    )

    course = only(review.courses.values())
    assert course.values["cmcoord_level"] == "module"
    assert (course.values["evidence"], course.values["evidence_type"]) == (
        "A syllabus",
        "curriculum",
    )
    assert course.values["audience"] == ("military", "police")
    assert course.values["language"] == ("en", "fr")
    assert set(course.values["topics"]) == {"cimic", "ihl"}
    assert course.values["year"] == (2016, 2016)
    assert (review.duplicates_merged, codes(review.issues).count("duplicate-course")) == (1, 1)


def test_a_lower_level_in_a_repeated_row_changes_neither_level_nor_evidence(review_of):
    rows = [
        ("Ghana", "A", "One", "Module", None, None, None, "A syllabus", "curriculum", None),
        ("Ghana", "A", "One", "?", None, None, None, "A list", "news report", None),
    ]
    course = only(review_of(rows, WITH_VALUES).courses.values())

    assert (course.values["cmcoord_level"], course.values["evidence"]) == ("module", "A syllabus")


def test_the_same_title_at_two_centres_is_two_courses(review_of):
    review = review_of([("Ghana", "A", "One", "?"), ("Ghana", "B", "One", "?")])

    assert len(review.courses) == 2
    assert review.duplicates_merged == 0


def test_two_rows_of_one_centre_that_differ_are_reported_and_the_first_is_used(review_of):
    review = review_of(
        [("Ghana", "A", "One", "?", "Accra"), ("Ghana", "A", "Two", "?", "Tema")], (*HEADER, "City")
    )

    assert only(review.centres.values()).values["city"] == "Accra"
    conflict = only(issue for issue in review.issues if issue.code == "centre-conflict")
    assert (conflict.cell, conflict.found, conflict.used) == ("E3", "Tema", "Accra")


def test_a_value_that_no_vocabulary_knows_leaves_the_field_empty_and_keeps_the_row(review_of):
    review = review_of([("Ghana", "A", "One", "Modul", "Pilots")], (*HEADER, "Target audience"))

    course = only(review.courses.values())
    assert (course.values["cmcoord_level"], course.values["audience"]) == ("not-documented", ())
    unknown = {issue.cell: issue for issue in review.issues if issue.code == "value-unknown"}
    assert set(unknown) == {"D2", "E2"}
    assert "module" in unknown["D2"].message


def test_ticked_topic_columns_count_as_topics(review_of):
    header = (*HEADER, "IHL", "Gender")
    review = review_of(
        [("Ghana", "A", "One", "?", "x", None), ("Ghana", "A", "Two", "?", "no", "Yes")], header
    )

    assert {course.title: course.values["topics"] for course in review.courses.values()} == {
        "One": ("ihl",),
        "Two": ("gender",),
    }


@pytest.mark.parametrize("blank", ["?", "TBC", "n/a", "no information", None])
def test_silence_about_content_is_not_documented_and_never_none_found(review_of, blank):
    review = review_of([("Ghana", "A", "One", blank), ("Ghana", "A", "Two", "No")])

    levels = {course.title: course.values["cmcoord_level"] for course in review.courses.values()}
    assert levels == {"One": "not-documented", "Two": "none-found"}


def test_a_latitude_without_a_longitude_places_nothing_and_is_reported(review_of):
    review = review_of([("Ghana", "A", "One", "?", 5.6, None)], (*HEADER, "Latitude", "Longitude"))

    assert "latitude" not in only(review.centres.values()).values
    assert "location-incomplete" in codes(review.issues)


def test_what_is_found_in_a_cell_is_cut_where_a_person_has_recognised_it(review_of):
    review = review_of([("Ghana", "A", "One", "x" * 32_000)])

    assert len(only(i for i in review.issues if i.code == "value-unknown").found) <= 200


@pytest.mark.parametrize(
    ("header", "days"), [("Duration", 2), ("Duration (weeks)", 10), ("Durée (semaines)", 10)]
)
def test_a_bare_number_counts_in_the_unit_that_its_header_names(review_of, header, days):
    review = review_of([("Ghana", "A", "One", "?", 2)], (*HEADER, header))

    assert only(review.courses.values()).values["duration"] == (days, days)


@pytest.mark.parametrize("nothing", ["None identified", "N/A", "Aucun centre", "Ninguno"])
def test_words_that_say_there_is_no_centre_make_none(review_of, nothing):
    review = review_of([("Ghana", "A", "One", "?"), ("Togo", nothing, None, None)])

    assert [centre.name for centre in review.centres.values()] == ["A"]
    assert "TGO" in review.countries
