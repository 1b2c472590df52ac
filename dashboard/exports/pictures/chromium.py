"""Finds the Chrome or Chromium of this machine: $CHROMIUM, then the usual names and places."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

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
