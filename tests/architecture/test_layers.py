"""The layers of the generator: a module imports only from those to its left."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2] / "generator"

# docs/design.md, "The house". Layers in one tuple stand side by side.
LAYERS = (
    ("codes",),
    ("diagnostics", "operation_table", "toml_places"),
    ("page_settings", "poll_settings", "stream_settings", "whereabouts", "workers"),
    ("config", "lock", "surface"),
    ("project",),
    ("cache",),
    ("fresh",),
    ("document",),
    ("resolve",),
    ("model",),
    ("naming", "dump"),
    ("render", "layout"),
    ("format",),
    ("exclusive", "transaction"),
    ("write",),
    ("pipeline",),
    ("again",),
    ("theirs",),
    ("generation", "library", "origin"),
    ("kept",),
    ("comparison", "foreign"),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))
TEMPLATES = ROOT.parent / "templates"
# Written by hand: the generator, and the runtime of packages.
WRITTEN = sorted(p for root in (ROOT, TEMPLATES) for p in root.rglob("*.py"))


def below_root(path: Path) -> str:
    return str(path.relative_to(ROOT.parent))


def layer(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports inside calque are absolute"
            module = node.module or ""
            if module == "calque":
                yield from (f"calque.{alias.name}" for alias in node.names)
            else:
                yield module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_from_its_left(path: Path) -> None:
    own = layer(".".join(path.with_suffix("").parts))
    for module in imported(ast.parse((ROOT / path).read_text("utf-8"))):
        other = layer(module) if module.startswith("calque") else ""
        if other in RANK and own in RANK and other != own:
            assert RANK[other] < RANK[own], f"{path} imports {module}"


def test_every_module_has_a_layer() -> None:
    layers = {layer(".".join(path.with_suffix("").parts)) for path in MODULES}
    assert layers - {"__init__"} == set(RANK)


def test_every_folder_is_installed() -> None:
    project = tomllib.loads((ROOT.parent / "pyproject.toml").read_text("utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    folders = {".".join(path.parent.parts) for path in MODULES}
    assert folders == listed - {"calque.templates"}


@pytest.mark.parametrize("path", WRITTEN, ids=below_root)
def test_a_module_says_what_it_knows_and_is_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"
    assert text.count("\n") <= 300, f"{path} has more than 300 lines"


@pytest.mark.parametrize("path", WRITTEN, ids=below_root)
def test_no_line_is_longer_than_its_neighbours_may_be(path: Path) -> None:
    # Black sees to code; words it leaves alone.
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 100] == [], path


@pytest.mark.parametrize("path", WRITTEN, ids=below_root)
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.lineno
            assert length <= 40, f"{path}: {node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_the_command_line_prints(path: Path) -> None:
    names = {
        node.func.id
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "print" not in names or path.parent.name == "cli"
