"""Report: which figures to take away, in what order and under which words, as which documents?"""

from dashboard.screen.frame import cards, sidebar
from dashboard.screen.pages import document_check, report

tables, selection = sidebar.current()

cards.page_head(
    "Which figures do you want to take away, and in which documents?", tables, selection
)
order, chosen = report.choose(tables, selection)
report.show(order, chosen, tables, selection)
document_check.show(tables)
cards.cannot_tell(
    "Whether a document says what its figures say: titles and captions that you edit are your own. "
    "Numbers that you type into it are not checked later; only those that were made here are."
)
