"""Method: what does each figure mean, where is it from, and how is it cited?"""

from dashboard import cards, controls, method_parts

tables, selection = controls.current()

cards.page_head("What does each figure mean, and where does it come from?", tables, selection)
method_parts.measures()
method_parts.classes(tables)
method_parts.levels(tables)
method_parts.dictionary(tables, selection)
method_parts.terms(tables)
method_parts.how_to_cite(tables)
method_parts.licence(tables)
cards.cannot_tell(
    "Whether the method is the right one for your question. Every rule is written down so that it "
    "can be argued with."
)
