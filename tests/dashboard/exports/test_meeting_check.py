"""The check before a meeting: what it finds on slides that have it, and on none that do not."""

import time
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.typeset.slide import Screen
from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.exports.meeting_check import one_slide
from dashboard.exports.meeting_check.check import check, steps
from dashboard.exports.meeting_check.faults import Kind, Severity
from dashboard.screen.frame import jobs
from dashboard.views.shown import shown
from dashboard.views.storyline import Slide, Storyline

pytestmark = pytest.mark.app

SCREENS = (Screen(1920, 1080, 1760, 1001), Screen(1280, 720, 1120, 641))
NOTHING = Slide("plan")  # what a plan would change, without a plan
LONG = "A title that says far more than any title on a shared screen should ever say to a room "
SECONDS = 60


@pytest.fixture
def tables(edition):
    return edition(
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {}), ("CCC", {})],
        persons={"AAA": 50, "BBB": 30, "CCC": 20},
    )


@pytest.fixture
def drawing(monkeypatch):
    """Makes every slide show a chart of the test: its traces, and the rest of its layout."""

    def use(data=(), **layout):
        whole = {
            "xaxis": {"visible": False, "range": [0, 10], "fixedrange": True},
            "yaxis": {"visible": False, "range": [0, 10], "fixedrange": True},
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "width": 1760,
            "height": 1001,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"size": 24, "family": "Arial"},
            "title": {"text": ""},
            "meta": {"smallest_type": 24},
        } | layout
        chart = go.Figure({"data": list(data), "layout": whole}, _validate=False)
        monkeypatch.setattr(one_slide, "on_slide", lambda *args, **kwargs: chart)

    return use


def _check(tables, *slides, screens=SCREENS[:1], **more):
    story = Storyline("Story", slides or (Slide("coverage"),))
    return check(
        story, tables, default_selection(tables), {tables.edition: tables}, screens, **more
    )


# --- missing --------------------------------------------------------------------------------------


def test_a_good_storyline_is_ready(tables):
    checked = _check(tables, Slide("coverage"), Slide("contributors"), screens=SCREENS)

    assert checked.findings == () and checked.is_ready
    assert checked.verdict == (
        "Ready: 2 slides on 2 screens, nothing missing, nothing that asks another machine."
    )


def test_an_empty_figure_is_missing_with_its_reason(tables):
    checked = _check(tables, Slide("coverage"), NOTHING)

    [one] = checked.findings
    assert (one.number, one.kind, one.severity) == (2, Kind.MISSING, Severity.PROBLEM)
    slide = shown(NOTHING, tables, default_selection(tables), {tables.edition: tables})
    assert slide.figure.empty and slide.figure.empty in one.what
    assert checked.verdict.startswith("Not ready: 2 slides on 1 screen, 1 problem on slide 2")


def test_an_edition_that_is_gone_and_a_code_that_is_not_offered_are_named(tables):
    checked = _check(
        tables,
        Slide("coverage", view="edition=burnt&personnel=troops"),
        Slide("coverage", view="mission=UNOWHERE"),
    )

    assert [one.number for one in checked.findings] == [1, 2]
    assert "burnt" in checked.findings[0].what and "Tiny edition" in checked.findings[0].what
    assert "UNOWHERE" in checked.findings[1].what
    assert {one.kind for one in checked.findings} == {Kind.MISSING}


def test_what_cannot_be_made_does_not_keep_the_others_from_being_checked(tables, monkeypatch):
    def broken(slide, *args):
        if slide.figure == "world":
            raise RuntimeError("no shapes")
        return shown(slide, *args)

    monkeypatch.setattr(one_slide, "shown", broken)
    checked = _check(tables, Slide("world"), NOTHING)

    assert [one.number for one in checked.findings if one.kind is Kind.MISSING] == [1, 2]


def test_a_title_that_leaves_no_room_is_told_from_a_figure_that_does_not_fit(tables):
    tiny = Screen(1920, 1080, 1760, 60)
    by_title = _check(tables, Slide("coverage", title=LONG * 40))
    by_figure = _check(tables, Slide("coverage"), screens=(tiny,))

    assert "title or caption is too long" in by_title.findings[0].what
    assert "does not fit" in by_figure.findings[0].what
    assert not by_title.is_ready and not by_figure.is_ready


