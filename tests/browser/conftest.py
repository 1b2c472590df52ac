"""A running dashboard and a real browser to look at it.

The dashboard is started as the README says, by the installed `streamlit`, from another directory
and without PYTHONPATH: what works only inside the repository must fail here.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from tools.browser import NO_BROWSER, find_browser, flags

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
START_SECONDS = 120
# Every wait ends as soon as what it waits for is there; its limit is for a machine that is busy.
LIMIT_MS = 60_000
expect.set_options(timeout=LIMIT_MS)

# Streamlit looks for its own end points below the address of a page before it finds them at the
# root, so a link to a page other than the first always meets these two, once each.
PROBES = ("/_stcore/health", "/_stcore/host-config")

# Streamlit marks its run in the page; Plotly and deck.gl draw after it. Nothing may change for two
# frames more, since a chart is drawn again once its column has its width.
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning') return false;
  if (app.dataset.testConnectionState !== 'CONNECTED') return false;
  if (document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')) return false;
  const drawn = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .every(chart => chart.querySelector('.js-plotly-plot .main-svg'));
  const decks = [...document.querySelectorAll('[data-testid="stDeckGlJsonChart"]')]
    .every(deck => deck.querySelector('canvas'));
  if (!drawn || !decks) return false;
  const now = `${document.querySelectorAll('*').length} ${document.body.textContent.length}`;
  const same = now === window.__lastLook;
  window.__lastLook = now;
  return same;
}"""


@dataclass
class Server:
    """A dashboard that runs: its address, the file that its log goes to, and its temporary folder."""

    url: str
    log: Path
    temporary: Path

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class Visit:
    """A page in the browser, with what went wrong on it and what it asked of other machines."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Waits until the script has run and every chart is drawn."""
        self.page.wait_for_function(SETTLED, timeout=LIMIT_MS, polling="raf")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(process: subprocess.Popen, server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The dashboard did not start.\n{server.log_text()}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=30):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The dashboard was not ready after {START_SECONDS} s.\n{server.log_text()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    port = _free_port()
    server = Server(f"http://localhost:{port}", elsewhere / "server.log", elsewhere / "temporary")
    server.temporary.mkdir()
    streamlit = shutil.which("streamlit", path=str(Path(sys.executable).parent))
    assert streamlit, "streamlit is not installed beside this Python"
    command = [streamlit, "run", str(APP), "--server.port", str(port), "--server.headless", "true"]
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    clean["TMPDIR"] = str(server.temporary)
    with server.log.open("w") as log:
        process = subprocess.Popen(
            command, cwd=elsewhere, env=clean, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_healthy(process, server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags())
        yield chromium
        chromium.close()


def _is_ours(url: str, server: Server) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.netloc == urlsplit(server.url).netloc


def _watch(visit: Visit, server: Server) -> None:
    """Notes every request to another machine and everything that the page reports as an error."""

    def on_request(request: Request) -> None:
        if not _is_ours(request.url, server):
            visit.outside.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        probed = urlsplit(message.location.get("url", "")).path.endswith(PROBES)
        if message.type == "error" and not probed:
            visit.errors.append(message.text)

    visit.page.on("request", on_request)
    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))


@pytest.fixture(scope="session")
def browsing(browser: Browser) -> Iterator[BrowserContext]:
    """A person's browser that stays open: what a page loads once is not loaded for every test."""
    context = _new_context(browser)
    yield context
    context.close()


def _new_context(browser: Browser) -> BrowserContext:
    context = browser.new_context()
    context.set_default_timeout(LIMIT_MS)
    return context


@pytest.fixture
def open_page(
    browser: Browser, browsing: BrowserContext, server: Server
) -> Iterator[Callable[..., Visit]]:
    """A function that opens a path of the dashboard and waits until it has settled.

    Each call opens a tab, which is a session of its own, in the browser that stays open; a
    `stranger` sits at a browser of their own. With `cut_off`, every request to another machine is
    refused, as on a laptop without a network. When the test is over, no page may have asked another
    machine or reported an error, the server may not have logged a traceback, and what the pages
    have stored in the browser is forgotten.
    """
    visits: list[Visit] = []
    strangers: list[BrowserContext] = []
    logged = len(server.log_text())

    def open_at(
        path: str = "/",
        width: int = 1440,
        height: int = 900,
        color_scheme: str = "light",
        cut_off: bool = False,
        stranger: bool = False,
    ) -> Visit:
        if stranger:
            strangers.append(_new_context(browser))
        page = (strangers[-1] if stranger else browsing).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)

        def only_ours(route: Route) -> None:
            route.continue_() if _is_ours(route.request.url, server) else route.abort()

        if cut_off:
            page.route("**/*", only_ours)
        visit = Visit(page)
        visits.append(visit)
        _watch(visit, server)
        page.goto(server.url + path)
        visit.settle()
        return visit

    yield open_at
    for visit in visits:
        visit.page.evaluate("localStorage.clear()")
        visit.page.close()
    browsing.clear_cookies()
    for context in strangers:
        context.close()
    assert [url for visit in visits for url in visit.outside] == []
    assert [error for visit in visits for error in visit.errors] == []
    assert "Traceback" not in server.log_text()[logged:]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Shows the server's log beside a browser test that has failed."""
    report = (yield).get_result()
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and running is not None:
        report.sections.append(("log of the dashboard", running.log_text()[-8000:]))
