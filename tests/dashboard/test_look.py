"""Colours, letters and the words around a chart."""

import pytest

from dashboard.charts import look
from dashboard.charts.coverage_bar import coverage_bar
from dashboard.charts.level_matrix import level_matrix
from dashboard.charts.look import (
    CLASS_STYLES,
    DISCLAIMER,
    MARK_STYLES,
    STATE_STYLES,
    Words,
    finish,
    mark_key,
    on_screen,
)
from tests.dashboard.chart_frames import MARKUP, MARKUP_ESCAPED, every_mark, validated

WORDS = Words("The finding", "n = 92,511 persons", "The source", "The note", "Alt", "A statement")


def chart():
    frame = every_mark()
    return coverage_bar(frame[frame["persons"] > 0].assign(countries=1))


def luminance(colour: str) -> float:
    """Relative luminance of a #RRGGBB colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("styles", "name", "fill", "hatch", "dotted"),
    [
        (CLASS_STYLES, "covered", "#144372", "", False),
        (CLASS_STYLES, "gap", "#DB7B18", "", False),
        (CLASS_STYLES, "partial", "#FFFFFF", "#DB7B18", False),
        (CLASS_STYLES, "unknown", "#FFFFFF", "#595959", False),
        (STATE_STYLES, "dedicated", "#144372", "", False),
        (STATE_STYLES, "module", "#1F69B3", "", False),
        (STATE_STYLES, "cimic", "#82B5E9", "", False),
        (STATE_STYLES, "related", "#D4E5F7", "", False),
        (STATE_STYLES, "none-found", "#DB7B18", "", False),
        (STATE_STYLES, "not-documented", "#FFFFFF", "#595959", False),
        (STATE_STYLES, "no-course", "#EEEEEE", "", True),
        (STATE_STYLES, "not-reviewed", "#EEEEEE", "", True),
    ],
)
def test_every_class_and_state_has_the_look_of_the_method(styles, name, fill, hatch, dotted):
    style = styles[name]
    assert (style.fill, style.hatch_colour, style.dotted) == (fill, hatch, dotted)
    assert style.hatch == bool(hatch)


def test_letters_are_those_of_the_method_and_no_two_alike():
    assert "".join(style.letter for style in STATE_STYLES.values()) == "DMCR0?N–"


@pytest.mark.parametrize("style", {**CLASS_STYLES, **STATE_STYLES}.values())
def test_text_on_a_fill_has_a_contrast_of_at_least_4_5_to_1(style):
    assert contrast(style.text, style.fill) >= 4.5


def test_no_two_classes_look_alike_without_colour():
    """Fill in greyscale, hatch and dots: what is left on a black-and-white copy."""
    grey = {(round(luminance(s.fill), 1), s.hatch, round(luminance(s.hatch_colour), 1) if s.hatch
             else 0, s.dotted) for s in CLASS_STYLES.values()}  # fmt: skip
    assert len(grey) == len(CLASS_STYLES)


@pytest.mark.parametrize(
    ("country_class", "state", "key"),
    [
        ("covered", "module", "covered"),
        ("gap", "not-documented", "gap"),
        ("partial", "cimic", "partial"),
        ("unknown", "not-documented", "not-documented"),
        ("unknown", "no-course", "no-course"),
        ("unknown", "not-reviewed", "not-reviewed"),
        ("unknown", "", "unknown"),
    ],
)
def test_only_the_states_of_unknown_are_drawn_apart(country_class, state, key):
    assert mark_key(country_class, state) == key
    assert key in MARK_STYLES


def test_a_finished_figure_says_all_its_words():
    fig = validated(finish(chart(), WORDS))
    foot = [note.text for note in fig.layout.annotations if note.name == look.FOOT]
    assert "The finding" in fig.layout.title.text
    assert fig.layout.title.subtitle.text == "n = 92,511 persons"
    assert foot == ["The note<br>Source: The source<br>A statement"]
    assert fig.layout.meta["words"]["alt"] == "Alt"


def test_only_a_map_carries_the_disclaimer():
    assert DISCLAIMER in finish(chart(), WORDS, disclaimer=True).layout.annotations[-1].text
    assert DISCLAIMER not in finish(chart(), WORDS).to_json()


@pytest.mark.parametrize("words", [Words(" ", "n", "source"), Words("title", "n", "")])
def test_no_figure_leaves_without_a_finding_or_a_source(words):
    with pytest.raises(ValueError, match="title .* source"):
        finish(chart(), words)


def test_markup_in_words_is_shown_as_text():
    fig = finish(chart(), Words(MARKUP, MARKUP, MARKUP, MARKUP))
    said = [fig.layout.title.text, fig.layout.title.subtitle.text, fig.layout.annotations[-1].text]
    assert all(MARKUP_ESCAPED in text for text in said)
    assert "<a href" not in "".join(said)


def test_long_words_wrap_and_make_the_file_taller():
    short, long = finish(chart(), WORDS), finish(chart(), Words("Finding " * 40, "n", "s"))
    assert long.layout.title.text.count("<br>") >= 2
    assert max(len(line) for line in long.layout.title.text.split("<br>")) < 110
    assert long.layout.margin.t > short.layout.margin.t


def test_a_finished_figure_has_no_placeholder_colours_even_once_streamlit_is_imported():
    import streamlit  # noqa: F401  it replaces Plotly's default template

    fig = finish(level_matrix(every_mark()), WORDS)
    assert fig.layout.template.layout.font.family == look.FONT
    assert "#0000" not in fig.to_json()


def test_finishing_twice_is_finishing_once():
    once = finish(chart(), WORDS).to_json()
    assert finish(finish(chart(), WORDS), WORDS).to_json() == once


def test_on_screen_the_words_are_beside_the_chart_and_travel_with_it():
    fig = on_screen(chart(), WORDS)
    assert fig.layout.title.text is None
    assert fig.layout.meta["words"]["source"] == WORDS.source


def test_on_screen_leaves_fonts_and_background_to_the_theme():
    fig = on_screen(chart(), WORDS)
    assert (fig.layout.paper_bgcolor, fig.layout.plot_bgcolor) == (look.CLEAR, look.CLEAR)
    assert fig.layout.font.color is None
    assert all(note.font.color is None for note in fig.layout.annotations)


def test_legends_make_room_for_the_words():
    fig = finish(level_matrix(every_mark()), WORDS)
    title_share = fig.layout.height - fig.layout.legend.y * fig.layout.height
    assert title_share >= 2 * look.SUBTITLE_SIZE + look.TITLE_SIZE
