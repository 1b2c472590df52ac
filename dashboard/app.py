"""Entry point: the frame around every page and the way between pages. Pages are in `app_pages`."""

import streamlit as st

from dashboard import address, cards, controls, navigation, store

st.set_page_config(
    page_title="CMCoord Training Atlas",
    page_icon=cards.PAGE_ICON,
    layout="wide",
    initial_sidebar_state="auto",
)

page = st.navigation(navigation.pages(), position="top")
address.keep_all()
navigation.follow()

try:
    selection = controls.choose()
except (store.TablesMissing, store.TablesDamaged) as problem:
    cards.problem(problem)
    st.stop()

page.run()
cards.footer(store.load(selection.edition), selection)
