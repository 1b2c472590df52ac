"""Your matrix: what does a workbook of your own say, and what was understood of it?"""

from dashboard import (
    cards,
    coder_parts,
    controls,
    own_edition,
    own_matrix_answers,
    own_matrix_issues,
    own_matrix_parts,
    own_matrix_use,
)

tables, selection = controls.current()

cards.page_head("What does your own matrix say?", tables, selection)
own_matrix_parts.bring()
own_matrix_parts.progress()
own = own_edition.held()
if own:
    own_matrix_parts.recognised(own, tables)
    own_matrix_issues.show(own, tables)
    own_matrix_answers.teach(own)
own_matrix_answers.given(own)
if own:
    own_matrix_use.show(own)
coder_parts.show(tables, selection)
own_matrix_parts.limits(tables)
cards.cannot_tell(
    "Whether what stands in your matrix is true. It is read as it stands, by the rules of the "
    "method; nobody has checked it."
)
