"""The query of a link: written and read back without a page, and the same as on the page."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.figures import catalogue
from dashboard.screen.frame import navigation
from dashboard.views import links
from dashboard.views.choices import URL_NAMES, options
from dashboard.views.places import PLACES, by_page, figure_options
from dashboard.views.wishes import SUGGESTED

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
COURSES = [
    (
        "AAA",
        {
            "cmcoord_level": "module",
            "audiences": ("military", "police"),
            "languages": ("en",),
            "year_from": "2008",
            "year_to": "2012",
        },
    ),
    (
        "BBB",
        {
            "course_type": "academic",
            "year_from": "2014",
            "languages": ("fr", "es"),
            "provider_type": "police-academy",
            "audiences": ("civilian",),
        },
    ),
]
PERSONS = {
    "AAA": 50,
    ("BBB", "individual-police", "MINY"): 30,
    ("CCC", "staff-officers", "MINZ"): 20,
}


@pytest.fixture
def editions(edition):
    return {
        "first": edition(name="first", courses=COURSES, persons=PERSONS, later={"AAA": 1}),
        "second": edition(name="second", courses=COURSES[:1], persons={"AAA": 1}),
    }


def _selections(tables):
    """Every selection that the pages offer."""
    offered = options(tables)

    def some(key):
        codes = list(offered[key])
        return st.sets(st.sampled_from(codes)).map(
            lambda chosen: tuple(code for code in codes if code in chosen)
        )

    first, last = tables.years
    years = st.tuples(st.integers(first, last), st.integers(first, last)).map(sorted).map(tuple)
    return st.builds(
        type(default_selection(tables)),
        edition=st.just(tables.edition),
        as_of=st.sampled_from(list(offered["as_of"])),
        personnel=st.sampled_from(list(offered["personnel"])),
        threshold=st.sampled_from(list(offered["threshold"])),
        missions=some("mission"),
        years=st.none() | years.filter(lambda range: range != tables.years),
        **{field: some(key) for field, key in URL_NAMES.items()},
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_link_read_back_is_the_selection_it_was_made_of(editions, data):
    tables = data.draw(st.sampled_from(list(editions.values())))
    if tables.years[0] == tables.years[1]:
        tables = editions["first"]
    selection = data.draw(_selections(tables))
    chosen = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "top": st.integers(5, 40).map(str),
                "by": st.sampled_from(["topic", "level"]),
                "q": st.text(min_size=1),
                "parts": st.just("matrix:slide,coverage"),
                "plan": st.just("AAA,AAA-centre-0"),
                "country": st.just("AAA"),
                "arcs": st.just("yes"),
                "against": st.just(next(code for code in editions if code != tables.edition)),
            },
        )
    )

    query = links.link(selection, chosen, tables)

    assert links.read_link(query, editions) == (tables.edition, selection, chosen)
    assert links.read_link(f"?{query}", editions)[1] == selection
    assert links.read_link(links.address_of("matrix", query, "https://a.org/x/"), editions)[1] == (
        selection
    )


def test_an_empty_link_is_the_default_of_the_first_edition(editions):
    assert links.read_link("", editions) == ("first", default_selection(editions["first"]), {})


def test_a_link_says_its_edition_and_date_even_when_they_are_the_default(editions):
    query = links.link(default_selection(editions["first"]), {}, editions["first"])

    assert query == "edition=first&as_of=2018-01-31"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("edition=nowhere", "edition: nowhere"),
        ("personnel=pirates", "personnel: pirates"),
        ("course_type=academic,junk", "course_type: junk"),
        ("mission=MINX&mission=MONX", "mission: MONX"),
        ("years=soon", "years: soon"),
        ("as_of=1066-10-14", "as_of: 1066-10-14"),
        ("top=many", "top: many"),
        ("top=400", "top: 400"),
        ("plan=AAA,Atlantis", "plan: Atlantis"),
        ("parts=coverage,pie", "parts: pie"),
        ("parts=coverage:poster", "parts: coverage:poster"),
        ("against=first", "against: first"),
        ("colour=red", "colour (no such choice)"),
        ("<script>=1", "<script> (no such choice)"),
    ],
)
def test_what_is_not_offered_is_named(editions, query, named):
    with pytest.raises(links.NotOffered) as refused:
        links.read_link(query, editions)

    assert refused.value.left_out == (named,)
    assert links.understand(query, editions).left_out == (named,)


def test_the_rest_of_a_link_that_names_what_is_not_there_still_counts(editions):
    found = links.understand("personnel=police&threshold=9&course_type=junk,academic", editions)

    assert (found.selection.personnel, found.selection.course_types) == ("police", ("academic",))
    assert found.left_out == ("threshold: 9", "course_type: junk")


def test_years_are_a_filter_only_within_the_years_of_the_edition(editions):
    assert links.read_link("years=2008-2014", editions)[1].years is None
    assert links.read_link("years=1990-2010", editions)[1].years == (2008, 2010)


@pytest.mark.parametrize(
    "query",
    [
        "personnel=police&threshold=cimic&course_type=academic,junk&years=2009-2010",
        "edition=second&as_of=2018-02-28",
        "mission=MINX,MINZ&audience=police,military",
    ],
)
def test_a_link_means_the_same_on_a_page(editions, tmp_path, monkeypatch, query):
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, text in parse_qsl(query):
        app.query_params[name] = text

    app.run()

    assert not app.exception
    assert app.session_state["_selection"] == links.understand(query, editions).selection


def test_every_figure_has_its_place_on_a_page_of_the_menu():
    files = [entry.file for entries in navigation.SECTIONS.values() for entry in entries]

    assert set(PLACES) == set(catalogue.CATALOGUE)
    assert list(by_page()) == [file for file in files if file in by_page()]
    assert set(SUGGESTED) <= set(PLACES)
    assert links.FIRST_PAGE == navigation.FIRST


@pytest.mark.parametrize("id", PLACES)
def test_every_figure_takes_the_options_of_a_link_with_and_without_a_choice(editions, id):
    selection = default_selection(editions["first"])
    query = (
        "top=7&by=level&order=gap&rows=all&country=AAA&column=module&unit=centres&office=none"
        "&plan=AAA&against=second&sure_of=countries&show=centres&arcs=yes&q=course&of=centres"
        "&f_level=module,related"
    )

    for asked in ("", query):
        _, _, chosen = links.read_link(asked, editions)
        given = figure_options(id, chosen, editions["first"], editions)
        assert catalogue.figure(id, editions["first"], selection, **given).id == id


def test_a_page_choice_reaches_its_figure(editions):
    _, _, chosen = links.read_link("top=7&by=level&country=AAA&column=module", editions)

    given = figure_options("matrix", chosen, editions["first"], editions)

    assert given == {"by": "level", "top": 7, "chosen": ("AAA", "module")}


def test_a_column_of_another_dimension_is_no_column(editions):
    given = figure_options("matrix", {"column": "module"}, editions["first"], editions)

    assert given["chosen"] == (None, None)


def test_the_other_edition_is_the_first_other_one_until_it_is_chosen(editions):
    given = figure_options("edition-steps", {}, editions["first"], editions)

    assert given["other"] is editions["second"]
    assert figure_options("edition-steps", {}, editions["first"], {"first": None}) == {}
