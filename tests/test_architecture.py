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
NOT_OURS = {".git", ".venv", ".hypothesis", ".pytest_cache", "__pycache__"}

PAGE_LINES, MODULE_LINES, FUNCTION_LINES = 60, 300, 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
TABLE_READERS = {"read_csv", "read_excel", "read_parquet", "read_json", "read_table"}

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Where a module lives (or its path), what it may not import, and why.
FORBIDDEN = (
    ("etl", {"dashboard", "streamlit", "plotly", "pydeck"}, "the ETL knows nothing of the screen"),
    ("dashboard", {"etl"}, "the dashboard knows only data/processed"),
    ("dashboard/measures", {"streamlit", "plotly", "pydeck"}, "a measure is pandas alone"),
    ("dashboard/charts", {"streamlit"}, "a chart also goes into files"),
    ("dashboard/figures", {"streamlit"}, "a figure also goes into files"),
    ("dashboard/exports", {"streamlit"}, "an export runs without the dashboard"),
    ("dashboard/selection.py", {"streamlit"}, "a selection is a plain value"),
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
    if _is_in(module, "etl") and module != "etl/workbook.py" and "openpyxl" in tops:
        breaches.append(f"{module} imports openpyxl: only etl/workbook.py opens workbooks")
    if any(name.startswith(".") for name in imported(source)):
        breaches.append(f"{module} imports relatively: name the package")
    return breaches


def tables_read(module: str, source: str) -> list[str]:
    """Tables read anywhere in the dashboard but in the store."""
    if not _is_in(module, "dashboard") or module == "dashboard/store.py":
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


CHECKS = (forbidden_imports, tables_read, too_large, raw_html, empty_names)


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
        (forbidden_imports, "etl/tables.py", "import streamlit as st"),
        (forbidden_imports, "etl/shape.py", "from openpyxl import load_workbook"),
        (forbidden_imports, "dashboard/store.py", "from etl import contract"),
        (forbidden_imports, "dashboard/measures/coverage.py", "import plotly.graph_objects as go"),
        (forbidden_imports, "dashboard/measures/coverage.py", "def f():\n    import streamlit"),
        (forbidden_imports, "dashboard/charts/look.py", "from streamlit import context"),
        (forbidden_imports, "dashboard/selection.py", "import streamlit.runtime"),
        (forbidden_imports, "dashboard/app_pages/overview.py", "import pandas as pd"),
        (forbidden_imports, "dashboard/cards.py", "from .charts import look"),
        (tables_read, "dashboard/measures/coverage.py", "import pandas\npandas.read_csv('a.csv')"),
        (too_large, "dashboard/app_pages/overview.py", "a = 1\n" * (PAGE_LINES + 1)),
        (too_large, "dashboard/app.py", "a = 1\n" * (PAGE_LINES + 1)),
        (too_large, "etl/tables.py", "a = 1\n" * (MODULE_LINES + 1)),
        (too_large, "etl/tables.py", _LONG),
        (raw_html, "dashboard/cards.py", "st.markdown(text, unsafe_allow_html=True)"),
        (empty_names, "etl/utils.py", ""),
        (empty_names, "dashboard/common/cards.py", ""),
    ],
)
def test_each_check_sees_its_breach(check, module, source):
    assert check(module, source) != []


@pytest.mark.parametrize(
    ("check", "module", "source"),
    [
        (forbidden_imports, "etl/workbook.py", "import openpyxl"),
        (forbidden_imports, "etl/tables.py", "from etl import text"),
        (forbidden_imports, "dashboard/store.py", "import streamlit as st\nimport pandas as pd"),
        (forbidden_imports, "dashboard/charts/bars.py", "import plotly.graph_objects as go"),
        (tables_read, "dashboard/store.py", "import pandas\npandas.read_csv('a.csv')"),
        (too_large, "etl/tables.py", 'def f():\n    """' + "words\n" * 60 + '"""\n    return 1\n'),
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
