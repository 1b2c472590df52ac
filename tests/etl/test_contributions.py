"""The personnel figures are used only when they are whole: a partition that adds up to the printed total."""

import pytest

from etl.build.contributions import ContributionsBroken, load
from tests.fixtures.editions import ROOT

HEADER = "as_of,country_iso3,mission,personnel_type,female,male,persons"
SOURCES = "as_of,title,publisher,publisher_url,file_url,file_sha256,persons_total\n2018-01-31,Report,UN,,,,{}\n"


def folder(tmp_path, lines, total):
    (tmp_path / "contributions.csv").write_text(
        "\n".join([HEADER, *lines]) + "\n", encoding="utf-8"
    )
    (tmp_path / "sources.csv").write_text(SOURCES.format(total), encoding="utf-8")
    return tmp_path


def test_the_real_contributions_add_up_to_the_printed_totals():
    rows, sources = load(ROOT / "data" / "raw" / "contributions")

    assert sum(row["persons"] for row in rows) == sum(source["persons_total"] for source in sources)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["2018-01-31,GHA,UNMISS,troops,1,2,4"], "do not add up to 4"),
        (["2018-01-31,GHA,UNMISS,troops,1,2,3"] * 2, "stands twice"),
        (["2018-01-31,XYZ,UNMISS,troops,1,2,3"], "no ISO 3166-1"),
        (["2018-01-31,GHA,UNMISS,soldiers,1,2,3"], "unknown type of personnel"),
        (["31/01/2018,GHA,UNMISS,troops,1,2,3"], "Dates are 2018-01-31"),
        (["2018-01-31,GHA,UNMISS,troops,1,2,three"], "line 2"),
        (["2018-01-31,GHA,UNMISS,troops,1,1,2"], "the report prints 3"),
        (["2018-02-28,GHA,UNMISS,troops,1,2,3"], "no report for 2018-02-28"),
    ],
)
def test_figures_that_cannot_be_right_are_refused_with_their_line(tmp_path, lines, said):
    with pytest.raises(ContributionsBroken, match=said):
        load(folder(tmp_path, lines, 3))


def test_unknown_women_and_men_stay_empty_and_persons_count(tmp_path):
    rows, _ = load(folder(tmp_path, ["2018-01-31,GHA,UNMISS,troops,,,3"], 3))

    assert (rows[0]["female"], rows[0]["male"], rows[0]["persons"]) == (None, None, 3)
