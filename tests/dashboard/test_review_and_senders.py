"""The question and what was reviewed, who sends peacekeepers, and what all that is missing asks for."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.charts.forms.contributor_bars import PATTERNS
from dashboard.charts.marks.look import MARK_STYLES
from dashboard.edition.selection import default_selection
from dashboard.figures.catalogue import figure
from dashboard.measures.contributors import REST, senders
from dashboard.measures.coverage import coverage
from dashboard.measures.review import review
from tests.dashboard.chart_frames import legend, validated

COURSES = [
    ("AAA", {"cmcoord_level": "module"}),
    ("BBB", {"cmcoord_level": "related"}),
    ("CCC", {"cmcoord_level": "related", "evidence_type": "news-report"}),
    ("DDD", {"cmcoord_level": "not-documented", "evidence_type": "news-report"}),
]
PERSONS = {
    "AAA": 10,
    "BBB": 20,
    "CCC": 30,
    "DDD": 15,
    "EEE": 5,
    "FFF": 20,
    ("BBB", "individual-police"): 7,
    ("FFF", "staff-officers"): 3,
}


@pytest.fixture
def tables(edition):
    """A country of each class and of each state of unknown; FFF is not in the review."""
    return edition(courses=COURSES, persons=PERSONS, reviewed=["EEE"], names={"FFF": "<b>Land</b>"})


@pytest.fixture
def choice(tables):
    return default_selection(tables)


# --- the review -----------------------------------------------------------------------------------


def test_the_review_counts_what_was_reviewed_and_what_it_is_about(tables, choice):
    found = review(tables, choice)

    assert (found.countries, found.centres, found.courses, found.all_courses) == (5, 4, 4, 4)
    assert (found.persons, found.contributors) == (110, 6)
    assert (found.reviewed_persons, found.reviewed_contributors) == (87, 5)


def test_filters_on_courses_leave_the_size_of_the_review(tables, choice):
    found = review(tables, replace(choice, course_types=("academic",)))

    assert (found.countries, found.courses, found.all_courses) == (5, 0, 4)


@pytest.mark.parametrize(
    ("persons", "title"),
    [
        (
            {"AAA": 10, "BBB": 30},
            "is documented for 25 per cent of personnel (10 of 40), and nothing is left open",
        ),
        (
            {"AAA": 10, "BBB": 10, "CCC": 20},
            "is documented for 25 per cent of personnel (10 of 40), and for 75 per cent at most",
        ),
        ({"AAA": 1, "CCC": 2}, "is documented for 1 of 3 persons, and for 3 of 3 at most"),
    ],
)
def test_the_answer_to_the_question_has_both_bounds(edition, persons, title):
    tables = edition(courses=COURSES, persons=persons)

    assert figure("review", tables, default_selection(tables)).title == f"Module or higher {title}"


def test_the_large_numbers_are_those_of_the_table(tables, choice):
    one = figure("review", tables, choice)
    drawn = [note.text for note in validated(one.draw()).layout.annotations]

    large = [text.removeprefix("<b>").removesuffix("</b>") for text in drawn[1::2]]
    assert large == ["5", "4", "4", "110", "6", "79%"]
    assert one.table["n"].tolist() == [5, 4, 4, 110, 6, 87]
    assert one.table["share_of_all"].tolist()[-1] == "79% (87 of 110)"


# --- senders --------------------------------------------------------------------------------------


def test_all_others_are_one_row_after_the_largest(tables, choice):
    rows = senders(tables, choice, top=2)

    assert rows["country_iso3"].tolist() == ["CCC", "BBB", REST]
    assert rows["persons"].tolist() == [30, 27, 53]
    assert rows["country_name"].iloc[-1] == "4 other countries"
    assert rows[["troops", "staff-officers", "individual-police"]].to_numpy().tolist() == [
        [30, 0, 0],
        [20, 0, 7],
        [50, 3, 0],
    ]


@pytest.mark.slow
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(
    top=st.integers(1, 40),
    personnel=st.sampled_from(["all", "military", "police", "troops", "staff-officers"]),
)
def test_rows_and_types_add_up_to_all_personnel(tables, choice, top, personnel):
    chosen = replace(choice, personnel=personnel)
    rows, everyone = senders(tables, chosen, top), coverage(tables, chosen)
    types = [code for code in tables.package.codes("personnel_types") if code in rows]

    assert rows["persons"].sum() == everyone.N
    assert rows["countries"].sum() == everyone.countries
    assert rows[types].sum(axis=1).tolist() == rows["persons"].tolist()
    assert rows["share"].sum() == pytest.approx(1)


def test_one_country_alone_is_never_hidden_behind_a_number(tables, choice):
    assert REST not in set(senders(tables, choice, top=5)["country_iso3"])


@pytest.mark.parametrize(
    ("change", "top", "title"),
    [
        ({}, 2, "2 of 6 countries send 52 per cent of all uniformed personnel (57 of 110)"),
        ({}, 6, "6 countries send all uniformed personnel (110 persons)"),
        ({"personnel": "police"}, 2, "1 country sends all police personnel (7 persons)"),
        (
            {"missions": ("MINX",)},
            2,
            "2 of 6 countries send 52 per cent of all uniformed personnel in MINX (57 of 110)",
        ),
    ],
)
def test_the_finding_about_senders_stays_grammatical(tables, choice, change, top, title):
    assert figure("senders", tables, replace(choice, **change), top=top).title == title


def test_types_of_personnel_are_told_apart_without_colour(tables, choice):
    chart = validated(figure("senders", tables, choice, top=2).draw())
    entries = [trace for trace in chart.data if trace.showlegend]

    assert legend(chart) == ["Troops", "Staff officers", "Individual police"]
    shapes = {trace.name: trace.marker.pattern.shape for trace in entries}
    assert shapes == {"Troops": None, "Staff officers": None, "Individual police": "."}
    looks = {(one["shape"], one["fgcolor"]) for one in PATTERNS.values()}
    assert len(looks) == len(PATTERNS) and "/" not in {shape for shape, _ in looks}


def test_no_colour_of_a_sender_means_a_class(tables, choice):
    chart = figure("senders", tables, choice).draw()
    meant = {style.fill for style in MARK_STYLES.values()} | {
        style.hatch_colour for style in MARK_STYLES.values()
    }

    assert meant.isdisjoint(trace.marker.color for trace in chart.data if trace.marker.color)


# --- asks -----------------------------------------------------------------------------------------


def test_each_kind_that_is_not_covered_has_its_own_bar_and_look(tables, choice):
    one = figure("asks", tables, choice)
    bars = [trace for trace in validated(one.draw()).data if trace.type == "bar"]

    looks = {(bar.marker.color, bar.marker.line.color, bar.marker.pattern.fgcolor) for bar in bars}
    assert one.table["persons"].tolist() == [27, 30, 15, 5, 23]
    assert one.table["state_label"].tolist() == [
        "",
        "",
        "Not documented",
        "No course",
        "Not reviewed",
    ]
    assert len(bars) == 5
    # N and – share their grey, and have their letters in the words above.
    assert len(looks) == 4
    assert sum(one.table["persons"]) == coverage(tables, choice).N - coverage(tables, choice).n


def test_the_three_unknown_states_ask_for_different_things(tables, choice):
    table = figure("asks", tables, choice).table

    asked = table.loc[table["state"] != "", "ask"]
    assert len(set(asked)) == 3


@pytest.mark.parametrize(
    ("persons", "title"),
    [
        (
            {"BBB": 10, "CCC": 20, "DDD": 10},
            "What is missing is training for 25 per cent of personnel, "
            + "the curriculum for 50 per cent and any record of content for 25 per cent",
        ),
        ({"AAA": 10, "CCC": 10}, "What is missing is the curriculum for 50 per cent of personnel"),
        ({"AAA": 1, "CCC": 2}, "What is missing is the curriculum for 2 of 3 persons"),
        ({"AAA": 10}, "Nothing is missing: all personnel come from covered countries"),
    ],
)
def test_the_finding_names_only_what_is_missing(edition, persons, title):
    tables = edition(courses=COURSES, persons=persons)

    assert figure("asks", tables, default_selection(tables)).title == title


def test_where_nothing_is_missing_the_figure_says_so_in_place_of_a_chart(edition):
    tables = edition(courses=COURSES, persons={"AAA": 10})

    assert figure("asks", tables, default_selection(tables)).empty.startswith("Nothing is missing")


@pytest.mark.parametrize("id", ["review", "senders", "asks"])
def test_names_with_markup_are_shown_as_text(tables, choice, id):
    assert "<b>Land</b>" not in figure(id, tables, choice).draw().to_json()
