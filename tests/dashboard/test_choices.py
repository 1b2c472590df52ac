"""What can be chosen: codes for the address, labels for people."""

from dashboard.views.choices import options


def test_a_filter_offers_what_its_edition_has_in_the_order_of_the_vocabulary(edition):
    academic = {"course_type": "academic", "languages": ("fr",)}
    tables = edition(courses=[("AAA", academic), ("AAA", {})])

    offered = options(tables)

    assert offered["course_type"] == {"pre-deployment": "Pre deployment", "academic": "Academic"}
    assert offered["language"] == {"fr": "Fr"}
    assert offered["audience"] == {}


def test_personnel_are_offered_as_all_then_groups_then_types(edition):
    assert list(options(edition())["personnel"]) == [
        "all",
        "military",
        "police",
        "troops",
        "staff-officers",
        "individual-police",
    ]


def test_dates_are_offered_newest_first(edition):
    tables = edition(persons={"AAA": 1}, later={"AAA": 1})

    assert options(tables)["as_of"] == {
        "2018-02-28": "28 February 2018",
        "2018-01-31": "31 January 2018",
    }


def test_countries_are_offered_by_name(edition):
    tables = edition(persons={"AAA": 1, "BBB": 1}, names={"AAA": "Zedland", "BBB": "Aland"})

    assert list(options(tables)["country"].values()) == ["Aland", "Zedland"]
