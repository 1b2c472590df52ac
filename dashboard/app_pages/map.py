"""Map: where are the training centres, and what is known of the countries around them?"""

from dashboard.figures import catalogue
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import map_parts

tables, selection = sidebar.current()

cards.page_head("Where are peacekeepers trained, and what is documented there?", tables, selection)
show, arcs, country = map_parts.choose(tables)
figure = catalogue.figure(
    "centres-map",
    tables,
    selection,
    show=show,
    with_arcs=arcs,
    country=country,
    narrow=map_parts.on_a_phone(),
)

map_parts.legend(tables, selection, show, arcs)
cards.card(figure, tables, selection, pick=map_parts.look_at)
map_parts.about(tables, selection, country)
map_parts.same_as_tables(tables, selection)
cards.cannot_tell(
    "Who was trained where: many countries train in the centres of others. A centre that is not "
    "here may exist all the same, and a marker says neither how large a centre is nor how good."
)
