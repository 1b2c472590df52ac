"""How long twelve figures take as PNG, SVG and PDF: from nothing, and once the browser runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tools.bench.results import ROOT, Result

MOST_SECONDS = 15.0

# A process of its own, so that nothing is loaded or running when the clock starts.
DRAW = """
import json, sys, time
start = time.perf_counter()
from datetime import date
from pathlib import Path
from dashboard import store
from dashboard.exports.origin import origin
from dashboard.views.wishes import SUGGESTED
from dashboard.exports.picture import FORMATS, Job, pictures
from dashboard.figures.catalogue import figure
from dashboard.selection import default_selection

imported = time.perf_counter()
tables = store.read(Path(sys.argv[1]) / store.DEFAULT_EDITION)
selection = default_selection(tables)
made_from = origin(tables, "", date(2000, 1, 1))
figures = [figure(id, tables, selection) for id in SUGGESTED]
jobs = [Job(one, "a4", format, made_from)
        for one in figures if not one.empty for format in FORMATS]
seconds = []
for begun in (imported, None):
    begun = begun or time.perf_counter()
    drawn = sum(1 for _ in pictures(jobs))
    seconds.append(time.perf_counter() - begun)
print(json.dumps({"pictures": drawn, "import": imported - start,
                  "cold": seconds[0], "warm": seconds[1]}))
"""


def measure(processed: Path) -> dict[str, float]:
    """Pictures drawn; seconds of the import, of the first round and of the second."""
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(processed)],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The figures could not be drawn: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def results(measured: dict[str, float]) -> list[Result]:
    """The target is for a start from nothing: tables read, browser started, every picture drawn."""
    pictures = int(measured["pictures"])
    return [
        Result("import of the dashboard and its libraries", measured["import"], "s"),
        Result(f"{pictures} pictures, browser already running", measured["warm"], "s"),
        Result(f"{pictures} pictures from nothing", measured["cold"], "s", MOST_SECONDS),
    ]


if __name__ == "__main__":
    for result in results(measure(ROOT / "data" / "processed")):
        print(result.line())
