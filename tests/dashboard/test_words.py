"""The words around a chart, in a file and on a page, and the sheets that a file is laid out on."""

import re

import pandas as pd
import pytest

from dashboard.charts.forms.coverage_bar import coverage_bar
from dashboard.charts.forms.level_matrix import level_matrix
from dashboard.charts.marks import look
from dashboard.charts.marks.look import DISCLAIMER
from dashboard.charts.marks.sheets import (
    COLUMN,
    PAGE_WIDE,
    SHEETS,
    SLIDE,
    SMALLEST_TYPE,
    DoesNotFit,
)
from dashboard.charts.typeset import finish as around
from dashboard.charts.typeset.finish import Words, finish, on_screen
from tests.dashboard.chart_frames import MARKUP, MARKUP_ESCAPED, every_mark, validated

WORDS = Words("The finding", "n = 92,511 persons", "The source", "The note", "Alt", "A statement")


def chart():
    frame = every_mark()
    return coverage_bar(frame[frame["persons"] > 0].assign(countries=1))


def test_a_finished_figure_says_all_its_words():
    fig = validated(finish(chart(), WORDS))
    foot = [note.text for note in fig.layout.annotations if note.name == around.FOOT]
    assert "The finding" in fig.layout.title.text
    assert fig.layout.title.subtitle.text == "n = 92,511 persons"
    assert foot == ["The note<br>Source: The source<br>A statement"]
    assert fig.layout.meta["words"]["alt"] == "Alt"


def test_only_a_map_carries_the_disclaimer():
    foot = finish(chart(), WORDS, disclaimer=True).layout.annotations[-1].text
    assert DISCLAIMER in foot.replace("<br>", " ")
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


def test_finishing_a_chart_leaves_the_chart_itself_as_it_was():
    drawn = chart()
    before = drawn.to_json()

    assert finish(drawn, WORDS).to_json() == finish(drawn, WORDS).to_json()
    assert drawn.to_json() == before


def test_on_screen_the_words_are_beside_the_chart_and_travel_with_it():
    fig = on_screen(chart(), WORDS)
    assert fig.layout.title.text is None
    assert fig.layout.meta["words"]["source"] == WORDS.source


def test_on_screen_leaves_fonts_and_background_to_the_theme():
    fig = on_screen(chart(), WORDS)
    assert (fig.layout.paper_bgcolor, fig.layout.plot_bgcolor) == (look.CLEAR, look.CLEAR)
    assert fig.layout.font.color is None
    assert all(note.font.color is None for note in fig.layout.annotations)


def test_a_legend_on_top_stands_between_the_title_and_the_plot():
    layout = finish(level_matrix(every_mark()), WORDS).layout
    plot = layout.height - layout.margin.t - layout.margin.b

    over_the_plot = (layout.legend.y - 1) * plot

    assert layout.legend.yanchor == "top" and layout.legend.yref != "container"
    assert 0 < over_the_plot <= layout.margin.t - PAGE_WIDE.title - PAGE_WIDE.subtitle


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_figure_has_the_size_of_its_sheet_and_no_type_below_8_points(sheet):
    fig = validated(finish(level_matrix(every_mark()), WORDS, sheet=sheet))

    assert fig.layout.width == pytest.approx(sheet.width)
    assert sheet.height is None or fig.layout.height == sheet.height
    fonts = re.findall(r'font":\{[^}]*"size":\s*([\d.]+)', fig.to_json(pretty=False))
    assert min(map(float, fonts)) >= SMALLEST_TYPE


def test_a_chart_that_is_too_high_for_a_slide_says_what_to_choose_instead():
    rows = pd.concat([every_mark()] * 40, ignore_index=True)

    with pytest.raises(DoesNotFit, match="fewer rows"):
        finish(level_matrix(rows), WORDS, sheet=SLIDE)
    assert finish(level_matrix(rows), WORDS, sheet=COLUMN).layout.height > SLIDE.height
