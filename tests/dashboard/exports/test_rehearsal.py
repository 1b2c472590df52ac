"""The check before a meeting: what it finds on slides that have it, and on none that do not."""

import time
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from dashboard.exports.meeting_check.measuring import drawn
from dashboard.exports.meeting_check.slide_faults import Kind, Severity
from streamlit.testing.v1 import AppTest

from dashboard.charts.typeset.slide import Screen
from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.exports.meeting_check import one_slide
from dashboard.exports.meeting_check.check import NOT_DRAWN, rehearse, steps
from dashboard.exports.pictures import browser
from dashboard.screen.frame import jobs
from dashboard.views.shown import shown
from dashboard.views.storyline import Slide, Storyline

pytestmark = pytest.mark.app

SCREENS = (Screen(1920, 1080, 1760, 1001), Screen(1280, 720, 1120, 641))
NOTHING = Slide("plan")  # what a plan would change, without a plan
LONG = "A title that says far more than any title on a shared screen should ever say to a room "
SECONDS = 60
ABOVE = {
    "xref": "paper",
    "yref": "paper",
    "x": 0,
    "y": 1,
    "xanchor": "left",
    "yanchor": "top",
    "showarrow": False,
}
# The mark of progress is the last shape of a slide; it is not judged.
PROGRESS = {"type": "rect", "x0": 0, "x1": 0, "y0": 0, "y1": 0}
in_browser = pytest.mark.browser


@pytest.fixture
def tables(edition):
    return edition(
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {}), ("CCC", {})],
        persons={"AAA": 50, "BBB": 30, "CCC": 20},
    )


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    browser.stop()


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """A machine that is busy with other tests makes no slide slow."""
    monkeypatch.setattr(one_slide, "LONGEST_SECONDS", SECONDS)


@pytest.fixture
def without_browser(monkeypatch):
    browser.stop()
    monkeypatch.setenv("CHROMIUM", "no-such-browser")


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
        monkeypatch.setattr(one_slide, "on_wall", lambda *args, **kwargs: chart)

    return use


def _check(tables, *slides, screens=SCREENS[:1], **more):
    story = Storyline("Story", slides or (Slide("coverage"),))
    return rehearse(
        story, tables, default_selection(tables), {tables.edition: tables}, screens, **more
    )


def _found(checked):
    return [(one.kind, one.severity, one.what) for one in checked.findings]


# --- missing --------------------------------------------------------------------------------------


def test_a_good_storyline_is_ready_and_says_what_was_not_looked_at(tables, without_browser):
    checked = _check(tables, Slide("coverage"), Slide("contributors"), screens=SCREENS)

    assert checked.findings == () and checked.is_ready
    assert checked.verdict.startswith(
        "Ready as far as can be said without drawing it: 2 slides on 2 screens, nothing missing, "
    )
    assert checked.verdict.endswith("smallest type 24 px at 1920 × 1080.")
    assert checked.notes == (NOT_DRAWN,)


def test_an_empty_figure_is_missing_with_its_reason(tables, without_browser):
    checked = _check(tables, Slide("coverage"), NOTHING)

    [one] = checked.findings
    assert (one.number, one.kind, one.severity) == (2, Kind.MISSING, Severity.PROBLEM)
    slide = shown(NOTHING, tables, default_selection(tables), {tables.edition: tables})
    assert slide.figure.empty and slide.figure.empty in one.what
    assert checked.verdict.startswith("Not ready: 2 slides on 1 screen, 1 problem on slide 2")


def test_an_edition_that_is_gone_and_a_code_that_is_not_offered_are_named(tables, without_browser):
    checked = _check(
        tables,
        Slide("coverage", view="edition=burnt&personnel=troops"),
        Slide("coverage", view="mission=UNOWHERE"),
    )

    assert [one.number for one in checked.findings] == [1, 2]
    assert "burnt" in checked.findings[0].what and "Tiny edition" in checked.findings[0].what
    assert "UNOWHERE" in checked.findings[1].what
    assert {one.kind for one in checked.findings} == {Kind.MISSING}


def test_what_cannot_be_made_does_not_keep_the_others_from_being_checked(
    tables, without_browser, monkeypatch
):
    def broken(slide, *args):
        if slide.figure == "world":
            raise RuntimeError("no shapes")
        return shown(slide, *args)

    monkeypatch.setattr(one_slide, "shown", broken)
    checked = _check(tables, Slide("world"), NOTHING)

    assert [one.number for one in checked.findings if one.kind is Kind.MISSING] == [1, 2]


