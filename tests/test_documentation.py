"""The documents say what the project does: commands, pages, links, dictionary and version."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.screen.frame.navigation import SECTIONS
from etl.build import dictionary

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCUMENTS = [
    README,
    *(
        ROOT / name
        for name in ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
    ),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "data").rglob("*.md")),
]
PLAIN_LINES = ("pip install -r requirements.txt", "streamlit run dashboard/app.py", "pytest")

# A fenced block, an indented line, or code within a line.
_CODE = re.compile(
    r"^```[a-z]*\n(.*?)^```|^ {4}(?=\S)([^\n]+)|`([^`\n]+)`", re.DOTALL | re.MULTILINE
)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _code(text: str) -> str:
    """All code of a Markdown text, blocks and inline, one piece a line."""
    return "\n".join("".join(piece) for piece in _CODE.findall(text))


def _made(text: str) -> list[str]:
    """Targets of the `make` commands in a Markdown text, in order."""
    return re.findall(r"(?m)(?:^|[\s(;&])make ([a-z][a-z-]*)", _code(text))


def _targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):", _read(ROOT / "Makefile")))


def test_every_make_command_of_a_document_exists():
    missing = [
        f"{path.name}: make {target}"
        for path in DOCUMENTS
        for target in _made(_read(path))
        if target not in _targets()
    ]

    assert missing == []


def test_the_readme_shows_make_dashboard_and_make_test_first_and_the_plain_lines_below():
    text = _read(README)
    commands = list(dict.fromkeys(_made(text)))
    places = [text.find(line) for line in ("make dashboard", "make test", *PLAIN_LINES[:2])]

    assert commands[:2] == ["dashboard", "test"]
    assert -1 not in places
    assert places == sorted(places)
    assert text.rfind(PLAIN_LINES[2]) > places[2]


def test_every_page_of_the_dashboard_is_named_in_the_readme():
    titles = [entry.title for entries in SECTIONS.values() for entry in entries]
    text = _read(README)

    assert [title for title in titles if f"**{title}**" not in text] == []


def test_every_page_file_is_in_the_menu_and_every_entry_of_the_menu_has_its_file():
    files = {path.stem for path in (ROOT / "dashboard" / "app_pages").glob("*.py")}

    assert {entry.file for entries in SECTIONS.values() for entry in entries} == files


def test_every_requirement_is_explained_in_the_readme():
    lines = [line for line in _read(ROOT / "requirements.txt").splitlines() if line[:1].isalpha()]
    names = [re.split(r"[<>=!~\[;]", line)[0].strip() for line in lines]
    text = _read(README).lower()

    assert names
    assert [name for name in names if name.lower() not in text] == []


def test_the_data_dictionary_is_the_one_that_the_declaration_gives():
    assert _read(ROOT / "docs" / "data-dictionary.md") == dictionary.data_dictionary()


def test_the_changelog_tells_of_the_current_version():
    version = tomllib.loads(_read(ROOT / "pyproject.toml"))["project"]["version"]

    assert re.search(rf"(?m)^## .*{re.escape(version)}", _read(ROOT / "CHANGELOG.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_of_the_project_leads_somewhere(path):
    targets = [target.split("#")[0] for target in _LINK.findall(_read(path))]
    local = [
        target
        for target in targets
        if target and "://" not in target and not target.startswith("mailto:")
    ]

    assert [target for target in local if not (path.parent / target).exists()] == []


def test_code_is_found_in_blocks_and_in_lines():
    block = "```\nmake dashboard PORT=8600\n```"
    text = f"Run `make check MATRIX=a.xlsx`.\n\n{block}\nThey make tables.\n\n    make test\n"

    assert _made(text) == ["check", "dashboard", "test"]
