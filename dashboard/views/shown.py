"""What a slide of a storyline shows: its figure under its own view, or under what is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.charts.typeset.finish import Words
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures.catalogue import figure
from dashboard.figures.figure import Figure
from dashboard.views import links
from dashboard.views.places import PLACES, Editions, figure_options
from dashboard.views.storyline import Slide

_SELECTION = frozenset(links.SELECTION_KEYS)


@dataclass(frozen=True, eq=False)
class Shown:
    """A slide with its figure, and the tables, selection and page options that it was made from.

    `left_out`: what its view names and the edition does not offer, each as "name: codes".
    """

    slide: Slide
    figure: Figure
    tables: Tables
    selection: Selection
    chosen: Mapping[str, str]
    left_out: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title on the slide: an edited one, else the finding."""
        return self.slide.title.strip() or self.figure.title

    def words(self, spotlight: str = "") -> Words:
        """What stands on the slide: an edited title, a caption below the filters, a spotlight."""
        own = self.figure.words
        subtitle = " · ".join(filter(None, (own.subtitle, self.slide.caption.strip())))
        return replace(own, title=self.title, subtitle=subtitle, spotlight=spotlight)

    @property
    def page(self) -> str:
        """The page behind the slide: a file of `app_pages`."""
        return PLACES[self.slide.figure].page

    @property
    def query(self) -> str:
        """The query of the link to that page as the slide shows it."""
        return links.link(self.selection, self.chosen, self.tables)

    @property
    def address(self) -> dict[str, str]:
        """Name in the address -> code for that page; what the slide has not chosen is empty."""
        keys = (*links.SELECTION_KEYS, *PLACES[self.slide.figure].keys)
        return dict.fromkeys(keys, "") | links.texts_of(self.query)


def keeps_its_view(slide: Slide) -> bool:
    """Whether a slide keeps its own selection, whatever is chosen."""
    return "edition" in links.texts_of(slide.view)


def shown(
    slide: Slide, tables: Tables, selection: Selection, editions: Editions, spotlight: str = ""
) -> Shown:
    """The slide as it is shown where `selection` is chosen.

    `spotlight`: ISO3 of a country; figures about one country show it, unless the slide names one.
    """
    view = slide.view
    if not keeps_its_view(slide):
        own = links.texts_of(view)
        view = links.link(selection, {k: v for k, v in own.items() if v}, tables)
    found = links.understand(view, editions)
    chosen = dict(found.options)
    if spotlight and "iso3" in PLACES[slide.figure].options:
        chosen.setdefault("country", spotlight)
    of = editions[found.edition]
    options = figure_options(slide.figure, chosen, of, editions)
    return Shown(
        slide,
        figure(slide.figure, of, found.selection, **options),
        of,
        found.selection,
        chosen,
        found.left_out,
    )


def following(view: str) -> str:
    """A view without its selection: the slide follows what is chosen, with choices of the page."""
    texts = links.texts_of(view)
    return links.query_of({key: text for key, text in texts.items() if key not in _SELECTION})


def view_of(id: str, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> str:
    """The query that keeps a view of the figure `id`; of `chosen`, what the figure depends on."""
    keys = PLACES[id].keys
    kept = {key: text for key, text in chosen.items() if key in keys and text}
    return links.link(selection, kept, tables)
