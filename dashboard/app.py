"""Entry point: the frame around every page and the way between pages. Pages are in `app_pages`."""

import streamlit as st

from dashboard.edition import store
from dashboard.screen.briefing import stage
from dashboard.screen.frame import address, cards, navigation, sidebar
from dashboard.screen.frame.editions import load

st.set_page_config(
    page_title="CMCoord Training Atlas",
    page_icon=cards.PAGE_ICON,
    layout="wide",
    initial_sidebar_state="auto",
)

page = st.navigation(navigation.pages(), position="top")
full_screen = navigation.is_full_screen(page)
if full_screen:
    st.navigation(navigation.pages(), position="hidden")
# Without an entry of ours, the menu (theme, about) is not there at all.
st.set_page_config(menu_items={"About": None if full_screen else cards.ABOUT})
address.keep_all()
navigation.follow()

if not full_screen:
    stage.way_back()
try:
    selection = sidebar.choose(stage.backstage() if full_screen else st.sidebar)
except (store.TablesMissing, store.TablesDamaged) as problem:
    cards.problem(problem)
    st.stop()

page.run()
if not full_screen:
    cards.footer(load(selection.edition), selection)
