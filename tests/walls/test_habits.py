"""The habits that tools can hold: sizes, names, mocks, what never stands in code."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.constants import ROOT

LIMITS = {".py": 300, ".sql": 80, ".html": 80}
LONGEST_FUNCTION = 40
LONGEST_DAG_FUNCTION = 5
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
MOCKS = re.compile(r"\bmock\b|MagicMock|monkeypatch\.setattr")
# Words of a workplace, and hosts of package registries, put together so as not to stand here.
FOREIGN = re.compile(
    "|".join(["/wo" + "rk/", "py" + "pi\\.org", "python" + "hosted", "registry\\.np" + "mjs"])
)


def tracked(*patterns: str) -> list[Path]:
    """Files of the tree that match, as git knows them or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function of a file with its lines, without its docstring."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            start = node.lineno if not ast.get_docstring(node) or not body else body[0].lineno
            found.append(
                (f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - start + 1)
            )
    return found


@pytest.mark.parametrize("suffix", sorted(LIMITS))
def test_files_stay_short(suffix: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked(f"*{suffix}")
        if suffix == ".py" or "tests" not in path.parts
    }
    assert {name: lines for name, lines in lengths.items() if lines > LIMITS[suffix]} == {}


def test_the_dag_file_is_configuration_and_arrows() -> None:
    path = ROOT / "dags" / "nightly.py"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80
    assert [name for name, lines in functions(path) if lines > LONGEST_DAG_FUNCTION] == []


def test_functions_stay_short() -> None:
    found = [entry for path in tracked("*.py") for entry in functions(path)]
    assert {name: lines for name, lines in found if lines > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [str(p) for p in tracked("*.py") if p.stem in SAY_NOTHING] == []
    assert [str(p) for p in tracked("*.py") if p.parent.name in SAY_NOTHING] == []


def test_packages_hold_a_docstring_and_nothing_else() -> None:
    for path in tracked("*__init__.py"):
        nodes = ast.parse(path.read_text(encoding="utf-8")).body
        assert all(isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant) for n in nodes), (
            path
        )


def test_clients_are_hardly_ever_patched() -> None:
    tests = tracked("tests/*.py", "tests/**/*.py")
    texts = {path: path.read_text(encoding="utf-8") for path in tests if path != Path(__file__)}
    mocks = sum(len(MOCKS.findall(text)) for text in texts.values())
    count = sum(len(re.findall(r"^def test_", text, re.MULTILINE)) for text in texts.values())
    assert mocks / count <= 0.02


def test_the_project_speaks_of_itself_alone() -> None:
    texts = tracked(
        "*.py", "*.md", "*.toml", "*.txt", "*.yaml", "*.sql", "Makefile", ".ci/*", "*.ipynb"
    )
    assert [str(path) for path in texts if FOREIGN.search(path.read_text(encoding="utf-8"))] == []
