"""The storyline page: arranging and rewording slides, adding them on other pages, file and link."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.screen.frame import add_to_briefing, my_storyline
from dashboard.views.places import PLACES, by_page
from dashboard.views.storyline import (
    DEFAULT,
    MOST_SLIDES,
    Slide,
    Storyline,
    from_link,
    in_link,
    to_toml,
)

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
SECONDS = 60
KEPT = f"edition={store.DEFAULT_EDITION}&as_of=2018-01-31&personnel=police"
THREE = Storyline("Mine", (Slide("coverage"), Slide("contributors", view="top=7"), Slide("world")))


@pytest.fixture(autouse=True)
def processed(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {}), ("CCC", {})],
        persons={"AAA": 50, "BBB": 30, ("CCC", "individual-police"): 20},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def _open(page="storyline", **link):
    app = AppTest.from_file(str(APP), default_timeout=SECONDS)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    _go(app, page)
    return app


def _go(app, page):
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception, app.exception


def _press(app, key):
    app.button(key=key).click().run()
    assert not app.exception, app.exception


def _say(app, widget, text):
    widget.set_value(text).run()
    assert not app.exception, app.exception


def _rows(app):
    return app.dataframe(key="storyline_table").value


def _figures(app):
    """The storyline by its figures, from what the session keeps."""
    return [slide.figure for slide in _story(app).slides]


def _story(app):
    return app.session_state["_storyline"]


def _pick(app, place):
    app.selectbox(key="storyline_picked").set_value(place - 1).run()
    assert not app.exception, app.exception


def _upload(app, name, data):
    app.file_uploader(key="storyline_file").set_value((name, data, "application/toml")).run()
    assert not app.exception, app.exception


# --- the slides -----------------------------------------------------------------------------------


def test_the_page_begins_with_the_default_storyline_under_the_findings_of_its_figures():
    app = _open()

    assert _story(app) == DEFAULT
    assert len(_rows(app)) == len(DEFAULT.slides)
    assert _rows(app)["slide_title"].str.len().min() > 10
    assert set(_rows(app)["follows"]) == {"As chosen"} and not any(_rows(app)["minutes"])
    assert app.button(key="undo").disabled and app.button(key="begin-restart_alt").disabled


def test_a_link_brings_a_storyline_and_the_slide_that_was_picked():
    app = _open(story=in_link(THREE), slide="2")

    assert _story(app) == THREE
    assert app.selectbox(key="storyline_picked").value == 1
    assert app.text_input(key="storyline_title").value == "Mine"
    assert app.button(key="start-here").label == "Start at slide 2"


def test_slides_are_moved_and_the_moved_one_stays_picked():
    app = _open(story=in_link(THREE))
    assert app.button(key="slide-Up").disabled

    _press(app, "slide-Down")
    assert _figures(app) == ["contributors", "coverage", "world"]
    assert app.selectbox(key="storyline_picked").value == 1

    app.selectbox(key="storyline_place").set_value(2).run()
    assert _figures(app) == ["contributors", "world", "coverage"]
    assert app.button(key="slide-Down").disabled
    assert from_link(app.text_input(key="story").value) == _story(app)


def test_a_slide_is_retitled_captioned_and_noted_and_empty_words_bring_the_finding_back():
    app = _open(story=in_link(THREE), slide="3")
    finding = _rows(app)["slide_title"][2]
    assert app.text_input(key="slide-title-2").placeholder == finding

    _say(app, app.text_input(key="slide-title-2"), "Mine: *not bold* <b>")
    _say(app, app.text_input(key="slide-caption-2"), "Said aloud")
    _say(app, app.text_area(key="slide-note-2"), "They asked why")
    _say(app, app.text_area(key="slide-decision-2"), "Ask Pakistan")

    assert _story(app).slides[2] == Slide(
        "world", "Mine: *not bold* <b>", "Said aloud", "", "They asked why", "Ask Pakistan"
    )
    assert _rows(app)["slide_title"][2] == "Mine: *not bold* <b>"
    assert _rows(app)["minutes"].tolist() == ["", "", "Note, Decision"]

    _say(app, app.text_input(key="slide-title-2"), "")
    assert _rows(app)["slide_title"][2] == finding


def test_words_that_are_typed_just_before_a_button_is_pressed_go_to_the_slide_they_were_typed_for():
    app = _open(story=in_link(THREE), slide="2")

    app.text_input(key="slide-title-1").set_value("Typed")
    _press(app, "slide-Up")

    assert [slide.title for slide in _story(app).slides] == ["Typed", "", ""]
    assert _figures(app) == ["contributors", "coverage", "world"]


def test_what_is_removed_comes_back_with_all_its_words_step_by_step():
    app = _open(story=in_link(THREE), slide="2")
    _say(app, app.text_area(key="slide-note-1"), "Not in the link")
    before = _story(app)

    _press(app, "slide-out")
    assert _figures(app) == ["coverage", "world"]
    _press(app, "begin-delete_sweep")
    assert not _story(app).slides and any("no slides" in text.value for text in app.info)
    assert app.button(key="start").disabled

    _press(app, "undo")
    assert app.button(key="undo").label == "Undo: Slide 2 removed"
    _press(app, "undo")
    assert _story(app) == before
    _press(app, "undo")
    assert _story(app) == THREE and app.button(key="undo").disabled


def test_as_many_steps_are_kept_as_promised(monkeypatch):
    monkeypatch.setattr(my_storyline, "STEPS_BACK", 2)
    app = _open(story=in_link(THREE))

    for _ in range(3):
        _press(app, "slide-copy")
    for _ in range(2):
        _press(app, "undo")

    assert len(_story(app).slides) == 4 and app.button(key="undo").disabled


def test_the_last_slide_can_be_removed_and_the_default_storyline_taken_again():
    app = _open(story=in_link(Storyline("One", (Slide("world"),))), slide="1")

    _press(app, "slide-out")
    assert not app.dataframe

    _press(app, "begin-restart_alt")
    assert _story(app) == DEFAULT and app.text_input(key="story").value == ""


def test_a_slide_keeps_its_view_until_it_is_told_to_follow_again():
    app = _open(story=in_link(THREE), slide="2", personnel="police")

    _press(app, "slide-keep")
    assert _story(app).slides[1].view == f"{KEPT}&top=7"
    app.selectbox(key="personnel_shown").set_value("all").run()
    assert _rows(app)["follows"][1].startswith("Keeps: Police personnel")
    assert _rows(app)["follows"][0] == "As chosen"

    _press(app, "slide-follow")
    assert _story(app).slides[1].view == "top=7"
    assert _rows(app)["follows"][1] == "As chosen"


def test_a_slide_leads_to_the_page_behind_it_as_it_shows_it():
    app = _open(
        story=in_link(Storyline("", (Slide("matrix", view=f"{KEPT}&by=level"),))),
        country="AAA",
        threshold="cimic",
    )

    _press(app, "slide-open")

    assert app.title[0].value.endswith("?") and app.text_input(key="by").value == "level"
    assert app.text_input(key="personnel").value == "police"
    assert app.text_input(key="threshold").value == app.text_input(key="country").value == ""


def test_the_storyline_has_a_title_of_its_own():
    app = _open()

    _say(app, app.text_input(key="storyline_title"), "For the meeting in June")
    assert _story(app) == Storyline("For the meeting in June", DEFAULT.slides)

    _say(app, app.text_input(key="storyline_title"), " ")
    assert _story(app) == DEFAULT


def test_the_briefing_starts_at_its_first_slide_or_at_the_one_that_is_picked():
    app = _open(story=in_link(THREE), slide="3")

    _press(app, "start-here")
    assert app.text_input(key="slide").value == "3"

    _go(app, "storyline")
    _press(app, "start")
    assert app.text_input(key="slide").value == ""


# --- from other pages -----------------------------------------------------------------------------


def test_a_figure_of_any_page_becomes_the_last_slide_with_its_view():
    app = _open("contributors", personnel="police", top="7")

    _press(app, "brief-contributors")

    number = len(DEFAULT.slides) + 1
    (told,) = [toast.value for toast in app.toast]
    assert told == f"Added to the briefing as slide {number} of {number}"
    assert _story(app).slides[-1] == Slide("contributors", view=f"{KEPT}&top=7")

    _go(app, "storyline")
    assert len(_rows(app)) == number
    assert _rows(app)["follows"].iloc[-1].startswith("Keeps: Police personnel")


def test_the_same_view_is_not_added_twice_and_another_view_is():
    app = _open("contributors", top="7")
    _press(app, "brief-contributors")

    _press(app, "brief-contributors")
    assert "already" in app.toast[0].value
    app.slider(key="top").set_value(9).run()
    _press(app, "brief-contributors")

    assert [slide.view[-5:] for slide in _story(app).slides[-2:]] == ["top=7", "top=9"]


def test_a_full_briefing_says_so_and_takes_no_more():
    app = _open(story=in_link(Storyline("", (Slide("world"),) * MOST_SLIDES)))
    _go(app, "contributors")

    _press(app, "brief-contributors")

    assert f"at most {MOST_SLIDES} slides" in app.toast[0].value
    assert len(_story(app).slides) == MOST_SLIDES
    _go(app, "storyline")
    assert app.button(key="slide-copy").disabled


def test_more_choices_than_a_slide_can_keep_are_not_added(monkeypatch):
    monkeypatch.setattr(add_to_briefing, "LONGEST_VIEW", 40)
    app = _open("contributors", personnel="police")

    _press(app, "brief-contributors")

    assert "Choose less" in app.toast[0].value
    assert _story(app) == DEFAULT


@pytest.mark.parametrize("page", by_page())
def test_every_figure_of_every_page_can_be_added_beside_being_taken_away(page, write_edition):
    write_edition(name="other", courses=[("AAA", {})], persons={"AAA": 7})
    app = _open(page)

    taken = {id for id in PLACES if f"take-{id}" in app.session_state}
    assert taken and taken == {
        button.key.removeprefix("brief-")
        for button in app.button
        if (button.key or "").startswith("brief-")
    }


# --- file and link --------------------------------------------------------------------------------


def test_a_file_takes_the_place_of_the_storyline_once_and_can_be_undone():
    story = THREE.with_slide(0, note="Noted")
    app = _open()

    _upload(app, "mine.toml", to_toml(story).encode())
    assert _story(app) == story and "“Mine” with 3 slides" in app.success[0].value

    _press(app, "slide-Down")
    assert _story(app) == story.moved(0, 1)
    _press(app, "undo")
    _press(app, "undo")
    assert _story(app) == DEFAULT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "format = 1"),
        (b"\xff", "UTF-8"),
        (b"format = 1\n[[slide]]\nfigure = '*pie*'", "in slide 1"),
    ],
)
def test_a_file_that_is_no_storyline_changes_nothing_and_says_why(data, said):
    app = _open(story=in_link(THREE))

    _upload(app, "odd *name*.toml", data)

    assert said in app.error[0].value and "*name*" not in app.error[0].value.replace("\\*", "")
    assert _story(app) == THREE and app.button(key="undo").disabled


def test_a_view_of_another_edition_is_shown_without_what_is_not_offered_and_told_by_name():
    story = Storyline("", (Slide("world"), Slide("coverage", view="edition=gone&audience=junk")))

    app = _open(story=in_link(story))

    (told,) = [text.value for text in app.warning]
    assert "Slide 2" in told and "edition: gone" in told and "audience: junk" in told
    assert "Slide 1" not in told


def test_minutes_are_offered_with_the_file_and_never_with_the_link():
    app = _open(story=in_link(THREE), personnel="police")
    assert "storyline_with_minutes" not in app.session_state

    _say(app, app.text_area(key="slide-note-0"), "Between us")

    assert app.toggle(key="storyline_with_minutes").value
    (link,) = [code.value for code in app.code if "briefing?" in code.value]
    query = dict(part.split("=") for part in link.partition("?")[2].split("&"))
    assert query["personnel"] == "police" and from_link(query["story"]) == THREE


def test_a_storyline_that_is_too_long_for_a_link_is_kept_and_handed_on_as_a_file():
    letters = "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(3000))
    app = _open(story=in_link(THREE))

    _say(app, app.text_input(key="slide-caption-0"), letters)

    assert any("too long for a link" in text.value for text in app.caption)
    assert not [code for code in app.code if "briefing?" in code.value]
    _go(app, "contributors")
    _go(app, "storyline")
    assert _story(app).slides[0].caption == letters


@pytest.mark.parametrize("link", ["x", "<script>", in_link(THREE)[:-9], "a" * 5000])
def test_a_damaged_link_is_told_once_and_shows_the_default_storyline(link):
    app = _open(story=link)

    assert [toast.value.partition(".")[0] for toast in app.toast] == [
        "The storyline in the link is damaged: the link may have been cut when it was copied"
    ]
    assert _story(app) == DEFAULT
    app.run()
    assert not app.toast and app.text_input(key="story").value == ""


@pytest.mark.parametrize("slide", ["0", "61", "two", "9" * 5000, "²"])
def test_an_odd_number_of_a_slide_picks_the_first(slide):
    assert _open(story=in_link(THREE), slide=slide).selectbox(key="storyline_picked").value == 0


def test_a_number_past_the_end_picks_the_last():
    assert _open(story=in_link(THREE), slide="9").selectbox(key="storyline_picked").value == 2


def test_a_link_that_is_opened_later_can_be_undone_for_what_it_replaced_may_hold_minutes():
    app = _open(story=in_link(THREE))
    _say(app, app.text_area(key="slide-note-0"), "Between us")
    mine = _story(app)

    app.text_input(key="story").set_value(in_link(Storyline("Older", (Slide("world"),)))).run()
    assert _story(app).title == "Older"

    _press(app, "undo")
    assert _story(app) == mine
