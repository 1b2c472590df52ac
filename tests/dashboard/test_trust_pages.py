"""The pages Evidence, Editions and Method through the entry point."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
ISSUE = {
    "severity": "note",
    "code": "row-note",
    "sheet": "Matrix",
    "cell": "A9",
    "column": "",
    "found": "Note",
    "used": "",
    "message": "The row is a note.",
}
RECORD = {
    "rows_read": 5,
    "courses_kept": 3,
    "duplicates_merged": 1,
    "rows_held_back": 0,
    "rows_without_course": 1,
    "expected": {"courses": 3, "centres": 4},
    "found": {"countries": 2, "centres": 3, "courses": 3},
}
LATER = {
    "statement": "Later.",
    "as_of": "2026-11-20",
    "contributions_as_of": "2018-01-31",
    "producer": "Nobody",
    "licence": "None",
    "url": "",
}
DICTIONARY = [
    {
        "name": "courses",
        "title": "Courses",
        "path": "courses.csv",
        "description": "All courses",
        "schema": {
            "fields": [
                {
                    "name": "cmcoord_level",
                    "title": "Level",
                    "type": "string",
                    "description": "Its level",
                    "hxl": "#x_level",
                    "constraints": {"enum": ["a", "b"]},
                }
            ]
        },
    },
]


@pytest.fixture
def write(write_edition, tmp_path, monkeypatch):
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))

    def one(**more):
        return write_edition(
            **{
                "name": store.DEFAULT_EDITION,
                "courses": [
                    ("AAA", {"course_title": "CIMIC *course*"}),
                    ("BBB", {"languages": ("en",)}),
                ],
                "persons": {"AAA": 50, "BBB": 30, "CCC": 20},
                **more,
            }
        )

    return one


@pytest.fixture
def two(write):
    write()
    write(
        name="later",
        courses=[("AAA", {"cmcoord_level": "module"}), ("CCC", {})],
        package={"edition": LATER, "title": "Later edition"},
    )


def _open(page, **link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


def _said(app):
    parts = (*app.caption, *app.markdown, *app.info, *app.subheader)
    return "\n".join(part.value for part in parts)


def _table(app, *columns):
    """The table on the page that has these columns."""
    return next(t.value for t in app.dataframe if set(columns) <= set(t.value.columns))


def test_the_rule_of_the_grades_is_printed_beside_them(write):
    write()

    said = _said(_open("evidence"))

    assert "at least half of the considered courses are documented" in said
    assert "**A** passes all four tests" in said


def test_a_grade_in_the_link_leaves_its_countries(write):
    write()

    every = _table(_open("evidence"), "grade", "why")
    assert set(every["country_iso3"]) == {"AAA", "BBB"}
    some = every["grade"].iloc[0]
    assert set(_table(_open("evidence", grade=some), "grade", "why")["grade"]) == {some}


def test_a_grade_that_no_country_has_says_so(write):
    write()

    assert "No reviewed country has grade A" in _said(_open("evidence", grade="A"))


def test_codings_to_look_at_again_name_the_word_and_can_be_filtered(write):
    write()

    rows = _table(_open("evidence"), "because")
    assert "“CIMIC” in the title" in rows["because"].iloc[0]
    assert "no considered course" in _said(_open("evidence", coded="module")).lower()


def test_rows_read_add_up_on_screen_and_control_totals_are_compared(write):
    write(package={"reconciliation": RECORD})

    app = _open("evidence")

    assert "5 = 3 + 1 + 0 + 1: every row is accounted for." in _said(app)
    assert list(_table(app, "expected", "found")["matches"]) == [True, False, True]
    assert "Something differs" in _said(app)


def test_rows_that_do_not_add_up_are_not_said_to(write):
    write(package={"reconciliation": RECORD | {"rows_read": 9}})

    assert "9 is not 3 + 1 + 0 + 1" in _said(_open("evidence"))


def test_inputs_stand_with_their_sums(write):
    write()

    assert list(_table(_open("evidence"), "sha256", "path")["sha256"]) == ["0" * 64]


def test_a_build_without_issues_says_so(write):
    write()

    assert "nothing to report" in _said(_open("evidence"))


def test_issues_can_be_filtered_by_severity_and_code(write):
    write(issues=[ISSUE, ISSUE | {"severity": "error", "code": "country-unknown", "cell": "B3"}])

    every, errors = (
        _table(_open("evidence", **link), "severity", "message")
        for link in ({}, {"severity": "error"})
    )

    assert list(every["severity"]) == ["error", "note"]
    assert list(errors["workbook_cell"]) == ["Matrix!B3"]
    neither = _open("evidence", severity="error", code="row-note")
    assert "Loosen one of the two" in _said(neither)


def test_thousands_of_issues_are_counted_and_cut_on_screen_only(write):
    write(issues=[ISSUE | {"cell": f"A{n}"} for n in range(2500)])

    app = _open("evidence")

    assert len(_table(app, "severity", "message")) == 1000
    assert "2,500 issues of 2,500; the first 1,000 are shown, the file has all" in _said(app)


def test_with_one_edition_a_person_is_told_how_to_add_another(write):
    write()

    app = _open("editions")

    assert "Only one edition is built" in app.info[0].value
    assert "make build" in _said(app) and not app.get("plotly_chart")


def test_the_other_edition_is_compared_without_being_asked_for(two):
    app = _open("editions")

    assert app.selectbox(key="against_shown").value == "later"
    assert app.subheader[0].value == (
        "From 0 to 50 per cent documented: +50 points by the evidence, ±0 by the personnel"
    )
    assert list(_table(app, "was_label", "became_label")["country_iso3"]) == ["AAA", "BBB", "CCC"]


def test_from_the_later_edition_the_comparison_reads_the_same(two):
    one, other = _open("editions"), _open("editions", edition="later")

    assert one.subheader[0].value == other.subheader[0].value


def test_an_edition_is_not_compared_with_itself_when_the_link_says_so(two):
    app = _open("editions", against=store.DEFAULT_EDITION)

    assert app.selectbox(key="against_shown").value == "later"


def test_a_pair_of_classes_in_the_link_leaves_its_countries(two):
    app = _open("editions", was="gap", became="covered")
    none = _open("editions", was="covered", became="gap")

    assert list(_table(app, "was_label")["country_iso3"]) == ["AAA"]
    assert "No country went from the one class to the other" in _said(none)


@pytest.mark.parametrize(
    ("items", "said"),
    [("countries", "1 came · 1 went"), ("courses", "1 came · 1 went · 1 changed")],
)
def test_what_came_and_went_can_be_looked_at(two, items, said):
    assert said in _said(_open("editions", items=items))


def test_a_damaged_other_edition_is_named_and_the_page_stays(two, tmp_path):
    (tmp_path / "later" / "courses.csv").write_text("nonsense")

    app = _open("editions")

    assert "courses.csv" in app.info[0].value


def test_no_personnel_is_a_designed_state(two):
    app = _open("editions", personnel="police")

    assert "Choose other personnel or another date" in _said(app)


def test_the_method_shows_the_section_of_the_link(write):
    write()

    app = _open("method", section="the-class-of-a-country")

    assert "#### The class of a country" in _said(app)


def test_without_the_text_of_the_method_a_person_is_told_where_it_is(write, monkeypatch, tmp_path):
    write()
    monkeypatch.setattr("dashboard.edition.definitions.METHOD", tmp_path / "none.md")

    assert "docs/method.md" in _open("method").info[0].value


def test_every_class_level_and_state_has_a_swatch_with_a_name(write):
    write()

    names = [picture.proto.imgs[0].alt for picture in _open("method").get("image")]
    assert len(set(names)) == 12 and all("is drawn" in name for name in names)


def test_examples_show_evidence_source_and_cell_as_plain_text(write):
    write()

    said = _said(_open("method"))

    assert "**CIMIC \\*course\\***" in said
    assert "[Source](<https://example.org/course>)" in said and "Matrix!row 7" in said


def test_the_dictionary_of_a_table_can_be_chosen(write):
    write(package={"resources": DICTIONARY})

    rows = _table(_open("method", table="courses"), "hxl")

    assert rows.iloc[0].to_dict() == {
        "column": "cmcoord_level",
        "title": "Level",
        "type": "string",
        "description": "Its level",
        "unit": "",
        "values": "a, b",
        "hxl": "#x_level",
    }


def test_the_citation_stands_in_three_forms(write):
    write()

    codes = [code.value for code in _open("method").code]

    assert any("[data set]" in code for code in codes)
    assert any(code.startswith("@misc{") for code in codes)
    assert any(code.startswith("TY  - DATA") for code in codes)
