"""Agreement of two coders: the measure, its figure, and the part of the page that decides."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.figures.coders import coders_figure
from dashboard.measures.coders import coder_agreement
from dashboard.screen.your_matrix import coders_reading, coders_session
from dashboard.screen.your_matrix.coders_reading import Decision, NotCompared, Workbook, compare
from tests.fixtures.editions import HEADER, write_rows

pytestmark = pytest.mark.app

LEVELS = ("dedicated", "module", "cimic", "related", "none-found", "not-documented")
NAMES = ("coder A", "coder B")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TWO_CODINGS = (
    *HEADER[:3],
    "level (coder A)",
    "Evidence (A)",
    "level (coder B)",
    "Evidence (B)",
    "Source",
)
ROWS = [
    (
        "Ghana",
        "KAIPTC",
        "First course",
        "Module",
        "*one* session",
        "CIMIC",
        "no session",
        "https://a.example",
    ),
    ("Ghana", "KAIPTC", "Second course", "D", "title", "D", "title", None),
    ("Kenya", "IPSTC", "Third course", "C", "x", "R", "y", "javascript:alert(1)"),
    ("Kenya", "IPSTC", "Fourth course", "M", "x", None, None, None),
    ("Kenya", "IPSTC", "Fifth course", "M", "x", "modul", None, None),
]


def codings(counts, more=()) -> pd.DataFrame:
    """A table of codings with so many courses of each pair of levels, and further rows."""
    rows = [
        ("agreed" if a == b else "disagreed", LEVELS[a], LEVELS[b])
        for (a, b), number in np.ndenumerate(np.array(counts))
        for _ in range(number)
    ]
    frame = pd.DataFrame([*rows, *more], columns=["comparison", "first_level", "second_level"])
    return frame.assign(course_id=[f"c{n}" for n in range(len(frame))])


def agreement(counts, more=(), threshold="module"):
    return coder_agreement(codings(counts, more), LEVELS, threshold)


# --- the measure ----------------------------------------------------------------------------------


def test_kappa_and_its_interval_agree_with_a_textbook():
    """Fleiss, Statistical methods for rates and proportions, table 18.1: kappa 0.68, SE 0.088."""
    result = agreement([[75, 1, 4], [5, 4, 1], [0, 0, 10]])

    assert (result.n, result.agreed) == (100, 89)
    assert result.kappa.value == pytest.approx(0.6765, abs=1e-4)
    half = (result.kappa.high - result.kappa.low) / 2
    assert half / 1.959964 == pytest.approx(0.088, abs=5e-4)


def test_kappa_agrees_with_a_published_table_of_two_readers():
    """Altman, Practical statistics for medical research (1991), 85 mammograms: kappa 0.47."""
    result = agreement([[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]])

    assert (result.n, result.agreed) == (85, 54)
    assert round(result.kappa.value, 2) == 0.47


def test_there_is_no_kappa_of_nine_courses_or_of_one_level_but_always_the_counts():
    few, one = agreement([[4, 1], [0, 4]]), agreement([[20]])

    assert few.kappa is None and (few.n, few.agreed) == (9, 8)
    assert one.kappa is None and (one.n, one.agreed) == (20, 20)


def test_only_courses_that_both_have_coded_count_the_others_are_told():
    more = [
        ("first-only", "module", ""),
        ("second-only", "", "cimic"),
        ("neither", "", ""),
        ("neither", "", ""),
        ("unread", "module", ""),
    ]
    result = agreement([[6, 0], [2, 6]], more)

    assert (result.n, result.agreed) == (14, 12)
    assert result.left == {"first-only": 1, "neither": 2, "second-only": 1, "unread": 1}
    assert result.table["courses"].sum() == 14


def test_those_across_the_threshold_come_first_then_the_furthest_then_what_cannot_be_read():
    counts = np.zeros((6, 6), dtype=int)
    counts[2, 5] = counts[0, 1] = counts[1, 2] = counts[2, 3] = 1
    result = agreement(counts, [("unread", "dedicated", "")])

    assert list(zip(result.differ["first_level"], result.differ["second_level"], strict=True)) == [
        ("module", "cimic"),
        ("cimic", "not-documented"),
        ("dedicated", "module"),
        ("cimic", "related"),
        ("dedicated", ""),
    ]
    assert (result.same_side, result.n) == (3, 4)


def test_a_level_that_is_none_is_refused():
    frame = codings([[1]]).assign(first_level="level 5")
    with pytest.raises(ValueError, match="level 5"):
        coder_agreement(frame, LEVELS, "module")


@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_table_adds_up_and_turning_the_coders_round_changes_no_agreement(counts):
    result, turned = agreement(counts), agreement(np.array(counts).T)

    assert result.table["courses"].sum() == result.n == result.agreed + len(result.differ)
    assert (turned.n, turned.agreed, turned.same_side) == (
        result.n,
        result.agreed,
        result.same_side,
    )
    assert (result.kappa is None) == (turned.kappa is None)
    if result.kappa:
        assert turned.kappa.value == pytest.approx(result.kappa.value)
        assert turned.kappa.low == pytest.approx(result.kappa.low)


# --- the figure -----------------------------------------------------------------------------------


def figure_of(edition, counts):
    package = edition(courses=[("AAA", {})], persons={"AAA": 1}).package
    return coders_figure(agreement(counts), NAMES, "one.xlsx D1.", codings(counts), package)


def test_the_figure_says_how_many_agree_the_kappa_and_whose_formula(edition):
    figure = figure_of(edition, [[20, 5], [10, 15]])

    assert figure.title == (
        "Both coders gave the same level to 70 per cent of courses (35 of 50); 15 differ"
    )
    assert "n = 50 courses coded by both coder A (down) and coder B" in figure.subtitle
    assert "kappa 0.40 (" in figure.subtitle
    assert "Fleiss, Cohen and Everitt (1969)" in figure.subtitle
    assert (figure.numbers[0].n, figure.numbers[0].N) == (35, 50)
    assert list(figure.table.columns) == ["Level by coder A", "Level by coder B", "courses"]
    assert figure.screen.data and figure.chart.data


def test_below_ten_there_is_neither_a_per_cent_nor_a_kappa(edition):
    figure = figure_of(edition, [[3, 1], [0, 2]])

    assert figure.title == "Both coders gave the same level to 5 of 6 courses; one differs"
    assert "no kappa" in figure.subtitle


def test_without_a_course_coded_by_both_the_figure_says_what_is_missing(edition):
    assert "coded by both" in figure_of(edition, [[0]]).empty


# --- comparing in a process of its own ------------------------------------------------------------


@pytest.fixture
def workbook(tmp_path) -> Workbook:
    path = write_rows(tmp_path / "one.xlsx", ROWS, TWO_CODINGS)
    return Workbook(path.name, path.read_bytes())


def test_a_comparison_is_in_memory_and_its_folder_is_gone(workbook, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    found = compare([workbook])

    assert found.coders == NAMES
    assert list(found.codings["comparison"]).count("disagreed") == 2
    assert set(found.files) == {"codings.csv", "resolved.csv", "resolved.xlsx", "issues.csv"}
    assert not list((tmp_path / "temporary").iterdir())


def test_two_workbooks_of_one_name_are_two_coders(tmp_path):
    made = []
    for place, level in enumerate(("M", "C")):
        path = write_rows(tmp_path / f"{place}.xlsx", [("Ghana", "KAIPTC", "Course", level)])
        made.append(Workbook("matrix.xlsx", path.read_bytes()))

    assert compare(made).coders == ("matrix", "matrix (2)")


def test_what_cannot_be_compared_is_said_in_one_sentence_without_paths(tmp_path):
    path = write_rows(tmp_path / "m.xlsx", [("Ghana", "KAIPTC", "Course", "M")])
    for data, said in ((path.read_bytes(), "no second coding"), (b"no workbook", "m.xlsx")):
        with pytest.raises(NotCompared, match=said) as error:
            compare([Workbook("m.xlsx", data)])
        assert str(tmp_path) not in str(error.value) and "atlas-own" not in str(error.value)


def test_decisions_come_back_as_they_were_written():
    one = Decision("GHA-a", "cimic", "=HYPERLINK()", "2027-03-31", 'read "it", twice')

    data = coders_reading.written([one])

    assert b"'=HYPERLINK" in data
    assert coders_reading.read(data, LEVELS, ["GHA-a"]) == {"GHA-a": one}
    with pytest.raises(NotCompared, match="no course 'GHA-a'"):
        coders_reading.read(data, LEVELS, ["GHA-b"])
    with pytest.raises(NotCompared, match="lacks the columns"):
        coders_reading.read(b"a,b\n1,2\n", LEVELS, ["GHA-a"])


# --- the part of the page -------------------------------------------------------------------------

SCRIPT = """
from dashboard.edition import store
from dashboard.screen.your_matrix import coders
from dashboard.edition.selection import default_selection

