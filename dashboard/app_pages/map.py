"""Map: where are the training centres, and what is known of the countries around them?"""

from dashboard.figures import catalogue
from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import map

tables, selection = sidebar.current()

cards.page_head("Where are peacekeepers trained, and what is documented there?", tables, selection)
show, arcs, country = map.choose(tables)
figure = catalogue.figure(
    "centres-map",
    tables,
    selection,
    show=show,
    with_arcs=arcs,
    country=country,
    narrow=map.on_a_phone(),
)

map.legend(tables, selection, show, arcs)
cards.card(figure, tables, selection, pick=map.look_at)
map.about(tables, selection, country)
map.same_as_tables(tables, selection)
cards.cannot_tell(
    "Who was trained where: many countries train in the centres of others. A centre that is not "
    "here may exist all the same, and a marker says neither how large a centre is nor how good."
)
