"""Parts of the page *Method*: definitions, levels with examples, dictionary, terms, citation."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard.charts.marks.look import CLASS_STYLES, STATE_STYLES, Style, swatch
from dashboard.edition import definitions
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables, Term
from dashboard.figures.citation import cite
from dashboard.figures.figure import source
from dashboard.measures.level_words import level_examples
from dashboard.screen.frame import address, cards

_SWATCH = 26  # px
# Labels of the vocabularies, which are named in codes.
_VOCABULARIES: Mapping[str, str] = {
    "levels": "Levels",
    "states": "States without a level",
    "classes": "Classes of a country",
    "course_types": "Types of course",
    "audiences": "Audiences",
    "topics": "Topics",
    "functions": "Functions around UN-CMCoord",
    "evidence_types": "Kinds of evidence",
    "provider_types": "Kinds of provider",
    "operators": "Who runs a centre",
    "scopes": "Scopes",
    "personnel_types": "Types of personnel",
    "languages": "Languages",
    "ocha_regions": "OCHA regional offices",
}


def measures() -> None:
    """The text of the method, one section at a time, each with an address of its own."""
    st.subheader("Definitions of every measure", anchor="definitions")
    try:
        sections = definitions.method_sections()
    except OSError:
        cards.empty(
            "The text of the method is not beside the dashboard. It is docs/method.md of "
            "the repository; run the dashboard from there to see it here."
        )
        return
    titles = {code: title for code, (title, _) in sections.items()}
    code = address.one_of("section", "Section", titles, next(iter(titles)), width=420)
    title, text = sections[code]
    with st.container(border=True):
        st.markdown(f"#### {title}")
        st.markdown(text)


def classes(tables: Tables) -> None:
    """The four classes as they are drawn, with what each asks for."""
    st.subheader("Classes of a country", anchor="classes")
    with st.grid(2, min_column_width=420, border=True) as grid:
        for term in tables.package.terms("classes"):
            with grid.cell():
                _headed(term, CLASS_STYLES[term["code"]])
                st.markdown(f":material/arrow_forward: {cards.plain(term['ask'])}")


def levels(tables: Tables) -> None:
    """The six levels with examples from the data, and the two states of a country without one."""
    st.subheader("Levels, with examples from this edition", anchor="levels")
    st.caption(
        "Always the same two courses for each level: with words of evidence and read whole "
        "as far as there are such, by country and title."
    )
    examples = level_examples(tables)
    for term in tables.package.terms("levels"):
        with st.container(border=True):
            _headed(term, STATE_STYLES[term["code"]])
            rows = examples[term["code"]].to_dict("records")
            if not rows:
                st.caption("No course of this edition has this level.")
            for row in rows:
                _example(row)
    st.markdown("**States of a country without a considered course**")
    with st.grid(2, min_column_width=420, border=True) as grid:
        for term in tables.package.terms("states"):
            with grid.cell():
                _headed(term, STATE_STYLES[term["code"]])


def _headed(term: Term, style: Style) -> None:
    """Swatch, label and definition of a term."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.image(
            swatch(style), width=_SWATCH, alt=f"How “{term['label']}” is drawn: {_look(style)}"
        )
        st.markdown(f"**{cards.plain(term['label'])}**", width="content")
    st.markdown(cards.plain(f"{term['definition']}."))


def _look(style: Style) -> str:
    """A style in words, for those who do not see the swatch."""
    ground = "hatched on white" if style.hatch else "dotted outline" if style.dotted else "solid"
    return f"{ground}, letter {style.letter}" if style.letter else ground


def _example(row: Mapping[str, str]) -> None:
    evidence = row["evidence"] or "No words of evidence are recorded."
    st.markdown(
        f"**{cards.plain(row['course_title'])}**, {cards.plain(row['centre_name'])}, "
        f"{cards.plain(row['country_name'])}  \n{cards.plain(evidence)}"
    )
    address_of = row["source_url"]
    if address_of.startswith(("http://", "https://")) and not set(address_of) & set(" <>\n"):
        where = f"[Source](<{address_of}>)"
    else:
        where = f"Source: {cards.plain(address_of or 'none')}"
    st.caption(
        f"{cards.plain(row['evidence_kind'] or 'Kind of evidence not recorded')} · {where}"
        f" · {cards.plain(row['workbook_cell'])}"
    )


def dictionary(tables: Tables, selection: Selection) -> None:
    """The columns of a table, as the data package declares them, and the terms of a vocabulary."""
    st.subheader("Data dictionary", anchor="dictionary")
    tables_of = {
        one["name"]: f"{one.get('title', one['name'])} ({one['path']})"
        for one in tables.package.resources
    }
    if tables_of:
        table = address.one_of("table", "Table", tables_of, next(iter(tables_of)), width=420)
        about = next(one for one in tables.package.resources if one["name"] == table)
        st.caption(cards.plain(about.get("description", "")))
        rows = definitions.dictionary(tables.package, table)
        cards.data_table(rows, tables, alt=f"Columns of {tables_of[table]}", height="content")
        cards.download(
            f"dictionary-{table}",
            "These columns (CSV)",
            lambda: rows,
            source(tables, selection),
            tables,
            selection,
        )
    else:
        cards.empty("This edition carries no declaration of its tables. Build it again: make build")


def terms(tables: Tables) -> None:
    """The glossary, and the terms of any vocabulary of the edition."""
    st.subheader("Terms", anchor="terms")
    st.table(definitions.glossary().rename(columns=str.capitalize).set_index("Term"))
    names = {name: label for name, label in _VOCABULARIES.items() if tables.package.terms(name)}
    chosen = address.one_of(
        "vocabulary", "Words of the tables", names, next(iter(names)), width=420
    )
    cards.data_table(
        definitions.vocabulary(tables.package, chosen),
        tables,
        alt=f"Terms of the vocabulary {names[chosen]}",
    )


def how_to_cite(tables: Tables) -> None:
    """The citation as text, BibTeX and RIS, with today as the date of access."""
    st.subheader("How to cite", anchor="cite")
    citation = cite(tables.package, tables.edition, date.today())
    st.markdown("**In a text**")
    st.code(citation.text, language=None, wrap_lines=True)
    left, right = st.columns(2)
    with left:
        st.markdown("**BibTeX**")
        st.code(citation.bibtex, language="latex", wrap_lines=True)
        _file("BibTeX file", citation.bibtex, f"{tables.edition}.bib", "application/x-bibtex")
    with right:
        st.markdown("**Reference managers (RIS)**")
        st.code(citation.ris.replace("\r\n", "\n"), language=None, wrap_lines=True)
        _file(
            "RIS file", citation.ris, f"{tables.edition}.ris", "application/x-research-info-systems"
        )


def _file(label: str, text: str, name: str, mime: str) -> None:
    st.download_button(
        label,
        text,
        file_name=name,
        mime=mime,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        key=f"download-{name}",
    )


def licence(tables: Tables) -> None:
    """Licence and producer of the edition, and the reports behind the personnel figures."""
    about = tables.package.edition
    st.subheader("Licence and sources", anchor="sources")
    st.markdown(f"**{cards.plain(tables.package.title)}.** {cards.plain(about['statement'])}")
    st.markdown(
        f"Producer: {cards.plain(about['producer'])}.  \nLicence: {cards.plain(about['licence'])}."
    )
    st.markdown("**Reports of the personnel figures**")
    rows = definitions.personnel_sources(tables.package)
    cards.data_table(
        rows,
        tables,
        alt="Reports of the personnel figures, with their SHA-256 sums",
        height="content",
    )
