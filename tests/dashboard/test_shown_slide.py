"""What a slide shows: its own view or what is chosen, its own words, and nothing dropped unsaid."""

import pytest

from dashboard.edition import store
from dashboard.edition.selection import Selection, default_selection
from dashboard.views import links
from dashboard.views.places import PLACES
from dashboard.views.shown import following, keeps_its_view, shown, view_of
from dashboard.views.storyline import DEFAULT, Slide


@pytest.fixture
def editions(edition):
    """Two editions; the later one has another date."""
    first = edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {})],
        persons={"AAA": 50, "BBB": 30, ("CCC", "individual-police"): 20},
    )
    other = edition(name="other", courses=[("AAA", {})], persons={"AAA": 7}, later={"AAA": 4})
    return {first.edition: first, other.edition: other}


@pytest.fixture
def tables(editions):
    return editions[store.DEFAULT_EDITION]


@pytest.fixture
def police(tables):
    return Selection(tables.edition, tables.default_date, personnel="police")


@pytest.mark.parametrize("slide", DEFAULT.slides, ids=lambda slide: slide.figure)
def test_a_slide_without_a_view_follows_what_is_chosen(slide, tables, police, editions):
    seen = shown(slide, tables, police, editions)

    assert seen.selection == police and not keeps_its_view(slide) and not seen.left_out


def test_a_slide_with_a_view_keeps_it_whatever_is_chosen(tables, police, editions):
    view = view_of("contributors", {"top": "7"}, tables, police)
    other = editions["other"]

    seen = shown(Slide("contributors", view=view), other, default_selection(other), editions)

    assert keeps_its_view(seen.slide)
    assert (seen.tables, seen.selection, seen.chosen) == (tables, police, {"top": "7"})
    assert seen.query == view


def test_a_kept_view_has_what_its_figure_depends_on_and_nothing_else(tables, police):
    chosen = {"top": "7", "country": "AAA", "q": "found", "by": ""}

    assert links.texts_of(view_of("contributors", chosen, tables, police)) == {
        "edition": tables.edition,
        "as_of": tables.default_date,
        "personnel": "police",
        "top": "7",
    }


@pytest.mark.slow
@pytest.mark.parametrize("id", PLACES)
def test_every_figure_of_the_catalogue_is_kept_and_shown_again(id, tables, police, editions):
    slide = Slide(id, view=view_of(id, {}, tables, police))

    seen = shown(slide, tables, default_selection(tables), editions)

    assert seen.selection == police
    assert seen.figure.id == id and (seen.figure.title or seen.figure.empty)


def test_a_slide_that_lets_go_of_its_view_keeps_the_choices_of_its_page(tables, police, editions):
    view = view_of("contributors", {"top": "7"}, tables, police)

    free = Slide("contributors", view=following(view))

    assert free.view == "top=7" and not keeps_its_view(free)
    assert shown(free, tables, default_selection(tables), editions).selection.personnel == "all"


def test_what_a_view_names_and_the_edition_does_not_offer_is_said(tables, police, editions):
    view = "edition=gone&as_of=1066-10-14&top=12&colour=red&audience=junk"

    seen = shown(Slide("contributors", view=view), tables, police, editions)

    assert seen.tables is tables
    assert {text.partition(" ")[0].rstrip(":") for text in seen.left_out} == {
        "edition",
        "as_of",
        "colour",
        "audience",
    }


def test_edited_words_stand_on_the_slide_beside_population_and_source(tables, police, editions):
    own = shown(Slide("coverage"), tables, police, editions)
    slide = Slide("coverage", title=" Mine ", caption="Said aloud\n")

    seen = shown(slide, tables, police, editions)

    assert seen.title == "Mine" and own.title == own.figure.title
    assert seen.words("AAA: covered").spotlight == "AAA: covered"
    assert seen.words().subtitle == f"{own.figure.subtitle} · Said aloud"
    assert seen.words().source == own.figure.source
    assert own.words().subtitle == own.figure.subtitle


def test_a_spotlight_chooses_the_country_of_a_figure_about_one_unless_the_slide_names_one(
    tables, police, editions
):
    free, named = Slide("country-levels"), Slide("country-levels", view="country=AAA")

    assert shown(free, tables, police, editions, "BBB").chosen == {"country": "BBB"}
    assert shown(named, tables, police, editions, "BBB").chosen == {"country": "AAA"}
    assert shown(Slide("coverage"), tables, police, editions, "BBB").chosen == {}


def test_the_page_behind_is_opened_with_every_choice_of_the_slide_and_no_other(
    tables, police, editions
):
    seen = shown(Slide("matrix", view="by=level"), tables, police, editions)

    assert seen.page == "matrix"
    assert seen.address["by"] == "level" and seen.address["personnel"] == "police"
    # What was chosen there before does not stay.
    assert seen.address["country"] == seen.address["threshold"] == seen.address["top"] == ""
