"""Slides laid out ahead: the one that comes next is ready before its key is pressed."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.marks.sheets import DoesNotFit
from dashboard.charts.spotlight.spotlit import spotlit
from dashboard.charts.typeset.slide import Progress, Screen, on_slide
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.spotlight import spotlight
from dashboard.screen.frame.editions import readable
from dashboard.views.shown import Shown, shown
from dashboard.views.storyline import Storyline

_PREPARED = "_prepared_slides"
# A storyline forwards and back; a map weighs about a megabyte.
KEPT = 24


@dataclass(frozen=True, eq=False)
class Prepared:
    """A slide as it will stand on the screen; without a chart when it is empty or does not fit."""

    slide: Shown
    chart: go.Figure | None


@dataclass(frozen=True)
class Setting:
    """What all slides of a briefing depend on at one moment."""

    story: Storyline
    tables: Tables
    selection: Selection
    screen: Screen
    country: str

    def slide(self, at: int) -> Prepared:
        """The slide at place `at` (from 0), from memory when nothing has changed since."""
        kept: OrderedDict[Hashable, Prepared] = st.session_state.setdefault(
            _PREPARED, OrderedDict()
        )
        key = self._key(at)
        if key not in kept:
            kept[key] = self._laid_out(at)
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
        return kept[key]

    def _key(self, at: int) -> Hashable:
        editions = tuple(tables.signature for tables in readable().values())
        return (
            at,
            len(self.story.slides),
            self.story.slides[at],
            editions,
            self.selection,
            self.screen,
            self.country,
        )

    def _laid_out(self, at: int) -> Prepared:
        slide = shown(self.story.slides[at], self.tables, self.selection, readable(), self.country)
        if slide.figure.empty:
            return Prepared(slide, None)
        progress = Progress(at + 1, len(self.story.slides))
        try:
            return Prepared(slide, laid_out(slide, self.screen, progress, self.country))
        except DoesNotFit:
            return Prepared(slide, None)


def laid_out(slide: Shown, screen: Screen, progress: Progress | None, country: str) -> go.Figure:
    """The chart of a slide for a screen, with a country (ISO3) in the spotlight if there is one.

    Raises DoesNotFit.
    """
    light = spotlight(slide.tables, slide.selection, country) if country else None
    words = slide.words(light.line if light else "")
    chart = on_slide(
        slide.figure.draw(), words, screen, disclaimer=slide.figure.is_map, progress=progress
    )
    return spotlit(chart, light) if light else chart