def test_a_title_that_leaves_no_room_is_told_from_a_figure_that_does_not_fit(
    tables, without_browser
):
    tiny = Screen(1920, 1080, 1760, 60)
    by_title = _check(tables, Slide("coverage", title=LONG * 40))
    by_figure = _check(tables, Slide("coverage"), screens=(tiny,))

    assert "title or caption is too long" in by_title.findings[0].what
    assert "does not fit" in by_figure.findings[0].what
    assert not by_title.is_ready and not by_figure.is_ready


def test_a_title_of_many_lines_is_worth_a_look(tables, without_browser):
    checked = _check(tables, Slide("coverage", title=LONG * 2))

    [one] = checked.findings
    assert (one.severity, one.what) == (Severity.LOOK, "The title takes 3 lines.")
    assert checked.is_ready and "1 thing to look at" in checked.verdict


# --- slow -----------------------------------------------------------------------------------------


def test_a_slide_that_is_slow_every_time_is_a_problem_and_once_is_worth_a_look(
    tables, without_browser, monkeypatch
):
    waits = [0.5, 0.5, 0.5, 0.0]
    monkeypatch.setattr(one_slide, "LONGEST_SECONDS", 0.4)

    def slow(*args):
        time.sleep(waits.pop(0))
        return shown(*args)

    monkeypatch.setattr(one_slide, "shown", slow)
    checked = _check(tables, Slide("coverage"), Slide("coverage"))

    assert [(one.kind, one.severity) for one in checked.findings] == [
        (Kind.SLOW, Severity.PROBLEM),
        (Kind.SLOW, Severity.LOOK),
    ]
    assert "400 ms is the most" in checked.findings[0].what
    assert checked.slowest >= 0.5


# --- unreadable, without a browser ----------------------------------------------------------------


def test_type_that_was_laid_out_too_small_is_named_with_its_screen(
    tables, without_browser, drawing
):
    drawing(meta={"smallest_type": 15.9})
    checked = _check(tables, screens=SCREENS)

    [one] = checked.findings
    assert one.what == "Type of 15.9 px on 1920 × 1080, 24 needed."
    assert one.screens == ("1920 × 1080", "1280 × 720")


def test_colours_words_and_addresses_are_judged_without_a_browser(tables, without_browser, drawing):
    pale = {
        "type": "bar",
        "x": [5],
        "y": [5],
        "text": ["7 of 12"],
        "textposition": "inside",
        "textfont": {"color": "#FFFFFF"},
        "marker": {"color": "#D4E5F7"},
    }
    drawing(
        [pale],
        annotations=[
            ABOVE | {"text": "Here stands a label"},
            ABOVE | {"text": "And here one on it"},
            ABOVE | {"text": "Beyond", "yanchor": "bottom", "yshift": 40},
        ],
        images=[{"source": "https://pictures.example.org/logo.png"}],
    )
    checked = _check(tables)

    said = " ".join(one.what for one in checked.findings)
    assert "behind “7 of 12”, 4.5 needed" in said
    assert "“Here stands a label” stands on “And here one on it”" in said
    assert "“Beyond”" in said
    assert "pictures.example.org" in said
    assert Kind.NETWORK in {one.kind for one in checked.findings}


def test_neighbours_that_greyscale_makes_one_are_named_unless_one_is_hatched(
    tables, without_browser, drawing
):
    square = {
        "type": "rect",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "x0": 0,
        "x1": 20,
        "y0": 0,
        "y1": 20,
        "line": {"width": 0},
    }
    hatch = {
        "type": "path",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "path": "M0,0L20,20",
        "line": {"color": "#595959"},
    }
    red, green = square | {"fillcolor": "#D2691E"}, square | {"fillcolor": "#2E9E4F"}

    drawing(shapes=[red, green])
    [one] = _check(tables).findings
    assert "greyscale" in one.what

    drawing(shapes=[red, green, hatch])
    assert _check(tables).findings == ()


# --- in the browser -------------------------------------------------------------------------------


@in_browser
def test_good_slides_are_found_good_where_they_are_drawn(tables):
    checked = _check(tables, Slide("contributors"), screens=SCREENS)

    assert checked.is_drawn and checked.asked == ()
    assert checked.verdict.startswith("Ready: 1 slide on 2 screens, nothing missing, slowest ")
    assert checked.findings == ()
    assert "no request left this machine" in checked.verdict


def _note(text, x, y, **more):
    return {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": False,
        "xref": "x",
        "yref": "y",
        "font": {"size": 24, "color": "#1D2329"},
        "bgcolor": "#FFFFFF",
    } | more


