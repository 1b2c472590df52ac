"""The figures and documents of a view as files, without a screen: `python -m dashboard.report`.

Makes what the pages make, from the same modules. Streamlit is never started.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlencode

from dashboard import links, store
from dashboard.charts.sheets import SHEETS
from dashboard.exports import renderer
from dashboard.exports.numbers import findings
from dashboard.exports.one_pager import countries_to_print
from dashboard.exports.origin import origin
from dashboard.exports.parts import DEFAULT_SHEET, Part, Wish, in_link, wishes
from dashboard.exports.report_files import (
    ONE_PAGERS,
    SLIDES,
    TITLE,
    WORD,
    Order,
    Problem,
    View,
    figure_files,
    make_document,
    no_browser,
    parts_of,
)
from dashboard.figures.places import PLACES
from dashboard.measures.contributors import DEFAULT_TOP

# Formats of a figure, and of a report: name -> kind of document.
OF_A_FIGURE = ("png", "svg", "pdf", "xlsx", "csv")
DOCUMENTS = {"docx": WORD, "pptx": SLIDES}
NAMES = {WORD: "report.docx", SLIDES: "report.pptx", ONE_PAGERS: "one-pagers.docx"}
FORMATS = (*OF_A_FIGURE, *DOCUMENTS)
ALL = "all"
FINDINGS = "findings.json"
# In place of what a page says.
BUILD = "Run make build (or python -m etl build), or name the folder with --processed."
ALL_MADE, NOT_ALL_MADE, NOT_UNDERSTOOD = 0, 1, 2
CODES = """exit codes:
  0  everything that was asked for is there
  1  something could not be made, and is named; everything else is there
  2  the request was not understood, or DIR cannot be written to; nothing was made

