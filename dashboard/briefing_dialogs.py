"""What a presenter does on the spot: spotlight, another view, a note, help. Drawers beside the slide."""

import streamlit as st

from dashboard import my_storyline
from dashboard.shown_slide import Shown
from dashboard.storyline import Storyline


def buttons(story: Storyline, at: int, slide: Shown | None) -> None:
    """The keys that open a drawer."""
