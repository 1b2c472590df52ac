"""What conversations moved: the desk review put together again, and the difference in words."""

import pandas as pd
import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.figures.conversations import (
    change_rows,
    conversations_figure,
    question_rows,
    questions_figure,
    waiting_rows,
)
from dashboard.measures.conversations import (
    asked_questions,
    consultation_changes,
    moved,
    questions_by_contributor,
    without_consultations,
)
from dashboard.measures.coverage import coverage
from dashboard.measures.questions import open_questions

NAMES = {"AAA": "Pakistan", "BBB": "Ethiopia", "CCC": "Nepal"}


def _change(field, before, after, course="AAA-0", centre="AAA-centre-0", **more):
    return {
        "date": "2019-05-04",
        "country_iso3": course[:3] or centre[:3],
        "centre_id": centre,
        "course_id": course,
        "field": field,
        "before": before,
        "after": after,
        "source": "A call",
        "note": "",
    } | more


def _tables(edition, courses, changes=(), asked=(), **content):
    package = {"consultations": {"changes": list(changes), "asked": list(asked), "levels": {}}}
    content = {"persons": {"AAA": 60, "BBB": 40}, "names": NAMES} | content
    return edition(courses=courses, package=package, **content)


def _before(tables):
    return without_consultations(tables).courses.set_index("course_id")


def test_an_edition_without_conversations_is_its_own_desk_review(edition):
    tables = _tables(edition, [("AAA", {})])

    assert without_consultations(tables) is tables
    assert consultation_changes(tables).empty and asked_questions(tables).empty
    result = moved(tables, default_selection(tables))
    assert result.countries.empty
    assert result.before.n == result.after.n


def test_a_level_is_put_back_and_the_headline_counted_with_it(edition):
    tables = _tables(
        edition,
        [("AAA", {"cmcoord_level": "module", "level_basis": "consultation"}), ("BBB", {})],
        [_change("cmcoord_level", "related", "module")],
    )
    result = moved(tables, default_selection(tables))

    assert _before(tables).at["AAA-0", "cmcoord_level"] == "related"
    assert (result.before.n, result.after.n, result.after.N) == (0, 60, 100)
    (row,) = result.countries.itertuples()
    assert (row.class_before, row.class_after) == ("gap", "covered")
    assert (row.state_before, row.state_after) == ("R", "M")
    assert (row.changes, row.asked, row.last) == (1, 0, "2019-05-04")
    assert "Related → Module" in row.why


def test_of_several_answers_about_one_thing_the_first_says_what_stood_before(edition):
    tables = _tables(
        edition,
        [("AAA", {"cmcoord_level": "dedicated"})],
        [
            _change("cmcoord_level", "related", "none-found"),
            _change("cmcoord_level", "none-found", "dedicated", date="2019-06-01"),
        ],
    )

    assert _before(tables).at["AAA-0", "cmcoord_level"] == "related"
    assert moved(tables, default_selection(tables)).countries["changes"].item() == 2


def test_a_kind_of_evidence_decides_again_whether_a_course_was_read_whole(edition):
    tables = _tables(
        edition,
        [("AAA", {"evidence_type": "curriculum"})],
        [_change("evidence_type", "news-report", "curriculum")],
    )
    result = moved(tables, default_selection(tables))

    assert not _before(tables)["read_whole"].item()
    (row,) = result.countries.itertuples()
    assert (row.class_before, row.class_after) == ("partial", "gap")
    assert (result.before.upper, result.after.upper) == (100, 40)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2017", (2017, 2017)),
        ("2016-2018", (2016, 2018)),
        ("since 2014", (2014, None)),
        ("", (None, None)),
    ],
)
def test_years_are_put_back(edition, text, years):
    fields = {"year_from": "2001", "year_to": "2002"}
    tables = _tables(edition, [("AAA", fields)], [_change("year", text, "2001-2002")])

    row = _before(tables).iloc[0]
    found = tuple(None if pd.isna(value) else int(value) for value in row[["year_from", "year_to"]])
    assert found == years


def test_audiences_languages_and_topics_are_put_back(edition):
    tables = _tables(
        edition,
        [
            ("BBB", {"audiences": ("police",)}),
            ("AAA", {"audiences": ("military",), "languages": ("en",)}),
        ],
        [
            _change("audience", "civilian; police", "military", "AAA-1", "AAA-centre-1"),
            _change("language", "", "en", "AAA-1", "AAA-centre-1"),
        ],
    )
    earlier = without_consultations(tables)

    links = set(zip(earlier.audiences["course_id"], earlier.audiences["audience"], strict=True))
    assert links == {("BBB-0", "police"), ("AAA-1", "civilian"), ("AAA-1", "police")}
    assert earlier.languages.empty
    place = dict(
        zip(earlier.audiences["course_id"], earlier.audiences["course_position"], strict=True)
    )
    assert earlier.courses["course_id"][place["AAA-1"]] == "AAA-1"
    for_police = Selection(tables.edition, tables.default_date, audiences=("police",))
    assert coverage(earlier, for_police).upper < coverage(tables, for_police).N


def test_an_added_course_and_centre_are_taken_out_and_their_country_leaves_the_review(edition):
    tables = _tables(
        edition,
        [("AAA", {}), ("BBB", {"cmcoord_level": "module", "centre": "new"})],
        [
            _change("centre_name", "", "Centre 1", "", "BBB-new"),
            _change("course_title", "", "Course 1", "BBB-1", "BBB-new"),
        ],
    )
    result = moved(tables, default_selection(tables))

    assert list(_before(tables).index) == ["AAA-0"]
    (row,) = result.countries.itertuples()
    assert (row.state_before, row.state_after) == ("–", "M")
    assert (result.before.n, result.after.n) == (0, 40)
    assert row.why == "“Centre 1” added; “Course 1” added"


