"""The committed tables are exactly what the committed inputs give, byte for byte."""

import json

import pytest

from etl.build import contract
from etl.build.dictionary import data_dictionary
from etl.build.pipeline import build_edition
from tests.fixtures.editions import ROOT

EDITIONS = ["desk-review-2018", "public-sources-2026"]
PROCESSED = ROOT / "data" / "processed"


@pytest.mark.parametrize("name", EDITIONS)
def test_building_again_gives_the_same_bytes(name, tmp_path):
    build_edition(ROOT / "data" / "raw", name, tmp_path)
    fresh = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    kept = {path.name: path.read_bytes() for path in (PROCESSED / name).iterdir()}

    assert fresh.keys() == kept.keys()
    assert [file for file in fresh if fresh[file] != kept[file]] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_tables_hold_their_own_contract(name):
    contract.validate(PROCESSED / name)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_row_is_accounted_for_and_the_control_totals_are_met(name):
    counts = json.loads((PROCESSED / name / "datapackage.json").read_text(encoding="utf-8"))[
        "reconciliation"
    ]

    assert counts["found"] == counts["expected"]
    assert counts["rows_read"] == sum(
        counts[part]
        for part in ("courses_kept", "duplicates_merged", "rows_held_back", "rows_without_course")
    )


@pytest.mark.parametrize("name", EDITIONS)
def test_the_real_matrices_are_read_without_one_error_or_warning(name):
    lines = (PROCESSED / name / "issues.csv").read_text(encoding="utf-8").splitlines()[1:]

    assert [line for line in lines if ",note," not in line] == []


def test_the_dictionary_is_the_declaration():
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == data_dictionary()
