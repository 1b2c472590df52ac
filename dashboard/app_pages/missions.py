"""Missions: how much of each mission comes from countries with documented training?"""

from dashboard.edition.selection import subject
from dashboard.figures import catalogue
from dashboard.figures.missions import ALL, SHOWN
from dashboard.screen.frame import address, cards, sidebar
from dashboard.screen.pages import missions

tables, selection = sidebar.current()

cards.page_head(
    f"For how much of each mission is {subject(selection.threshold)} documented?",
    tables,
    selection,
)
shown = address.one_of(
    "missions_shown", "Missions with a row of their own", SHOWN, ALL, look="buttons"
)
cards.card(
    catalogue.figure("missions", tables, selection, shown=shown),
    tables,
    selection,
    pick=missions.look_at,
)
missions.one_mission(tables, selection)
missions.military_and_police(tables, selection)
cards.cannot_tell(
    "Who of a mission took a course, and what the mission teaches on arrival. A mission's bar is "
    "made of what is documented in the countries that its personnel come from, nothing else."
)
