"""Takes every measure and prints it beside its target. A missed target is no failure here."""

import sys
import tempfile
from pathlib import Path

from tools.bench import build, figures, first_chart, pages, slides
from tools.bench.results import ROOT, show


def main() -> int:
    """0 when everything could be measured, whatever came out; 1 when something could not be run."""
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as name:
        folder = Path(name)
        try:
            scales = {times: build.measure(folder, times) for times in build.RUNS}
            show("etl build, synthetic matrices", build.results(scales))
            for times in pages.MOST_MS:
                measured = pages.measure(build.processed(folder, times))
                show(f"Pages at {times}x, tables loaded", pages.results(times, measured))
            drawn = figures.measure(ROOT / "data" / "processed")
            show("Twelve figures as PNG, SVG and PDF", figures.results(drawn))
            show(
                "First chart in a browser, two servers in turn",
                first_chart.results(first_chart.measure(folder)),
            )
            show("A slide of the briefing, key to chart", slides.results(slides.measure()))
        except RuntimeError as error:
            print(f"error: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
