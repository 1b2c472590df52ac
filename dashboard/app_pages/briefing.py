"""Briefing: the storyline on a shared screen, one message a slide."""

from dashboard import briefing, controls

tables, selection = controls.current()

briefing.show(tables, selection)