def test_a_title_of_many_lines_is_worth_a_look(tables):
    checked = _check(tables, Slide("coverage", title=LONG * 2))

    [one] = checked.findings
    assert (one.severity, one.what) == (Severity.LOOK, "The title takes 3 lines.")
    assert checked.is_ready and "1 thing to look at" in checked.verdict


# --- what does not fit, and what asks the network -------------------------------------------------


def test_a_chart_that_fits_only_with_type_that_is_too_small_is_named_with_its_screen(
    tables, drawing
):
    drawing(meta={"smallest_type": 15.9})
    checked = _check(tables, screens=SCREENS)

    [one] = checked.findings
    assert one.kind is Kind.TOO_LONG and "15.9 px, 24 needed" in one.what
    assert one.screens == ("1920 × 1080", "1280 × 720")


def test_an_address_outside_this_machine_is_named(tables, drawing):
    drawing(images=[{"source": "https://pictures.example.org/logo.png"}])
    checked = _check(tables)

    [one] = checked.findings
    assert one.kind is Kind.NETWORK and "pictures.example.org" in one.what
    assert "nothing that asks another machine" not in checked.verdict


# --- on the page ----------------------------------------------------------------------------------


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {})],
        persons={"AAA": 50, "BBB": 30},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(jobs, "_jobs", type(jobs._jobs)())


def _page():
    from dashboard.edition import store
    from dashboard.edition.selection import default_selection
    from dashboard.screen.briefing import meeting_check

    tables = store.load(store.DEFAULT_EDITION)
    meeting_check.show(tables, default_selection(tables))


def _open(*slides):
    app = AppTest.from_function(_page, default_timeout=SECONDS)
    app.session_state["_storyline"] = Storyline("Story", slides)
    app.session_state["_storyline_link"] = ""
    app.run()
    assert not app.exception, app.exception
    return app


def _press(app, key):
    app.button(key=key).click().run()
    assert not app.exception, app.exception


def _checked(app):
    _press(app, "check-meeting")
    deadline = time.monotonic() + SECONDS
    while not app.session_state["meeting_check"].job.is_over:
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
    app.run()
    assert not app.exception, app.exception


def test_the_page_tells_the_verdict_and_leads_to_each_slide_with_a_finding(processed):
    app = _open(Slide("coverage"), NOTHING)
    _checked(app)

    assert app.warning[0].value.startswith("Not ready: 2 slides on 3 screens")
    table = app.dataframe[0].value
    assert table["slide_number"].tolist() == [2]
    _press(app, "check-slide-2")
    assert app.session_state["_next_page"] == ("briefing", {"slide": "2"})


def test_a_check_says_when_the_storyline_has_changed_since(processed):
    app = _open(Slide("coverage"))
    _checked(app)
    assert app.success[0].value.startswith("Ready:") and not app.info

    story = app.session_state["_storyline"]
    app.session_state["_storyline"] = story.with_slide(0, note="Said in the room")
    app.run()
    assert not app.info
    app.session_state["_storyline"] = replace(story, slides=(Slide("contributors"),))
    app.run()
    assert "has changed since this check" in app.info[0].value


def test_a_check_can_be_cancelled(processed, monkeypatch):
    def endless(story, tables, selection, editions, screens, begin):
        for at in range(10**6):
            begin(min(at, len(steps(story, screens)) - 1))
            time.sleep(0.02)

    monkeypatch.setattr("dashboard.screen.briefing.meeting_check.check", endless)
    app = _open(Slide("coverage"))
    _press(app, "check-meeting")
    assert app.button(key="check-meeting").disabled
    _press(app, "check-cancel")
    job = app.session_state["meeting_check"].job
    deadline = time.monotonic() + SECONDS
    while not job.is_over:
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
    app.run()
    assert "cancelled" in app.caption[-1].value


def test_a_storyline_without_slides_has_nothing_to_check(processed):
    assert _open().button(key="check-meeting").disabled
