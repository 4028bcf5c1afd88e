"""Other generators of Python clients: how they are installed and run, and what they emit."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "calque-peers"
"""Where each has an environment of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A generator: its distribution, the arguments of a run, how operations are counted."""

    name: str
    command: str
    arguments: Callable[[Path, Path], Sequence[str]]
    operations: Callable[[Path], int] | None

    def installed(self) -> bool:
        """Whether it is there, once it was tried to install it."""
        there = HOME / self.name
        if not (there / "bin" / self.command).exists():
            subprocess.run([sys.executable, "-m", "venv", str(there)], check=True)
            pip = [str(there / "bin/python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, self.name], check=False)
        return (there / "bin" / self.command).exists()

    def run(self, document: Path, folder: Path) -> list[str]:
        """The command that makes a client in a folder."""
        program = str(HOME / self.name / "bin" / self.command)
        return [program, *self.arguments(document, folder)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitted:
    """What came of a run: operations, bytes of Python, and files of it that are none."""

    operations: int | None
    size: int
    broken: int


def emitted(folder: Path, operations: Callable[[Path], int] | None) -> Emitted:
    """What is in a folder."""
    files = [path for path in folder.rglob("*.py") if path.is_file()]
    return Emitted(
        operations=operations(folder) if operations else None,
        size=sum(path.stat().st_size for path in files),
        broken=sum(not _parses(path) for path in files),
    )


def _parses(path: Path) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return False
    return True


def _modules(folder: Path) -> int:
    """A module each, below `api/TAG`."""
    return len([p for p in folder.glob("**/api/*/*.py") if p.name != "__init__.py"])


def _methods(folder: Path) -> int:
    """A method each, beside two that do the same."""
    texts = (p.read_text("utf-8") for p in folder.glob("**/api/*_api.py"))
    return sum(len(re.findall(r"def \w+_with_http_info\(", text)) for text in texts)


def calques(folder: Path) -> int:
    """Those of calque: each is stated once, as a value of a module."""
    texts = (p.read_text("utf-8") for p in folder.glob("*/resources/*.py"))
    return sum(len(re.findall(r"^_\w+: ", text, re.MULTILINE)) for text in texts)


PEERS = (
    Peer(
        name="openapi-python-client",
        command="openapi-python-client",
        arguments=lambda document, folder: (
            *("generate", "--path", str(document)),
            *("--output-path", str(folder), "--overwrite"),
        ),
        operations=_modules,
    ),
    Peer(
        name="openapi-generator-cli",
        command="openapi-generator-cli",
        arguments=lambda document, folder: (
            *("generate", "-g", "python", "--skip-validate-spec"),
            *("-i", str(document), "-o", str(folder)),
        ),
        operations=_methods,
    ),
    Peer(
        name="datamodel-code-generator",
        command="datamodel-codegen",
        arguments=lambda document, folder: (
            *("--input", str(document), "--input-file-type", "openapi"),
            *("--output", str(folder / "models.py")),
            *("--output-model-type", "pydantic_v2.BaseModel"),
        ),
        operations=None,
    ),
)
