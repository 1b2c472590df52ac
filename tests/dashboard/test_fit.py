"""How a chart is fitted to a sheet: type, rows, columns, and what does not fit."""

import dataclasses

import pandas as pd
import pytest

from dashboard.charts.forms.contributor_bars import contributors_bar
from dashboard.charts.forms.labelled_bars import Bar, Piece, labelled_bars
from dashboard.charts.forms.level_matrix import level_matrix
from dashboard.charts.forms.worded_bars import Segment, WordedBar, worded_bars
from dashboard.charts.marks.look import CLASS_STYLES
from dashboard.charts.marks.plot_height import height_of_plot
from dashboard.charts.marks.sheets import COLUMN, HALF_SLIDE, PAGE_WIDE, SHEETS, SLIDE, DoesNotFit
from dashboard.charts.typeset.finish import Words, finish
from dashboard.charts.typeset.fit import LEAST_TYPE, fitted
from dashboard.charts.typeset.margins import margins
from dashboard.charts.typeset.two_columns import best_fold, folded
from tests.dashboard.chart_frames import country, every_mark, states, validated

WORDS = Words("The finding", "n = 92,511 persons", "The source")
ABOVE, BELOW = 100.0, 80.0  # px of words


def many(rows: int) -> pd.DataFrame:
    return states(
        *(
            country(
                f"C{place:02}", 1_000 - place, "gap", "none-found", f"Country {place}", none_found=1
            )
            for place in range(rows)
        )
    )


def fit(chart, sheet):
    return fitted(chart.to_dict(), sheet, ABOVE, BELOW)


def names(plain) -> list[str]:
    """The names beside the rows that are seen, from the top."""
    seen = []
    for axis in ("yaxis", "yaxis2"):
        shown = plain["layout"].get(axis, {"range": (0, 0), "tickvals": (), "ticktext": ()})
        foot, top = shown["range"]
        pairs = zip(shown["tickvals"], shown["ticktext"], strict=True)
        seen += [text for place, text in pairs if top < place < foot]
    return seen


def test_a_few_rows_have_larger_type_on_a_slide_and_8_points_in_a_column():
    chart = contributors_bar(many(6))

    assert fit(chart, SLIDE).type == SLIDE.chart > 1
    assert fit(chart, PAGE_WIDE).type == 1
    assert fit(chart, COLUMN).type == pytest.approx(LEAST_TYPE)


def test_many_rows_go_on_in_a_second_column_with_the_same_scale():
    chart = contributors_bar(many(40))
    folded = fit(chart, SLIDE).plain
    layout = folded["layout"]

    assert names(folded) == list(chart.layout.yaxis.ticktext)
    assert layout["xaxis2"]["range"] == layout["xaxis"]["range"]
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]
    validated(finish(chart, WORDS, sheet=SLIDE))


@pytest.mark.parametrize("draw", [contributors_bar, level_matrix])
def test_two_columns_show_each_bar_once(draw):
    chart = draw(many(40))
    folded = fit(chart, SLIDE).plain

    def bars(traces):
        return sorted(
            (hover, value)
            for trace in traces
            for hover, value in zip(trace.get("hovertext") or (), trace["x"], strict=False)
        )

    assert "yaxis2" in folded["layout"]
    assert bars(folded["data"]) == bars(chart.to_dict()["data"])


@pytest.mark.parametrize("rows", [11, 12, 39])
def test_two_columns_show_each_name_once_however_many_rows_are_in_each(rows):
    chart = contributors_bar(many(rows))
    plain = chart.to_dict()
    at = best_fold(plain, height_of_plot(plain["layout"]))
    layout = folded(plain, at, 0.1)["layout"]

    assert names({"layout": layout}) == list(chart.layout.yaxis.ticktext)
    assert {*layout["yaxis"]["ticktext"]}.isdisjoint(layout["yaxis2"]["ticktext"])


def test_rows_too_many_for_two_columns_do_not_fit():
    with pytest.raises(DoesNotFit, match="too high .*Half slide.* choose fewer rows"):
        fit(contributors_bar(many(120)), HALF_SLIDE)
    assert fit(contributors_bar(many(120)), PAGE_WIDE).plot > 1000


def test_a_row_with_long_words_takes_two_lines_in_a_narrow_column():
    words = "Personnel of the largest contributors: of those who were reached by a course"
    part = Piece(1, CLASS_STYLES["gap"], "")
    narrow = fit(labelled_bars([Bar(f"<b>{words}</b>", (part,)), Bar("Short", (part,))]), COLUMN)

    notes = [note["text"] for note in narrow.plain["layout"]["annotations"]]
    assert notes[0].count("<br>") == 1
    assert notes[1] == "Short"


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_names_and_numbers_have_the_room_that_they_need(sheet):
    plain = contributors_bar(every_mark()).to_dict()
    around = margins(plain, 1, sheet.width)

    assert around.left < sheet.width / 2
    assert around.right > 60  # "40,000  (40%)"


def test_heads_stand_on_their_end_where_columns_are_narrow():
    plain = level_matrix(every_mark()).to_dict()
    wide, narrow = margins(plain, 1, 1200), margins(plain, 1, 300)

    assert wide.axes["xaxis"]["tickangle"] == 0
    assert narrow.axes["xaxis"]["tickangle"] == -90
    assert narrow.top > wide.top


def test_a_chart_that_says_nothing_of_its_needs_has_those_of_its_height():
    room = height_of_plot({"height": 300, "margin": {"t": 20, "b": 30}})

    assert (room.plot, room.rows) == (250, 0)
    assert room.least < room.plot < room.most


def test_finishing_leaves_the_chart_as_it_was():
    chart = contributors_bar(many(40))
    before = chart.to_json()

    once = finish(chart, WORDS, sheet=SLIDE).to_json()

    assert chart.to_json() == before
    assert finish(chart, dataclasses.replace(WORDS), sheet=SLIDE).to_json() == once


def test_a_letter_stands_on_every_bar_that_is_long_enough_however_low():
    parts = [Segment("not-reviewed", 1.0), Segment("no-course", 99.0)]
    bars = [WordedBar(f"Mission {place}", "", parts) for place in range(12)]
    plain = fit(worded_bars(bars, {"no-course": "None", "not-reviewed": "Not"}), HALF_SLIDE).plain

    letters = {text for trace in plain["data"] for text in trace.get("text") or ()}
    assert letters == {"<b>N</b>", ""}
