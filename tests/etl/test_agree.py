"""Two codings of one matrix: compared course by course, decided, and written as one matrix."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.build.contributions import load as load_contributions
from etl.build.edition import sha256
from etl.build.pipeline import build_edition, read_matrix
from etl.coding import files, resolved
from etl.coding.compared import compare
from etl.coding.files import FILES
from etl.issues import NotReadable
from etl.review.rows import build_tables
from tests.fixtures.editions import HEADER, ROOT, TOML, codes, write_rows
from tests.fixtures.workbooks import write_grid

PLACES = HEADER[:3]
ONE_HEADER = (
    *PLACES,
    "level (coder A)",
    "Evidence (coder A)",
    "level (coder B)",
    "Evidence (coder B)",
    "Source",
    "Kind of evidence",
)
ONE = [
    (
        "Ghana",
        "KAIPTC",
        "CIMIC course",
        "Module",
        "one session",
        "CIMIC",
        "no session",
        "https://a.example",
        "curriculum",
    ),
    (None, None, "Agreed course", "D", "title", "Dedicated", "title", None, "curriculum"),
    (None, None, "Course of A", "related", "IHL", None, None, None, None),
    ("Kenya", "IPSTC", "Unread course", "?", None, "modul", None, None, None),
    (None, None, "Nobody's course", None, None, None, None, None, None),
]
KEPT = "GHA-kaiptc-cimic-course"


@pytest.fixture
def one(tmp_path) -> Path:
    return write_rows(tmp_path / "one.xlsx", ONE, ONE_HEADER)


def agree(*arguments) -> int:
    return main(["agree", *map(str, arguments)])


def table(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["course_id"]: row for row in csv.DictReader(file)}


def decide(path: Path, *rows: tuple[str, ...]) -> Path:
    lines = [("course_id", "level", "decided_by", "date", "why"), *rows]
    path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


def levels(path: Path) -> dict[str, str]:
    review = read_matrix(path)[1]
    return {row["course_id"]: row["cmcoord_level"] for row in build_tables(review, [])["courses"]}


def test_one_workbook_gives_both_codings_with_their_cells_and_evidence(one, tmp_path):
    assert agree(one, "--out", tmp_path / "out") == 0

    rows = table(tmp_path / "out" / "codings.csv")
    kept = rows[KEPT]
    assert {row["comparison"] for row in rows.values()} == {
        "disagreed",
        "agreed",
        "first-only",
        "unread",
        "neither",
    }
    assert (
        kept["first_coder"],
        kept["first_level"],
        kept["first_written"],
        kept["first_cell"],
        kept["first_evidence"],
    ) == ("coder A", "module", "Module", "D2", "one session")
    assert (
        kept["second_coder"],
        kept["second_level"],
        kept["second_written"],
        kept["second_cell"],
        kept["second_evidence"],
    ) == ("coder B", "cimic", "CIMIC", "F2", "no session")
    assert kept["country_name"] == "Ghana" and kept["second_source_url"] == "https://a.example"
    unread = rows["KEN-ipstc-unread-course"]
    assert (unread["first_level"], unread["second_status"]) == ("not-documented", "not-read")
    assert unread["second_written"] == "modul"
    assert rows["KEN-ipstc-nobody-s-course"]["first_status"] == "blank"


def test_the_report_counts_every_course_once(one, tmp_path):
    agree(one, "--out", tmp_path / "out")

    report = json.loads((tmp_path / "out" / "agreement.json").read_text(encoding="utf-8"))
    assert report["courses"] == sum(report["counts"].values()) == len(ONE)
    assert sum(report["resolved"].values()) == len(ONE)
    assert report["compared"] == report["counts"]["agreed"] + report["counts"]["disagreed"] == 2
    assert [coder["name"] for coder in report["coders"]] == ["coder A", "coder B"]
    assert [coder["coded"] for coder in report["coders"]] == [4, 2]


@pytest.mark.parametrize(
    "heads",
    [
        ("Niveau (codeur 1)", "Niveau (codeur 2)"),
        ("Nivel (codificador A)", "Nivel (codificador B)"),
        ("UN-CMCoord level – AB", "UN-CMCoord level – CD"),
        ("Contenu UN-CMCoord, évaluatrice Awa", "Contenu UN-CMCoord, évaluatrice Léa"),
    ],
)
def test_heads_in_three_languages_are_told_apart(tmp_path, heads):
    path = write_rows(
        tmp_path / "m.xlsx",
        [("Mali", "EMP", "Cours", "Module", "CIMIC")],
        ("Pays", "Centre de formation", "Intitulé du cours", *heads),
    )

    both = compare(path, None)

    assert [(pair.first.level, pair.second.level) for pair in both.pairs] == [("module", "cimic")]


@pytest.mark.parametrize(
    "head",
    [
        [(None, None, None, "UN-CMCoord content", None), (*PLACES, "Coder A", "Coder B")],
        [
            (None, None, None, "Coder A", "Coder B"),
            (*PLACES, "UN-CMCoord level", "UN-CMCoord level"),
        ],
        [(None, None, None, "Coder A", "Coder B"), (*PLACES, "Level", "Level")],
    ],
)
def test_groups_above_can_name_the_coders(tmp_path, head):
    path = write_grid(tmp_path / "m.xlsx", [*head, ("Ghana", "KAIPTC", "Course", "Module", "C")])

    both = compare(path, None)

    assert [(pair.first.level, pair.second.level) for pair in both.pairs] == [("module", "cimic")]
    assert [both.first.coder, both.second.coder] == ["Coder A", "Coder B"]


def test_a_result_beside_two_codings_is_neither(tmp_path):
    header = (*PLACES, "level (coder A)", "level (coder B)", "UN-CMCoord content")
    path = write_rows(tmp_path / "m.xlsx", [("Ghana", "KAIPTC", "Course", "D", "C", "M")], header)

    (pair,) = compare(path, None).pairs

    assert (pair.first.level, pair.second.level) == ("dedicated", "cimic")


def test_of_three_coders_the_first_two_are_compared_unless_others_are_named(tmp_path):
    header = (*PLACES, "level (coder A)", "level (coder B)", "level (coder C)")
    path = write_rows(tmp_path / "m.xlsx", [("Ghana", "KAIPTC", "Course", "D", "C", "M")], header)

    assert compare(path, None).others == ["coder C"]
    both = compare(path, None, ("C", "coder A"))
    assert [both.first.coder, both.second.coder] == ["coder C", "coder A"]
    assert both.pairs[0].first.level == "module"


def test_rows_of_one_course_count_as_one_and_the_cell_is_that_of_the_level_kept(tmp_path):
    rows = [("Ghana", "KAIPTC", "Course", "M", "C"), ("Ghana", "KAIPTC", "COURSE", "D", "No")]
    path = write_rows(tmp_path / "m.xlsx", rows, (*PLACES, "level (coder A)", "level (coder B)"))

    (pair,) = compare(path, None).pairs

    assert (pair.first.level, pair.first.cell) == ("dedicated", "D3")
    assert (pair.second.level, pair.second.cell) == ("cimic", "E2")


# --- two workbooks --------------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path) -> tuple[Path, Path]:
    """The same courses in another order and other columns, each with one that the other lacks."""
    first = write_rows(
        tmp_path / "first.xlsx",
        [
            ("Ghana", "KAIPTC", "CIMIC course", "Module", "one session"),
            (None, None, "Agreed course", "D", "title"),
            ("Kenya", "IPSTC", "Only in the first", "C", "x"),
        ],
        (*PLACES, "UN-CMCoord content", "Evidence"),
    )
    second = write_rows(
        tmp_path / "second.xlsx",
        [
            ("x", "Only in the second", "Academy", "Dakar", "Sénégal", "related"),
            ("title", "AGREED  COURSE", "KAIPTC", "Accra", "Ghana", "dédié"),
            ("nothing", "CIMIC course", "Kaiptc", "Accra", "Ghana", "CIMIC"),
        ],
        (
            "Preuve",
            "Intitulé du cours",
            "Centre de formation",
            "Ville",
            "Pays",
            "Niveau UN-CMCoord (codeur Awa)",
        ),
    )
    return first, second


def test_two_workbooks_are_matched_by_course_whatever_the_order_of_rows(two, tmp_path):
    assert agree(*two, "--out", tmp_path / "out") == 0

    rows = table(tmp_path / "out" / "codings.csv")
    assert {key: row["comparison"] for key, row in rows.items()} == {
        KEPT: "disagreed",
        "GHA-kaiptc-agreed-course": "agreed",
        "KEN-ipstc-only-in-the-first": "first-only",
        "SEN-academy-only-in-the-second": "second-only",
    }
    assert (rows[KEPT]["first_coder"], rows[KEPT]["second_coder"]) == ("first", "codeur Awa")
    assert (rows[KEPT]["second_evidence"], rows[KEPT]["second_cell"]) == ("nothing", "F4")
    assert rows["KEN-ipstc-only-in-the-first"]["second_status"] == "missing"


def test_a_centre_is_the_same_by_its_acronym_as_well(tmp_path):
    header = (*HEADER, "Acronym")
    first = write_rows(
        tmp_path / "a.xlsx", [("Ghana", "Annan Centre", "Course", "M", "KAIPTC")], header
    )
    second = write_rows(
        tmp_path / "b.xlsx", [("Ghana", "Kofi Annan Centre", "Course", "C", "KAIPTC")], header
    )

    (pair,) = compare(first, second).pairs

    assert (pair.course_id, pair.comparison) == ("GHA-kaiptc-course", "disagreed")


def test_what_the_second_says_of_other_columns_is_counted_and_not_taken(tmp_path):
    header = (*HEADER, "Duration")
    first = write_rows(tmp_path / "a.xlsx", [("Ghana", "K", "Course", "M", "5 days")], header)
    second = write_rows(tmp_path / "b.xlsx", [("Ghana", "K", "Course", "M", "2 weeks")], header)

    both = compare(first, second)

    assert both.differing == {"duration": 1}
    assert both.review.courses[both.pairs[0].key].values["duration"] == (5, 5)


# --- decisions and the resolved matrix ------------------------------------------------------------


def test_without_a_decision_neither_coder_is_taken_to_be_right(one, tmp_path):
    agree(one, "--out", tmp_path / "out")

    standing = table(tmp_path / "out" / "resolved.csv")
    assert {key: (row["level"], row["basis"]) for key, row in standing.items()} == {
        KEPT: ("", "undecided"),
        "GHA-kaiptc-agreed-course": ("dedicated", "agreed"),
        "GHA-kaiptc-course-of-a": ("related", "one-coder"),
        "KEN-ipstc-unread-course": ("", "undecided"),
        "KEN-ipstc-nobody-s-course": ("", "not-coded"),
    }
    assert set(table(tmp_path / "out" / "to-decide.csv")) == {KEPT, "KEN-ipstc-unread-course"}

    reading, review = read_matrix(tmp_path / "out" / "resolved.xlsx")
    assert codes(reading.issues) == []
    assert [(issue.code, issue.column) for issue in review.issues] == [
        ("value-unknown", "cmcoord_level")
    ] * 2
    assert review.issues[0].found == (
        "Undecided: UN-CMCoord module (coder A) or CIMIC only (coder B)"
    )


def test_an_undecided_course_is_never_an_established_gap(one, tmp_path):
    """Its curriculum was read, but what it holds is open: that is no "none found"."""
    agree(one, "--out", tmp_path / "out")

    review = read_matrix(tmp_path / "out" / "resolved.xlsx")[1]
    kinds = {
        course.title: (course.values["cmcoord_level"], course.values["evidence_type"])
        for course in review.courses.values()
    }
    assert kinds["CIMIC course"] == ("not-documented", "")
    assert kinds["Agreed course"] == ("dedicated", "curriculum")


def test_a_decision_stands_with_who_decided_and_the_evidence_of_that_coder(one, tmp_path):
    decided = decide(
        tmp_path / "decisions.csv",
        (KEPT, "cimic", "C. Judge", "2027-03-31", "read it"),
        ("KEN-ipstc-unread-course", "UN-CMCoord module", "C. Judge", "", ""),
    )

    assert agree(one, "--out", tmp_path / "out", "--decisions", decided) == 0

    row = table(tmp_path / "out" / "resolved.csv")[KEPT]
    assert (row["level"], row["basis"], row["decided_by"], row["date"], row["why"]) == (
        "cimic",
        "decided",
        "C. Judge",
        "2027-03-31",
        "read it",
    )
    assert (row["first_level"], row["second_level"]) == ("module", "cimic")
    review = read_matrix(tmp_path / "out" / "resolved.xlsx")[1]
    assert not review.issues
    (course,) = [one for one in review.courses.values() if one.title == "CIMIC course"]
    assert (
        course.values["cmcoord_level"],
        course.values["evidence"],
        course.values["evidence_type"],
    ) == ("cimic", "no session", "curriculum")
    assert not table(tmp_path / "out" / "to-decide.csv")


def test_people_may_decide_that_both_coders_were_wrong(one, tmp_path):
    agreed = "GHA-kaiptc-agreed-course"
    decided = decide(tmp_path / "d.csv", (agreed, "none-found", "Judge", "", ""))

    agree(one, "--out", tmp_path / "out", "--decisions", decided)

    row = table(tmp_path / "out" / "resolved.csv")[agreed]
    assert (row["level"], row["basis"]) == ("none-found", "decided")


def test_the_list_to_decide_filled_in_is_a_file_of_decisions(one, tmp_path):
    agree(one, "--out", tmp_path / "out")
    text = (tmp_path / "out" / "to-decide.csv").read_text(encoding="utf-8")
    decided = tmp_path / "decisions.csv"
    decided.write_text(text.replace(f"{KEPT},,,,", f"{KEPT},M,Judge,,"), encoding="utf-8-sig")

    assert agree(one, "--out", tmp_path / "out", "--decisions", decided) == 0
    assert table(tmp_path / "out" / "resolved.csv")[KEPT]["level"] == "module"


def test_the_resolved_matrix_builds_as_an_edition_with_the_same_courses(two, tmp_path):
    agree(*two, "--out", tmp_path / "out")
    raw = tmp_path / "raw"
    (raw / "resolved").mkdir(parents=True)
    (tmp_path / "out" / "resolved.xlsx").rename(raw / "resolved" / "matrix.xlsx")
    (raw / "resolved" / "edition.toml").write_text(TOML, encoding="utf-8")
    (raw / "contributions").symlink_to(ROOT / "data" / "raw" / "contributions")
    assert load_contributions(raw / "contributions")

    built = build_edition(raw, "resolved", tmp_path / "processed")

    courses = table(tmp_path / "processed" / "resolved" / "courses.csv")
    assert set(courses) == set(table(tmp_path / "out" / "resolved.csv"))
    assert built.reconciliation["rows_held_back"] == 0
    assert levels(raw / "resolved" / "matrix.xlsx")["SEN-academy-only-in-the-second"] == "related"


def test_the_same_codings_give_the_same_bytes(one, tmp_path):
    for name in ("a", "b"):
        agree(one, "--out", tmp_path / name)

    assert {path.name for path in (tmp_path / "a").iterdir()} == set(FILES)
    for file in FILES:
        assert sha256(tmp_path / "a" / file) == sha256(tmp_path / "b" / file)


# --- errors ---------------------------------------------------------------------------------------


def refused(capsys, *arguments) -> str:
    assert agree(*arguments) == 1
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    return said


def test_a_workbook_with_one_coding_asks_for_the_second(tmp_path, capsys):
    path = write_rows(tmp_path / "m.xlsx", [("Ghana", "K", "Course", "M")])

    said = refused(capsys, path, "--out", tmp_path / "out")

    assert "m.xlsx has no second coding" in said and "cell D1 'UN-CMCoord content'" in said
    assert not (tmp_path / "out").exists()


def test_two_columns_that_name_no_coder_are_no_two_codings(tmp_path, capsys):
    path = write_rows(
        tmp_path / "m.xlsx", [("Ghana", "K", "Course", "M", "C")], (*HEADER, "UN-CMCoord content")
    )

    said = refused(capsys, path, "--out", tmp_path / "out")

    assert "cell D1" in said and "cell E1" in said and "(coder A)" in said


def test_one_coder_twice_is_refused_with_both_cells(tmp_path, capsys):
    path = write_rows(
        tmp_path / "m.xlsx",
        [("Ghana", "K", "Course", "M", "C")],
        (*PLACES, "level (coder A)", "Niveau (codeur A)"),
    )

    said = refused(capsys, path, "--out", tmp_path / "out")

    assert "cell D1" in said and "cell E1" in said and "both name the coder" in said


def test_an_empty_second_coding_is_none(tmp_path, capsys):
    path = write_rows(
        tmp_path / "m.xlsx",
        [("Ghana", "K", "Course", "M", None)],
        (*PLACES, "level (coder A)", "level (coder B)"),
    )

    assert "cell E1 'level (coder B)' holds no level" in refused(
        capsys, path, "--out", tmp_path / "out"
    )


def test_workbooks_of_other_matrices_are_refused(tmp_path, capsys):
    paths = [write_rows(tmp_path / f"{name}.xlsx", [("Ghana", "K", name, "M")]) for name in "ab"]

    assert "no course in common" in refused(capsys, *paths, "--out", tmp_path / "out")


def test_the_same_file_or_the_same_coder_in_two_files_is_refused(tmp_path, capsys):
    header = (*PLACES, "level (coder A)")
    rows = [("Ghana", "K", "Course", "M")]
    one, other = (write_rows(tmp_path / f"{name}.xlsx", rows, header) for name in "ab")

    assert "are the same file" in refused(capsys, one, one, "--out", tmp_path / "out")
    write_rows(other, [("Ghana", "K", "Course", "C")], header)
    said = refused(capsys, one, other, "--out", tmp_path / "out")
    assert "both are by 'coder A'" in said and "a.xlsx" in said and "b.xlsx" in said


def test_a_second_workbook_beside_one_with_two_codings_is_refused(one, two, tmp_path, capsys):
    assert "has codings by 'coder A' and 'coder B' itself" in refused(
        capsys, one, two[0], "--out", tmp_path / "out"
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("GHA-nobody", "cimic", "J", "", ""), "d.csv line 2: there is no course 'GHA-nobody'"),
        ((KEPT, "perhaps", "J", "", ""), 'd.csv line 2: "perhaps" is not known'),
        ((KEPT, "cimic", "", "", ""), "d.csv line 2: nobody stands under decided_by"),
        ((KEPT, "cimic", "J", "31/03/2027", ""), "'31/03/2027' is no date"),
    ],
)
def test_decisions_that_cannot_be_used_are_named_by_their_line(one, tmp_path, capsys, row, said):
    path = decide(tmp_path / "d.csv", row)

    assert said in refused(capsys, one, "--out", tmp_path / "out", "--decisions", path)


def test_two_decisions_about_one_course_contradict_each_other(one, tmp_path, capsys):
    path = decide(tmp_path / "d.csv", (KEPT, "cimic", "J", "", ""), (KEPT, "M", "J", "", ""))

    said = refused(capsys, one, "--out", tmp_path / "out", "--decisions", path)
    assert "d.csv line 3: it contradicts d.csv line 2" in said


def test_what_was_read_is_never_replaced(one, tmp_path, capsys):
    source = one.rename(tmp_path / "resolved.xlsx")

    assert agree(source, "--out", tmp_path) == 2
    assert "would be replaced" in capsys.readouterr().err


def test_a_file_that_is_no_workbook_is_refused(tmp_path, capsys):
    (tmp_path / "m.xlsx").write_text("no workbook", encoding="utf-8")

    assert agree(tmp_path / "m.xlsx", "--out", tmp_path / "out") == 2
    assert "m.xlsx" in capsys.readouterr().err


def test_a_crash_leaves_the_last_comparison_whole(one, tmp_path, monkeypatch):
    agree(one, "--out", tmp_path / "out")
    before = {path.name: sha256(path) for path in (tmp_path / "out").iterdir()}
    monkeypatch.setattr(files.resolved, "write_matrix", _raise)

    assert agree(one, "--out", tmp_path / "out") == 1
    assert {path.name: sha256(path) for path in (tmp_path / "out").iterdir()} == before


def _raise(*_):
    raise RuntimeError("stopped")


def test_the_command_runs_as_a_process_within_limits(one, tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "etl",
            "agree",
            str(one),
            "--out",
            str(tmp_path / "out"),
            "--memory-mb=1500",
            "--seconds=60",
            "--max-rows=1000",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "Coded by both: 2 of 5 courses; 1 agreed, 1 disagreed" in done.stdout


def test_what_cannot_be_read_again_is_not_written_and_leaves_no_folder(one, tmp_path, monkeypatch):
    def refuse(path):
        raise NotReadable(f"{path.name} holds too many rows.")

    monkeypatch.setattr(resolved, "read_matrix", refuse)

    assert agree(one, "--out", tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()
