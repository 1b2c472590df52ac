"""Measure 4: the numbers, the order, the picture and the words of the gap matrix."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.charts.forms.gap_matrix import gap_matrix as draw
from dashboard.edition.selection import Selection, default_selection
from dashboard.figures.gap_matrix import cell, gap_matrix_figure, wide
from dashboard.measures.coverage import coverage
from dashboard.measures.gap_matrix import (
    DIMENSIONS,
    NO_COURSE_HERE,
    NOT_RECORDED,
    ORDERS,
    gap_matrix,
    in_cell,
)
from tests.dashboard.chart_frames import legend, validated

CHOICE = Selection("tiny", "2018-01-31")
LEVELS = ("dedicated", "module", "cimic", "related", "none-found", "not-documented")


@pytest.fixture
def tables(edition):
    return edition(
        courses=[
            (
                "AAA",
                {
                    "cmcoord_level": "module",
                    "audiences": ("military", "police"),
                    "topics": ("un-cmcoord",),
                    "languages": ("en",),
                },
            ),
            ("AAA", {"cmcoord_level": "not-documented", "audiences": ("military",)}),
            (
                "BBB",
                {
                    "cmcoord_level": "none-found",
                    "audiences": ("police",),
                    "topics": ("ihl",),
                    "languages": ("fr",),
                },
            ),
            ("CCC", {"cmcoord_level": "related", "course_type": ""}),
        ],
        persons={"AAA": 50, "BBB": 30, "DDD": 20, "CCC": 10},
        reviewed=["EEE"],
    )


def _states(matrix):
    return {
        (c.country_iso3, c.column): (c.state_letter, c.courses) for c in matrix.cells.itertuples()
    }


def test_a_cell_has_the_highest_level_and_the_number_of_courses(tables):
    assert _states(gap_matrix(tables, CHOICE, "audience")) == {
        ("AAA", "military"): ("M", 2),
        ("AAA", "police"): ("M", 1),
        ("AAA", NOT_RECORDED): ("·", 0),
        ("BBB", "military"): ("·", 0),
        ("BBB", "police"): ("0", 1),
        ("BBB", NOT_RECORDED): ("·", 0),
        ("DDD", "military"): ("–", 0),
        ("DDD", "police"): ("–", 0),
        ("DDD", NOT_RECORDED): ("–", 0),
        ("CCC", "military"): ("·", 0),
        ("CCC", "police"): ("·", 0),
        ("CCC", NOT_RECORDED): ("R", 1),
    }


def test_an_empty_cell_keeps_its_reason_and_is_never_none_found(tables):
    cells = gap_matrix(tables, CHOICE, "topic", "all").cells
    empty = cells[cells["courses"] == 0].set_index("country_iso3")["state"]

    assert set(empty[["AAA", "BBB", "CCC"]]) == {NO_COURSE_HERE}
    assert set(empty["DDD"]) == {"not-reviewed"}
    assert set(empty["EEE"]) == {"no-course"}


def test_filters_say_that_no_course_is_recorded_under_them(tables):
    choice = Selection("tiny", "2018-01-31", audiences=("police",))
    cells = gap_matrix(tables, choice, "audience").cells

    labels = set(cells.loc[cells["state"] == NO_COURSE_HERE, "state_label"])
    assert labels == {"No course recorded here under these filters"}


def test_what_is_not_recorded_has_a_column_of_its_own_at_the_end(tables):
    matrix = gap_matrix(tables, CHOICE, "course_type")
    assert list(matrix.columns["column"]) == ["pre-deployment", NOT_RECORDED]
    assert matrix.columns["column_label"].iloc[-1] == "Course type not recorded"


def test_all_levels_are_columns_even_without_a_course(tables):
    assert list(gap_matrix(tables, CHOICE, "level").columns["column"]) == list(LEVELS)


def test_rows_are_the_largest_the_reviewed_or_all(tables):
    def rows(which):
        return list(gap_matrix(tables, CHOICE, rows=which, top=2).countries["country_iso3"])

    assert rows("top") == ["AAA", "BBB"]
    assert rows("reviewed") == ["AAA", "BBB", "CCC", "EEE"]
    assert rows("all") == ["AAA", "BBB", "DDD", "CCC", "EEE"]


def test_ordered_by_gap_the_classes_and_the_kinds_of_unknown_stay_apart(tables):
    countries = gap_matrix(tables, CHOICE, rows="all", order="gap").countries

    assert list(zip(countries["country_iso3"], countries["group"], strict=True)) == [
        ("BBB", "Gap"),
        ("CCC", "Gap"),
        ("EEE", "Unknown: no course"),
        ("DDD", "Unknown: not reviewed"),
        ("AAA", "Covered"),
    ]


def test_ordered_by_similarity_countries_without_a_course_stand_at_the_end(tables):
    countries = gap_matrix(tables, CHOICE, rows="all", order="similarity").countries
    assert list(countries["country_iso3"])[3:] == ["EEE", "DDD"]
    assert list(countries["group"])[3:] == ["No course", "Not reviewed"]


def test_similar_columns_stand_together_and_not_recorded_last(edition):
    tables = edition(
        courses=[
            (iso3, {"topics": topics})
            for iso3, topics in (
                ("AAA", ("un-cmcoord", "medical")),
                ("BBB", ("un-cmcoord", "medical")),
                ("CCC", ("cimic", "ihl")),
                ("DDD", ("cimic", "ihl")),
                ("DDD", ()),
            )
        ],
        persons={"AAA": 4, "BBB": 3, "CCC": 2, "DDD": 1},
    )
    columns = list(gap_matrix(tables, CHOICE, "topic", order="similarity").columns["column"])

    assert {frozenset(columns[:2]), frozenset(columns[2:4])} == {
        frozenset({"un-cmcoord", "medical"}),
        frozenset({"cimic", "ihl"}),
    }
    assert columns[4] == NOT_RECORDED


course = st.fixed_dictionaries(
    {
        "cmcoord_level": st.sampled_from(LEVELS),
        "evidence_type": st.sampled_from(["curriculum", "news-report"]),
        "audiences": st.sets(st.sampled_from(["military", "police"])).map(tuple),
        "topics": st.sets(st.sampled_from(["ihl", "cimic"])).map(tuple),
        "languages": st.sets(st.sampled_from(["en", "fr"])).map(tuple),
        "course_type": st.sampled_from(["", "academic", "exercise"]),
    }
)
courses = st.lists(st.tuples(st.sampled_from(["AAA", "BBB", "CCC"]), course), max_size=7)


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(courses, st.sampled_from(list(DIMENSIONS)), st.sampled_from(["module", "related"]))
def test_the_columns_together_say_the_same_as_the_coverage(edition, courses, by, threshold):
    tables = edition(courses=courses, persons={"AAA": 50, "BBB": 30, "DDD": 20})
    choice = Selection("tiny", "2018-01-31", threshold=threshold)
    whole = coverage(tables, choice)

    for order in ORDERS:
        matrix = gap_matrix(tables, choice, by, "all", order)
        reached = matrix.cells[matrix.cells["reaches"]]
        covered = matrix.countries["country_iso3"].isin(reached["country_iso3"])
        assert matrix.countries.loc[covered, "persons"].sum() == whole.n
        assert matrix.columns["persons"].max() <= whole.n or matrix.columns.empty
        # No column hides a course: together they hold every one, and each cell its own.
        held = in_cell(tables, choice, by, None, None)
        by_column = [in_cell(tables, choice, by, None, c) for c in matrix.columns["column"]]
        assert np.logical_or.reduce([~held & held, *by_column]).tolist() == held.tolist()
        for one in matrix.cells.itertuples():
            kept = in_cell(tables, choice, by, one.country_iso3, one.column)
            assert kept.sum() == one.courses


# --- the picture ----------------------------------------------------------------------------------


def _drawn(tables, chosen=(None, None), **options):
    matrix = gap_matrix(tables, CHOICE, **options)
    labels = {level: level.capitalize() for level in (*LEVELS, "no-course", "not-reviewed")}
    labels[NO_COURSE_HERE] = "No course recorded here"
    return validated(draw(matrix.countries, matrix.columns, matrix.cells, labels, chosen))


def _texts(fig):
    return {
        (row, round(base + x / 2)): text.replace("<b>", "").replace("</b>", "")
        for t in fig.data
        if t.text and t.base is not None and "<span" not in t.text[0]
        for row, base, x, text in zip(t.y, t.base, t.x, t.text, strict=True)
    }


def test_each_cell_shows_letter_and_number_behind_all_courses_of_its_country(tables):
    texts = sorted(_texts(_drawn(tables, by="audience")).values())
    assert texts == sorted(["M 2", "M 2", "M 1", "0 1", "0 1", "R 1", "R 1", "–  Not reviewed"])


def test_a_blank_cell_shows_a_dot_and_says_why_when_pointed_at(tables):
    blank = next(t for t in _drawn(tables).data if t.text and "·" in t.text[0])

    assert blank.marker.color == "rgba(0,0,0,0)"
    assert all("No course recorded here" in text for text in blank.hovertext)
    assert len(blank.text) == 5


def test_cells_lead_to_their_country_and_column(tables):
    keys = {tuple(key) for t in _drawn(tables).data for key in t.customdata or ()}
    assert {("AAA", "military"), ("BBB", "police"), ("BBB", "military"), ("DDD", "")} <= keys


def test_the_legend_names_levels_dot_and_only_the_states_in_use(tables):
    names = legend(_drawn(tables))
    assert len(names) == 8
    assert names[-2:] == ["<b>–</b>  Not-reviewed", "<b>·</b>  No course recorded here"]


def test_headings_stand_between_the_groups_with_their_weight(tables):
    fig = _drawn(tables, rows="all", order="gap")
    texts = [note.text for note in fig.layout.annotations]
    assert texts[1] == "<b>Gap</b>  2 countries, 40 persons"
    assert list(fig.layout.yaxis.tickvals) == [1, 2, 4, 6, 8]


def test_column_heads_stand_on_an_axis_that_leaves_out_what_would_overlap(tables):
    axis = _drawn(tables).layout.xaxis2
    assert axis.type == "category"
    assert [axis.labelalias[code].split(">")[1].split("<")[0] for code in axis.categoryarray] == [
        "All courses",
        "Military",
        "Police",
        "Not recorded",
    ]


@pytest.mark.parametrize(
    ("chosen", "width", "height"),
    [(("AAA", "police"), 1, 1), (("AAA", None), 4.16, 1), ((None, "police"), 1, 4)],
)
def test_what_is_chosen_has_a_frame(tables, chosen, width, height):
    frame = _drawn(tables, chosen).layout.shapes[-1]
    assert frame.x1 - frame.x0 == pytest.approx(width)
    assert frame.y1 - frame.y0 == height


def test_a_stranger_gets_no_frame(tables):
    for chosen in ((None, None), ("ZZZ", "police"), (None, "nothing")):
        assert all(shape.line.color != "#1D2329" for shape in _drawn(tables, chosen).layout.shapes)


def test_markup_in_names_stays_text(edition):
    tables = edition(courses=[("AAA", {})], persons={"AAA": 3}, names={"AAA": "<a href=x>A</a>"})
    assert "<a" not in _drawn(tables).to_json()


# --- the words ------------------------------------------------------------------------------------


def test_the_finding_names_who_and_under_which_columns(tables):
    assert gap_matrix_figure(tables, CHOICE).title == (
        "Module or higher documented for one of the four largest contributors: Land AAA"
    )
    assert gap_matrix_figure(tables, CHOICE, by="topic", rows="all").title == (
        "Module or higher documented for one of the five countries: Land AAA; "
        "most often under Un cmcoord; under Ihl for none"
    )


def test_the_table_holds_one_row_a_cell(tables):
    figure = gap_matrix_figure(tables, CHOICE)
    assert len(figure.table) == 4 * 3
    assert figure.table["courses"].sum() == 5


@pytest.mark.parametrize(
    ("choice", "empty"),
    [
        (Selection("tiny", "2018-01-31", personnel="police"), "No country contributes police"),
        (Selection("tiny", "2018-01-31", course_types=("academic",)), "Loosen course type"),
    ],
)
def test_nothing_left_says_what_to_loosen(tables, choice, empty):
    assert empty in gap_matrix_figure(tables, choice).empty


def test_an_edition_without_courses_has_a_figure_all_the_same(edition):
    tables = edition(persons={"AAA": 4})
    figure = gap_matrix_figure(tables, default_selection(tables))
    assert figure.empty == "No course is recorded in this edition."
    assert wide(gap_matrix(tables, CHOICE))["all_courses"].tolist() == ["–"]
    figure.draw()


def test_the_matrix_as_people_read_it(tables):
    rows = wide(gap_matrix(tables, CHOICE)).set_index("country_iso3")
    assert list(rows.loc["AAA", ["all_courses", "military", "police"]]) == ["M 2", "M 2", "M 1"]
    assert list(rows.loc["DDD", ["all_courses", "military"]]) == ["–", "–"]


def test_a_cell_leads_to_its_courses_with_their_receipts(tables):
    one = cell(tables, CHOICE, "audience", "AAA", "military")

    assert one.title == "Land AAA, Military: two considered courses"
    assert list(one.rows["course_id"]) == ["AAA-0", "AAA-1"]
    assert set(one.rows["workbook_cell"]) == {"Matrix!row 7"}


def test_an_empty_cell_says_that_this_is_no_finding(tables):
    one = cell(tables, CHOICE, "audience", "BBB", "military")
    assert one.rows.empty
    assert one.reason == (
        "No course recorded here: its one considered course stands in another column. "
        "That is no finding about what is taught."
    )


def test_a_row_or_a_column_can_be_looked_at_whole(tables):
    assert len(cell(tables, CHOICE, "audience", "AAA", None).rows) == 2
    column = cell(tables, CHOICE, "audience", None, "police")
    assert list(column.rows["country_iso3"]) == ["AAA", "BBB"]
