"""Fixtures of the ETL tests: a small review in memory, a small edition on disk."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from etl.build.pipeline import read_matrix
from etl.review.model import Review
from tests.fixtures.editions import HEADER, ROOT, add_edition, write_rows


@pytest.fixture
def review_of(tmp_path: Path) -> Callable[..., Review]:
    """Return a function: rows (and header) -> the review that they amount to."""

    def read(rows: Sequence[Sequence], header: Sequence[str] = HEADER) -> Review:
        return read_matrix(write_rows(tmp_path / "matrix.xlsx", rows, header))[1]

    return read


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder like data/raw with the real contributions and one small edition called `small`."""
    folder = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "contributions", folder / "contributions")
    add_edition(folder, "small", [("Ghana", "KAIPTC", "Civil-military course", "Module")])
    return folder
