"""Time and memory of `etl build` on synthetic matrices, beside a bare load of the same workbook."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tools.bench.results import ROOT, Cost, Result, run

# The size that was reported in February 2018. There are not ten times as many countries.
CENTRES, COURSES = 123, 315
COUNTRIES = {1: 68, 10: 193, 100: 193}
RUNS = {1: 3, 10: 1, 100: 1}
EDITION = "synthetic"

MOST_TIMES_BARE = 3.0
MOST_MB = 1000.0

BARE = """
import sys
import frictionless, hdx.location.country, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]):
    for row in sheet.iter_rows(values_only=True):
        pass
"""
TOML = """
title = "Synthetic edition for measuring"
statement = "Synthetic: every name is invented."
as_of = 2018-02-28
contributions_as_of = 2018-01-31
producer = "tools/bench"
licence = "none"
url = ""
"""


@dataclass(frozen=True)
class Scale:
    """What one size took: the build and the bare load, medians of the runs."""

    times: int
    build: Cost
    bare: Cost


def processed(folder: Path, times: int) -> Path:
    """Where the tables of one size are built to."""
    return folder / f"{times}x" / "processed"


def measure(folder: Path, times: int) -> Scale:
    """Makes a matrix of `times` the published size and builds it, in turn with the bare load."""
    raw = folder / f"{times}x" / "raw"
    matrix = raw / EDITION / "matrix.xlsx"
    matrix.parent.mkdir(parents=True)
    (raw / EDITION / "edition.toml").write_text(TOML, encoding="utf-8")
    shutil.copytree(ROOT / "data" / "raw" / "contributions", raw / "contributions")
    size = {
        "--countries": COUNTRIES[times],
        "--centres": CENTRES * times,
        "--courses": COURSES * times,
    }
    options = [word for name, number in size.items() for word in (name, str(number))]
    run([sys.executable, "-m", "etl", "sample", "--out", str(matrix), *options])

    build = [
        sys.executable,
        "-m",
        "etl",
        "build",
        "--raw",
        str(raw),
        "--out",
        str(processed(folder, times)),
    ]
    bare = [sys.executable, "-c", BARE, str(matrix)]
    pairs = [(run(build), run(bare)) for _ in range(RUNS[times])]
    builds, bares = zip(*pairs, strict=True)
    return Scale(times, _median(builds), _median(bares))


def _median(costs: tuple[Cost, ...]) -> Cost:
    return Cost(median(cost.seconds for cost in costs), median(cost.peak_mb for cost in costs))


def results(scales: dict[int, Scale]) -> list[Result]:
    """Seconds and memory of every size, then the ratios that have targets."""
    rows = []
    for scale in scales.values():
        name = f"{scale.times}x, {COURSES * scale.times:,} courses"
        rows += [
            Result(f"{name}: build", scale.build.seconds, "s"),
            Result(f"{name}: bare load and import of the libraries", scale.bare.seconds, "s"),
            Result(f"{name}: peak memory of the bare load", scale.bare.peak_mb, "MB"),
            Result(f"{name}: peak memory of the build", scale.build.peak_mb, "MB", MOST_MB),
        ]
    once = scales[1].build.seconds / scales[1].bare.seconds
    growth = scales[100].build.seconds / scales[10].build.seconds
    return [
        *rows,
        Result("1x: build / (bare load and import)", once, "times", MOST_TIMES_BARE),
        Result("build at 100x / build at 10x (10 is linear)", growth, "times", 10.0),
    ]
