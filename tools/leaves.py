"""Hashes of everything that leaves the project, made anew: what a change of structure must not change.

`python -m tools.leaves FOLDER` makes the tables of every edition, the workbooks of the ETL, and the
figures and documents of every edition in FOLDER, and prints one line a file: SHA-256 and name. Run it
before and after a change, and compare the two lists with diff. It takes minutes and needs a browser.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Whoever makes a file, and when, must not show in it.
ACCESSED = ("--accessed", "2026-01-02", "--site", "https://atlas.example.org")
FORMATS = "png,svg,pdf,xlsx,csv,docx,pptx"
# A storyline of two slides: one that follows what is chosen, one with words and minutes of its own.
STORY = """format = 1
title = "What leaves"

[[slide]]
figure = "contributors"

[[slide]]
figure = "coverage"
title = "A title of one's own"
caption = "And a caption."
note = "Somebody said something."
decision = "It was decided."
"""


def editions() -> list[str]:
    """The editions of data/raw, by name."""
    return sorted(path.parent.name for path in (ROOT / "data" / "raw").glob("*/edition.toml"))


def commands(folder: Path) -> Iterator[tuple[str, ...]]:
    """Every command that writes a file, each into a place of its own below `folder`."""
    yield "etl", "build", "--out", str(folder / "processed")
    for language in ("en", "fr", "es"):
        yield "etl", "template", "--language", language, "--out", str(folder / f"{language}.xlsx")
    yield "etl", "sample", "--out", str(folder / "sample.xlsx")
    yield "etl", "read", str(folder / "sample.xlsx"), "--out", str(folder / "read")
    for edition in editions():
        yield "etl", "export", edition, "--out", str(folder / f"{edition}.xlsx")
        said = ("dashboard.report", "--edition", edition, *ACCESSED)
        figures = ("--formats", FORMATS, "--one-pagers", "top")
        yield *said, *figures, "--out", str(folder / edition)
        story = folder / "story.toml"
        meeting = ("--storyline", str(story), "--held", "2026-01-02")
        yield *said, *meeting, "--out", str(folder / f"{edition}-meeting")


def hashes(folder: Path) -> Iterator[str]:
    """SHA-256 and name of every file below `folder`, by name."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}"


def main(arguments: list[str]) -> int:
    """Make everything in an empty folder and print the hashes."""
    folder = Path(arguments[0]).resolve()
    folder.mkdir(parents=True)
    (folder / "story.toml").write_text(STORY, encoding="utf-8")
    for command in commands(folder):
        print(" ".join(command), file=sys.stderr)
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False, stdout=2)
    print("\n".join(hashes(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
