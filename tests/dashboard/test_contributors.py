"""Measure 2: the largest contributors."""

from dashboard.edition.selection import Selection, default_selection
from dashboard.measures.contributors import top_contributors


def test_the_top_is_taken_by_rank_then_by_name(edition):
    tables = edition(persons={"AAA": 5, "BBB": 5, "CCC": 9, "DDD": 5})

    assert list(top_contributors(tables, default_selection(tables), 3)["country_iso3"]) == [
        "CCC",
        "AAA",
        "BBB",
    ]


def test_a_country_without_personnel_is_no_contributor(edition):
    tables = edition(courses=[("AAA", {})], persons={"BBB": 2})

    assert list(top_contributors(tables, default_selection(tables))["country_iso3"]) == ["BBB"]


def test_troop_and_police_rankings_differ(edition):
    tables = edition(
        persons={
            "AAA": 9,
            "BBB": 1,
            ("AAA", "individual-police"): 1,
            ("BBB", "individual-police"): 5,
        }
    )

    first = {
        group: top_contributors(tables, Selection("tiny", "2018-01-31", personnel=group)).iloc[0][
            "country_iso3"
        ]
        for group in ("military", "police")
    }

    assert first == {"military": "AAA", "police": "BBB"}
