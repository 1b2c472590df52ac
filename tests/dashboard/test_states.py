"""State and class of a country: docs/method.md, each rule by itself."""

import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.states import country_states


def _one(tables, selection=None, iso3="AAA"):
    frame = country_states(tables, selection or default_selection(tables))
    return frame.set_index("country_iso3").loc[iso3]


def _courses(*pairs):
    return [("AAA", {"cmcoord_level": level, "evidence_type": kind}) for level, kind in pairs]


@pytest.mark.parametrize(
    ("courses", "state", "country_class"),
    [
        # covered: at or above the threshold, whatever the evidence and whatever else there is
        (_courses(("module", "news-report")), "module", "covered"),
        (_courses(("dedicated", "")), "dedicated", "covered"),
        (_courses(("none-found", "curriculum"), ("module", "news-report")), "module", "covered"),
        # gap: a course was read whole, none reaches the threshold
        (_courses(("cimic", "curriculum")), "cimic", "gap"),
        (_courses(("none-found", "course-page")), "none-found", "gap"),
        (_courses(("related", "news-report"), ("none-found", "curriculum")), "related", "gap"),
        (_courses(("not-documented", "course-page")), "not-documented", "gap"),
        # partial: content below the threshold, nothing read whole
        (_courses(("related", "news-report")), "related", "partial"),
        (_courses(("cimic", "other"), ("not-documented", "news-report")), "cimic", "partial"),
        (_courses(("none-found", "news-report")), "none-found", "partial"),
        # unknown
        (_courses(("not-documented", "news-report")), "not-documented", "unknown"),
    ],
)
def test_the_first_rule_that_fits_gives_the_class(edition, courses, state, country_class):
    # The second country has an evidence type, so that the edition is one that says its evidence.
    tables = edition(courses=[*courses, ("BBB", {"evidence_type": "curriculum"})])

    row = _one(tables)

    assert (row["state"], row["country_class"]) == (state, country_class)


@pytest.mark.parametrize(
    ("threshold", "country_class"),
    [("dedicated", "gap"), ("module", "gap"), ("cimic", "covered"), ("related", "covered")],
)
def test_the_threshold_decides_what_counts_as_covered(edition, threshold, country_class):
    tables = edition(courses=_courses(("cimic", "curriculum")), persons={"AAA": 10})
    selection = Selection("tiny", "2018-01-31", threshold=threshold)

    assert _one(tables, selection)["country_class"] == country_class


@pytest.mark.parametrize(
    ("level", "country_class"),
    [("cimic", "gap"), ("none-found", "gap"), ("not-documented", "unknown")],
)
def test_without_evidence_types_every_coded_course_counts_as_read_whole(
    edition, level, country_class
):
    tables = edition(courses=_courses((level, "")), persons={"AAA": 1})

    assert _one(tables)["country_class"] == country_class


def test_a_contributor_outside_the_review_is_not_reviewed(edition):
    tables = edition(courses=_courses(("module", "")), persons={"AAA": 5, "ZZZ": 7})

    row = _one(tables, iso3="ZZZ")

    assert (row["state"], row["state_letter"]) == ("not-reviewed", "–")
    assert row["country_class"] == "unknown"


def test_a_reviewed_country_without_a_course_has_no_course(edition):
    tables = edition(reviewed=["AAA"], persons={"AAA": 5})

    row = _one(tables)

    assert (row["state"], row["state_letter"]) == ("no-course", "N")
    assert row["country_class"] == "unknown"
    assert row["reason"] == "In the review, but no course is recorded."


def test_filters_that_leave_no_course_make_no_course_and_never_not_reviewed(edition):
    tables = edition(
        courses=[("AAA", {"course_type": "academic", "cmcoord_level": "module"})],
        persons={"AAA": 5, "ZZZ": 7},
    )
    selection = Selection("tiny", "2018-01-31", course_types=("pre-deployment",))

    frame = country_states(tables, selection).set_index("country_iso3")

    assert frame["state"].to_dict() == {"AAA": "no-course", "ZZZ": "not-reviewed"}
    assert frame.at["AAA", "reason"] == "In the review, but no course matches the filters."
    assert frame.at["AAA", "state_label"] == "No course matches the filters"


def test_equal_contributors_share_a_rank_and_stand_by_name(edition):
    tables = edition(
        persons={"AAA": 5, "BBB": 9, "CCC": 5, "DDD": 1},
        names={"AAA": "Zedland", "CCC": "Aland"},
    )

    frame = country_states(tables, default_selection(tables))

    assert list(frame["country_name"]) == ["Land BBB", "Aland", "Zedland", "Land DDD"]
    assert list(frame["rank"]) == [1, 2, 2, 4]


def test_a_country_that_contributes_nobody_has_no_rank(edition):
    tables = edition(courses=_courses(("module", "")), persons={"BBB": 4})

    row = _one(tables)

    assert row["persons"] == 0
    assert str(row["rank"]) == "<NA>"


def test_shares_are_of_all_personnel_under_the_selection(edition):
    tables = edition(persons={"AAA": 30, "BBB": 10, ("BBB", "individual-police"): 60})
    military = Selection("tiny", "2018-01-31", personnel="military")

    assert _one(tables)["share"] == pytest.approx(0.3)
    assert _one(tables, military)["share"] == pytest.approx(0.75)


def test_a_country_neither_reviewed_nor_contributing_is_not_in_the_frame(edition):
    tables = edition(persons={("AAA", "individual-police"): 3, "BBB": 2})
    military = Selection("tiny", "2018-01-31", personnel="military")

    assert list(country_states(tables, military)["country_iso3"]) == ["BBB"]


def test_courses_are_counted_by_level(edition):
    tables = edition(courses=_courses(("module", ""), ("cimic", ""), ("cimic", "")))

    row = _one(tables)

    assert [row["module"], row["cimic"], row["related"], row["courses"]] == [1, 2, 0, 3]


def test_a_frame_that_a_caller_changes_does_not_change_the_next_one(edition):
    tables = edition(persons={"AAA": 30})

    changed = country_states(tables, default_selection(tables))
    changed["persons"] = 0

    assert _one(tables)["persons"] == 30