A figure that has nothing to show under the filters, or that is too high for its sheet and is made at
page width instead, is named and is no failure. Pictures and PDF need Chrome or Chromium."""


class NotUnderstood(Exception):
    """The request cannot be fulfilled; the message says what is wrong and what there is."""


@dataclass(frozen=True)
class Request:
    """What is asked for, checked."""

    order: Order
    view: View
    formats: tuple[str, ...]
    out: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        request = _request(_arguments(arguments))
    except (NotUnderstood, links.NotOffered, store.TablesMissing, store.TablesDamaged) as problem:
        print(f"error: {problem}".replace(store.BUILD, BUILD), file=sys.stderr)
        return NOT_UNDERSTOOD
    try:
        made, problems = _make(request)
    except OSError as problem:
        print(f"error: {request.out} could not be written to: {problem.strerror}", file=sys.stderr)
        return NOT_ALL_MADE
    finally:
        renderer.stop()
    print(f"{made} files in {request.out}")
    return NOT_ALL_MADE if problems else ALL_MADE


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.report", description=__doc__.splitlines()[0], epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--edition", metavar="E", help="edition; needed unless the query names it")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="folder for the files"
    )
    parser.add_argument("--figures", metavar="a,b|all",
                        help="figures by id, in this order (those of the query, else all)")  # fmt: skip
    parser.add_argument("--formats", metavar="png,svg,…", default=",".join(FORMATS),
                        help=f"some of {', '.join(FORMATS)} (all)")  # fmt: skip
    parser.add_argument("--sheet", choices=SHEETS, help=f"size of every figure ({DEFAULT_SHEET})")
    parser.add_argument("--top", metavar="12", help="number of contributors")
    parser.add_argument("--query", default="", help="a link of the dashboard, or its query")
    parser.add_argument("--one-pagers", choices=links.COUNTRIES,
                        help="country one-pagers too: of the largest contributors, or of all")  # fmt: skip
    parser.add_argument("--title", default=TITLE, help="title of the documents")
    parser.add_argument("--accessed", metavar="YYYY-MM-DD", help="date of access (today)")
    parser.add_argument("--site", metavar="URL", default="",
                        help="where the dashboard is, for the links in the files")  # fmt: skip
    parser.add_argument(
        "--processed", metavar="DIR", type=Path, help="folder of the built editions"
    )
    return parser.parse_args(arguments)


def _request(given: argparse.Namespace) -> Request:
    """The request, checked whole before anything is made. Raises NotUnderstood and what is said in
    `main`."""
    if given.processed:
        os.environ[store.FOLDER_VARIABLE] = str(given.processed)
    editions = store.Editions()
    formats = _listed("format", given.formats, FORMATS)
    query = _query(given, editions)
    edition, selection, chosen = links.read_link(query, editions)
    sheet = given.sheet or chosen.get("sheet") or DEFAULT_SHEET
    wanted = _wishes(given.figures, chosen)
    if given.sheet:
        wanted = tuple(Wish(wish.id) for wish in wanted)
    tables = editions[edition]
    named = {key: text for key, text in chosen.items() if key not in ("parts", "sheet")}
    named |= {"parts": in_link(wanted), "sheet": "" if sheet == DEFAULT_SHEET else sheet}
    address = links.address_of("report", links.link(selection, named, tables), given.site)
    view = View(tables, selection, origin(tables, address, _accessed(given.accessed)),
                store.readable(), chosen, given.site)  # fmt: skip
    documents = tuple(DOCUMENTS[format] for format in formats if format in DOCUMENTS)
    countries = {}
    if given.one_pagers:
        documents += (ONE_PAGERS,)
        top = int(chosen.get("top", DEFAULT_TOP)) if given.one_pagers == "top" else None
        countries = countries_to_print(tables, selection, top)
    order = Order(wanted, documents, sheet, given.title, countries=countries)
    return Request(order, view, formats, _folder(given.out))


def _query(given: argparse.Namespace, editions: Mapping[str, object]) -> str:
    """The query of the link, with what other arguments say."""
    texts = links.texts_of(given.query)
    asked = texts.get("edition", "")
    edition = given.edition or asked
    if not edition:
        raise NotUnderstood(f"Say which edition: --edition {' or --edition '.join(editions)}")
    if asked and asked != edition:
        raise NotUnderstood(f"--edition says {edition}, the query says {asked}: say one of them")
    if edition not in editions:
        raise NotUnderstood(f"There is no edition {edition}: {_nearest(edition, tuple(editions))}")
    texts["edition"] = edition
    if given.top is not None:
        texts["top"] = given.top
    return urlencode(texts)


def _wishes(figures: str | None, chosen: Mapping[str, str]) -> tuple[Wish, ...]:
    """The figures asked for; without any, those of the link, else all."""
    if figures is None and chosen.get("parts"):
        return wishes(chosen["parts"])
    if figures in (None, ALL):
        return tuple(map(Wish, PLACES))
    return tuple(map(Wish, _listed("figure", figures, tuple(PLACES))))


def _listed(what: str, text: str, known: Sequence[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(filter(None, (one.strip() for one in text.split(",")))))
    if not asked:
        raise NotUnderstood(f"Name at least one {what}: {', '.join(known)}")
    for one in asked:
        if one not in known:
            raise NotUnderstood(f"There is no {what} {one}: {_nearest(one, known)}")
    return asked


def _nearest(asked: str, known: Sequence[str]) -> str:
    near = get_close_matches(asked, known, n=3)
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"


def _accessed(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"{text} is no date: write it as 2026-01-31") from None


def _folder(out: Path) -> Path:
    """The folder, made if need be, and tried. Raises NotUnderstood."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as problem:
        raise NotUnderstood(f"{out} cannot be written to: {problem.strerror}") from None
    return out


def _make(request: Request) -> tuple[int, int]:
    """Make every file and say where it is; returns how many, and how many things went wrong."""
    parts, notes = parts_of(request.order, request.view)
    _say(notes)
    made = problems = 0
    for name, content in _files(request, parts):
        if isinstance(content, Problem):
            problems += 1
            _say([f"{name}: {content.text}"])
        else:
            print(_written(request.out / name, content), flush=True)
            made += 1
    return made, problems


def _files(request: Request, parts: list[Part]) -> Iterator[tuple[str, bytes | Problem]]:
    """Name and content of every file, or what is missing."""
    order, view = request.order, request.view
    figures = [part.figure for part in parts]
    told = findings(figures, view.tables, view.selection, view.origin)
    text = json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"
    yield FINDINGS, text.encode("utf-8")
    wanted = [format for format in request.formats if format in OF_A_FIGURE]
    yield from figure_files(parts, wanted, view)
    for kind in order.documents:
        if parts or kind == ONE_PAGERS:
            yield NAMES[kind], make_document(kind, order, parts, view)
    if order.documents and (missing := no_browser()):
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
