"""The command that makes files without a screen: which files, the same ones each time, exit codes."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from dashboard import report
from dashboard.edition import store
from dashboard.exports.pictures import browser
from dashboard.views.places import PLACES
from dashboard.views.storyline import Slide, Storyline, to_toml

ROOT = Path(__file__).parents[2]
COURSES = [
    ("AAA", {"cmcoord_level": "module", "course_title": "=1+1", "languages": ("en",)}),
    ("BBB", {"cmcoord_level": "related", "audiences": ("military",)}),
]
EDITION = ["--edition", "tiny", "--accessed", "2026-01-31"]
NOWHERE = "no-such-browser"


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    place = tmp_path / "processed"
    for name in ("tiny", "other"):
        write_edition(name=f"processed/{name}", courses=COURSES, persons={"AAA": 50, "CCC": 20})
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("CHROMIUM", NOWHERE)
    browser.stop()
    return place


def _run(processed, out, *arguments, **environment):
    """The command in a process of its own, from another folder."""
    command = [
        sys.executable,
        "-m",
        "dashboard.report",
        *EDITION,
        "--out",
        str(out),
        "--processed",
        str(processed),
        *arguments,
    ]
    known = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        command, capture_output=True, text=True, env=known, cwd=processed, check=False, timeout=300
    )


def _main(processed, out, *arguments):
    return report.main([*EDITION, "--processed", str(processed), "--out", str(out), *arguments])


def _contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.slow
def test_it_makes_what_needs_no_browser_and_prints_where_each_file_is(processed, tmp_path):
    out = tmp_path / "deep" / "out"

    done = _run(processed, out, "--figures", "coverage,world", "--one-pagers", "top")

    made = sorted(_contents(out))
    what = {name.partition("_")[0].partition(".")[0] for name in made}
    assert what == {
        "findings",
        "report",
        "one-pagers",
        "coverage",
        "coverage-table",
        "coverage-courses",
        "world",
        "world-table",
        "world-courses",
    }
    printed = done.stdout.splitlines()
    assert sorted(printed[:-1]) == sorted(str(out / name) for name in made)
    assert printed[-1] == f"{len(made)} files in {out}"
    assert done.returncode == report.NOT_ALL_MADE
    assert "PNG, SVG and PDF: Pictures and PDF need Chrome or Chromium" in done.stderr
    assert "Traceback" not in done.stderr and "streamlit" not in done.stderr.lower()


def test_data_alone_need_no_browser(processed, tmp_path, capsys):
    assert _main(processed, tmp_path / "out", "--figures", "coverage", "--formats", "xlsx,csv") == 0

    assert capsys.readouterr().err == ""
    assert len(_contents(tmp_path / "out")) == 4


@pytest.mark.slow
def test_the_same_request_gives_the_same_bytes(processed, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    figures = ("--figures", "coverage,contributors,matrix,missions,indicator-dates")

    _run(processed, first, *figures, PYTHONHASHSEED="1", TZ="Pacific/Auckland")
    _run(processed, second, *figures, PYTHONHASHSEED="2", TZ="America/Lima")

    assert _contents(first) and _contents(first) == _contents(second)


@pytest.mark.browser
def test_the_same_request_gives_the_same_pictures(processed, tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM")
    outs = [tmp_path / "first", tmp_path / "second"]

    codes = [
        _main(
            processed,
            out,
            "--figures",
            "coverage,world",
            "--formats",
            "png,svg,pdf",
            "--sheet",
            "slide",
        )
        for out in outs
    ]

    assert codes == [0, 0]
    assert len(_contents(outs[0])) == 1 + 2 * 3
    assert _contents(outs[0]) == _contents(outs[1])


def test_findings_have_every_headline_number_with_its_selection(processed, tmp_path):
    query = "https://atlas.example.org/contributors?personnel=military&top=7"

    code = _main(
        processed,
        tmp_path / "out",
        "--figures",
        "coverage",
        "--formats",
        "csv",
        "--query",
        query,
        "--site",
        "https://atlas.example.org",
    )

    found = json.loads((tmp_path / "out" / report.FINDINGS).read_text(encoding="utf-8"))
    assert code == 0
    assert found["accessed"] == "2026-01-31"
    assert "personnel=military" in found["selection"]["query"]
    assert found["link"].startswith("https://atlas.example.org/report?edition=tiny&")
    (figure,) = found["figures"]
    assert figure["numbers"] and all(
        set(number) >= {"id", "value", "n", "N", "lower", "upper", "selection"}
        for number in figure["numbers"]
    )


def test_a_link_of_the_report_page_gives_its_figures_in_their_order(processed, tmp_path, capsys):
    _main(processed, tmp_path / "out", "--formats", "csv", "--query", "?parts=world,coverage")

    names = [Path(line).name for line in capsys.readouterr().out.splitlines()[:-1]]
    assert [name.partition("_")[0] for name in names] == [
        "findings.json",
        "world-table",
        "world-courses",
        "coverage-table",
        "coverage-courses",
    ]


@pytest.mark.slow
def test_every_figure_of_the_catalogue_can_be_asked_for(processed, tmp_path, capsys):
    code = _main(processed, tmp_path / "out", "--figures", "all", "--formats", "csv")

    tables = [path.name for path in (tmp_path / "out").glob("*-table_*.csv")]
    left_out = [line for line in capsys.readouterr().err.splitlines() if "is left out" in line]
    assert code == 0
    assert len(tables) + len(left_out) == len(PLACES)


def test_without_a_date_of_access_it_is_today(processed, tmp_path):
    report.main(
        [
            "--edition",
            "tiny",
            "--processed",
            str(processed),
            "--out",
            str(tmp_path / "out"),
            "--figures",
            "coverage",
            "--formats",
            "csv",
        ]
    )

    found = json.loads((tmp_path / "out" / report.FINDINGS).read_text(encoding="utf-8"))
    assert found["accessed"] == datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--edition", "tin"], "There is no edition tin: did you mean tiny?"),
        (["--figures", "covrage"], "There is no figure covrage: did you mean coverage or"),
        (["--figures", ","], "Name at least one figure"),
        (["--formats", "png,gif"], "There is no format gif"),
        (["--query", "personnel=pirates"], "Not offered: personnel: pirates."),
        (["--query", "colour=red"], "Not offered: colour (no such choice)."),
        (["--query", "edition=other"], "--edition says tiny, the query says other"),
        (["--top", "many"], "Not offered: top: many."),
        (["--accessed", "31.1.2026"], "31.1.2026 is no date"),
        (["--processed", "nothing-here"], "No edition has been built yet"),
    ],
)
def test_a_bad_request_is_told_in_one_line_and_makes_nothing(
    processed, tmp_path, capsys, arguments, message
):
    out = tmp_path / "out"

    code = _main(processed, out, *arguments)

    said = capsys.readouterr()
    assert code == report.NOT_UNDERSTOOD
    assert said.err.startswith("error: ") and message in said.err
    assert len(said.err.splitlines()) == 1 and "reload" not in said.err
    assert said.out == "" and not out.exists()


def test_a_folder_that_cannot_be_written_to_is_told(processed, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")

    assert _main(processed, tmp_path / "file" / "out") == report.NOT_UNDERSTOOD
    assert "cannot be written to" in capsys.readouterr().err


def test_a_damaged_table_is_told(processed, tmp_path, capsys):
    (processed / "tiny" / "courses.csv").write_text("nonsense")

    assert _main(processed, tmp_path / "out") == report.NOT_UNDERSTOOD
    assert "courses.csv" in capsys.readouterr().err


def test_a_file_is_there_whole_or_not_at_all(processed, tmp_path, monkeypatch, capsys):
    out = tmp_path / "out"

    def full_disk(path, content):
        if path.name.startswith(".coverage"):
            path.open("wb").write(content[:10])
            raise OSError(28, "No space left on device")
        return path.open("wb").write(content)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    code = _main(processed, out, "--figures", "coverage", "--formats", "csv")

    assert code == report.NOT_ALL_MADE
    assert "No space left on device" in capsys.readouterr().err
    assert list(_contents(out)) == [report.FINDINGS]


def test_help_tells_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as ended:
        report.main(["--help"])

    assert ended.value.code == 0
    assert "exit codes:" in capsys.readouterr().out


# --- a storyline ----------------------------------------------------------------------------------


@pytest.fixture
def story(tmp_path):
    slides = (
        Slide("coverage", note="Said."),
        Slide("contributors", view="top=5", decision="Done."),
    )
    file = tmp_path / "story.toml"
    file.write_text(to_toml(Storyline("Our story", slides)), encoding="utf-8")
    return str(file)


def test_a_storyline_gives_its_minutes_and_its_deck(processed, tmp_path, story, capsys):
    out = tmp_path / "out"

    code = _main(processed, out, "--storyline", story, "--held", "2026-11-21")

    said = capsys.readouterr()
    assert sorted(_contents(out)) == ["deck.pptx", "minutes.docx"]
    assert code == report.NOT_ALL_MADE and "Chrome or Chromium" in said.err
    text = "\n".join(one.text for one in Document(out / "minutes.docx").paragraphs)
    assert "Our story" in text and "21 November 2026" in text and "Said." in text


@pytest.mark.slow
def test_the_same_storyline_gives_the_same_bytes(processed, tmp_path, story):
    arguments = ("--storyline", story, "--held", "2026-11-21", "--title", "Another title")
    first, second = tmp_path / "first", tmp_path / "second"

    _run(processed, first, *arguments, PYTHONHASHSEED="1", TZ="Pacific/Auckland")
    _run(processed, second, *arguments, PYTHONHASHSEED="2", TZ="America/Lima")

    assert len(_contents(first)) == 2 and _contents(first) == _contents(second)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--figures", "world"], "--figures does not go with --storyline"),
        (["--one-pagers", "top"], "--one-pagers does not go with --storyline"),
        (["--formats", "png"], "There is no format png: there are docx, pptx"),
        (["--held", "today"], "today is no date"),
        (["--storyline", "nowhere.toml"], "nowhere.toml cannot be read"),
    ],
)
def test_a_storyline_that_cannot_be_made_is_told_in_one_line(
    processed, tmp_path, story, capsys, arguments, message
):
    code = _main(processed, tmp_path / "out", "--storyline", story, *arguments)

    said = capsys.readouterr()
    assert code == report.NOT_UNDERSTOOD and not (tmp_path / "out").exists()
    assert message in said.err and len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense", "cannot be read as TOML"),
        ("format = 1", "has no slides"),
        ("format = 1\n[[slide]]\nfigure = 'pie'", "is not one of this dashboard"),
    ],
)
def test_a_file_that_is_no_storyline_is_told(processed, tmp_path, capsys, content, message):
    file = tmp_path / "bad.toml"
    file.write_text(content)

    assert _main(processed, tmp_path / "out", "--storyline", str(file)) == report.NOT_UNDERSTOOD
    assert message in capsys.readouterr().err


def test_a_day_of_a_meeting_needs_a_storyline(processed, tmp_path, capsys):
    assert _main(processed, tmp_path / "out", "--held", "2026-11-21") == report.NOT_UNDERSTOOD
    assert "--storyline" in capsys.readouterr().err