tables = store.load(store.DEFAULT_EDITION)
coders.show(tables, default_selection(tables))
"""


@pytest.fixture
def page(write_edition, tmp_path, monkeypatch) -> AppTest:
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    write_edition(name=store.DEFAULT_EDITION, courses=[("AAA", {})], persons={"AAA": 5})
    return AppTest.from_string(SCRIPT, default_timeout=60).run()


def bring(page: AppTest, *paths: Path) -> AppTest:
    page.file_uploader[0].set_value([(path.name, path.read_bytes(), XLSX) for path in paths]).run()
    return press(page, "Compare")


def press(page: AppTest, label: str) -> AppTest:
    button = next(one for one in page.button if one.label == label)
    button.click().run()
    assert not page.exception, page.exception
    return page


def said(page: AppTest) -> str:
    parts = (*page.markdown, *page.caption, *page.subheader, *page.error, *page.info)
    return "\n".join(part.value for part in parts)


def test_a_workbook_with_two_codings_is_compared_side_by_side(page, tmp_path):
    bring(page, write_rows(tmp_path / "one.xlsx", ROWS, TWO_CODINGS))

    assert "Both coders gave the same level to 1 of 3 courses; two differ" in said(page)
    assert "1 coded by coder A alone, 1 with a level that cannot be read" in said(page)
    assert r"\*one\* session" in said(page) and "no session" in said(page)
    assert "one.xlsx, Matrix!D2" in said(page) and "one.xlsx, Matrix!F2" in said(page)
    frame = next(one.value for one in page.dataframe if "Course" in one.value)
    assert list(frame["Course"]) == ["First course", "Third course", "Fifth course"]
    assert frame["Level by coder B"].iloc[2] == "“modul” (not read)"


def test_only_web_addresses_become_links(page, tmp_path):
    bring(page, write_rows(tmp_path / "one.xlsx", ROWS, TWO_CODINGS))
    links = [one.proto.url for one in page.get("link_button")]
    assert links == ["https://a.example"] * 2

    page.selectbox[0].select("KEN-ipstc-third-course").run()
    assert not page.get("link_button")


def test_a_decision_needs_a_level_and_a_person_is_kept_and_can_be_taken_back(page, tmp_path):
    bring(page, write_rows(tmp_path / "one.xlsx", ROWS, TWO_CODINGS))
    press(page, "Keep this decision")
    assert "needs a level and the name" in said(page)

    page.selectbox[1].select("cimic")
    page.text_input[0].input("C. Judge")
    page.text_input[1].input("No session in it")
    press(page, "Keep this decision")
    assert "1 of 3 courses decided" in said(page) and not page.error
    assert page.selectbox[0].value == "KEN-ipstc-third-course"
    assert page.text_input[0].value == "C. Judge"

    press(page, "Make the resolved matrix")
    held = page.session_state[coders_session._HELD]
    resolved = held.resolved.files["resolved.csv"].decode()
    assert "cimic,decided,C. Judge," in resolved and "No session in it" in resolved
    assert {one.label for one in page.get("download_button")} >= {
        "Codings (CSV)",
        "Decisions (CSV)",
        "Resolved matrix (Excel)",
    }

    page.selectbox[0].select("GHA-kaiptc-first-course").run()
    press(page, "Take it back")
    assert "0 of 3 courses decided" in said(page) and held.resolved is None


def test_what_cannot_be_compared_is_said_and_letting_go_forgets_everything(page, tmp_path):
    bring(page, write_rows(tmp_path / "m.xlsx", [("Ghana", "KAIPTC", "Course", "M")]))
    assert "m.xlsx has no second coding" in page.error[0].value.replace("\\", "")

    bring(page, write_rows(tmp_path / "one.xlsx", ROWS, TWO_CODINGS))
    assert not page.error
    press(page, "Let them go")
    assert coders_session._HELD not in page.session_state
    assert not page.dataframe and not page.error


def test_of_three_coders_any_two_can_be_compared(page, tmp_path):
    header = (*HEADER[:3], "level (coder A)", "level (coder B)", "level (coder C)")
    bring(page, write_rows(tmp_path / "m.xlsx", [("Ghana", "K", "Course", "D", "C", "M")], header))

    page.multiselect[0].set_value(["coder A", "coder C"]).run()

    assert not page.exception
    assert page.session_state[coders_session._HELD].comparison.coders == ("coder A", "coder C")
    press(page, "Make the resolved matrix")
    assert not page.error


def test_two_workbooks_in_another_order_of_rows(page, tmp_path):
    rows = [(*row[:3], row[3]) for row in ROWS[:3]]
    first = write_rows(tmp_path / "amina.xlsx", rows)
    second = write_rows(tmp_path / "jean.xlsx", [(*row[:3], row[5]) for row in ROWS[2::-1]])

    bring(page, first, second)

    assert page.session_state[coders_session._HELD].comparison.coders == ("amina", "jean")
    assert "1 of 3 courses" in said(page)
