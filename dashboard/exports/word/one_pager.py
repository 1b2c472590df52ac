"""Country one-pagers: what the edition holds of a country, on one page of a Word document.

Rank and personnel, class with its reason, centres and courses by level, evidence, quality of the
evidence, what to ask next, sources. One country or all of them in one file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.checked_numbers.marks import marks
from dashboard.exports.origin import Origin
from dashboard.exports.pictures.renderer import TABS, NoBrowser, renderer
from dashboard.exports.word.look import new_document
from dashboard.exports.word.one_pager_charts import country_chart, drawn
from dashboard.exports.word.one_pager_facts import Facts, facts
from dashboard.exports.word.one_pager_page import add_page
from dashboard.exports.word.word_blocks import Blocks, finished
from dashboard.measures.states import country_states

TITLE = "Country one-pagers"
# Pictures handed to the browser ahead of the page that is being written.
AHEAD = 2 * TABS


def one_pager(tables: Tables, selection: Selection, iso3: str, origin: Origin) -> bytes:
    """The page of one country of the edition as a .docx. Raises KeyError for any other code."""
    return one_pagers(tables, selection, [iso3], origin)


def one_pagers(
    tables: Tables,
    selection: Selection,
    countries: Sequence[str],
    origin: Origin,
    begin: Callable[[int], None] = lambda place: None,
) -> bytes:
    """The pages of several countries (ISO3) in one .docx, in their order.

    `begin` is called with the place of each country as its page begins. The same input gives the
    same bytes. Without a browser the pages have no picture; everything else is there. Raises
    KeyError for a code that the edition does not have.
    """
    pages = [facts(tables, selection, iso3) for iso3 in countries]
    title = pages[0].country.name if len(pages) == 1 else TITLE
    blocks = Blocks(new_document(title, tables.package, origin), marks(tables, selection, origin))
    pictures = _pictures(pages, tables, selection)
    for place, page in enumerate(pages):
        begin(place)
        add_page(blocks, page, next(pictures), tables, origin)
    return finished(blocks, origin)


def countries_to_print(
    tables: Tables, selection: Selection, top: int | None = None
) -> dict[str, str]:
    """ISO3 -> name: the `top` largest contributors, or every country of the review."""
    frame = country_states(tables, selection)
    kept = frame[frame["in_review"]] if top is None else frame[frame["persons"] > 0].head(top)
    return dict(zip(kept["country_iso3"], kept["country_name"], strict=True))


def _pictures(pages: Iterable[Facts], tables: Tables, selection: Selection) -> Iterator[bytes]:
    """The picture of each page; empty without a browser or without anything to show."""
    charts = [country_chart(page.levels, page.personnel, tables, selection) for page in pages]
    try:
        renderer()
    except NoBrowser:
        yield from (b"" for _ in charts)
        return
    made = drawn((chart for chart in charts if chart is not None), AHEAD)
    for chart in charts:
        yield b"" if chart is None else next(made)
