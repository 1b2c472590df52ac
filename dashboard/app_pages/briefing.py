"""Briefing: the storyline on a shared screen, one message a slide."""

from dashboard.screen.briefing import stage
from dashboard.screen.frame import sidebar

tables, selection = sidebar.current()

stage.show(tables, selection)
