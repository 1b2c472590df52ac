"""When the first chart and the headline stand in a browser, beside an empty page with one chart."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tools.bench.results import ROOT, Result
from tools.browser import find_browser, flags

VISITS = 5
MOST_TIMES_EMPTY = 1.5
START_SECONDS = 60

EMPTY_PAGE = """
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
st.title("One chart")
bars = go.Bar(x=list(range(1, 13)), y=[str(n) for n in range(12)], orientation="h")
st.plotly_chart(go.Figure(bars))
"""

# Notes, in milliseconds since the navigation began, when each of the two was first there.
WATCH = """
window.__seen = {};
const things = {
  headline: () =>
    document.querySelector('[data-testid="stMain"] [data-testid="stHeading"]')?.innerText.trim(),
  chart: () => document.querySelector('[data-testid="stPlotlyChart"] .main-svg .trace path'),
};
new MutationObserver(() => {
  for (const [name, there] of Object.entries(things))
    if (!(name in window.__seen) && there()) window.__seen[name] = performance.now();
}).observe(document, {childList: true, subtree: true, characterData: true});
"""
BOTH_SEEN = "() => 'chart' in window.__seen && 'headline' in window.__seen"


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """{"atlas" | "empty": {"chart" | "headline": milliseconds}}, medians of visits made in turn."""
    from playwright.sync_api import sync_playwright

    empty = folder / "empty" / "app.py"
    empty.parent.mkdir()
    empty.write_text(EMPTY_PAGE, encoding="utf-8")
    apps = {"atlas": ROOT / "dashboard" / "app.py", "empty": empty}
    with serve(apps["atlas"]) as atlas, serve(empty) as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags())
        addresses = {"atlas": atlas, "empty": bare}
        for address in addresses.values():  # the first visit imports and loads
            _visit(browser, address)
        visits = [
            {name: _visit(browser, address) for name, address in addresses.items()}
            for _ in range(VISITS)
        ]
        browser.close()
    return {
        name: {
            thing: median(visit[name][thing] for visit in visits) for thing in ("chart", "headline")
        }
        for name in apps
    }


def results(seen: dict[str, dict[str, float]]) -> list[Result]:
    """Milliseconds of both pages, then the ratio that has a target."""
    atlas, empty = seen["atlas"], seen["empty"]
    return [
        Result("empty page with one chart: headline", empty["headline"], "ms"),
        Result("empty page with one chart: chart", empty["chart"], "ms"),
        Result("Overview: headline", atlas["headline"], "ms"),
        Result("Overview: first chart", atlas["chart"], "ms"),
        Result("Overview: headline / its first chart", atlas["headline"] / atlas["chart"], "times"),
        Result(
            "Overview: first chart / chart of the empty page",
            atlas["chart"] / empty["chart"],
            "times",
            MOST_TIMES_EMPTY,
        ),
    ]


def _visit(browser, address: str) -> dict[str, float]:
    """One person's first look: new context, nothing cached."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function(BOTH_SEEN, timeout=60_000)
    seen = page.evaluate("window.__seen")
    context.close()
    return seen


@contextmanager
def serve(app: Path) -> Iterator[str]:
    """A Streamlit server for one app, as its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    streamlit = shutil.which("streamlit", path=str(Path(sys.executable).parent))
    options = {
        "--server.port": str(port),
        "--server.address": "localhost",
        "--server.headless": "true",
        "--server.fileWatcherType": "none",
        "--browser.gatherUsageStats": "false",
    }
    command = [streamlit, "run", str(app), *(word for pair in options.items() for word in pair)]
    process = subprocess.Popen(
        command, cwd=app.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", process)
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer")
