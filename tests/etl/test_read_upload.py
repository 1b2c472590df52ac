"""One workbook read as an edition that is nobody's yet: what is recognised, told, asked and kept."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from etl.build import contract, publish
from etl.build.pipeline import build_edition
from etl.build.publish import NotWritten
from etl.issues import NotReadable
from etl.reading.read import Brought, outputs, read
from tests.fixtures import uploads
from tests.fixtures.editions import HEADER, ROOT, write_rows
from tests.fixtures.hostile_workbooks import BROKEN, HEAVY, HOSTILE
from tests.fixtures.workbooks import write_grid

RAW = ROOT / "data" / "raw"
COUNTS = ("courses_kept", "duplicates_merged", "rows_held_back", "rows_without_course")


def request(path: Path, out: Path, **more) -> Brought:
    return Brought(workbook=path, out=out, raw=RAW, **more)


@pytest.fixture(params=["en", "fr", "es"])
def language(request) -> str:
    return request.param


@pytest.fixture
def messy(tmp_path, language) -> dict:
    """The report of reading the messy matrix of a language."""
    path = uploads.write_messy(tmp_path / "messy.xlsx", language)
    return read(request(path, tmp_path / "out"))


def columns_of(report: dict) -> dict[str, tuple[str, str]]:
    return {column["column"]: (column["field"], column["rule"]) for column in report["columns"]}


def test_sheet_header_and_every_column_are_told_with_the_rule_that_recognised_them(messy):
    found = columns_of(messy)

    assert (messy["status"], messy["sheet"], messy["header_rows"]) == ("read", "Matrix", [2])
    assert [found[letter][0] for letter in "ABCDEF"] == [
        "country",
        "centre_name",
        "course_title",
        "cmcoord_level",
        "audience",
        "duration",
    ]
    assert {found[letter][1] for letter in "ABCDEF"} <= {"exact", "synonym", "pieces"}
    assert found["G"] == ("", "")
    assert messy["columns"][6]["examples"] == [uploads.MESSY["en"][2][6]] or (
        messy["columns"][6]["values"] == 2 and len(messy["columns"][6]["examples"]) == 2
    )
    assert messy["columns"][0]["cell"] == "A2"


def test_the_counts_add_up_and_the_groups_account_for_every_row_held_back(messy):
    counts = messy["counts"]

    assert counts["rows_read"] == sum(counts[name] for name in COUNTS)
    assert counts["rows_held_back"] == sum(group["rows"] for group in messy["groups"]) == 3
    assert counts["duplicates_merged"] == 1


def test_what_brings_most_rows_comes_first_then_codings_then_fields_then_notes(messy, language):
    misspelt = uploads.MESSY[language][2][0]
    effects = [group["effect"] for group in messy["groups"]]

    assert messy["groups"][0]["title"] == f'"{misspelt}", 1 cell'
    assert messy["groups"][0]["rows"] == 2  # the merged cell stands for two
    assert messy["groups"][0]["persons"] > 0
    assert effects == sorted(effects, key=("rows", "coding", "field", "none").index)


def test_a_misspelt_country_is_asked_about_with_its_neighbours_and_never_guessed(tmp_path):
    report = read(request(uploads.write_messy(tmp_path / "m.xlsx"), tmp_path / "out"))
    question = report["groups"][0]["question"]

    assert (question["kind"], question["field"], question["value"]) == (
        "spelling",
        "country",
        "Nigera",
    )
    assert [one["code"] for one in question["candidates"]] == ["NGA", "NER"]
    assert question["can_leave_out"] and question["row"] | question["candidates"][0]["fills"] == {
        "field": "country",
        "written": "Nigera",
        "code": "NGA",
    }
    assert {"NGA", "GHA"} <= {one["code"] for one in report["choices"]["country"]}
    assert "NGA" not in {
        row["country_iso3"] for row in uploads.rows_of(tmp_path / "out", "centres")
    }


def test_every_issue_has_its_cell_what_is_wrong_what_was_done_and_what_to_do(messy):
    for issue in messy["issues"]:
        assert issue["problem"] and issue["message"]
        assert issue["sheet"] == "Matrix" and issue["cell"]
        assert issue["do"] or issue["severity"] == "note"
    told = {issue["id"] for issue in messy["issues"]}
    assert len(told) == messy["issues_total"] == sum(messy["severities"].values())


def test_the_folder_is_a_whole_edition_with_the_personnel_figures(tmp_path, messy):
    out = tmp_path / "out"
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))

    contract.validate(out)
    assert len(uploads.rows_of(out, "contributions")) > 1000
    assert package["edition"]["producer"] == "Your matrix"
    assert "not checked by OCHA" in package["description"]
    assert {row["issue_id"] for row in uploads.rows_of(out, "issues")} == {
        issue["id"] for issue in messy["issues"]
    }


def test_the_same_file_gives_the_same_bytes(tmp_path):
    path = uploads.write_messy(tmp_path / "m.xlsx")
    for name in ("one", "other"):
        read(request(path, tmp_path / name))
    one, other = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        for name in ("one", "other")
    )

    assert one == other
    assert one.keys() == outputs()


def test_the_real_matrix_gives_the_tables_of_its_edition(tmp_path):
    report = read(request(RAW / "desk-review-2018" / "matrix.xlsx", tmp_path / "out"))
    built = ROOT / "data" / "processed" / "desk-review-2018"

    assert report["found"] == {"countries": 68, "centres": 123, "courses": 315}
    for name in ("courses", "centres", "course_topics", "issues"):
        assert (tmp_path / "out" / f"{name}.csv").read_bytes() == (
            built / f"{name}.csv"
        ).read_bytes()


def test_what_is_kept_as_an_edition_folder_builds_to_the_same_tables(tmp_path):
    path = uploads.write_messy(tmp_path / "m.xlsx")
    answers = uploads.write_answers(tmp_path / "answers", uploads.ANSWERS["en"])
    read(request(path, tmp_path / "out", answers=answers, title="My matrix, 2027"))
    kept = tmp_path / "raw" / "my-matrix-2027"
    kept.mkdir(parents=True)
    (tmp_path / "raw" / "contributions").symlink_to(RAW / "contributions")
    path.rename(kept / "matrix.xlsx")
    answers.rename(kept / "answers")
    (kept / "edition.toml").write_bytes((tmp_path / "out" / "edition.toml").read_bytes())
    built = build_edition(tmp_path / "raw", "my-matrix-2027", tmp_path / "processed")

    assert built.reconciliation["found"] == built.reconciliation["expected"]
    for file in (tmp_path / "processed" / "my-matrix-2027").glob("*.csv"):
        assert file.read_bytes() == (tmp_path / "out" / file.name).read_bytes(), file.name


def test_title_dates_and_words_can_be_said(tmp_path):
    path = uploads.write_messy(tmp_path / "my_matrix 2027.xlsx")
    plain = read(request(path, tmp_path / "plain"))
    said = read(
        request(
            path,
            tmp_path / "said",
            title='A "title"',
            as_of=date(2018, 2, 28),
            producer="Us",
            statement="Ours.",
        )
    )

    assert plain["edition"]["title"] == "my matrix 2027"
    assert plain["edition"]["as_of"] == plain["edition"]["contributions_as_of"] == "2025-07-31"
    assert said["edition"] | {"name": ""} == {
        "name": "",
        "title": 'A "title"',
        "statement": "Ours.",
        "producer": "Us",
        "licence": "",
        "url": "",
        "as_of": "2018-02-28",
        "contributions_as_of": "2018-02-28",
    }
    assert 'title = "A \\"title\\""' in (tmp_path / "said" / "edition.toml").read_text()


def test_a_workbook_without_a_known_header_is_asked_about_column_by_column(tmp_path):
    grid = [
        ["Stand 2027"],
        ["Land", "Ausbildungsstätte", "Kurs", "Inhalt"],
        ["Ghana", "KAIPTC", "Kurs A", "Module"],
        ["Togo", "Schule", "Kurs B", "CIMIC"],
    ]
    path = write_grid(tmp_path / "m.xlsx", grid)
    result = uploads.run_read(path, "--out", tmp_path / "out")
    report = uploads.report_in(tmp_path / "out")
    asked = {group["field"]: group["question"] for group in report["groups"] if group["question"]}

    assert result.returncode == 1 and "Country" in result.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"reading.json", "marked.xlsx"}
    assert (report["status"], report["header_rows"]) == ("not-a-matrix", [2])
    assert asked.keys() == {"country", "centre_name", "course_title", "cmcoord_level"}
    assert asked["country"]["candidates"][0]["fills"]["header"] == "Land"
    lines = [
        question["row"]
        | next(one["fills"] for one in question["candidates"] if one["code"] == letter)
        for letter, question in zip("ABCD", asked.values(), strict=True)
    ]
    answers = uploads.write_answers(tmp_path / "answers", columns=lines)
    taught = read(request(path, tmp_path / "out", answers=answers))
    assert (taught["status"], taught["found"]["courses"]) == ("read", 2)
    assert {rule for _, rule in columns_of(taught).values()} == {"answer"}


def test_an_unknown_column_is_asked_about_with_its_values_and_what_they_look_like(tmp_path):
    rows = [("Ghana", "A", "One", "?", "English"), ("Togo", "B", "Two", "?", "French")]
    path = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Unterricht auf"))
    report = read(request(path, tmp_path / "out"))
    (group,) = [group for group in report["groups"] if group["code"] == "column-unknown"]

    assert group["title"] == 'Column "Unterricht auf", 2 values'
    assert group["question"]["examples"] == ["English", "French"]
    assert [(one["code"], one["why"]) for one in group["question"]["candidates"]] == [
        ("language", "2 of 2 values")
    ]


def test_sheets_that_are_not_read_are_named_with_the_reason(tmp_path):
    report = read(request(RAW / "desk-review-2018" / "matrix.xlsx", tmp_path / "out"))

    assert [sheet["title"] for sheet in report["sheets"] if sheet["used"]] == [report["sheet"]]
    assert all(sheet["why"] for sheet in report["sheets"])


def check_nothing_is_left(out: Path, result: subprocess.CompletedProcess) -> None:
    assert result.returncode in (1, 2)
    assert len(result.stderr.strip().splitlines()) == 1
    assert not out.exists() or {file.name for file in out.iterdir()} <= {
        "reading.json",
        "marked.xlsx",
    }


@pytest.mark.parametrize("name", sorted({**BROKEN, **HOSTILE}))
def test_a_broken_or_hostile_file_is_refused_and_leaves_nothing(tmp_path, name):
    writer, said = {**BROKEN, **HOSTILE}[name]
    writer(tmp_path / "bad.xlsx")

    with pytest.raises(NotReadable, match=".") as refused:
        read(request(tmp_path / "bad.xlsx", tmp_path / "out"))

    assert said in str(refused.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["zip-bomb-in-a-sheet", "too-many-rows", "long-texts"])
def test_a_heavy_file_ends_in_one_message_within_the_limits(tmp_path, name):
    HEAVY[name](tmp_path / "heavy.xlsx")
    result = uploads.run_read(
        tmp_path / "heavy.xlsx", "--out", tmp_path / "out", "--memory-mb", 900, "--seconds", 60
    )

    assert result.returncode == 2
    check_nothing_is_left(tmp_path / "out", result)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the system has no such limits")
@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (("--memory-mb", 60), "more memory than it may have (60 MB)"),
        (("--seconds", 1), "more than 1 seconds"),
    ],
)
def test_too_little_memory_or_time_is_one_message_and_leaves_nothing(tmp_path, limit, said):
    rows = [("Ghana", f"Centre {n % 99}", f"Course {n}", f"level {n}") for n in range(40_000)]
    path = write_rows(tmp_path / "m.xlsx", rows)
    result = uploads.run_read(path, "--out", tmp_path / "out", *limit)

    assert said in result.stderr
    check_nothing_is_left(tmp_path / "out", result)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (("--max-rows", 5), "more than 5 rows"),
        (("--max-rows", 0), "from 1 to"),
        (("--max-mb", 26), "from 1 to 25"),
        (("--as-of", "May"), "no date"),
        (("--answers", "nowhere"), "no folder"),
        (("--raw", "nowhere"), "contributions.csv"),
    ],
)
def test_what_is_beyond_a_limit_or_wrong_is_refused_before_anything_is_written(
    tmp_path, limit, said
):
    path = uploads.write_messy(tmp_path / "m.xlsx")
    result = uploads.run_read(path, "--out", tmp_path / "out", *limit)

    assert (result.returncode, said in result.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_file_larger_than_allowed_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "m.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(1_100_000))

    with pytest.raises(NotReadable, match="larger than 1 MB"):
        read(request(path, tmp_path / "out", max_mb=1))


def test_a_reading_that_fails_leaves_the_earlier_one_as_it_was(tmp_path):
    out = tmp_path / "out"
    read(request(uploads.write_messy(tmp_path / "m.xlsx"), out))
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04")

    with pytest.raises(NotReadable):
        read(request(tmp_path / "bad.xlsx", out))

    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_a_folder_with_files_of_something_else_is_not_touched(tmp_path):
    path = uploads.write_messy(tmp_path / "m.xlsx")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "edition.toml").write_text("mine")

    with pytest.raises(NotWritten, match="from something else"):
        read(request(path, tmp_path / "out"))

    assert [file.name for file in (tmp_path / "out").iterdir()] == ["edition.toml"]


def test_other_files_in_the_folder_stay(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    path = uploads.write_messy(out / "brought.xlsx")
    before = path.read_bytes()
    read(request(path, out))

    assert path.read_bytes() == before
    assert {file.name for file in out.iterdir()} == {"brought.xlsx", *outputs()}


def test_consultations_beside_the_file_are_not_taken_for_its_own(tmp_path):
    path = uploads.write_messy(tmp_path / "m.xlsx")
    (tmp_path / "consultations.xlsx").write_bytes(b"broken")

    assert read(request(path, tmp_path / "out"))["status"] == "read"


@pytest.mark.skipif(sys.platform != "linux", reason="signals of another kind")
@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_a_reading_that_is_stopped_leaves_no_tables(tmp_path, kind):
    rows = [("Ghana", f"Centre {n % 99}", f"Course {n}", "Module") for n in range(20_000)]
    path, out = write_rows(tmp_path / "m.xlsx", rows), tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "read", str(path), "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    while not list(out.glob(f"{publish.STAGING}*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(kind)
    _, said = process.communicate(timeout=60)

    assert "Traceback" not in said
    assert not (out / "datapackage.json").exists()
    if kind == signal.SIGTERM:
        assert "Stopped" in said and not out.exists()
    else:  # the next reading takes the folder over
        read(request(uploads.write_messy(tmp_path / "s.xlsx"), out))
        assert (out / "datapackage.json").exists()
