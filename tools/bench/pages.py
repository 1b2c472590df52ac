"""Time of each page's script run, with the tables loaded, in a process of its own for each size.

`python -m tools.bench.pages` prints {page: milliseconds} as JSON for the tables in ATLAS_PROCESSED.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tools.bench.results import ROOT, Result

RUNS = 10
# Most milliseconds at a size; the first two pages, which everybody sees, have tighter targets.
MOST_MS = {1: 150.0, 10: 400.0, 100: None}
MOST_MS_FIRST = {1: 100.0, 10: 400.0, 100: 300.0}
FIRST_PAGES = ("overview", "contributors")


def measure(processed: Path) -> dict[str, float]:
    """Median milliseconds of a script run, for each page."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.pages"],
        cwd=ROOT,
        env={**os.environ, "ATLAS_PROCESSED": str(processed)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The pages could not be run: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def results(times: int, pages: dict[str, float]) -> list[Result]:
    """One line for each page at one size."""
    return [
        Result(
            f"{times}x: script run of {page}",
            milliseconds,
            "ms",
            (MOST_MS_FIRST if page in FIRST_PAGES else MOST_MS)[times],
        )
        for page, milliseconds in pages.items()
    ]


def _time_pages() -> dict[str, float]:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=120).run()
    times = {}
    for page in sorted((ROOT / "dashboard" / "app_pages").glob("*.py")):
        app.switch_page(f"app_pages/{page.name}").run()
        if app.exception:
            raise RuntimeError(f"{page.stem}: {app.exception[0].message}")
        times[page.stem] = 1000 * median(_seconds(app) for _ in range(RUNS))
    return times


def _seconds(app) -> float:
    start = time.perf_counter()
    app.run()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(_time_pages()))
