"""Taking a storyline away: its minutes and its deck, made beside the page."""

import io
import time
from datetime import date

import docx
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.exports.pictures import browser
from dashboard.screen.briefing import take_away
from dashboard.screen.frame import jobs, my_storyline
from dashboard.views.storyline import DEFAULT, Slide, Storyline

pytestmark = pytest.mark.app

SECONDS = 60
STORY = Storyline(
    "Our story",
    (
        Slide("coverage", note="Said *so*.", decision="Done."),
        Slide("plan"),
        Slide("contributors", title="=1+1"),
    ),
)


def _page():
    from dashboard.edition import store
    from dashboard.edition.selection import default_selection
    from dashboard.screen.briefing import take_away

    tables = store.load(store.DEFAULT_EDITION)
    take_away.documents(tables, default_selection(tables))


@pytest.fixture
def opened(write_edition, tmp_path, monkeypatch):
    """A function that shows the section for a storyline."""
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {})],
        persons={"AAA": 50, "BBB": 30},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setattr(jobs, "_jobs", type(jobs._jobs)())
    browser.stop()

    def show(story):
        monkeypatch.setattr(my_storyline, "current", lambda: story)
        app = AppTest.from_function(_page, default_timeout=SECONDS)
        return _run(app)

    return show


def _run(app):
    app.run()
    assert not app.exception, app.exception
    return app


def _press(app, key):
    app.button(key=key).click()
    return _run(app)


def _finished(app):
    """Once the jobs are over and the page has seen it."""
    deadline = time.monotonic() + SECONDS
    while not all(job.is_over for job in app.session_state["storyline_jobs"]):
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
    return _run(app)


def _captions(app):
    return [text.value for text in app.caption]


def test_minutes_are_made_beside_the_page_for_the_day_of_the_meeting(opened):
    app = opened(STORY)
    assert app.date_input(key="held").value == date.today()

    app.date_input(key="held").set_value(date(2026, 11, 21))
    _finished(_press(_run(app), "storyline-minutes"))

    (job,) = app.session_state["storyline_jobs"]
    ((name, data),) = job.made.files.items()
    assert name.startswith("minutes-2026-11-21_")
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    assert "Minutes of the meeting of 21 November 2026" in text
    assert "Said *so*." in text and "=1+1" in text
    labels = [button.label.partition(" (")[0] for button in app.get("download_button")]
    assert labels == ["Minutes"]
    assert any(
        "Slide 2, What a plan would change: there is nothing" in one for one in _captions(app)
    )


def test_a_deck_is_made_beside_them_and_both_can_be_cleared(opened):
    app = opened(STORY)
    _finished(_press(_press(app, "storyline-minutes"), "storyline-deck"))

    assert [job.title for job in app.session_state["storyline_jobs"]] == [
        "Our story: deck (PowerPoint)",
        "Our story: minutes (Word)",
    ]
    for job in list(app.session_state["storyline_jobs"]):
        _press(app, f"clear-{job.id}")
    assert not app.get("download_button") and not app.session_state["storyline_jobs"]


def test_minutes_can_leave_out_what_was_not_discussed(opened):
    app = opened(STORY)
    app.toggle(key="only_discussed").set_value(True)
    _finished(_press(_run(app), "storyline-minutes"))

    (job,) = app.session_state["storyline_jobs"]
    read = docx.Document(io.BytesIO(*job.made.files.values()))
    headings = [one.text for one in read.paragraphs if one.style.name == "Heading 2"]
    assert "Shown without note or decision" in headings


def test_a_storyline_that_nothing_was_said_about_is_told_so(opened):
    app = opened(DEFAULT)

    assert app.toggle(key="only_discussed").disabled
    assert take_away.NOTHING_SAID in _captions(app)


def test_a_storyline_without_slides_makes_nothing(opened):
    app = opened(Storyline("Empty"))

    assert all(app.button(key=f"storyline-{kind}").disabled for kind in ("minutes", "deck"))


def test_a_job_can_be_cancelled_and_says_what_is_made(opened, monkeypatch):
    go_on = []

    def slow(meeting, view, begin):
        begin(1)
        while not go_on:
            time.sleep(0.01)
        begin(2)

    monkeypatch.setattr(take_away, "make", slow)
    app = _press(opened(STORY), "storyline-deck")
    (job,) = app.session_state["storyline_jobs"]
    deadline = time.monotonic() + SECONDS
    while job.at < 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    _run(app)
    assert "Numbers: 1, Personnel by class" in app.get("progress")[0].text

    _press(app, f"cancel-{job.id}")
    go_on.append(True)
    _finished(app)

    assert any("Cancelled. Nothing was kept." in one for one in _captions(app))


def test_a_failure_and_a_refusal_are_told(opened, monkeypatch):
    def broken(meeting, view, begin):
        raise RuntimeError("no *such* column")

    monkeypatch.setattr(take_away, "make", broken)
    app = _finished(_press(opened(STORY), "storyline-deck"))
    assert "It could not be made" in app.error[0].value

    monkeypatch.setattr(jobs, "MOST_JOBS", 0)
    _press(app, "storyline-deck")
    assert any("Many people" in text.value for text in app.warning)
