"""The structure of the code, read from the code: who imports whom, how large things may grow.

Each check is a function from the text of one module to the breaches in it, so that it can be tried
on a few lines that break the rule.
"""

import ast
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in ("etl", "dashboard", "tools")
    for path in (ROOT / package).rglob("*.py")
)
TEXTS = (".py", ".sh", ".md", ".toml", ".txt", ".csv", ".json", ".cfg", ".ini", "")
NOT_OURS = {
    ".git", ".venv", ".hypothesis", ".pytest_cache", ".ruff_cache", ".mypy_cache", "__pycache__",
}  # fmt: skip

# A module is one idea with one door; its number of lines is only the alarm.
PAGE_LINES, MODULE_LINES, FUNCTION_LINES = 60, 400, 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
TABLE_READERS = {"read_csv", "read_excel", "read_parquet", "read_json", "read_table"}

Function = ast.FunctionDef | ast.AsyncFunctionDef

# The rooms of each wing from left to right: a room imports only itself and rooms to its left, and
# rooms in one tuple never import each other. ARCHITECTURE.md names the same rooms in the same order.
ROOMS = {
    "dashboard": (
        ("edition",),
        ("measures",),
        ("charts",),
        ("figures",),
        ("views",),
        ("exports",),
        ("screen",),
        ("app_pages",),
    ),
    "etl": (
        ("text", "issues"),
        ("workbook",),
        ("meaning",),
        ("matrix",),
        ("review",),
        ("build",),
        ("reading", "writing"),
        ("coding",),
        ("commands",),
        ("__main__",),
    ),
    "dashboard/charts": (("marks",), ("forms", "maps", "typeset"), ("spotlight",)),
    "dashboard/exports": (
        ("origin", "parts", "reproducible", "steps"),
        ("pictures", "checked_numbers", "native"),
        ("data", "word", "slides", "meeting_check"),
        ("documents",),
    ),
    "dashboard/screen": (("frame",), ("pages", "briefing", "your_matrix")),
}
# What is no room of its wing: the frame of every page, and the command that makes files.
DOORS = {"dashboard/app.py": "app_pages", "dashboard/report.py": "exports"}
# Within these a neighbour may be imported: the ground floor of a wing or of a room.
GROUND = {("text", "issues"), ("origin", "parts", "reproducible", "steps")}
# Pairs that the order alone would allow.
APART = {("etl/coding", "etl.reading")}

# A library, where alone it is used, and why.
ONLY_IN = (
    (
        "streamlit",
        ("dashboard/screen", "dashboard/app_pages", "dashboard/app.py"),
        "what a person does not see or press needs no screen",
    ),
    (
        "plotly",
        (
            "dashboard/charts",
            "dashboard/figures",
            "dashboard/exports/pictures",
            "dashboard/exports/word",
            "dashboard/exports/meeting_check",
            "dashboard/screen/briefing",
        ),
        "charts are drawn in one room",
    ),
    ("pydeck", ("dashboard/charts/maps", "dashboard/figures"), "maps are drawn in one room"),
    (
        "docx",
        ("dashboard/exports/word", "dashboard/exports/checked_numbers"),
        "Word is written in one room",
    ),
    ("pptx", ("dashboard/exports/slides",), "PowerPoint is written in one room"),
    ("openpyxl", ("etl/workbook",), "only one room opens workbooks"),
    ("frictionless", ("etl/build",), "the contract is checked in one room"),
)

# Where a module lives, what it may not import, and why.
FORBIDDEN = (
    ("etl", {"dashboard"}, "the ETL knows nothing of the screen"),
    ("dashboard", {"etl"}, "the dashboard knows only data/processed"),
    ("dashboard/app_pages", {"pandas", "numpy", "plotly", "pydeck"}, "pages compute nothing"),
    ("tools/bench", {"etl"}, "a benchmark sees what a person sees: the commands"),
)


def _is_in(module: str, place: str) -> bool:
    return module == place or module.startswith(place + "/")