def test_a_course_added_to_a_known_centre_goes_and_the_country_stays(edition):
    tables = _tables(
        edition,
        [("AAA", {"centre": "one"}), ("AAA", {"centre": "one", "cmcoord_level": "module"})],
        [_change("course_title", "", "Course 1", "AAA-1", "AAA-one")],
    )
    (row,) = moved(tables, default_selection(tables)).countries.itertuples()

    assert (row.class_before, row.class_after) == ("gap", "covered")


def test_a_country_that_was_asked_and_has_not_answered_is_listed(edition):
    question = _change("cmcoord_level", "", "") | {"note": "What is in it?"}
    tables = _tables(edition, [("AAA", {})], asked=[question])
    (row,) = moved(tables, default_selection(tables)).countries.itertuples()

    assert (row.changes, row.asked, row.why) == (0, 1, "Asked, without an answer yet")
    assert waiting_rows(tables)["note"].tolist() == ["What is in it?"]


@pytest.mark.parametrize(
    ("levels", "title"),
    [
        (
            [("related", "module")],
            "With conversations, Pakistan is covered: 60 persons documented instead of 0",
        ),
        (
            [("module", "related")],
            "With conversations, Pakistan is no longer covered: 0 persons documented instead of 60",
        ),
        (
            [("related", "module"), ("related", "module")],
            "With conversations, Pakistan and Ethiopia are covered: 100 persons documented instead of 0",
        ),
        (
            [("related", "related")],
            "With one answer from conversations, the documented share stays as it was",
        ),
        ([], "No conversation is recorded in this edition"),
    ],
)
def test_the_finding_says_what_moved(edition, levels, title):
    countries = ("AAA", "BBB")
    tables = _tables(
        edition,
        [
            (iso3, {"cmcoord_level": after})
            for iso3, (_, after) in zip(countries, levels, strict=False)
        ],
        [
            _change("cmcoord_level", before, after, f"{iso3}-{n}", f"{iso3}-centre-{n}")
            for n, (iso3, (before, after)) in enumerate(zip(countries, levels, strict=False))
        ],
    )

    assert conversations_figure(tables, default_selection(tables)).title == title


def test_a_class_that_moves_without_the_headline_is_told(edition):
    tables = _tables(
        edition, [("AAA", {})], [_change("evidence_type", "news-report", "curriculum")]
    )

    title = conversations_figure(tables, default_selection(tables)).title
    assert "one country changes class, but the documented share stays" in title


def test_answers_stand_in_words_the_newest_first(edition):
    tables = _tables(
        edition,
        [("AAA", {"cmcoord_level": "module"})],
        [
            _change("cmcoord_level", "", "related"),
            _change("cmcoord_level", "related", "module", date="2019-06-01"),
        ],
    )
    rows = change_rows(tables)

    assert rows["date"].tolist() == ["2019-06-01", "2019-05-04"]
    assert rows["before"].tolist() == ["Related", ""]
    assert rows["after"].tolist() == ["Module", "Related"]


def test_the_questions_of_the_contributors_add_up(edition):
    partial = {"evidence_type": "news-report"}
    tables = _tables(edition, [("AAA", partial), ("BBB", {}), ("BBB", partial)])
    selection = default_selection(tables)
    frame, questions = (
        questions_by_contributor(tables, selection, 12),
        open_questions(tables, selection),
    )

    assert frame["questions"].sum() == len(questions)
    assert (frame["questions"] == frame["content_questions"] + frame["detail_questions"]).all()
    assert list(frame["rank"]) == [1, 2]
    assert dict(zip(frame["country_iso3"], frame["centres"], strict=True)) == {"AAA": 1, "BBB": 2}


def test_details_can_be_left_out_of_the_questions(edition):
    tables = _tables(edition, [("AAA", {"evidence_type": "news-report"})])
    selection = default_selection(tables)
    few = question_rows(tables, selection, ["AAA"], details=False)
    all_of_them = question_rows(tables, selection, ["AAA"], details=True)

    assert few["answer_does"].tolist() == ["Can settle an open country"]
    assert len(all_of_them) > len(few)
    assert question_rows(tables, selection, ["CCC"], details=True).empty


def test_the_finding_about_open_questions_stays_grammatical(edition):
    partial = {"evidence_type": "news-report"}
    one = _tables(edition, [("AAA", partial)], persons={"AAA": 1})
    none = edition(courses=[("AAA", {"cmcoord_level": "module"})], persons={"AAA": 1}, name="none")
    nobody = edition(courses=[("AAA", partial)], name="nobody")

    titles = [questions_figure(t, default_selection(t)).title for t in (one, none, nobody)]
    assert titles == [
        "1 question about content is open for the largest contributor",
        "Nothing about content is open for the largest contributor",
        "No contributor under these filters",
    ]


def test_what_a_centre_has_told_is_not_asked_again(edition):
    tables = _tables(
        edition,
        [("AAA", {"evidence_type": "curriculum"})],
        [_change("evidence_type", "news-report", "curriculum")],
    )
    fields = open_questions(tables, default_selection(tables), "AAA")["field"]

    assert "cmcoord_level" not in set(fields)
