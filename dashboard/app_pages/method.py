"""Method: what does each figure mean, where is it from, and how is it cited?"""

from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import method

tables, selection = sidebar.current()

cards.page_head("What does each figure mean, and where does it come from?", tables, selection)
method.measures()
method.classes(tables)
method.levels(tables)
method.dictionary(tables, selection)
method.terms(tables)
method.how_to_cite(tables)
method.licence(tables)
cards.cannot_tell(
    "Whether the method is the right one for your question. Every rule is written down so that it "
    "can be argued with."
)
