"""Parts of the page *Editions*: the other edition, who changed class, and what came and went."""

import streamlit as st

from dashboard.edition import store
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.figures.figure import source
from dashboard.measures.comparison import (
    ITEMS,
    MARKS,
    class_changes,
    figures_moved,
    mark_labels,
    moved,
    sides,
)
from dashboard.screen.frame import address, cards, navigation
from dashboard.screen.frame.editions import load, offered

_TABLE = "changes_table"
# The grid of a browser scrolls well through this many rows; the file has all.
SHOWN = 1000


def against(tables: Tables) -> Tables | None:
    """The edition to compare with, None when there is no other; then the page says what to do."""
    others = {e.code: e.title for e in offered() if e.code != tables.edition}
    if not others:
        _only_one(tables)
        return None
    # Looked at now, the edition compared with until now is no choice any more, and no mistake.
    if st.session_state.get("against") == tables.edition:
        address.put("against")
    chosen = address.one_of("against", "Compare with", others, next(iter(others)), width=420)
    try:
        return load(chosen)
    except (store.TablesMissing, store.TablesDamaged) as problem:
        cards.empty(str(problem))
        return None


def _only_one(tables: Tables) -> None:
    cards.empty(
        f"Only one edition is built, {tables.package.title}: there is nothing to compare "
        "it with yet."
    )
    st.markdown(
        "**To add another edition**\n\n"
        "1. Make a folder for it in `data/raw`, and put its `matrix.xlsx` there.\n"
        "1. Write its `edition.toml`: title, statement, dates, producer, licence.\n"
        "1. Run `make build`, then reload this page.\n\n"
        "`docs/adding-an-edition.md` shows each step."
    )


def choose_pair(was: str, became: str) -> None:
    """A callback: show the countries that went from one class to the other."""
    address.put("was", was)
    address.put("became", became)


def countries(tables: Tables, selection: Selection, other: Tables) -> None:
    """Countries by class before and after; a row opens the country's page."""
    before, after = sides(tables, selection, other)
    labels = mark_labels(after.tables)
    labels = {mark: labels[mark] for mark in MARKS}
    st.subheader("Countries by class, before and after", anchor="countries")
    left, right = st.columns(2)
    with left:
        was = address.one_of("was", "Class before", labels, None, placeholder="Any class")
    with right:
        became = address.one_of("became", "Class after", labels, None, placeholder="Any class")
    rows = class_changes(before, after)
    if was is None and became is None:
        rows = rows[rows["changed"]]
    rows = rows[
        (rows["was"] == (was or rows["was"])) & (rows["became"] == (became or rows["became"]))
    ]
    if rows.empty:
        cards.empty("No country went from the one class to the other. Choose other classes." if was
                    or became else "No country has another class.")  # fmt: skip
        return
    shown = rows.drop(columns=["was", "became", "changed"])

    def open_country() -> None:
        chosen = st.session_state[_TABLE]["selection"]["rows"]
        if chosen:
            navigation.go_to("country", country=shown["country_iso3"].iloc[chosen[0]])

    st.caption(f"{count(len(rows))} of {count(len(class_changes(before, after)))} countries. "
               "Choose a row to open the page of that country.")  # fmt: skip
    cards.data_table(shown, tables, alt="Countries by class before and after", key=_TABLE,
                     on_select=open_country, selection_mode="single-row",
                     order=("country_name", "was_label", "became_label"))  # fmt: skip
    cards.download("class-changes", "These countries (CSV)", lambda: shown,
                   source(tables, selection), tables, selection)  # fmt: skip


def came_and_went(tables: Tables, selection: Selection, other: Tables) -> None:
    """What came, went and changed, by identifier."""
    before, after = sides(tables, selection, other)
    st.subheader("What came, went and changed", anchor="moved")
    st.caption("By identifier, in the whole editions: no filter of the sidebar counts here. "
               "Identifiers are made of names, so what was renamed counts as gone and come; "
               "“same page” marks what may be no more than that.")  # fmt: skip
    items = address.one_of("items", "What", {name: name.capitalize() for name in ITEMS},
                           ITEMS[-1], look="buttons")  # fmt: skip
    rows = moved(before, after, items)
    counts = rows["change"].value_counts()
    st.markdown(" · ".join(f"{count(counts.get(change, 0))} {change}"
                           for change in ("came", "went", "changed")
                           if change != "changed" or items == "courses"))  # fmt: skip
    if rows.empty:
        st.caption(f":material/check: The same {items} are in both.")
        return
    if len(rows) > SHOWN:
        st.caption(f"The first {count(SHOWN)} are shown; the file has all.")
    unused = [column for column in ("level_change", "same_page", "workbook_cell")
              if not rows[column].astype(bool).any()]  # fmt: skip
    cards.data_table(rows.head(SHOWN).drop(columns=unused), tables,
                     alt=f"{items.capitalize()} that came, went or changed")  # fmt: skip
    cards.download(f"moved-{items}", "All of them (CSV)", lambda: rows, source(tables, selection),
                   tables, selection)  # fmt: skip


def figures(tables: Tables, selection: Selection, other: Tables) -> None:
    """The counts that a report quotes, before and after."""
    before, after = sides(tables, selection, other)
    st.subheader("Counts that moved", anchor="figures")
    st.caption("Of the whole editions; only the threshold of the sidebar counts here.")
    rows = figures_moved(before, after)
    cards.data_table(rows, tables, alt="Counts before and after", height="content")
    cards.download(
        "figures-moved",
        "These counts (CSV)",
        lambda: rows,
        source(tables, selection),
        tables,
        selection,
    )
