"""What the tests of documents share: an origin, and LibreOffice as a second pair of eyes."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.origin import Origin

ACCESSED = date(2026, 1, 2)
SECONDS = 180


@pytest.fixture
def made_from() -> Origin:
    """The origin of a view whose link is known."""
    link = "https://atlas.example.org/contributors?edition=tiny&as_of=2018-01-31"
    return Origin(link, ACCESSED, "0" * 64, date(2018, 2, 28), "Nobody")


@pytest.fixture
def office(tmp_path: Path) -> Callable[[bytes, str, str], Path]:
    """A function that has LibreOffice convert a file: bytes, its kind, the kind wanted -> file."""

    def convert(data: bytes, kind: str, wanted: str) -> Path:
        program = shutil.which("soffice")
        if program is None:
            # Left out on a machine without it; in CI no test may be left out (tests/conftest.py).
            pytest.skip(
                "needs LibreOffice (Debian: libreoffice-writer-nogui, libreoffice-impress-nogui)"
            )
        source, target = tmp_path / f"made.{kind}", tmp_path / "converted"
        source.write_bytes(data)
        # A profile of its own: a running LibreOffice would take the work and this one would end.
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", wanted]
        command += ["--outdir", str(target), str(source)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "HOME": str(tmp_path)},
            check=False,
        )
        made = target / f"made.{wanted}"
        assert done.returncode == 0 and made.exists(), done.stderr
        assert "Error" not in done.stdout + done.stderr
        return made

    return convert
