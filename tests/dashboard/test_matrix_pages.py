"""The pages of the gap matrix, the languages and the functions, through the entry point."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    """One edition with a covered country, a gap, one that is partial and one not reviewed."""
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[
            (
                "AAA",
                {
                    "cmcoord_level": "module",
                    "audiences": ("military",),
                    "languages": ("en",),
                    "topics": ("un-cmcoord", "ihl"),
                },
            ),
            ("BBB", {"languages": ("fr",), "topics": ("ihl",), "audiences": ("police",)}),
            ("CCC", {"course_type": "academic", "evidence_type": "news-report"}),
        ],
        persons={"AAA": 50, "BBB": 30, "CCC": 20, ("DDD", "individual-police"): 25},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))


def _open(page, **link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


def _finding(app, start):
    return next(one.value for one in app.subheader if one.value.startswith(start))


def _heads(app):
    return [one.value for one in app.markdown if one.value.startswith("####")]


@pytest.mark.parametrize("by", ["audience", "course_type", "topic", "language", "level"])
@pytest.mark.parametrize("order", ["rank", "region", "gap", "similarity"])
def test_every_matrix_can_be_drawn_from_a_link(processed, by, order):
    app = _open("matrix", by=by, order=order, rows="all")

    assert len(app.get("plotly_chart")) == 1
    assert app.text_input(key="by").value == by


def test_a_link_to_a_cell_shows_its_courses_with_their_receipts(processed):
    app = _open("matrix", by="topic", country="AAA", column="ihl")

    assert _heads(app) == ["#### Land AAA, Ihl: one considered course"]
    rows = app.dataframe[-1].value
    assert rows["course_title"].tolist() == ["Course 0"]
    assert rows["workbook_cell"].tolist() == ["Matrix!row 7"]


def test_an_empty_cell_says_so_instead_of_showing_a_table(processed):
    app = _open("matrix", country="AAA", column="police")

    assert "That is no finding about what is taught" in app.markdown[-1].value
    assert not app.dataframe


def test_country_and_column_can_be_chosen_by_keyboard(processed):
    app = _open("matrix")
    app.selectbox(key="country_shown").set_value("BBB").run()
    app.selectbox(key="column_shown").set_value("police").run()

    assert app.text_input(key="column").value == "police"
    assert _heads(app) == ["#### Land BBB, Police: one considered course"]


def test_other_columns_let_go_of_a_column_without_a_word(processed):
    app = _open("matrix", by="audience", country="BBB", column="police")

    app.button_group(key="by_shown").set_value("topic").run()

    assert not app.exception and not app.toast
    assert app.text_input(key="column").value == ""
    assert app.text_input(key="country").value == "BBB"


def test_a_column_that_is_nowhere_is_named_and_left_out(processed):
    app = _open("matrix", column="pirates")

    assert ["pirates" in toast.value for toast in app.toast] == [True]


def test_the_number_of_contributors_counts_only_for_the_largest(processed):
    assert not _open("matrix").slider(key="top").disabled
    assert _open("matrix", rows="all").slider(key="top").disabled


def test_filters_that_leave_nothing_say_which_to_loosen_on_each_page(processed):
    for page in ("matrix", "languages", "functions"):
        app = _open(page, course_type="academic", audience="military")
        assert any("Loosen course type or audience" in info.value for info in app.info)


def test_the_languages_page_leads_to_who_is_left_out(processed):
    app = _open("languages", working="fr")

    assert _finding(app, "Module or higher documented in")
    assert app.dataframe[0].value["country_iso3"].tolist() == ["BBB"]
    assert app.dataframe[1].value["course_title"].tolist() == ["Course 1"]


def test_the_functions_page_leads_to_contributors_and_courses(processed):
    app = _open("functions", theme="ihl")

    assert _finding(app, "Protection is documented")
    assert app.dataframe[0].value["country_iso3"].tolist() == ["CCC", "DDD", "AAA", "BBB"]
    assert len(app.dataframe[1].value) == 2


@pytest.mark.parametrize("page", ["matrix", "languages", "functions"])
@pytest.mark.parametrize(
    "link",
    [
        {"personnel": "police"},
        {"threshold": "dedicated"},
        {"threshold": "related"},
        {"as_of": "2018-02-28"},
        {"mission": "MINX"},
    ],
)
def test_the_pages_run_under_every_kind_of_choice(processed, page, link):
    assert _open(page, **link).title[0].value.endswith("?")
