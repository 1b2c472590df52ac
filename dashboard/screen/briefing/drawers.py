"""What a presenter does on the spot, in a drawer beside the slide: spotlight, another view, a note."""

from collections.abc import Mapping

import streamlit as st

from dashboard.edition.selection import default_selection, describe
from dashboard.edition.tables import Tables
from dashboard.exports.checked_numbers.marks import number_label, number_text
from dashboard.screen.frame import address, cards, my_storyline
from dashboard.screen.frame.editions import offered, readable
from dashboard.views import links
from dashboard.views.choices import options
from dashboard.views.shown import Shown, following, keeps_its_view
from dashboard.views.storyline import LONGEST_TEXT, Storyline

SPOTLIGHT, _DONE = "spotlight", "_drawer_done"
# What can be changed without leaving: name in the address -> label.
VIEW: Mapping[str, str] = {
    "edition": "Edition",
    "as_of": "Personnel as of",
    "personnel": "Personnel",
    "threshold": "Counts as covered from",
}
KEYS: Mapping[str, str] = {
    "→ ↓ Space, Page Down": "next slide",
    "← ↑ Backspace, Page Up": "slide before",
    "Home, End": "first and last slide",
    "1 to 9, 0": "that slide (0: the tenth); two digits at once for later ones",
    "S": "spotlight a country on every slide",
    "V": "another edition, date, personnel or threshold",
    "N": "note and decision on this slide",
    "I": "what stands behind this slide: numbers, note, sources",
    "O": "open the page behind this slide; B there comes back",
    "Q": "leave the full screen",
    "H": "these keys",
}


def buttons(story: Storyline, at: int, slide: Shown | None) -> None:
    """The keys that open a drawer."""
    with st.container(horizontal=True):
        spotlights, views, notes = _key("Spotlight", "S"), _key("View", "V"), _key("Note", "N")
        behind, helps = _key("Behind this slide", "I"), _key("Keys", "H")
    if helps:
        _help()
    elif slide and spotlights:
        _spotlight(slide)
    elif slide and views:
        _view(story, at, slide)
    elif slide and notes:
        _note(story, at, slide)
    elif slide and behind:
        _behind(slide)


def _key(label: str, key: str) -> bool:
    return st.button(label, shortcut=key, key=f"key-{key}", type="tertiary")


@st.dialog("Keys", position="right")
def _help() -> None:
    st.table({"Key": list(KEYS), "What it does": list(KEYS.values())}, hide_index=True)
    st.caption(
        "F11 fills the screen with the window. Remote controls for presentations send Page Up "
        "and Page Down."
    )


@st.dialog("Spotlight", position="right")
def _spotlight(slide: Shown) -> None:
    countries = options(slide.tables)["country"]
    chosen = st.session_state.get(SPOTLIGHT)
    st.selectbox(
        "Country to stand out on every slide",
        list(countries),
        format_func=countries.get,
        index=list(countries).index(chosen) if chosen in countries else None,
        placeholder="Type a name",
        key=_of("spotlight"),
        on_change=_light,
    )
    if chosen:
        st.button("No spotlight", icon=":material/flashlight_off:", on_click=_no_light)
    _close_when_done()


def _light() -> None:
    _put({SPOTLIGHT: st.session_state[_of("spotlight")] or ""})


def _no_light() -> None:
    _put({SPOTLIGHT: ""})


@st.dialog("Another view", position="right")
def _view(story: Storyline, at: int, slide: Shown) -> None:
    keeps = keeps_its_view(slide.slide)
    if keeps:
        st.info(
            "This slide keeps its own view: what you change here changes this slide alone.",
            icon=":material/push_pin:",
        )
    editions = readable()
    titles = {code: tables.package.title for code, tables in editions.items()}
    edition = _choice("edition", titles, slide.selection.edition)
    tables = editions[edition]
    same = edition == slide.selection.edition
    now = slide.selection if same else default_selection(tables)
    for key in VIEW:
        if key != "edition":
            # Another edition has dates of its own, so its choices begin with its defaults.
            _choice(key, options(tables)[key], getattr(now, key), edition)
    st.button("Show", icon=":material/check:", on_click=_show, args=(story, at, keeps, tables))
    if keeps:
        st.button(
            "Follow what is chosen", icon=":material/keep_off:", on_click=_follow, args=(story, at)
        )
    _close_when_done()


