"""All or nothing: whatever stops a build, the last good tables stay in place and readable."""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.build import contract, publish
from etl.build.pipeline import build_edition
from tests.fixtures.editions import ROOT, add_edition

KILLS = 12


def build_command(raw: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "etl", "build", "small", "--raw", str(raw), "--out", str(out)]


def titles(out: Path) -> set[str]:
    with open(out / "small" / "courses.csv", encoding="utf-8", newline="") as file:
        return {row["course_title"] for row in csv.DictReader(file)}


def test_a_kill_at_any_moment_leaves_the_last_good_tables_readable(raw, tmp_path):
    """kill -9 in a loop, at moments spread over the whole of a build."""
    out = tmp_path / "processed"
    started = time.monotonic()
    subprocess.run(build_command(raw, out), cwd=ROOT, check=True, capture_output=True)
    took = time.monotonic() - started
    moment = random.Random(2018)
    for _ in range(KILLS):
        process = subprocess.Popen(
            build_command(raw, out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moment.uniform(0.3, 1.0) * took)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()

        contract.validate(out / "small")
        assert titles(out) == {"Civil-military course"}


def test_a_kill_between_writing_and_changing_places_changes_nothing(raw, tmp_path, monkeypatch):
    out = tmp_path / "processed"
    build_edition(raw, "small", out)
    shutil.rmtree(raw / "small")
    add_edition(raw, "small", [("Ghana", "KAIPTC", "Another course", "Module")])
    monkeypatch.setattr(publish, "_change_places", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    child = os.fork()
    if child == 0:
        build_edition(raw, "small", out)
    _, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert titles(out) == {"Civil-military course"}


def test_two_builds_at_once_do_not_mix(raw, tmp_path):
    out = tmp_path / "processed"
    other_raw = tmp_path / "other"
    shutil.copytree(raw / "contributions", other_raw / "contributions")
    add_edition(
        other_raw,
        "small",
        [("Kenya", "IPSTC", "Other course", "?"), ("Kenya", "IPSTC", "Third course", "?")],
    )
    builds = [
        subprocess.Popen(
            build_command(folder, out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for folder in (raw, other_raw) * 2
    ]

    assert [build.communicate()[1] for build in builds] == [b""] * 4
    contract.validate(out / "small")
    assert titles(out) in ({"Civil-military course"}, {"Other course", "Third course"})
    assert [path.name for path in out.iterdir()] == ["small"]


def test_a_disk_that_fills_up_at_any_byte_leaves_the_last_good_tables(raw, tmp_path, monkeypatch):
    out = tmp_path / "processed"
    build_edition(raw, "small", out)
    before = {path.name: path.read_bytes() for path in (out / "small").iterdir()}
    for step in ("_write", "_flush", "_change_places"):
        with monkeypatch.context() as patched:
            patched.setattr(publish, step, _no_space)
            with pytest.raises(
                publish.NotWritten, match="No space left.*last good tables are unchanged"
            ):
                build_edition(raw, "small", out)

        assert {path.name: path.read_bytes() for path in (out / "small").iterdir()} == before
        assert [path.name for path in out.iterdir()] == ["small"]


def _no_space(*_):
    raise OSError(28, "No space left on device")


def tiny_disk(folder: Path) -> bool:
    """Mount a file system of 700 kB on `folder`, where the system lets us (root on Linux)."""
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    mount = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(folder)]
    return subprocess.run(mount, capture_output=True).returncode == 0


def test_a_full_disk_for_real_keeps_the_last_good_tables(raw, tmp_path):
    """One edition fits on the disk, the second copy that a build needs does not."""
    disk = tmp_path / "disk"
    out = disk / "processed"
    mounted = tiny_disk(disk)
    try:
        subprocess.run(build_command(raw, out), cwd=ROOT, check=True, capture_output=True)
        if mounted:
            free = shutil.disk_usage(disk).free
            (disk / "ballast").write_bytes(b"0" * max(0, free - 100_000))
            result = subprocess.run(
                build_command(raw, out), cwd=ROOT, capture_output=True, text=True
            )

            assert result.returncode == 1
            assert "No space left" in result.stderr and "Traceback" not in result.stderr
        contract.validate(out / "small")
        assert titles(out) == {"Civil-military course"}
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_a_clear_message(raw, tmp_path):
    """A file stands where the folder should be: nobody can write there, root included."""
    (tmp_path / "processed").write_text("in the way")
    result = subprocess.run(
        build_command(raw, tmp_path / "processed"), cwd=ROOT, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert "Could not write" in result.stderr and "Traceback" not in result.stderr


def test_tables_that_break_the_contract_are_never_published(raw, tmp_path, monkeypatch):
    out = tmp_path / "processed"
    build_edition(raw, "small", out)
    monkeypatch.setattr(
        publish,
        "cell",
        lambda value: "wrong" if value is True else "" if value is None else str(value),
    )

    with pytest.raises(contract.ContractBroken, match="countries.csv row"):
        build_edition(raw, "small", out)
    assert titles(out) == {"Civil-military course"}


def test_without_an_exchange_of_folders_a_kill_halfway_is_mended_by_the_next_build(
    raw, tmp_path, monkeypatch
):
    out = tmp_path / "processed"
    build_edition(raw, "small", out)
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    build_edition(raw, "small", out)
    os.rename(
        out / "small", out / ".small.last-good"
    )  # as a kill between the two renames leaves it
    build_edition(raw, "small", out)

    assert titles(out) == {"Civil-military course"}
    assert [path.name for path in out.iterdir()] == ["small"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-x", "@SUM(A1)", "'=1+1", '=HYPERLINK("http://x")']
)
def test_text_that_looks_like_a_formula_is_written_as_text(text):
    assert publish.inert(text) == f"'{text}"


@given(st.text(alphabet="'=+-@\t\rab", max_size=6), st.text(alphabet="'=+-@\t\rab", max_size=6))
def test_making_text_inert_loses_nothing(one, other):
    """Two texts that differ stay different, and what is written never starts like a formula."""
    assert (publish.inert(one) == publish.inert(other)) == (one == other)
    assert not publish.inert(one).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers_and_unknown_stays_empty():
    assert [publish.cell(value) for value in (-34.53, 5.0, 0, None, True, False)] == [
        "-34.53",
        "5",
        "0",
        "",
        "true",
        "false",
    ]


def test_a_formula_like_title_is_inert_in_the_built_tables(raw, tmp_path):
    add_edition(raw, "hostile", [("Ghana", "@centre", "=cmd|' /C calc'!A0", "Module")])
    build_edition(raw, "hostile", tmp_path / "processed")
    for path in (tmp_path / "processed" / "hostile").glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            texts = [cell for row in csv.reader(file) for cell in row]

        assert not [text for text in texts if text.startswith(("=", "@", "+"))]


def test_the_package_tells_every_input_by_its_digest_and_no_time(raw, tmp_path):
    build_edition(raw, "small", tmp_path / "processed")
    package = json.loads((tmp_path / "processed" / "small" / "datapackage.json").read_text())

    assert [entry["path"] for entry in package["inputs"]] == [
        "small/matrix.xlsx",
        "small/edition.toml",
        "contributions/contributions.csv",
        "contributions/sources.csv",
    ]
    assert all(len(entry["sha256"]) == 64 for entry in package["inputs"])
    assert "created" not in package
