"""From a workbook to what the dashboard reads: nothing is changed on the way that should not be."""

import shutil

import pytest

from dashboard.edition import store
from etl.build.pipeline import build_edition
from tests.fixtures.editions import ROOT, add_edition

TEXTS = [
    "=1+1",
    "'=2+2",
    "''@x",
    "-dash",
    "'quoted'",
    "<b>bold</b>",
    "Formation à l’étranger",
    "NaN",
]


@pytest.fixture
def built(tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "contributions", raw / "contributions")
    add_edition(raw, "texts", [("Ghana", "KAIPTC", text, "Module") for text in TEXTS])
    build_edition(raw, "texts", tmp_path / "out")
    return tmp_path / "out" / "texts"


def test_a_title_is_shown_as_the_matrix_has_it_whatever_a_spreadsheet_would_make_of_it(built):
    assert set(store.read(built).courses["course_title"]) == set(TEXTS)


def test_the_files_between_hold_no_text_that_a_spreadsheet_would_run(built):
    lines = (built / "courses.csv").read_text(encoding="utf-8").splitlines()

    assert not [
        cell for line in lines for cell in line.split(",") if cell.startswith(("=", "@", "-"))
    ]


def test_a_matrix_without_kinds_of_evidence_counts_what_was_coded_as_read_whole(built):
    assert store.read(built).courses["read_whole"].all()
