"""A storyline keeps what people wrote, as a file and as a link, and refuses what is none in words."""

import base64
import time
import tomllib
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.views import storyline
from dashboard.views.places import PLACES
from dashboard.views.storyline import (
    DAMAGED,
    DEFAULT,
    LARGEST_FILE,
    LARGEST_LINKED,
    LONGEST_LINK,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_VIEW,
    MOST_SLIDES,
    NotAStoryline,
    Slide,
    Storyline,
    fits_link,
    from_link,
    from_toml,
    in_link,
    to_toml,
    understood_slide,
    understood_story,
)
from dashboard.views.toml_text import read_toml

# What text can go wrong with: ends of strings, escapes, control characters, several lines, emoji.
AWKWARD = (
    '"',
    '"""',
    "'",
    "\\",
    "\\u",
    "\x00",
    "\x07",
    "\x7f",
    "\x85",
    "\u2028",
    "\r\n",
    "\n",
    "\t",
    "#",
    "[[slide]]",
    "=",
    "🕊️",
    "السلام",
    "\ufeff",
    "<b>",
    "**",
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(AWKWARD), max_size=8).map("".join))
VIEWS = st.sampled_from(("", "top=12", "edition=desk-review-2018&as_of=2018-01-31", "q=%22%0A"))
SLIDES = st.builds(Slide, st.sampled_from(sorted(PLACES)), TEXTS, TEXTS, VIEWS, TEXTS, TEXTS)
STORIES = st.builds(Storyline, TEXTS, st.lists(SLIDES, max_size=6).map(tuple))
SECONDS = 3
HEAD = 'format = 1\ntitle = "A"\n'


# --- changes --------------------------------------------------------------------------------------


def test_a_moved_slide_stands_where_it_was_put_and_the_others_keep_their_order():
    story = Storyline("", tuple(map(Slide, "abcd")))

    assert [slide.figure for slide in story.moved(0, 2).slides] == list("bcad")
    assert [slide.figure for slide in story.moved(3, 0).slides] == list("dabc")
    assert [slide.figure for slide in story.without(1).slides] == list("acd")
    assert story.slides == tuple(map(Slide, "abcd"))


def test_a_copy_stands_after_its_slide_and_leaves_the_minutes_there():
    first = Slide("world", title="Mine", note="said", decision="done")

    (one, copy, _) = Storyline("", (first, Slide("coverage"))).with_copy(0).slides

    assert one == first
    assert copy == Slide("world", title="Mine")


def test_minutes_are_there_only_when_somebody_said_something():
    story = Storyline("", (Slide("world", note=" \n"),))

    assert not story.has_minutes
    assert story.with_slide(0, decision="Yes").has_minutes
    assert not story.with_slide(0, decision="Yes").without_minutes().has_minutes


def test_the_default_storyline_shows_figures_of_the_dashboard_and_follows_what_is_chosen():
    assert {slide.figure for slide in DEFAULT.slides} <= set(PLACES)
    assert not any("edition" in slide.view for slide in DEFAULT.slides)


# --- as a file ------------------------------------------------------------------------------------


@given(STORIES)
def test_a_file_holds_every_text_as_it_is(story):
    assert from_toml(to_toml(story).encode()) == story


def test_the_largest_storyline_fits_its_own_file():
    worst = "\x01"  # written with six characters
    slide = Slide(
        "indicator-languages",
        worst * LONGEST_TITLE,
        worst * LONGEST_TEXT,
        worst * LONGEST_VIEW,
        worst * LONGEST_TEXT,
        worst * LONGEST_TEXT,
    )
    story = Storyline(worst * LONGEST_TITLE, (slide,) * MOST_SLIDES)

    data = to_toml(story).encode()

    assert len(data) <= LARGEST_FILE
    assert from_toml(data) == story


