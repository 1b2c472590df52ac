"""Finds the Chromium or Chrome that the browser tests drive, and installs one when there is none.

`python -m tools.browser` prints its path; it exits 1 with what to do when none can be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from dashboard.exports.pictures import browser

# libatomic1 is what Playwright's driver needs. Liberation has the widths of Arial, by which figures
# are laid out.
DEBIAN_PACKAGES = ("chromium", "libatomic1", "fonts-liberation")
OWN_BROWSER = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
NO_BROWSER = (
    "error: no Chromium or Chrome that can be driven was found, and none could be installed. "
    "Install one (on Debian: sudo apt install chromium libatomic1), or name one that is there: "
    "CHROMIUM=/path/to/chrome make test. Without a browser: make test BROWSER=none "
    '(or pytest -m "not browser"), which leaves the browser tests out.'
)


def flags() -> list[str]:
    """Command-line flags: no sandbox for root (Chromium insists), no talk to its maker."""
    quiet = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
    ]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*quiet, "--no-sandbox"] if is_root else quiet


def find_browser() -> str | None:
    """Path of the first browser that runs: $CHROMIUM, the system's, then Playwright's own."""
    found = browser.find()
    if found or os.environ.get("CHROMIUM"):
        return found
    own = _playwrights_own()
    return own if own and browser.runs(own) else None


def ensure_browser() -> str | None:
    """Path of a browser that can be driven, installed if need be; None when none can be had."""
    named = os.environ.get("CHROMIUM")
    found = find_browser()
    if (found and _driver_starts()) or (named and not found):
        return found
    for install in (_install_with_apt, _install_with_playwright):
        if install() and (found := find_browser()) and _driver_starts():
            return found
    return None


def _playwrights_own() -> str | None:
    """Asked in a process of its own: where the driver cannot start, only that process is lost."""
    done = subprocess.run(
        [sys.executable, "-c", OWN_BROWSER], capture_output=True, text=True, check=False
    )
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).exists() else None


def _driver_starts() -> bool:
    """Whether Playwright's driver runs: it needs a library that a bare Debian does not have."""
    version = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(version, capture_output=True, check=False).returncode == 0


def _install_with_apt() -> bool:
    """On Debian as root only: elsewhere the package is a snap, or not ours to install."""
    release = Path("/etc/os-release")
    is_debian = release.exists() and "\nID=debian" in "\n" + release.read_text(encoding="utf-8")
    if not (is_debian and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    print("No browser that can be driven: installing chromium with apt.", file=sys.stderr)
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *DEBIAN_PACKAGES]
    return _succeeds(["apt-get", "update", "-q"]) and _succeeds(install)


def _install_with_playwright() -> bool:
    print("No browser that can be driven: asking Playwright to fetch its own.", file=sys.stderr)
    return _succeeds([sys.executable, "-m", "playwright", "install", "chromium"])


def _succeeds(command: list[str]) -> bool:
    """Runs it; what it prints goes to standard error, which leaves standard output to the path."""
    quiet_apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=2, env=quiet_apt, check=False)
    return done.returncode == 0


def main() -> int:
    """Prints the path of a browser, or what to do when there is none."""
    path = ensure_browser()
    if path:
        print(path)
        return 0
    named = os.environ.get("CHROMIUM")
    if named and not browser.runs(named):
        print(
            f"error: CHROMIUM={named} does not run here; leave it out to search.", file=sys.stderr
        )
    else:
        print(NO_BROWSER, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
