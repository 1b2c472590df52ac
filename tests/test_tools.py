"""The commands around the product: stale data, the browser that is driven, what CI accepts."""

import hashlib
import json
from pathlib import Path

import pytest

from etl.build import edition
from tools import browser
from tools.stale import main, stale_editions

CONFTEST = Path(__file__).with_name("conftest.py")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """An edition with its tables built from exactly the files that are there: (raw, processed)."""
    raw, processed = tmp_path / "raw", tmp_path / "processed"
    contents = {
        "one/matrix.xlsx": b"matrix",
        "one/edition.toml": b"title",
        "contributions/contributions.csv": b"rows",
    }
    for path, content in contents.items():
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_bytes(content)
    inputs = [
        {"path": path, "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in contents.items()
    ]
    (processed / "one").mkdir(parents=True)
    (processed / "one" / "countries.csv").write_text("country_iso3\n")
    package = {
        "inputs": inputs,
        "resources": [{"path": "countries.csv"}],
        "rules_sha256": edition.rules_digest(),
    }
    (processed / "one" / "datapackage.json").write_text(json.dumps(package))
    return raw, processed


def test_tables_built_from_these_very_files_are_not_stale(folders):
    assert stale_editions(*folders) == {}
    assert main([str(folder) for folder in folders]) == 0


def test_tables_are_stale_when_a_spelling_was_added_since(folders, monkeypatch):
    monkeypatch.setattr(edition, "rules_digest", lambda: "another")

    assert stale_editions(*folders) == {"one": "a spelling in etl/maps or etl/vocab has changed"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda raw, out: (raw / "one/matrix.xlsx").write_bytes(b"edited"),
            "one/matrix.xlsx has changed",
        ),
        (
            lambda raw, out: (raw / "one/consultations.xlsx").write_bytes(b"new"),
            "one/consultations.xlsx is new",
        ),
        (
            lambda raw, out: (raw / "contributions/contributions.csv").write_bytes(b""),
            "contributions.csv has changed",
        ),
        (lambda raw, out: (raw / "one/edition.toml").unlink(), "one/edition.toml is gone"),
        (lambda raw, out: (out / "one/countries.csv").unlink(), "its table countries.csv is gone"),
        (lambda raw, out: (out / "one/datapackage.json").unlink(), "not built yet"),
        (lambda raw, out: (out / "one/datapackage.json").write_text("{"), "cannot be read"),
        (lambda raw, out: (out / "one/datapackage.json").write_text("[]"), "cannot be read"),
    ],
)
def test_tables_are_stale_when_what_they_were_built_from_is_not_what_is_there(
    folders, change, reason
):
    change(*folders)

    assert reason in stale_editions(*folders)["one"]
    assert main([str(folder) for folder in folders]) == 1


def test_a_second_edition_without_tables_is_stale_alone(folders):
    raw, _ = folders
    (raw / "two").mkdir()
    (raw / "two" / "matrix.xlsx").write_bytes(b"matrix")

    assert stale_editions(*folders) == {"two": "not built yet"}


def test_the_spare_file_of_an_open_spreadsheet_makes_nothing_stale(folders):
    raw, _ = folders
    (raw / "one" / "~$matrix.xlsx").write_bytes(b"lock")

    assert stale_editions(*folders) == {}


def _program(path: Path, exit_status: int) -> str:
    path.write_text(f"#!/bin/sh\nexit {exit_status}\n")
    path.chmod(0o755)
    return str(path)


def test_the_browser_that_is_named_is_the_one_that_is_driven(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", _program(tmp_path / "mine", 0))

    assert browser.find_browser() == str(tmp_path / "mine")


def test_a_browser_that_is_named_and_does_not_run_is_no_browser(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", _program(tmp_path / "broken", 1))

    assert browser.main() == 1
    assert f"CHROMIUM={tmp_path / 'broken'} does not run here" in capsys.readouterr().err


def test_a_program_that_only_bears_the_name_of_a_browser_is_passed_over(tmp_path, monkeypatch):
    _program(tmp_path / "chromium", 1)
    _program(tmp_path / "google-chrome", 0)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert browser.find_browser() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize(("found", "driven"), [(None, True), ("/usr/bin/chromium", False)])
def test_without_a_browser_that_can_be_driven_the_way_out_is_named(
    monkeypatch, capsys, found, driven
):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "find_browser", lambda: found)
    monkeypatch.setattr(browser, "_driver_starts", lambda: driven)
    monkeypatch.setattr(browser, "_succeeds", lambda command: False)

    assert browser.main() == 1
    assert "BROWSER=none" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("ci", "test", "exit_status"),
    [
        ("true", "def test_a(): pass", 0),
        ("true", "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('not here')", 1),
        (
            "true",
            "import pytest\npytest.importorskip('nowhere_to_be_found')\ndef test_a(): pass",
            1,
        ),
        ("", "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('not here')", 0),
    ],
)
def test_ci_fails_when_a_test_is_skipped(pytester, monkeypatch, ci, test, exit_status):
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(test_first="def test_it(): pass", test_second=test)

    assert pytester.runpytest_subprocess().ret == exit_status
