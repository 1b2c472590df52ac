"""The figures and documents of a view as files, without a screen: `python -m dashboard.report`.

Makes what the pages make, from the same modules. Streamlit is never started.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dashboard.edition import store
from dashboard.exports.checked_numbers.registry import findings
from dashboard.exports.documents import storyline_files
from dashboard.exports.documents.report_files import (
    ONE_PAGERS,
    SLIDES,
    WORD,
    Problem,
    figure_files,
    make_document,
    no_browser,
    parts_of,
)
from dashboard.exports.documents.request import (
    OF_A_FIGURE,
    NotUnderstood,
    Request,
    arguments,
    request,
)
from dashboard.exports.documents.storyline_files import DECK, MINUTES
from dashboard.exports.parts import Part
from dashboard.exports.pictures import browser
from dashboard.views import links

NAMES = {
    WORD: "report.docx",
    SLIDES: "report.pptx",
    ONE_PAGERS: "one-pagers.docx",
    MINUTES: "minutes.docx",
    DECK: "deck.pptx",
}
FINDINGS = "findings.json"
# In place of what a page says.
BUILD = "Run make build (or python -m etl build), or name the folder with --processed."
ALL_MADE, NOT_ALL_MADE, NOT_UNDERSTOOD = 0, 1, 2


def main(given: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        wanted = request(arguments(given, __doc__.splitlines()[0]))
    except (NotUnderstood, links.NotOffered, store.TablesMissing, store.TablesDamaged) as problem:
        print(f"error: {problem}".replace(store.BUILD, BUILD), file=sys.stderr)
        return NOT_UNDERSTOOD
    try:
        made, problems = _make(wanted)
    except OSError as problem:
        print(f"error: {wanted.out} could not be written to: {problem.strerror}", file=sys.stderr)
        return NOT_ALL_MADE
    finally:
        browser.stop()
    print(f"{made} files in {wanted.out}")
    return NOT_ALL_MADE if problems else ALL_MADE


def _make(wanted: Request) -> tuple[int, int]:
    """Make every file and say where it is; returns how many, and how many things went wrong."""
    made = problems = 0
    for name, content in _of_a_storyline(wanted) if wanted.meeting else _of_a_report(wanted):
        if isinstance(content, Problem):
            problems += 1
            _say([f"{name}: {content.text}"])
        else:
            print(_written(wanted.out / name, content), flush=True)
            made += 1
    return made, problems


def _of_a_report(wanted: Request) -> Iterator[tuple[str, bytes | Problem]]:
    """Name and content of every file, or what is missing."""
    order, view = wanted.order, wanted.view
    parts, notes = parts_of(order, view)
    _say(notes)
    yield FINDINGS, _findings(wanted, parts)
    formats = [format for format in wanted.formats if format in OF_A_FIGURE]
    yield from figure_files(parts, formats, view)
    for kind in order.documents:
        if parts or kind == ONE_PAGERS:
            yield NAMES[kind], make_document(kind, order, parts, view)
    if order.documents:
        yield from _missing()


def _of_a_storyline(wanted: Request) -> Iterator[tuple[str, bytes | Problem]]:
    """The same for the documents of a meeting."""
    meeting = wanted.meeting
    parts, notes = storyline_files.parts_of(meeting.story, wanted.view)
    _say(notes)
    for kind in meeting.documents:
        yield NAMES[kind], storyline_files.make_document(kind, meeting, parts, wanted.view)
    yield from _missing()


def _findings(wanted: Request, parts: Sequence[Part]) -> bytes:
    view = wanted.view
    told = findings([part.figure for part in parts], view.tables, view.selection, view.origin)
    text = json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"
    return text.encode("utf-8")


def _missing() -> Iterator[tuple[str, Problem]]:
    """What documents lack without a browser."""
    if missing := no_browser():
        yield "Documents", Problem(missing)


def _written(path: Path, content: bytes) -> Path:
    """All or nothing: a file under its name is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def _say(notes: Sequence[str]) -> None:
    for note in notes:
        print(f"note: {note}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
