"""Everything that calque imports of itself is in what is installed."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_project_names_every_package_of_the_source() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = set(project["tool"]["setuptools"]["packages"])
    source = ROOT / "generator"
    found = {
        ".".join(path.parent.relative_to(source).parts)
        for path in source.rglob("__init__.py")
    }
    assert named == {*found, "calque.templates"}
