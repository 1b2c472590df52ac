"""What the command `python -m dashboard.report` is asked for, checked before any work."""

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlencode

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition import store
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.documents.report_files import ONE_PAGERS, SLIDES, TITLE, WORD, Order, View
from dashboard.exports.documents.storyline_files import DECK, MINUTES, Meeting, link_to
from dashboard.exports.origin import origin
from dashboard.exports.word.one_pager import countries_to_print
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.views import links
from dashboard.views.places import PLACES
from dashboard.views.storyline import LARGEST_FILE, NotAStoryline, Storyline, from_toml
from dashboard.views.wishes import DEFAULT_SHEET, Wish, in_link, wishes

# Formats of a figure, of a report and of a storyline: name -> kind of document.
OF_A_FIGURE = ("png", "svg", "pdf", "xlsx", "csv")
DOCUMENTS = {"docx": WORD, "pptx": SLIDES}
OF_A_STORYLINE = {"docx": MINUTES, "pptx": DECK}
FORMATS = (*OF_A_FIGURE, *DOCUMENTS)
ALL = "all"
# What a storyline says itself: figures, their number of contributors and their size.
NOT_WITH_A_STORYLINE = ("figures", "top", "sheet", "one_pagers")
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
    """What is asked for, checked: figures and their report, or a storyline with its `meeting`."""

    order: Order
    view: View
    formats: tuple[str, ...]
    out: Path
    meeting: Meeting | None = None


def arguments(given: Sequence[str] | None, description: str) -> argparse.Namespace:
    """The arguments of the command; those that argparse does not understand end the program."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.report", description=description, epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--edition", metavar="E", help="edition; needed unless the query names it")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="folder for the files"
    )
    parser.add_argument("--figures", metavar="a,b|all",
                        help="figures by id, in this order (those of the query, else all)")  # fmt: skip
    parser.add_argument("--formats", metavar="png,svg,…",
                        help=f"some of {', '.join(FORMATS)} (all that there are)")  # fmt: skip
    parser.add_argument("--sheet", choices=SHEETS, help=f"size of every figure ({DEFAULT_SHEET})")
    parser.add_argument("--top", metavar="12", help="number of contributors")
    parser.add_argument("--query", default="", help="a link of the dashboard, or its query")
    parser.add_argument("--one-pagers", choices=links.COUNTRIES,
                        help="country one-pagers too: of the largest contributors, or of all")  # fmt: skip
    parser.add_argument("--storyline", metavar="FILE.toml", type=Path,
                        help="in place of figures: minutes (docx) and deck (pptx) of a storyline")  # fmt: skip
    parser.add_argument("--held", metavar="YYYY-MM-DD", help="date of its meeting (today)")
    parser.add_argument("--title", help="title of the documents")
    parser.add_argument("--accessed", metavar="YYYY-MM-DD", help="date of access (today)")
    parser.add_argument("--site", metavar="URL", default="",
                        help="where the dashboard is, for the links in the files")  # fmt: skip
    parser.add_argument(
        "--processed", metavar="DIR", type=Path, help="folder of the built editions"
    )
    return parser.parse_args(given)


def request(given: argparse.Namespace) -> Request:
    """The request, checked whole before anything is made.

    Raises NotUnderstood, `links.NotOffered`, `store.TablesMissing` and `store.TablesDamaged`.
    """
    if given.processed:
        os.environ[store.FOLDER_VARIABLE] = str(given.processed)
    story, editions = _storyline(given), store.Editions()
    known = FORMATS if story is None else tuple(OF_A_STORYLINE)
    formats = known if given.formats is None else _listed("format", given.formats, known)
    edition, selection, chosen = links.read_link(_query(given, editions), editions)
    tables, accessed = editions[edition], _day(given.accessed)
    meeting, order = None, Order()
    if story is not None:
        documents = tuple(OF_A_STORYLINE[format] for format in formats)
        meeting = Meeting(story, _day(given.held), documents)
        address = link_to(story, selection, tables, given.site)
    else:
        order = _order(given, formats, tables, selection, chosen)
        address = _address(order, chosen, tables, selection, given.site)
    view = View(
        tables, selection, origin(tables, address, accessed), store.readable(), chosen, given.site
    )
    return Request(order, view, formats, _folder(given.out), meeting)


def _address(
    order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection, site: str
) -> str:
    """The link to the report page with the figures of an order."""
    named = {key: text for key, text in chosen.items() if key not in ("parts", "sheet")}
    named |= {
        "parts": in_link(order.wishes),
        "sheet": "" if order.sheet == DEFAULT_SHEET else order.sheet,
    }
    return links.address_of("report", links.link(selection, named, tables), site)


def _order(
    given: argparse.Namespace,
    formats: Sequence[str],
    tables: Tables,
    selection: Selection,
    chosen: Mapping[str, str],
) -> Order:
    """The figures and documents of a report."""
    wanted = _wishes(given.figures, chosen)
    if given.sheet:
        wanted = tuple(Wish(wish.id) for wish in wanted)
    documents = tuple(DOCUMENTS[format] for format in formats if format in DOCUMENTS)
    countries = {}
    if given.one_pagers:
        documents += (ONE_PAGERS,)
        top = int(chosen.get("top", DEFAULT_TOP)) if given.one_pagers == "top" else None
        countries = countries_to_print(tables, selection, top)
    sheet = given.sheet or chosen.get("sheet") or DEFAULT_SHEET
    return Order(wanted, documents, sheet, given.title or TITLE, countries=countries)


def _storyline(given: argparse.Namespace) -> Storyline | None:
    """The storyline asked for, if any."""
    if given.storyline is None:
        if given.held is not None:
            raise NotUnderstood("--held is the date of a meeting: it goes with --storyline")
        return None
    for name in NOT_WITH_A_STORYLINE:
        if getattr(given, name) is not None:
            raise NotUnderstood(
                f"--{name.replace('_', '-')} does not go with --storyline: each "
                "slide says what it shows"
            )
    try:
        with given.storyline.open("rb") as file:
            story = from_toml(file.read(LARGEST_FILE + 1))
    except OSError as problem:
        raise NotUnderstood(f"{given.storyline} cannot be read: {problem.strerror}") from None
    except NotAStoryline as problem:
        raise NotUnderstood(f"{given.storyline}: {problem}") from None
    if not story.slides:
        raise NotUnderstood(f"{given.storyline} has no slides")
    return replace(story, title=given.title) if given.title else story


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


def _day(text: str | None) -> date:
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
