"""Your matrix: what does a workbook of your own say, and what was understood of it?"""

from dashboard.screen.frame import cards, sidebar
from dashboard.screen.your_matrix import bring, coders, issues, keep, session, teach

tables, selection = sidebar.current()

cards.page_head("What does your own matrix say?", tables, selection)
bring.bring()
bring.progress()
own = session.held()
if own:
    bring.recognised(own, tables)
    issues.show(own, tables)
    teach.teach(own)
teach.given(own)
if own:
    keep.show(own)
coders.show(tables, selection)
bring.limits(tables)
cards.cannot_tell(
    "Whether what stands in your matrix is true. It is read as it stands, by the rules of the "
    "method; nobody has checked it."
)
