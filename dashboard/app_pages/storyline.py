"""Storyline: which slides does a briefing have, what was said about them, and does it work?"""

from dashboard.screen.briefing import meeting_check, storyline, take_away
from dashboard.screen.frame import cards, sidebar

tables, selection = sidebar.current()

cards.page_head("Which story does the briefing tell?", tables, selection)
storyline.show(tables, selection)
meeting_check.show(tables, selection)
take_away.documents(tables, selection)
cards.cannot_tell(
    "Whether the story is fair: which figures are shown, in which order and under which words, is "
    "up to whoever makes it. Numbers always come from the data; titles, captions and notes that "
    "people write are their own."
)
