"""Part of the page *Your matrix*: two codings of one matrix compared, decided about, taken away."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.edition.selection import Selection, threshold_label
from dashboard.edition.tables import Package, Tables
from dashboard.edition.wording import count, counted, quantity
from dashboard.exports.data.workbook import MEDIA_TYPE
from dashboard.figures.coders import coders_figure
from dashboard.measures.coders import UNREAD, CoderAgreement, coder_agreement
from dashboard.screen.frame import cards
from dashboard.screen.your_matrix import coders_reading, coders_session
from dashboard.screen.your_matrix.coders_reading import Workbook
from dashboard.screen.your_matrix.coders_session import Held
from dashboard.screen.your_matrix.reading import MEGABYTES

# The grid of a browser scrolls well through this many rows; the file has all.
SHOWN = 1000
LONGEST_NAME, LONGEST_WHY = 120, 1000
_LEFT: Mapping[str, str] = {
    "first-only": "coded by {first} alone",
    "second-only": "coded by {second} alone",
    "neither": "coded by neither",
    UNREAD: "with a level that cannot be read",
}
_STATUS = {"blank": "left blank", "missing": "not in this workbook"}


@st.fragment
def show(tables: Tables, selection: Selection) -> None:
    """Bring one workbook or two; then how far the coders agree, and decide where they do not."""
    st.subheader("Two coders", anchor="coders")
    st.markdown(
        "Two people coded the same courses? See how far they agree, decide where they do "
        "not, and take the matrix away with who decided."
    )
    _bring()
    if coders_session.problem():
        st.error(cards.plain(coders_session.problem()), icon=":material/error:")
    held = coders_session.held()
    if held is None:
        return
    _others(held)
    codings, package = held.comparison.codings, tables.package
    result = coder_agreement(codings, package.codes("levels"), selection.threshold)
    _said(held, result, selection, package)
    _card(held, result, tables)
    _differ(held, result, package)
    _decide(held, result, package)
    _take_away(held, package)


def _bring() -> None:
    given = st.file_uploader(
        "One workbook with two codings, or two workbooks (.xlsx)",
        type="xlsx",
        accept_multiple_files=True,
        max_upload_size=MEGABYTES,
        key=coders_session.key("workbooks"),
        help="In one workbook, head the two columns with the level and the coder: “level (coder "
        "A)”, “Niveau (codeur 1)”, “Nivel (codificador B)”. Of two workbooks the first one is the "
        "first coder; rows may stand in another order.",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Compare", icon=":material/compare_arrows:", disabled=not given, key="coders-compare"
        ):
            with st.spinner("Comparing the codings"):
                coders_session.compare([Workbook(one.name, one.getvalue()) for one in given])
        if coders_session.held():
            st.button(
                "Let them go",
                type="tertiary",
                icon=":material/delete:",
                key="coders-let-go",
                on_click=coders_session.let_go,
            )
        st.caption(":material/lock: In this browser session alone; nothing stays on the server.")


def _others(held: Held) -> None:
    """Which two to compare, where one workbook has more."""
    others = held.comparison.report["other_coders"]
    if not others:
        return
    chosen = st.multiselect(
        "Compare",
        [*held.comparison.coders, *others],
        list(held.comparison.coders),
        max_selections=2,
        key=coders_session.key("chosen"),
    )
    if len(chosen) == 2 and set(chosen) != set(held.comparison.coders):
        with st.spinner("Comparing the codings"):
            coders_session.compare(held.comparison.workbooks, chosen)
        st.rerun()


def _said(held: Held, result: CoderAgreement, selection: Selection, package: Package) -> None:
    """Who coded what, what is not counted, and whether it would change what the atlas counts."""
    first, second = held.comparison.coders
    for coder in held.comparison.report["coders"]:
        st.caption(
            cards.plain(
                f"{coder['name']}: {coder['file']}, sheet '{coder['sheet']}', cell {coder['cell']} "
                f"'{coder['header']}'; {count(coder['coded'])} of {counted(coder['courses'], 'course')} "
                "coded" + _held_back(coder["rows_held_back"]) + "."
            )
        )
    left = [
        f"{count(number)} {_LEFT[name].format(first=first, second=second)}"
        for name, number in result.left.items()
    ]
    if left:
        st.caption(cards.plain(f"Not counted: {', '.join(left)}."))
    if result.n:
        label = threshold_label(selection.threshold, package)
        st.markdown(
            cards.plain(
                f"{label}, or not: both say the same of {count(result.same_side)} of "
                f"{counted(result.n, 'course')}. Only the other {count(result.n - result.same_side)} can "
                "change what counts as documented."
            )
        )


def _held_back(rows: int) -> str:
    return f"; {counted(rows, 'row')} held back because the country is not certain" * bool(rows)


def _card(held: Held, result: CoderAgreement, tables: Tables) -> None:
    """The figure without the menu of others: its source is these files, not an edition."""
    sides = [f"{coder['file']} {coder['cell']}" for coder in held.comparison.report["coders"]]
    figure = coders_figure(
        result,
        held.comparison.coders,
        f"{' and '.join(sides)}.",
        held.comparison.codings,
        tables.package,
    )
    with st.container(border=True, key="card-coders"):
        st.subheader(cards.plain(figure.title), anchor="coders-figure")
        if figure.empty:
            cards.empty(figure.empty)
            return
        st.caption(cards.plain(figure.subtitle))
        st.plotly_chart(
            figure.screen,
            width="stretch",
            theme="streamlit",
            key="chart-coders",
            config=dict(cards.CHART_CONFIG),
            alt=figure.alt,
        )
        st.caption(
            f"{cards.plain(figure.note)}  \nSource: {cards.plain(figure.source)} "
            f"{cards.plain(figure.statement)}"
        )
        with st.expander(
            "Table behind the chart", icon=":material/table:", type="compact", key="table-coders"
        ):
            cards.data_table(figure.table, tables, alt=f"Table behind the chart: {figure.title}")


def _differ(held: Held, result: CoderAgreement, package: Package) -> None:
    """All disagreements, both sides beside each other; those that would change a number first."""
    st.markdown("**Where they differ**")
    if result.differ.empty:
        st.caption(":material/check: Nowhere.")
        return
    rows = result.differ
    labels = _labels(package)
    decided = [held.decided.get(course) for course in rows["course_id"]]
    first, second = held.comparison.coders
    frame = pd.DataFrame(
        {
            "Course": rows["course_title"],
            f"Level by {first}": _levels(rows, "first", labels),
            f"Level by {second}": _levels(rows, "second", labels),
            "Decided": [labels.get(one.level, "") if one else "" for one in decided],
            "Decided by": [one.decided_by if one else "" for one in decided],
            f"Evidence of {first}": rows["first_evidence"],
            f"Evidence of {second}": rows["second_evidence"],
            "Centre": rows["centre_name"],
            "Country": rows["country_name"],
            f"Cell of {first}": rows["first_cell"],
            f"Cell of {second}": rows["second_cell"],
        }
    )
    more = f" The first {count(SHOWN)} are shown." * (len(frame) > SHOWN)
    st.caption(
        f"{quantity(len(frame), 'course').capitalize()}; those on different sides of the "
        f"threshold first.{more}"
    )
    st.dataframe(
        frame.head(SHOWN),
        hide_index=True,
        width="stretch",
        key="coders-differ",
        alt="Courses that two coders coded differently, with the evidence of both",
    )


def _labels(package: Package) -> dict[str, str]:
    return {term["code"]: term["label"] for term in package.terms("levels")}


def _levels(rows: pd.DataFrame, side: str, labels: Mapping[str, str]) -> list[str]:
    return [_level(row, side, labels) for row in rows.to_dict("records")]


def _level(row: Mapping[str, str], side: str, labels: Mapping[str, str]) -> str:
    """The level of one coder in words; else what stands in the cell, or why there is nothing."""
    if row[f"{side}_level"]:
        return labels[row[f"{side}_level"]]
    written, status = row[f"{side}_written"], row[f"{side}_status"]
    return f"“{written}” (not read)" if written else _STATUS.get(status, status)


def _decide(held: Held, result: CoderAgreement, package: Package) -> None:
    """One disagreement at a time: both sides, and a form for level, person and reason."""
    rows = result.differ.head(SHOWN)
    if rows.empty:
        return
    places = rows["centre_name"] + ", " + rows["country_name"]
    titles = dict(zip(rows["course_id"], rows["course_title"] + " · " + places, strict=True))
    open_ones = [course for course in titles if course not in held.decided]
    st.markdown("**Decide**")
    done = len(titles) - len(open_ones)
    st.caption(
        f"{count(done)} of {counted(len(titles), 'course')} decided. What is left open stays "
        "open: its cell names both levels, and it counts as not documented."
    )
    chosen = coders_session.key("course")
    if st.session_state.get(chosen) not in titles:
        st.session_state[chosen] = (open_ones or list(titles))[0]
    course = st.selectbox(
        "Course",
        list(titles),
        key=chosen,
        format_func=lambda one: ("✓ " if one in held.decided else "") + titles[one],
    )
    row = rows[rows["course_id"] == course].iloc[0].to_dict()
    for side, place in zip(("first", "second"), st.columns(2, border=True), strict=True):
        with place:
            _side(row, side, _labels(package))
    _form(held, course, next((one for one in open_ones if one != course), course), package)


def _side(row: Mapping[str, str], side: str, labels: Mapping[str, str]) -> None:
    """What one coder says about a course, and where it stands."""
    st.markdown(
        f"{cards.plain(row[f'{side}_coder'])}: **{cards.plain(_level(row, side, labels))}**"
    )
    st.markdown(cards.plain(row[f"{side}_evidence"]) or "No evidence is given.")
    address = row[f"{side}_source_url"]
    if address.startswith(("https://", "http://")):
        st.link_button("Source", address, icon=":material/open_in_new:", type="tertiary")
    if row[f"{side}_cell"]:
        st.caption(
            cards.plain(f"{row[f'{side}_file']}, {row[f'{side}_sheet']}!{row[f'{side}_cell']}")
        )


def _form(held: Held, course: str, following: str, package: Package) -> None:
    labels, now = _labels(package), held.decided.get(course)
    levels = list(labels)
    with st.form(key=coders_session.key(f"form_{course}")):
        st.selectbox(
            "Level",
            levels,
            index=levels.index(now.level) if now else None,
            format_func=labels.get,
            placeholder="Choose a level",
            key=coders_session.key(f"level_{course}"),
        )
        who = now.decided_by if now else st.session_state.get(coders_session.WHO, "")
        st.text_input(
            "Who decided", who, max_chars=LONGEST_NAME, key=coders_session.key(f"who_{course}")
        )
        st.text_input(
            "Why (optional)",
            now.why if now else "",
            max_chars=LONGEST_WHY,
            key=coders_session.key(f"why_{course}"),
        )
        st.form_submit_button(
            "Keep this decision",
            icon=":material/gavel:",
            on_click=coders_session.decide,
            args=(course, following),
        )
    if now:
        st.caption(cards.plain(f"Decided by {now.decided_by}" + f", {now.date}" * bool(now.date)))
        st.button(
            "Take it back",
            type="tertiary",
            key="coders-take-back",
            on_click=coders_session.take_back,
            args=(course,),
        )


def _take_away(held: Held, package: Package) -> None:
    """Codings, decisions and the resolved matrix; decisions can be brought back another day."""
    files = held.comparison.files
    st.markdown("**Take it away**")
    with st.container(horizontal=True, gap="small"):
        _file("Codings (CSV)", files[coders_reading.CODINGS], coders_reading.CODINGS, "text/csv")
        _file("Issues of both readings (CSV)", files[coders_reading.ISSUES], coders_reading.ISSUES,
              "text/csv")  # fmt: skip
        if held.decided:
            _file("Decisions (CSV)", coders_reading.written(held.decided.values()),
                  coders_reading.DECISIONS, "text/csv")  # fmt: skip
        if held.resolved is None and st.button("Make the resolved matrix", key="coders-resolve",
                                               icon=":material/build:"):  # fmt: skip
            with st.spinner("Making the resolved matrix"):
                coders_session.resolve()
            st.rerun()
        if held.resolved:
            _file("Resolved matrix (Excel)", held.resolved.files[coders_reading.MATRIX],
                  coders_reading.MATRIX, MEDIA_TYPE)  # fmt: skip
            _file("Resolved levels (CSV)", held.resolved.files[coders_reading.RESOLVED],
                  coders_reading.RESOLVED, "text/csv")  # fmt: skip
    with st.expander("Decisions of another day", icon=":material/history:", type="compact"):
        st.file_uploader("decisions.csv", type="csv", key=coders_session.key("decisions"),
                         max_upload_size=5, on_change=coders_session.load,
                         args=(package.codes("levels"),))  # fmt: skip


def _file(label: str, data: bytes, name: str, media_type: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime=media_type,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        key=f"coders-{name}",
    )