def _choice(key: str, labels: Mapping[str, str], now: str, edition: str = "") -> str:
    codes = list(labels)
    return st.selectbox(
        VIEW[key],
        codes,
        index=codes.index(now) if now in codes else 0,
        format_func=labels.get,
        key=_of(f"{key}{edition}"),
    )


def _show(story: Storyline, at: int, keeps: bool, tables: Tables) -> None:
    """A callback: the slide, or all that follow what is chosen, under the choices of the drawer."""
    chosen = {key: st.session_state[_of(f"{key}{tables.edition}")] for key in list(VIEW)[1:]}
    chosen["edition"] = tables.edition
    if keeps:
        texts = links.texts_of(story.slides[at].view) | chosen
        _keep(story.with_slide(at, view=links.query_of(texts)))
        return
    usual = default_selection(tables)
    first = {"edition": next(iter(offered())).code}
    _put(
        {
            key: "" if code == first.get(key, getattr(usual, key)) else code
            for key, code in chosen.items()
        }
    )


def _follow(story: Storyline, at: int) -> None:
    """A callback: the slide follows what is chosen from now on."""
    _keep(story.with_slide(at, view=following(story.slides[at].view)))


@st.dialog("Note and decision", position="right")
def _note(story: Storyline, at: int, slide: Shown) -> None:
    st.markdown(f"**{at + 1}. {cards.plain(slide.title)}**")
    for key, label, height in (("note", "Note", 240), ("decision", "Decision", 140)):
        st.text_area(
            label, getattr(slide.slide, key), key=_of(key), max_chars=LONGEST_TEXT, height=height
        )
    st.button(
        "Keep", shortcut="Ctrl+Enter", icon=":material/check:", on_click=_say, args=(story, at)
    )
    st.caption(
        "Kept in this session. The page Storyline writes the minutes, and saves them with the "
        "storyline."
    )
    _close_when_done()


def _say(story: Storyline, at: int) -> None:
    """A callback: what the meeting said about a slide."""
    said = {key: st.session_state[_of(key)] for key in ("note", "decision")}
    _keep(story.with_slide(at, **said))


@st.dialog("Behind this slide", position="right", width="medium")
def _behind(slide: Shown) -> None:
    figure = slide.figure
    st.markdown(f"**{cards.plain(figure.title)}**")
    st.markdown(cards.plain(describe(slide.selection, slide.tables.package)))
    for left_out in slide.left_out:
        st.warning(f"Not offered in this edition, so left out: {cards.plain(left_out)}")
    if figure.numbers:
        st.table(
            {
                "": [number_label(one) for one in figure.numbers],
                "Value": [number_text(one) for one in figure.numbers],
            },
            hide_index=True,
        )
    st.markdown(cards.plain(figure.note))
    st.markdown(f"Source: {cards.plain(figure.source)}")
    st.markdown(cards.plain(figure.statement))


def _of(key: str) -> str:
    """Key of the widget of a drawer for the choice `key`."""
    return f"drawer-{key}"


def _put(chosen: Mapping[str, str]) -> None:
    """In a callback: keep codes in the address, and close the drawer."""
    for key, code in chosen.items():
        address.put(key, *[code] * bool(code))
    st.session_state[_DONE] = True


def _keep(story: Storyline) -> None:
    """In a callback: go on with this storyline, and close the drawer."""
    my_storyline.keep(story)
    st.session_state[_DONE] = True


def _close_when_done() -> None:
    """A drawer runs alone; the slide beside it is drawn anew, without it, once something is kept."""
    if st.session_state.pop(_DONE, False):
        st.rerun()
