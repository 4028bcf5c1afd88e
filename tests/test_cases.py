"""Each case of `tests/cases` comes out as it says, byte for byte."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.cases.case import CASES, generated, read


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_case_comes_out_as_it_says(path: Path, tmp_path: Path) -> None:
    assert generated(read(path), tmp_path).text() == path.read_text("utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_nothing_takes_the_name_of_an_import(path: Path) -> None:
    for title, text in read(path).sections.items():
        if title.endswith(".py"):
            tree = ast.parse(text)
            imported = {
                alias.asname or alias.name
                for node in ast.walk(tree)
                if isinstance(node, (ast.Import, ast.ImportFrom))
                for alias in node.names
            }
            defined = {n.name for n in tree.body if isinstance(n, ast.ClassDef)}
            assert not imported & defined, title


def test_a_changed_byte_of_a_case_is_seen(tmp_path: Path) -> None:
    case = read(CASES[0])
    title, text = list(case.sections.items())[-1]
    changed = {**case.sections, title: text.replace("e", "f", 1)}
    assert generated(case, tmp_path).sections != changed
