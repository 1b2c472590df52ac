"""Part of the page *Your matrix*: use it on every page, keep it as an edition, or let it go."""

import io
import zipfile

import streamlit as st

from dashboard.edition.store import BROUGHT
from dashboard.screen.frame import cards, navigation
from dashboard.screen.frame.editions import CODE
from dashboard.screen.your_matrix import answers, reading, session
from dashboard.screen.your_matrix.reading import BroughtMatrix

_NEXT = {
    "overview": "the answer in one sentence",
    "editions": "what moved",
    "report": "Word and PowerPoint",
    "storyline": "a briefing of it",
}


def show(own: BroughtMatrix) -> None:
    """What can be done with the matrix now."""
    st.subheader("5. Use it, keep it, or let it go", anchor="use")
    if own.tables is None:
        st.caption("It can be used once a matrix is found in it.")
    elif own.tables.courses.empty:
        st.caption(
            "No course of it was kept, so that there is nothing to look at yet. Answer the "
            "questions above, or mend the workbook and bring it again."
        )
    with st.grid(3, min_column_width=300, gap="medium") as grid:
        if own.tables is not None:
            with grid.cell():
                _use(own)
            with grid.cell():
                _keep(own)
        with grid.cell():
            _let_go()


def _use(own: BroughtMatrix) -> None:
    st.markdown("**Use it**")
    if st.session_state.get("edition") == CODE:
        st.caption(
            f":material/check: Every page shows it now, as “{BROUGHT}” in the list of editions."
        )
    else:
        st.caption(
            f"It stands in the sidebar as “{BROUGHT}”. All pages, documents and "
            "the briefing work on it, for you alone."
        )
        st.button(
            "Use it on all pages", icon=":material/play_arrow:", key="own-use", on_click=_use_it
        )
    for page, what in _NEXT.items():
        st.button(
            f"{_title(page)}: {what}",
            key=f"own-to-{page}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=navigation.go_to,
            args=(page,),
            kwargs={"edition": CODE},
        )
    st.caption(cards.plain(own.reading["edition"]["statement"]))


def _use_it() -> None:
    navigation.go_to("your_matrix", edition=CODE)


def _title(page: str) -> str:
    entries = [entry for section in navigation.SECTIONS.values() for entry in section]
    return next(entry.title for entry in entries if entry.file == page)


def _keep(own: BroughtMatrix) -> None:
    name = folder_name(own)
    st.markdown("**Keep it**")
    st.caption(
        f"An edition folder: the matrix, its `edition.toml` and your answers. Unpack it in "
        f"`data/raw`, so that there is `data/raw/{name}/matrix.xlsx`; then run `make build` "
        "and reload the dashboard."
    )
    st.download_button(
        "Edition folder (zip)",
        data=lambda: folder(own),
        file_name=f"{name}.zip",
        mime="application/zip",
        on_click="ignore",
        icon=":material/download:",
        key="own-keep",
    )


def _let_go() -> None:
    st.markdown("**Let it go**")
    st.caption(
        "Forgets the workbook, everything read from it and your answers. Downloads that you "
        "have stay yours."
    )
    st.button("Let it go", icon=":material/delete:", key="own-let-go", on_click=session.let_go)


def folder_name(own: BroughtMatrix) -> str:
    """Name of the folder that keeps the matrix as an edition."""
    name = own.reading["edition"]["name"]
    return "my-matrix" if name == CODE else name


def folder(own: BroughtMatrix) -> bytes:
    """The edition folder as a zip file: matrix, edition.toml and answers."""
    name, made = folder_name(own), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/matrix.xlsx", own.workbook)
        archive.writestr(f"{name}/{reading.TOML}", own.files[reading.TOML])
        for file, data in answers.tables(own.answers).items():
            archive.writestr(f"{name}/{answers.FOLDER}/{file}", data)
    return made.getvalue()
