"""The command line as a person meets it: exit statuses, sentences, never a traceback."""

import json
import subprocess
import sys

import pytest

from tests.fixtures.editions import HEADER, ROOT, add_edition, write_rows

GOOD = [("Ghana", "KAIPTC", "Civil-military course", "Module")]


def etl(*arguments, cwd=ROOT):
    result = subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        timeout=60,
    )
    assert "Traceback" not in result.stdout + result.stderr
    return result


@pytest.mark.parametrize("command", [(), ("build",), ("check",), ("diff",), ("sample",)])
def test_every_command_answers_help(command):
    result = etl(*command, "--help")

    assert (result.returncode, result.stderr) == (0, "")
    assert "usage: python -m etl" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("bild",),
        ("build", "nowhere"),
        ("build", "../raw"),
        ("build", "--raw", "nowhere"),
        ("check",),
        ("diff", "a"),
    ],
)
def test_wrong_arguments_exit_with_2_and_say_so_on_standard_error(arguments, tmp_path):
    result = etl(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr


def test_build_prints_what_was_read_kept_held_back_and_the_control_totals(raw, tmp_path):
    add_edition(
        raw, "second", [*GOOD, ("Nigera", "School", "Course", "?"), ("Togo", None, None, None)]
    )
    with open(raw / "second" / "edition.toml", "a") as file:
        file.write("[expected]\ncountries = 3\n")
    result = etl("build", "second", "--raw", raw, "--out", tmp_path / "out")

    assert result.returncode == 0
    assert (
        "rows read 3 = courses kept 1 + duplicates merged 0 + rows held back 1 + rows without a course 1"
        in result.stdout
    )
    assert "countries 2 (expected 3)" in result.stdout
    assert "Matrix!A3" in result.stdout and "Nigeria" in result.stdout


def test_strict_exits_with_1_when_a_row_was_held_back_and_still_builds(raw, tmp_path):
    add_edition(raw, "second", [*GOOD, ("Nigera", "School", "Course", "?")])

    assert etl("build", "second", "--raw", raw, "--out", tmp_path, "--strict").returncode == 1
    assert (tmp_path / "second" / "courses.csv").exists()
    assert etl("build", "small", "--raw", raw, "--out", tmp_path, "--strict").returncode == 0


def test_one_broken_edition_does_not_stop_the_others(raw, tmp_path):
    (raw / "broken").mkdir()
    (raw / "broken" / "matrix.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (raw / "broken" / "edition.toml").write_text((raw / "small" / "edition.toml").read_text())
    result = etl("build", "--raw", raw, "--out", tmp_path / "out")

    assert result.returncode == 1
    assert "broken: not built." in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["small"]


def test_a_folder_that_cannot_be_an_edition_is_named_and_the_others_are_built(raw, tmp_path):
    add_edition(raw, "Desk Review é", GOOD)
    result = etl("build", "--raw", raw, "--out", tmp_path / "out")

    assert result.returncode == 1
    assert "Rename the folder" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["small"]


def test_a_sample_that_cannot_be_written_is_a_clear_message(tmp_path):
    result = etl("sample", "--out", tmp_path / "nowhere" / "x.xlsx")

    assert result.returncode == 2
    assert "Could not write" in result.stderr


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("edition.toml", "title = ", "edition.toml cannot be read"),
        ("edition.toml", "title = 'x'", "needs a line statement"),
        ("../contributions/contributions.csv", "as_of,persons\n", "lacks the columns"),
        ("../contributions/sources.csv", "as_of\n", "lacks the columns"),
    ],
)
def test_a_broken_input_is_named_and_nothing_is_built(raw, tmp_path, file, text, said):
    (raw / "small" / file).write_text(text)
    result = etl("build", "--raw", raw, "--out", tmp_path / "out")

    assert result.returncode == 1
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_check_exits_with_0_1_or_2(tmp_path):
    good = write_rows(tmp_path / "good.xlsx", GOOD)
    held_back = write_rows(tmp_path / "held_back.xlsx", [("Nigera", "School", "Course", "?")])
    columns_missing = write_rows(
        tmp_path / "missing.xlsx", [("Ghana", "x")], ("Country", "Something")
    )
    (tmp_path / "text.xlsx").write_text("country,centre")

    assert etl("check", good).returncode == 0
    assert etl("check", held_back).returncode == 1
    assert etl("check", columns_missing).returncode == 1
    assert etl("check", tmp_path / "text.xlsx").returncode == 2
    assert etl("check", tmp_path / "absent.xlsx").returncode == 2


def test_check_as_json_tells_every_issue_with_its_cell(tmp_path):
    path = write_rows(
        tmp_path / "m.xlsx", [("Ghana", "A", "B", "?", "a good while")], (*HEADER, "Duration")
    )
    told = json.loads(etl("check", path, "--json").stdout)

    assert (told["courses_kept"], told["header_rows"]) == (1, [1])
    assert [(issue["severity"], issue["cell"], issue["found"]) for issue in told["issues"]] == [
        ("warning", "E2", "a good while")
    ]


def test_diff_tells_what_came_went_and_changed(raw, tmp_path):
    add_edition(
        raw,
        "later",
        [("Ghana", "KAIPTC", "Civil-military course", "Dedicated"), ("Togo", "School", "New", "?")],
    )
    etl("build", "--raw", raw, "--out", tmp_path)
    told = json.loads(etl("diff", "small", "later", "--out", tmp_path, "--json").stdout)

    assert [row["id"] for row in told["came"]["countries"]] == ["TGO"]
    assert [row["id"] for row in told["came"]["courses"]] == ["TGO-school-new"]
    assert told["went"] == {"countries": [], "centres": [], "courses": []}
    assert [(row["from"], row["to"]) for row in told["changed_levels"]] == [("module", "dedicated")]
    assert {row["figure"] for row in told["figures"] if row["moved"]} >= {
        "countries",
        "centres",
        "courses",
    }


def test_diff_of_an_edition_that_is_not_built_says_how_to_build_it(tmp_path):
    result = etl("diff", "one", "other", "--out", tmp_path)

    assert result.returncode == 2
    assert "python -m etl build one" in result.stderr


def test_the_sample_has_the_published_size_reads_without_a_warning_and_says_that_it_is_synthetic(
    tmp_path,
):
    etl("sample", "--out", tmp_path / "sample.xlsx")
    told = json.loads(etl("check", tmp_path / "sample.xlsx", "--json").stdout)

    assert (told["countries"], told["centres"], told["courses_kept"]) == (68, 123, 315)
    assert [issue for issue in told["issues"] if issue["severity"] != "note"] == []


def test_the_same_seed_gives_the_same_sample(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        etl(
            "sample",
            "--out",
            tmp_path / name,
            "--countries",
            2,
            "--centres",
            3,
            "--courses",
            5,
            "--seed",
            1,
        )

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize(
    "wrong", [("--countries", 9999), ("--countries", 0), ("--centres", 1), ("--courses", 1)]
)
def test_a_sample_that_cannot_be_is_refused_with_the_limit(tmp_path, wrong):
    assert etl("sample", "--out", tmp_path / "x.xlsx", *wrong).returncode == 2


def test_text_that_a_terminal_would_obey_is_printed_without_its_commands(tmp_path):
    path = write_rows(tmp_path / "m.xlsx", [("Ghana", "A", "B", "Modul\u202e")])

    assert "\u202e" not in etl("check", path).stdout
