"""The page of conversations through the entry point, before the first of them and after."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGE = "app_pages/conversations.py"
COURSES = [
    ("AAA", {"cmcoord_level": "module"}),
    ("BBB", {"course_title": "**Half** seen", "evidence_type": "news-report"}),
]
ANSWER = {
    "date": "2019-05-04",
    "country_iso3": "AAA",
    "centre_id": "AAA-centre-0",
    "course_id": "AAA-0",
    "field": "cmcoord_level",
    "before": "related",
    "after": "module",
    "source": "A call",
    "note": "",
}
QUESTION = {key: ANSWER[key] for key in ("date", "field", "source", "note")} | {
    "country_iso3": "BBB",
    "centre_id": "BBB-centre-1",
    "course_id": "BBB-1",
}


@pytest.fixture
def open_page(write_edition, tmp_path, monkeypatch):
    """A function: what consultations.xlsx held, and the choices of the link -> the page, run."""
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))

    def run(changes=(), asked=(), **link):
        told = {"changes": list(changes), "asked": list(asked)}
        write_edition(
            name=store.DEFAULT_EDITION,
            courses=COURSES,
            persons={"AAA": 50, "BBB": 70},
            package={"consultations": told},
        )
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in link.items():
            app.query_params[name] = value
        app.run().switch_page(PAGE).run()
        assert not app.exception, app.exception
        return app

    return run


def _subheaders(app):
    return [element.value for element in app.subheader]


def test_without_a_conversation_the_page_says_how_to_begin(open_page):
    app = open_page()

    assert "No conversation is recorded in this edition" in _subheaders(app)
    assert any("Take the questions along" in element.value for element in app.markdown)
    assert len(app.get("plotly_chart")) == 1


def test_the_largest_contributors_are_asked_first(open_page):
    table = open_page().dataframe[0].value

    assert table["country_iso3"].tolist() == ["BBB", "AAA"]
    assert table["content_questions"].tolist() == [1, 0]


def test_a_country_in_the_link_has_its_questions_alone(open_page):
    app = open_page(country="BBB", details="yes")

    rows = app.dataframe[-1].value
    assert "country_name" not in rows
    assert any("“**Half** seen” be shared" in question for question in rows["question"])
    assert app.button(key="to-country").label == "Everything about Land BBB"


def test_a_country_with_nothing_open_says_so(open_page):
    app = open_page(country="AAA")

    assert "Nothing about content is open to ask of Land AAA" in app.info[0].value


def test_the_workbook_to_fill_in_is_offered(open_page):
    labels = [button.label for button in open_page().get("download_button")]

    assert "These questions to fill in (consultations.xlsx)" in labels


def test_after_a_conversation_the_page_shows_what_it_moved(open_page):
    app = open_page(changes=[ANSWER], asked=[QUESTION])

    shown = _subheaders(app)
    assert "With conversations, Land AAA is covered: 50 persons documented instead of 0" in shown
    assert "What each answer changed" in shown and "Asked, and waiting for an answer" in shown
    moves = app.dataframe[0].value
    assert moves["label_before"].tolist() == ["Partial", "Gap"]
    assert moves["label_after"].tolist() == ["Partial", "Covered"]


def test_a_question_that_waits_is_enough_to_leave_the_beginning(open_page):
    app = open_page(asked=[QUESTION])

    assert "One question put; no answer has come back yet" in _subheaders(app)
    assert "What each answer changed" not in _subheaders(app)
    assert "Asked, and waiting for an answer" in _subheaders(app)
