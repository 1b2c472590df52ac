"""Entry point: the frame around every page and the way between pages. Pages are in `app_pages`."""

import streamlit as st

from dashboard import cards, controls, store

st.set_page_config(
    page_title="CMCoord Training Atlas",
    page_icon=cards.PAGE_ICON,
    layout="wide",
    initial_sidebar_state="auto",
)

page = st.navigation(
    [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/donut_small:",
            help="The answer in one sentence, and how sure it is",
            default=True,
        ),
        st.Page(
            "app_pages/contributors.py",
            title="Contributors",
            icon=":material/leaderboard:",
            help="The largest contributors of personnel, one by one, down to their courses",
            url_path="contributors",
        ),
    ]
)

try:
    selection = controls.choose()
except (store.TablesMissing, store.TablesDamaged) as problem:
    cards.problem(problem)
    st.stop()

page.run()
cards.footer(store.load(selection.edition), selection)
