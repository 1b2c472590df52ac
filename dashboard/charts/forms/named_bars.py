"""What is not covered as one bar a kind, each under what is known of it and what it asks for."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.contributor_bars import contributors_bar
from dashboard.charts.forms.labelled_bars import Bar, Piece, labelled_bars
from dashboard.charts.forms.worded_bars import Segment, WordedBar, worded_bars
from dashboard.charts.marks.labels import (
    HOVER_WIDTH,
    axis_name,
    escaped,
    mark_label,
    marks_in_use,
    per_cent,
)
from dashboard.charts.marks.letters import wrapped
from dashboard.charts.marks.look import (
    CLASS_STYLES,
    CLEAR,
    DARK_BLUE,
    GREY,
    INK,
    MARK_STYLES,
    PALE_BLUE,
    PAPER,
    STATE_STYLES,
    UNKNOWN_STATES,
    Style,
    mark_key,
)
from dashboard.charts.marks.sheets import SMALLEST_TYPE
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    count,
    counted,
    share,
    share_in_table,
    span,
)
from dashboard.measures.missions import REST

WORDS_WIDTH = 286  # px: of a column of a page, in the type that it has there


def asks_bars(frame: pd.DataFrame, total: int) -> go.Figure:
    """Bars of persons from `total`, which takes the whole width.

    `frame`, one row a kind: country_class, class_label, state, state_label (empty but for unknown),
    persons, countries, largest (names in words), ask.
    """
    bars = [_bar(row, total) for row in frame.to_dict("records")]
    return labelled_bars(bars, full=total, of="class")


def _bar(row: dict[str, Any], total: int) -> Bar:
    key = mark_key(row["country_class"], row["state"])
    lines = [
        f"<b>{_label(row, key)}: {_persons(row, total)}</b>",
        *_lines(f"{counted(row['countries'], 'country', 'countries')}: {row['largest']}"),
        *_lines(f"→ {row['ask']}"),
    ]
    return Bar(
        "<br>".join(lines),
        (Piece(row["persons"], MARK_STYLES[key], "<br>".join(lines)),),
        picks=(key,),
    )


def _label(row: dict[str, Any], key: str) -> str:
    if key in STATE_STYLES:
        return f"{STATE_STYLES[key].letter}  {escaped(row['state_label'])}"
    return escaped(row["class_label"])


def _persons(row: dict[str, Any], total: int) -> str:
    share = per_cent(row["persons"], total)
    if not share.endswith("%"):
        return f"{share} persons"
    return f"{share} ({count(row['persons'])} of {count(total)})"


def _lines(text: str) -> list[str]:
    return [escaped(line) for line in wrapped(text, SMALLEST_TYPE, WORDS_WIDTH)]


def gap_list(frame: pd.DataFrame, largest: int) -> go.Figure:
    """`contributors_bar` of `frame`, with `largest` persons at the end of the scale.

    Two lists beside each other invite a comparison of their bars: so both get the same scale.
    """
    chart = contributors_bar(frame)
    plain = chart.to_dict()
    plain["layout"]["xaxis"]["range"] = [0, max(int(largest), 1)]
    return go.Figure(plain, _validate=False)


def courses_by_level(counts: Mapping[str, int], labels: Mapping[str, str]) -> go.Figure:
    """One bar a level, highest first. `counts`: level code -> courses; `labels`: code -> label."""
    total = sum(counts.values())
    noun = "course" if total == 1 else "courses"
    bars = []
    for level, courses in counts.items():
        style = STATE_STYLES[level]
        name = f"<b>{style.letter}</b>  {escaped(labels[level])}"
        said = f"{count(courses)} of {count(total)}"
        hover = f"<b>{escaped(labels[level])}</b><br>{said} {noun}"
        bars.append(Bar(f"{name}: <b>{count(courses)}</b>", (Piece(courses, style, hover),)))
    return labelled_bars(bars)


def found_by_level(counts: Mapping[str, int], labels: Mapping[str, str], noun: str) -> go.Figure:
    """One bar a level, highest first; a click hands over the level.

    `counts`: level code -> number found; `labels`: code -> label; `noun`: of what, in the plural.
    """
    total = sum(counts.values())
    bars = []
    for level, number in counts.items():
        style, label = STATE_STYLES[level], escaped(labels[level])
        of_all = per_cent(number, total) if number else ""
        beside = f"  ({of_all})" if of_all.endswith("%") else ""
        hover = f"<b>{label}</b><br>{count(number)} of {count(total)} {escaped(noun)}{beside}"
        words = f"<b>{style.letter}</b>  {label}: <b>{count(number)}</b>{beside}"
        bars.append(Bar(words, (Piece(number, style, hover),), picks=(level,)))
    return labelled_bars(bars)


def questions_bars(frame: pd.DataFrame) -> go.Figure:
    """One bar a contributor (persons in brackets), in the order of the frame; a click hands over
    its ISO3.

    `frame`: the columns of measures/states.py with content_questions, detail_questions and
    centres (numbers).
    """
    bars = []
    for row in frame.itertuples(index=False):
        style = MARK_STYLES[mark_key(row.country_class, row.state)]
        name = f"{axis_name(row.country_iso3, row.country_name)} ({count(row.persons)})"
        questions, details = (
            counted(row.content_questions, "question"),
            counted(row.detail_questions, "detail"),
        )
        words = f"{name}  <b>{escaped(row.state_letter)}</b> · <b>{questions}</b>, {details}"
        hover = (
            f"<b>{escaped(row.country_name)}</b> ({escaped(row.country_iso3)})<br>"
            f"{count(row.persons)} persons · {escaped(row.class_label)}<br>"
            f"{questions} about content, {details}, at {counted(row.centres, 'centre')}"
        )
        bars.append(
            Bar(words, (Piece(row.content_questions, style, hover),), picks=(row.country_iso3,))
        )
    legend = [(mark_label(rows[0]), MARK_STYLES[key]) for key, rows in marks_in_use(frame).items()]
    return labelled_bars(bars, legend)


def before_and_after(
    persons: Mapping[str, Mapping[str, int]], words: Mapping[str, str], labels: Mapping[str, str]
) -> go.Figure:
    """Two bars of all personnel by class, without and with what conversations added.

    `persons`: bar ("before", "after") -> class -> persons, classes in drawing order; `words`: bar
    -> the line above it (plain); `labels`: class -> label.
    """
    bars = []
    for name, by_class in persons.items():
        total = sum(by_class.values())
        parts = tuple(
            Piece(
                number,
                CLASS_STYLES[code],
                f"<b>{escaped(labels[code])}</b><br>{count(number)} of {count(total)} persons",
            )
            for code, number in by_class.items()
        )
        bars.append(Bar(f"<b>{escaped(words[name])}</b>", parts))
    used = [code for code in labels if any(by_class[code] for by_class in persons.values())]
    return labelled_bars(bars, [(escaped(labels[code]), CLASS_STYLES[code]) for code in used])


# What is documented on the left, what is ruled out on the right: between them it is open, and its
# ends are the two bounds.
ORDER = ("covered", "partial", *UNKNOWN_STATES, "gap")


def missions_bar(frame: pd.DataFrame, labels: Mapping[str, str], of: str = "mission") -> go.Figure:
    """One bar a mission, all of the same length.

    `frame`: the columns of measures/missions.py by_mission, in the order of the rows. `labels`: of
    each of `ORDER`, for legend and hover boxes. `of`: whose missions, as for `worded_bars`. A click
    picks the mission.
    """
    rows = frame.to_dict("records")
    in_use = {key: labels[key] for key in ORDER if any(row[key] for row in rows)}
    return worded_bars([_mission_bar(row, in_use) for row in rows], in_use, largest=1.0, of=of)


def _mission_bar(row: dict[str, Any], labels: Mapping[str, str]) -> WordedBar:
    return WordedBar(
        row["mission_label"],
        _documented(row),
        [_part(row, key, label) for key, label in labels.items()],
    )


def _documented(row: dict[str, Any]) -> str:
    """The share above a bar, short enough for a phone."""
    covered, total = int(row["covered"]), int(row["persons"])
    if not covered:
        return f"documented for none of {count(total)}"
    return f"documented for {share_in_table(covered, total)}"


def _part(row: dict[str, Any], key: str, label: str) -> Segment:
    number, total = int(row[key]), int(row["persons"])
    hover = (
        *textwrap.wrap(_title(row), HOVER_WIDTH),
        f"{label}: {share(number, total)} persons",
        f"Documented for {span(int(row['lower']), int(row['upper']), total)}",
    )
    return Segment(key, number / total, hover, () if row["mission"] == REST else (row["mission"],))


def _title(row: dict[str, Any]) -> str:
    label, name = row["mission_label"], row["mission_name"]
    return label if name == label else f"{label}: {name}"


CONTENT = Style(DARK_BLUE, PAPER, False, "", False, PAPER, "")
REST_STYLE = Style(CLEAR, GREY, False, "", False, INK, "")
OTHER_COURSES = Style(PALE_BLUE, GREY, False, "", False, INK, "")
NOT_RECORDED = STATE_STYLES["not-documented"]
NOT_KNOWN = "These figures are not divided by mission"


def indicator_bars(
    frame: pd.DataFrame, labels: Mapping[str, str], content: str, rest: str
) -> go.Figure:
    """One bar an indicator, from none to all of N.

    `frame`: indicator_id, n, N (measures/indicators.py, `indicators`). `labels`: indicator_id to
    its name. `content`, `rest`: what the two parts of a bar are called.
    """
    bars = []
    for id, n, total in frame[["indicator_id", "n", "N"]].itertuples(index=False):
        name = f"<b>{escaped(labels[id])}</b>"
        if pd.isna(n) or not total:
            bars.append(Bar(f"{name}<br>{NOT_KNOWN if pd.isna(n) else 'None to count'}", ()))
            continue
        said = with_share(n, total)
        others = f"{name}<br>{escaped(rest)}: {count(total - n)}"
        parts = (
            Piece(n / total, CONTENT, f"{name}<br>{said}"),
            Piece(1 - n / total, REST_STYLE, others),
        )
        bars.append(Bar(f"{name}<br>{said}", parts))
    return labelled_bars(bars, [(escaped(content), CONTENT), (escaped(rest), REST_STYLE)], full=1)


def with_share(n: int, total: int) -> str:
    """ "11 of 123 (9%)", or "3 of 7" below ten; escaped."""
    said = f"{count(n)} of {count(total)}"
    return said if total < SMALLEST_FOR_PER_CENT else f"{said} ({per_cent(n, total)})"


def language_bars(
    frame: pd.DataFrame, labels: Mapping[str, str], unknown: Sequence[str], content: str
) -> go.Figure:
    """One bar a language: courses with the content first, then the others.

    `frame`: language, courses, content (measures/indicators.py, `language_indicators`). `labels`:
    language to its name. `unknown`: rows that are drawn as not known. `content`: what courses of
    the first part have, for example "UN-CMCoord content".
    """
    bars = []
    for row in frame.to_dict("records"):
        name, courses, first = labels[row["language"]], int(row["courses"]), int(row["content"])
        noun = "course" if courses == 1 else "courses"
        said = f"{count(courses)} {noun}, {count(first)} with {escaped(content)}"
        hover = f"<b>{escaped(name)}</b><br>{said}"
        others = NOT_RECORDED if row["language"] in unknown else OTHER_COURSES
        parts = Piece(first, CONTENT, hover), Piece(courses - first, others, hover)
        bars.append(Bar(hover, parts))
    legend = [
        (f"With {escaped(content)}", CONTENT),
        ("Other courses", OTHER_COURSES),
        ("Other courses, language not recorded", NOT_RECORDED),
    ]
    return labelled_bars(bars, legend)
