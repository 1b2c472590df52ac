"""Choices that live in the address of the page, as codes, so that a link brings the view back.

A bound list writes the label of its option into the address. A link should outlive an edited label,
so each choice has two widgets: a bound text in the expander "Address of this view", which holds
codes, and the widget that people use, which shows labels and hands its codes to the first.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.screen.frame.plain_text import plain
from dashboard.views import links

_PLACE, _KEYS = "_address", "_address_keys"
# Widgets for one of a few, as large buttons, and for one of many, as a list.
_BUTTONS, _LIST = "buttons", "list"


def keep_all() -> None:
    """Keep what was chosen on other pages. First thing in a run.

    Streamlit forgets the value of a widget that a run does not draw; assigned again, it stays, and
    whoever goes back to a page finds it as it was left.
    """
    for key in st.session_state.get(_KEYS, ()):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def keep_in(place: DeltaGenerator) -> None:
    """Say where the bound texts of this run are drawn. Once a run, before any choice."""
    st.session_state[_PLACE] = place


def one_of(
    key: str,
    label: str,
    labels: Mapping[str, str],
    default: str | None,
    look: str = _LIST,
    **more: Any,
) -> str | None:
    """A choice of one code (None: nothing, when that is the default), kept in the URL under `key`.

    `labels`: code -> label. `look`: "list", or "buttons" for a few short ones. `more` goes to the
    widget. A code that is not offered counts as the default.
    """
    chosen = text(key, lambda asked: links.one_code(asked, labels)) or default
    st.session_state[shown(key)] = chosen
    more = {"key": shown(key), "on_change": _hand_over, "args": (key, default), **more}
    if look == _BUTTONS:
        st.segmented_control(label, list(labels), format_func=labels.get, required=True, **more)
    else:
        st.selectbox(
            label,
            list(labels),
            index=None if default is None else 0,
            format_func=labels.get,
            **more,
        )
    return chosen


def any_of(key: str, label: str, labels: Mapping[str, str], **more: Any) -> tuple[str, ...]:
    """A choice of several codes, in the order of `labels`; none chosen stands for all."""
    chosen = codes(key, labels)
    list_of(key, label, labels, chosen, **more)
    return chosen


def list_of(
    key: str, label: str, labels: Mapping[str, str], chosen: tuple[str, ...], **more: Any
) -> None:
    """The list of `any_of` alone, for a place that is not always drawn; `codes` reads the choice."""
    st.session_state[shown(key)] = list(chosen)
    st.multiselect(
        label,
        list(labels),
        format_func=labels.get,
        key=shown(key),
        placeholder="All",
        on_change=_hand_over,
        args=(key,),
        **more,
    )


def ticked(key: str, label: str, **more: Any) -> bool:
    """A choice of yes or no, no by default."""
    chosen = text(key, links.yes) == links.YES
    st.session_state[shown(key)] = chosen
    st.toggle(label, key=shown(key), on_change=_hand_over, args=(key,), **more)
    return chosen


def words(key: str, label: str, **more: Any) -> str:
    """Free text that is part of the link, for example what is searched for."""
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]
    st.session_state.setdefault(_KEYS, {})[key] = None
    return st.text_input(label, key=key, bind="query-params", **more)


def codes(key: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Codes under `key` that are offered, in the order of `labels`; the page draws the widget.

    `put` changes them.
    """
    return links.codes_of(text(key, lambda asked: links.several_codes(asked, labels)))


def put(key: str, *chosen: str) -> None:
    """In a callback: keep these codes under `key`; none stands for the default."""
    st.session_state[key] = ",".join(chosen)


def text(key: str, understood: Callable[[str], str]) -> str:
    """What is understood of the text in the URL under `key`; empty for the default.

    Assigned again, a value returns to the URL when going back between pages has dropped it; what is
    not understood leaves the URL with the next run.
    """
    if key in st.session_state:
        asked = st.session_state[key]
        st.session_state[key] = understood(asked)
        _tell_left_out(key, asked, st.session_state[key])
    st.session_state.setdefault(_KEYS, {})[key] = None
    place: DeltaGenerator = st.session_state[_PLACE]
    asked = place.text_input(key, key=key, bind="query-params", placeholder="default")
    used = understood(asked)
    _tell_left_out(key, asked, used)
    return used


def row_of(key: str, codes: Sequence[str], table: str) -> Callable[[], None]:
    """Tie the rows of the table with the key `table`, one a code, to the choice `key`.

    Marks the row that is chosen; returns the callback that chooses the row a person marks.
    """
    chosen = st.session_state.get(key) or ""
    rows = [codes.index(chosen)] if chosen in codes else []
    st.session_state[table] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def adopt() -> None:
        marked = st.session_state[table]["selection"]["rows"]
        put(key, *(codes[row] for row in marked[:1]))

    return adopt


def shown(key: str) -> str:
    """Key of the widget that people use for the choice `key`."""
    return f"{key}_shown"


def _tell_left_out(key: str, asked: str, used: str) -> None:
    """A filter that the edition does not offer must not vanish without a word."""
    left_out = links.left_out_of(asked, used)
    if left_out:
        what = plain(f"{key}: {', '.join(left_out)}")
        st.toast(
            f"Not offered in this edition, so left out: {what}",
            icon=":material/filter_alt_off:",
            duration="long",
        )


def _hand_over(key: str, default: str | None = None) -> None:
    """What people chose goes to the text that stands in the URL."""
    chosen = st.session_state[shown(key)]
    if isinstance(chosen, list):
        put(key, *chosen)
    elif isinstance(chosen, bool):
        put(key, *[links.YES] * chosen)
    else:
        put(key, "" if chosen in (None, default) else chosen)
