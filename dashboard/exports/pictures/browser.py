"""The browser that draws pictures: found on this machine, started once for everyone, and kept.

Kaleido drives the Chrome or Chromium of the machine. It reloads its page after every picture and
looks for shapes of maps and for MathJax on other machines unless it is told otherwise at its start;
so the page that it keeps has the map shapes of the project in it and no MathJax. That page also
draws hatches as lines, which print sharp (plain_hatches.js).
"""

import asyncio
import atexit
import os
import shutil
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from kaleido import Kaleido, PageGenerator

HATCHES = Path(str(files("dashboard"))) / "exports" / "pictures" / "plain_hatches.js"
SHAPES = Path(str(files("dashboard"))) / "static" / "boundaries" / "world_110m.json"
# Two pictures at a time: a third would wait for a core on the smallest machine this is meant for.
TABS = 2
# Pictures handed to the browser ahead of the one that is waited for: its tabs never stand idle, and
# none waits so long in line that it counts as stuck.
AHEAD = 2 * TABS
START_SECONDS = 60
PICTURE_SECONDS = 60
NO_BROWSER = (
    "Pictures and PDF need Chrome or Chromium: install one "
    "(on Debian: apt install chromium), or name it in CHROMIUM."
)


class NoBrowser(Exception):
    """No browser that could draw was found; the message says what to install."""


class Renderer:
    """One browser with a few tabs, in a thread of its own. Safe to use from many threads."""

    def __init__(self, browser: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._folder = tempfile.TemporaryDirectory(prefix="atlas-renderer-")
        self._kaleido = self._wait(self._open(browser), START_SECONDS)

    def draw(self, figure: dict[str, Any], **how: Any) -> "Future[bytes]":
        """A picture of a Plotly figure (as a dict): at once a promise, later its bytes.

        `how`: format (png, svg or pdf), width and height in CSS pixels, scale.
        """
        drawing = asyncio.wait_for(self._kaleido.calc_fig(figure, opts=how), PICTURE_SECONDS)
        return asyncio.run_coroutine_threadsafe(drawing, self._loop)

    def close(self) -> None:
        """End the browser and the thread."""
        if self._loop.is_running():
            self._wait(self._kaleido.close(), START_SECONDS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(START_SECONDS)
        self._folder.cleanup()

    async def _open(self, browser: str) -> Kaleido:
        shapes = Path(self._folder.name) / "shapes.js"
        shapes.write_text(
            f"window.PlotlyGeoAssets={{topojson:{{world_110m:{SHAPES.read_text('utf-8')}}}}};",
            encoding="utf-8",
        )
        page = PageGenerator(mathjax=False, others=[shapes.as_uri(), HATCHES.as_uri()])
        kaleido = Kaleido(n=TABS, page_generator=page, path=browser)
        await kaleido.open()
        return kaleido

    def _wait(self, coroutine: Any, seconds: float) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(seconds)


class Picture:
    """A picture that the browser is at work on. `how`: as `Renderer.draw` takes it."""

    def __init__(self, chart: dict[str, Any], **how: Any) -> None:
        self._chart, self._how = chart, how
        self._start()

    def finished(self) -> bytes:
        """What the browser drew. One that has died or hangs is replaced once."""
        try:
            return self._promise.result(PICTURE_SECONDS)
        except Exception:  # whatever a browser that was ended from outside makes the driver raise
            if renderer() is self._renderer:
                stop()
            self._start()
            return self._promise.result(PICTURE_SECONDS)

    def _start(self) -> None:
        self._renderer = renderer()
        self._promise = self._renderer.draw(self._chart, **self._how)


class Begun(Protocol):
    """What is being drawn."""

    def finished(self) -> bytes:
        """The file, once it is there."""


def in_turn(drawings: Iterable[Begun]) -> Iterator[bytes]:
    """Each finished in its order, while those after it are begun: `AHEAD` of them, no more."""
    waiting: deque[Begun] = deque()
    for drawing in drawings:
        waiting.append(drawing)
        if len(waiting) > AHEAD:
            yield waiting.popleft().finished()
    while waiting:
        yield waiting.popleft().finished()


_lock = threading.Lock()
_kept: list[Renderer] = []


def renderer() -> Renderer:
    """The renderer of this process, started when it is first needed. Raises NoBrowser."""
    with _lock:
        if not _kept:
            browser = find()
            if browser is None:
                raise NoBrowser(NO_BROWSER)
            _kept.append(Renderer(browser))
            atexit.register(stop)
        return _kept[0]


def missing() -> str:
    """What to install before pictures can be drawn; empty when a browser is there."""
    return "" if _kept or find() else NO_BROWSER


def stop() -> None:
    """End the renderer, if it runs; the next picture starts another."""
    with _lock:
        while _kept:
            _kept.pop().close()


NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find() -> str | None:
    """Path of the first browser that runs; None when there is none.

    The one that `CHROMIUM` names is taken or none at all: who names a browser wants that one.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return named if runs(named) else None
    return next((path for path in candidates() if runs(path)), None)


def candidates() -> Iterator[str]:
    """Browsers that seem to be there, by name and by place."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in PLACES if Path(place).exists())


def runs(path: str) -> bool:
    """Whether it starts. Ubuntu's chromium-browser, say, may be a mere hint to install a snap."""
    if os.name == "nt":  # Chrome for Windows opens a window when asked for its version
        return Path(path).exists()
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
