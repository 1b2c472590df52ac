"""A language of headers, row kinds and connectives is CSV alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.fixtures.editions import ROOT, write_rows

# Lines to add: file -> lines. The spellings of countries and levels are data as well.
PORTUGUESE = {
    "maps/columns.csv": (
        "country,pt,,Estado contribuinte",
        "centre_name,pt,,Escola de formação",
        "course_title,pt,,Título do curso ministrado",
        "cmcoord_level,pt,,Conteúdo de coordenação civil-militar",
        "audience,pt,,Destinatários",
    ),
    "maps/row_words.csv": (
        "note,pt,observação",
        "total,pt,soma",
        "before-total,pt,grande",
        "course,pt,formações",
        "no,pt,nenhuma",
        "course,pt,formação",
        "found,pt,encontrada",
        "no-course,pt,por apurar",
    ),
    "vocab/country_aliases.csv": ("AGO,Terra de Angola,pt,",),
}
# Connectives stand in one line of a vocabulary: file -> (beginning of the line, what to add).
CONNECTIVES = {"vocab/small_words.csv": ("and,", ";bem como")}
# What a subprocess runs, because patterns are made of the words when a module is imported.
READ = """
import json, sys
from pathlib import Path
import etl
from etl.build.pipeline import read_matrix

reading, review = read_matrix(Path(sys.argv[1]))
print(json.dumps({
    "etl": etl.__file__,
    "fields": [column.field for column in reading.columns],
    "courses": [[*key, list(course.values["audience"])] for key, course in review.courses.items()],
    "countries": sorted(review.countries),
    "told": [issue.code for issue in reading.issues],
}))
"""
HEADER = (
    "Estado contribuinte",
    "Escola de formação",
    "Título do curso ministrado",
    "Conteúdo de coordenação civil-militar",
    "Destinatários",
)
ROWS = (
    ("Terra de Angola", "Escola de Paz", "Curso A", "M", "Military bem como Police"),
    (None, None, "Curso B", "D", "Civilian"),
    ("Ghana", "KAIPTC", "Nenhuma formação encontrada", None, None),
    ("Mali", "EMP", "Por apurar", None, None),
    (None, None, "Soma de formações: 2", None, None),
    ("Grande soma", None, 2, None, None),
    ("Observação: inventado", None, None, None, None),
)


def _read(etl: Path, matrix: Path) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(etl.parent)}
    return subprocess.run(
        [sys.executable, "-c", READ, str(matrix)],
        cwd=etl.parent,
        env=environment,
        capture_output=True,
        text=True,
    )


def _speak_portuguese(etl: Path) -> None:
    for name, lines in PORTUGUESE.items():
        with (etl / name).open("a", encoding="utf-8", newline="") as file:
            file.write("".join(f"{line}\n" for line in lines))
    for name, (beginning, more) in CONNECTIVES.items():
        lines = (etl / name).read_text(encoding="utf-8").splitlines()
        told = [line + more if line.startswith(beginning) else line for line in lines]
        (etl / name).write_text("\n".join(told) + "\n", encoding="utf-8")


def test_a_language_is_csv_alone(tmp_path):
    etl = tmp_path / "etl"
    shutil.copytree(ROOT / "etl", etl, ignore=shutil.ignore_patterns("__pycache__"))
    matrix = write_rows(tmp_path / "matrix.xlsx", ROWS, HEADER)
    before = _read(etl, matrix)

    _speak_portuguese(etl)
    after = _read(etl, matrix)

    assert before.returncode != 0 and "NotAMatrix" in before.stderr
    assert after.returncode == 0, after.stderr
    told = json.loads(after.stdout)
    assert Path(told["etl"]).is_relative_to(tmp_path)
    assert told["fields"] == [
        "country", "centre_name", "course_title", "cmcoord_level", "audience"
    ]  # fmt: skip
    assert told["courses"] == [
        ["AGO", "escoladepaz", "cursoa", ["military", "police"]],
        ["AGO", "escoladepaz", "cursob", ["civilian"]],
    ]
    assert told["countries"] == ["AGO", "GHA", "MLI"]
    assert sorted(told["told"]) == ["row-note"] * 3 + ["row-without-course"] * 2