@in_browser
@pytest.mark.parametrize(
    ("layout", "says"),
    [
        (
            {"annotations": [_note("Small", 5, 5, font={"size": 15, "color": "#000000"})]},
            "Type of 15 px on 1920 × 1080, 24 needed (“Small”).",
        ),
        (
            {"annotations": [_note("Pale", 5, 5, font={"size": 24, "color": "#AAAAAA"})]},
            "2.3 to 1 behind “Pale”, 4.5 needed.",
        ),
        (
            {"annotations": [_note("One label", 5, 5), _note("Another label", 5, 5)]},
            "“One label” stands on “Another label”.",
        ),
        ({"annotations": [_note("Beyond the edge", 10, 5)]}, "1 label cut off at an edge"),
        (
            {
                "shapes": [
                    {
                        "type": "line",
                        "x0": 1,
                        "x1": 9,
                        "y0": 3,
                        "y1": 3,
                        "line": {"color": "#777777", "width": 0.7},
                    },
                    PROGRESS,
                ]
            },
            "1 line of 0.7 px, 1.5 needed.",
        ),
        (
            {
                "shapes": [
                    {
                        "type": "rect",
                        "x0": 1,
                        "x1": 9,
                        "y0": 3,
                        "y1": 6,
                        "line": {"width": 0},
                        "fillcolor": "#144372",
                    },
                    PROGRESS,
                ]
            },
            "on the dark page: 1.8 to 1, 3 needed.",
        ),
    ],
)
def test_a_drawn_slide_is_measured(tables, drawing, layout, says):
    drawing(**layout)
    found = [what for kind, _, what in _found(_check(tables)) if kind is Kind.UNREADABLE]

    assert len(found) == 1 and says in found[0]


@in_browser
def test_words_on_a_hatch_are_judged_by_the_worse_of_its_colours(tables, drawing):
    hatch = {
        "shape": "/",
        "fillmode": "replace",
        "size": 8,
        "solidity": 0.28,
        "fgcolor": "#595959",
        "bgcolor": "#FFFFFF",
    }
    bar = {
        "type": "bar",
        "orientation": "h",
        "base": [1],
        "x": [8],
        "y": [5],
        "width": [3],
        "text": ["On a hatch"],
        "textposition": "inside",
        "textfont": {"color": "#1D2329", "size": 24},
        "marker": {"color": "#FFFFFF", "pattern": hatch, "line": {"color": "#595959", "width": 2}},
    }
    drawing([bar])
    pale = [what for _, _, what in _found(_check(tables)) if "label with too little" in what]

    assert len(pale) == 1 and "behind “On a hatch”" in pale[0]


@in_browser
def test_a_request_that_would_leave_the_machine_is_held_back_and_named(tables, drawing):
    address = "http://pictures.invalid/logo.png"
    drawing(
        images=[
            {
                "source": address,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "sizex": 1,
                "sizey": 1,
            }
        ]
    )
    checked = _check(tables)

    assert checked.asked == (address,)
    asking = [one.kind for one in checked.findings if "pictures.invalid" in one.what]
    assert asking == [Kind.NETWORK]
    assert "1 request to other machines" in checked.verdict


@in_browser
def test_a_picture_is_drawn_while_slides_are_measured(tables):
    figure = go.Figure(layout={"width": 300, "height": 200}).to_dict()
    before = browser.renderer().draw(figure, format="svg", width=300, height=200)
    measured = drawn(figure, 300, 200)
    after = browser.renderer().draw(figure, format="svg", width=300, height=200)

    assert all(picture.result(SECONDS).startswith(b"<svg") for picture in (before, after))
    assert measured.seconds > 0 and measured.asked == ()


@in_browser
def test_a_browser_that_stops_answering_leaves_the_other_checks(tables, monkeypatch):
    monkeypatch.setattr(one_slide.slide_measuring, "_script", lambda: "() => { throw 1; }")
    checked = _check(tables)

    assert not checked.is_drawn and checked.is_ready
    assert checked.notes == (NOT_DRAWN,)


# --- on the page ----------------------------------------------------------------------------------


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch, without_browser):
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
    _press(app, "rehearse")
    deadline = time.monotonic() + SECONDS
    while not app.session_state["rehearsal"].job.is_over:
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
    _press(app, "rehearsal-2")
    assert app.session_state["_next_page"] == ("briefing", {"slide": "2"})


def test_a_check_says_when_the_storyline_has_changed_since(processed):
    app = _open(Slide("coverage"))
    _checked(app)
    assert app.success[0].value.startswith("Ready as far as") and not app.info

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

    monkeypatch.setattr("dashboard.screen.briefing.meeting_check.rehearse", endless)
    app = _open(Slide("coverage"))
    _press(app, "rehearse")
    assert app.button(key="rehearse").disabled
    _press(app, "rehearsal-cancel")
    job = app.session_state["rehearsal"].job
    deadline = time.monotonic() + SECONDS
    while not job.is_over:
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
    app.run()
    assert "cancelled" in app.caption[-1].value


def test_a_storyline_without_slides_has_nothing_to_check(processed):
    assert _open().button(key="rehearse").disabled