def test_a_file_edited_by_hand_may_have_a_mark_windows_lines_comments_and_long_strings():
    text = '\ufeff# mine\nformat = 1\n\n[[slide]] # one\nfigure = \'world\'\nnote = """\nA. b\n"c".\n"""\n'

    (slide,) = from_toml(text.replace("\n", "\r\n").encode()).slides

    assert slide == Slide("world", note='A. b\n"c".\n')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "format = 1"),
        (b"format = 2", "later version"),
        (b'format = "1"', "format = 1"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04", "line 1"),
        (b"format = 1\ntitle = \n", "line 2"),
        (HEAD + "author = 1", "“author” at the top"),
        (HEAD + "slide = 3", "[[slide]]"),
        (HEAD + "slide = [3]", "[[slide]]"),
        (HEAD + "[slide]\nfigure = 'world'", "[[slide]]"),
        (HEAD + "[[slide]]\n", "in slide 1"),
        (HEAD + "[[slide]]\nfigure = 'pie'", "“pie” in slide 1"),
        (
            HEAD + "[[slide]]\nfigure = 'world'\n[[slide]]\nfigure = 'world'\nsize = 'a4'",
            "“size” in slide 2",
        ),
        (HEAD + "[[slide]]\nfigure = 'world'\nnote = 5", "“note” in slide 1"),
        (HEAD + "[[slide]]\nfigure = 'world'\nview = '//['", "“view” in slide 1"),
        (f"format = 1\ntitle = '{'a' * (LONGEST_TITLE + 1)}'", "characters"),
        (HEAD + "[[slide]]\nfigure = 'world'\n" * (MOST_SLIDES + 1), f"{MOST_SLIDES} is the most"),
        (b"#" * (LARGEST_FILE + 1), "bytes"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_file_that_is_no_storyline_is_refused_and_told_where(data, said):
    with pytest.raises(NotAStoryline) as told:
        from_toml(data)

    assert said in str(told.value)
    assert len(str(told.value)) < 1000


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_no_file_breaks_the_reader(data):
    try:
        from_toml(data)
    except NotAStoryline as told:
        assert str(told)


# Each of them would keep a reader busy for minutes to hours, or break it.
BOMBS = {
    "a name of many parts": "a." * 2_000_000 + "a = 1",
    "a quoted name of many parts": '"a".' * 1_000_000 + "a = 1",
    "such a name after a string with quotation marks at its end": (
        'x = """a"""""\n' + '"a".' * 1_000_000 + "a = 1"
    ),
    "brackets": "x = " + "[" * 2_000_000,
    "brackets line by line": "x = " + "[\n" * 9_000,
    "a number of many digits": "x = " + "1" * 2_000_000,
    "strings without an end": "x = " + '"""\\"' * 400_000,
    "escapes": 'x = "' + "\\u0001" * 300_000 + '"',
    "slides": "[[slide]]\n" * 400_000,
    "tables": "".join(f"[a{n}.b]\n" for n in range(200_000)),
    "a name as long as the file": "a" * 3_000_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_file_made_to_keep_the_reader_busy_is_refused_at_once(text):
    start = time.perf_counter()

    with pytest.raises(NotAStoryline):
        from_toml(HEAD + text)

    assert time.perf_counter() - start < SECONDS


@given(st.lists(st.sampled_from(("'", '"', "\\", "\n", "#", "a", ".", " ", "=", "1")), max_size=40))
def test_what_python_reads_as_toml_is_read_the_same_here(pieces):
    text = "".join(pieces)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ValueError):
            read_toml(text)
        return
    assert read_toml(text) == expected


# --- as part of a link ----------------------------------------------------------------------------


@given(STORIES)
@settings(max_examples=60)
def test_a_link_holds_every_text_but_the_minutes(story):
    link = in_link(story)

    assert fits_link(story) == bool(link)  # none of these is the default one
    if link:
        assert from_link(link) == story.without_minutes()
        assert len(link) <= LONGEST_LINK and link.replace("-", "").replace("_", "").isalnum()


def test_the_default_storyline_needs_no_words_in_a_link():
    said = DEFAULT.with_slide(0, note="We talked about it")

    assert in_link(DEFAULT) == in_link(said) == ""
    assert fits_link(said) and from_link("") == DEFAULT


def test_what_is_too_long_for_a_link_is_left_to_the_file():
    letters = "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(LONGEST_TEXT))

    assert not fits_link(Storyline("", (Slide("world", caption=letters),)))
    # A link can be short and still hold more than is read from one.
    assert not fits_link(Storyline("", (Slide("world", caption="a" * LONGEST_TEXT),) * 9))


@given(st.integers(min_value=1, max_value=60), STORIES)
def test_a_link_that_was_cut_is_never_taken_for_a_shorter_storyline(cut, story):
    link = in_link(story)

    if link:
        with pytest.raises(NotAStoryline):
            from_link(link[: max(1, len(link) - cut)][: len(link) - 1])
        assert understood_story(link) == link and understood_story(link[:-2]) == ""


def _packed(data):
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode()


@pytest.mark.parametrize(
    "link",
    [
        "x",
        "****",
        "é",
        "\x00",
        "AAAA",
        "a" * 5000,
        _packed(b"0" * 50_000_000),
        _packed(b"a." * (LARGEST_LINKED // 2 - 20) + b"a=1"),
        _packed(b"format = 1\ntitle = ''\n" + b"#" * LARGEST_LINKED),
        _packed(b"format = 1") + _packed(b"format = 1"),
        _packed(b"\xff"),
    ],
    ids=lambda link: link[:12],
)
def test_a_damaged_link_and_one_that_unpacks_to_gigabytes_are_refused_at_once(link):
    start = time.perf_counter()

    with pytest.raises(NotAStoryline):
        from_link(link)

    assert time.perf_counter() - start < SECONDS
    assert understood_story(link) == ""


def test_a_link_of_another_dashboard_says_which_figure_is_not_here():
    link = _packed(b"format = 1\n[[slide]]\nfigure = 'pie'")

    with pytest.raises(NotAStoryline, match="“pie” in slide 1"):
        from_link(link)
    assert "cut when it was copied" in DAMAGED


@pytest.mark.parametrize("asked", ["", "0", "-1", "1.5", "61", "two", "²", "9" * 5000, "<b>"])
def test_what_is_no_number_of_a_slide_stands_for_the_first(asked):
    assert understood_slide(asked) == ""


def test_a_number_of_a_slide_is_understood():
    assert [understood_slide(n) for n in ("1", "10", "60")] == ["1", "10", "60"]
    assert storyline.MOST_SLIDES == 60