def imported(source: str) -> set[str]:
    """Dotted names that a module imports, at any depth; a relative import starts with a dot."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return names


def forbidden_imports(module: str, source: str) -> list[str]:
    """Imports against the directions of the design, and relative ones."""
    tops = {name.split(".")[0] for name in imported(source) if not name.startswith(".")}
    breaches = [
        f"{module} imports {name}: {why}"
        for place, names, why in FORBIDDEN
        if _is_in(module, place)
        for name in sorted(tops & names)
    ]
    breaches += [
        f"{module} imports {library}: {why}"
        for library, places, why in ONLY_IN
        if library in tops
        and not _is_in(module, "tools")
        and not any(_is_in(module, place) for place in places)
    ]
    if any(name.startswith(".") for name in imported(source)):
        breaches.append(f"{module} imports relatively: name the package")
    return breaches


def _place(path: str, wing: str) -> int | None:
    """Which place from the left a module has among the rooms of a wing, None for none of them."""
    if not _is_in(path, wing):
        return None
    found = [at for at, rooms in enumerate(ROOMS[wing]) if _room(path, wing) in rooms]
    return found[0] if found else None


def _room(path: str, wing: str) -> str:
    return DOORS.get(path) or path.removeprefix(wing + "/").split("/")[0].removesuffix(".py")


def wrong_way(module: str, target: str) -> bool:
    """Whether an import of a module (a path) leads to the right, or into the room next door."""
    path = target.replace(".", "/")
    if any(_is_in(module, one) and target.startswith(other) for one, other in APART):
        return True
    for wing, rooms in ROOMS.items():
        here, there = _place(module, wing), _place(path, wing)
        if here is None or there is None:
            continue
        next_door = rooms[here] not in GROUND and _room(module, wing) != _room(path, wing)
        if there > here or (there == here and next_door):
            return True
    return False


def imports_the_wrong_way(module: str, source: str) -> list[str]:
    """Imports from a room to its right, up, or next door."""
    return [
        f"{module} imports {name}: the wrong way"
        for name in sorted(imported(source))
        if wrong_way(module, name)
    ]


def out_of_place(module: str, source: str) -> list[str]:
    """Modules that stand in no room, and files that are found by where a module stands."""
    wing = module.split("/")[0]
    at_home = wing == "tools" or module.endswith("__init__.py") or _place(module, wing) is not None
    breaches = [] if at_home else [f"{module} stands in no room"]
    if wing != "tools" and "__file__" in source:
        breaches.append(f"{module} counts folders: use importlib.resources.files")
    return breaches


def tables_read(module: str, source: str) -> list[str]:
    """Tables read anywhere in the dashboard but in the store."""
    if not _is_in(module, "dashboard") or module == "dashboard/edition/store.py":
        return []
    readers = [node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    return [
        f"{module} calls {name}: only the store reads tables"
        for name in readers
        if name in TABLE_READERS
    ]


def _functions(source: str) -> list[Function]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]


def _lines_of_code(function: Function) -> int:
    """Lines from `def` to the end, less the docstring."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function) is not None
    docstring = first.end_lineno - first.lineno + 1 if has_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring


def too_large(module: str, source: str) -> list[str]:
    """Pages, modules and functions that have outgrown their room."""
    is_page = _is_in(module, "dashboard/app_pages") or module == "dashboard/app.py"
    room = PAGE_LINES if is_page else MODULE_LINES
    lines = len(source.splitlines())
    breaches = [f"{module} has {lines} lines, room for {room}"] if lines > room else []
    return breaches + [
        f"{module}:{function.lineno} {function.name} has {size} lines, room for {FUNCTION_LINES}"
        for function in _functions(source)
        if (size := _lines_of_code(function)) > FUNCTION_LINES
    ]


def raw_html(module: str, source: str) -> list[str]:
    """Text that would reach the screen as markup."""
    return [f"{module} passes unsafe_allow_html"] if "unsafe_allow_html" in source else []


def empty_names(module: str, source: str) -> list[str]:
    """Modules and packages whose name says nothing."""
    parts = PurePosixPath(module).with_suffix("").parts
    return [f"{module}: {part} says nothing" for part in parts if part in EMPTY_NAMES]


