"""Storyline: which slides does a briefing have, what was said about them, and does it work?"""

from dashboard import cards, controls

tables, selection = controls.current()

cards.page_head("Which story does the briefing tell?", tables, selection)