CHECKS = (
    forbidden_imports,
    imports_the_wrong_way,
    out_of_place,
    tables_read,
    too_large,
    raw_html,
    empty_names,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_code_keeps_its_structure(check: Callable[[str, str], list[str]]):
    breaches = [
        breach
        for module in MODULES
        for breach in check(module, (ROOT / module).read_text(encoding="utf-8"))
    ]

    assert breaches == []


def test_both_wings_are_looked_at():
    assert {module.split("/")[0] for module in MODULES} == {"etl", "dashboard", "tools"}
    assert {"etl/__main__.py", "dashboard/app.py"} <= set(MODULES)


_LONG = "def f():\n" + "    pass\n" * FUNCTION_LINES


@pytest.mark.parametrize(
    ("check", "module", "source"),
    [
        (forbidden_imports, "etl/review/rows.py", "import streamlit as st"),
        (forbidden_imports, "etl/matrix/records.py", "from openpyxl import load_workbook"),
        (forbidden_imports, "dashboard/edition/store.py", "from etl import contract"),
        (forbidden_imports, "dashboard/measures/coverage.py", "import plotly.graph_objects as go"),
        (forbidden_imports, "dashboard/measures/coverage.py", "def f():\n    import streamlit"),
        (forbidden_imports, "dashboard/charts/marks/look.py", "from streamlit import context"),
        (forbidden_imports, "dashboard/edition/selection.py", "import streamlit.runtime"),
        (forbidden_imports, "dashboard/app_pages/overview.py", "import pandas as pd"),
        (forbidden_imports, "dashboard/screen/frame/cards.py", "from .charts import look"),
        (imports_the_wrong_way, "dashboard/edition/store.py", "from dashboard.screen import frame"),
        (
            imports_the_wrong_way,
            "dashboard/charts/maps/deck.py",
            "from dashboard.charts import forms",
        ),
        (
            imports_the_wrong_way,
            "dashboard/screen/pages/map.py",
            "import dashboard.screen.briefing.stage",
        ),
        (imports_the_wrong_way, "dashboard/report.py", "from dashboard.screen.frame import cards"),
        (imports_the_wrong_way, "etl/reading/read.py", "from etl.writing import export"),
        (imports_the_wrong_way, "etl/coding/codings.py", "from etl.reading import read"),
        (out_of_place, "dashboard/loose.py", ""),
        (out_of_place, "etl/meaning/fields.py", "HERE = Path(__file__)"),
        (tables_read, "dashboard/measures/coverage.py", "import pandas\npandas.read_csv('a.csv')"),
        (too_large, "dashboard/app_pages/overview.py", "a = 1\n" * (PAGE_LINES + 1)),
        (too_large, "dashboard/app.py", "a = 1\n" * (PAGE_LINES + 1)),
        (too_large, "etl/review/rows.py", "a = 1\n" * (MODULE_LINES + 1)),
        (too_large, "etl/review/rows.py", _LONG),
        (raw_html, "dashboard/screen/frame/cards.py", "st.markdown(text, unsafe_allow_html=True)"),
        (empty_names, "etl/utils.py", ""),
        (empty_names, "dashboard/common/cards.py", ""),
    ],
)
def test_each_check_sees_its_breach(check, module, source):
    assert check(module, source) != []


@pytest.mark.parametrize(
    ("check", "module", "source"),
    [
        (forbidden_imports, "etl/workbook/reader.py", "import openpyxl"),
        (forbidden_imports, "etl/review/rows.py", "from etl import text"),
        (imports_the_wrong_way, "etl/issues.py", "from etl import text"),
        (
            imports_the_wrong_way,
            "dashboard/screen/pages/map.py",
            "from dashboard.screen import frame",
        ),
        (imports_the_wrong_way, "dashboard/app.py", "from dashboard.screen.frame import cards"),
        (forbidden_imports, "dashboard/edition/store.py", "import pandas as pd"),
        (forbidden_imports, "dashboard/charts/forms/bars.py", "import plotly.graph_objects as go"),
        (tables_read, "dashboard/edition/store.py", "import pandas\npandas.read_csv('a.csv')"),
        (
            too_large,
            "etl/review/rows.py",
            'def f():\n    """' + "words\n" * 60 + '"""\n    return 1\n',
        ),
    ],
)
def test_each_check_leaves_good_code_alone(check, module, source):
    assert check(module, source) == []


def _own_texts() -> list[Path]:
    """Every text file of the project, except what a person's machine adds to the folder."""
    tops = [
        top
        for top in sorted(ROOT.iterdir())
        if top.name not in NOT_OURS and top.suffix != ".egg-info"
    ]
    found = [path for top in tops for path in ([top] if top.is_file() else sorted(top.rglob("*")))]
    return [
        path
        for path in found
        if path.is_file() and path.suffix in TEXTS and not NOT_OURS & set(path.parts)
    ]


# Written so that this line is no example of itself.
_FOLDER_OF_ONE_MACHINE = re.compile(r"(?<![\w.\-/:])/(?:work|tmp|root|home|Users)/(?=\w)")


def test_no_file_names_a_folder_of_one_machine():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in _own_texts()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if _FOLDER_OF_ONE_MACHINE.search(line)
    ]

    assert found == []


def test_a_folder_of_one_machine_is_seen():
    assert _FOLDER_OF_ONE_MACHINE.search('open("' + "/" + 'home/ada/matrix.xlsx")')
    assert not _FOLDER_OF_ONE_MACHINE.search("https://example.org/home/page")


_LINE_OF_ROOMS = re.compile(r"(?m)^ {4}(\w+/(?:\w+/)?) +(\S.*<-.*)$")


def test_the_architecture_names_the_same_rooms_in_the_same_order():
    told = {
        wing.rstrip("/"): tuple(tuple(re.findall(r"\w+", place)) for place in line.split("<-"))
        for wing, line in _LINE_OF_ROOMS.findall((ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    }

    assert told == ROOMS


def test_every_room_is_described_and_every_module_of_the_walk_is_there():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = {f"{w}/{r}" for w in ("dashboard", "etl") for place in ROOMS[w] for r in place}
    folders = {room for room in rooms if (ROOT / room).is_dir()}

    assert folders - set(re.findall(r"(?m)^\| `([\w/]+)` \|", text)) == set()
    named = re.findall(r"`((?:dashboard|etl)/[\w/]+\.(?:py|csv))`", text)
    assert named and [path for path in named if not (ROOT / path).is_file()] == []
