"""The packages that are measured beside calque's: how each is made, in a venv of its own.

All stand below `build/`, and are made once for a document as it is. What can't be had is
said, and is no error.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build/bench-runtime"
_LONGEST = 300
"""Seconds of the clock that a peer may take to make a package."""

_INSTALLED = (
    "openapi-python-client",
    "openapi-generator-cli",
    *("msgspec", "httpx2", "pydantic", "urllib3", "python-dateutil"),
)

Say: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages of a document, each as a folder to import it from; None: not to be had."""

    calque: Path
    attrs: Path | None
    generator: Path | None


def interpreter(say: Say) -> Path | None:
    """The Python of the venv that has the peers; None where it can't be made."""
    python = BUILD / "venv/bin/python"
    if (BUILD / "venv/.ready").exists():
        return python
    say("making a virtual environment for the peers")
    made = _run([sys.executable, "-m", "venv", str(BUILD / "venv")])
    if made is not None:
        say(f"no virtual environment: {made}")
        return None
    for name in _INSTALLED:
        wrong = _run([str(python), "-m", "pip", "install", "-q", name])
        if wrong is not None:
            say(f"{name} can't be installed: {wrong}")
    (BUILD / "venv/.ready").touch()
    return python


def packages(document: Path, python: Path | None, say: Say) -> Packages:
    """The packages of a document, made where they are not there already."""
    digest = sha256(document.read_bytes()).hexdigest()[:12]
    folder = BUILD / f"{document.stem}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "calque"
    command = [sys.executable, "-m", "calque", "generate", str(document)]
    wrong = _run([*command, "-o", str(made), "--quiet"])
    if wrong is not None:
        raise SystemExit(f"no package of {document}: {wrong}")
    return Packages(
        made,
        _attrs(document, folder / "attrs", python, say),
        _generator(document, folder / "generator", python, say),
    )


def _attrs(document: Path, folder: Path, python: Path | None, say: Say) -> Path | None:
    tool = python.parent / "openapi-python-client" if python else Path()
    where = ["--output-path", str(folder / "attrs_client"), "--overwrite"]
    command = [str(tool), "generate", "--path", str(document), "--meta", "none", *where]
    return _made("openapi-python-client", command, folder, "attrs_client", say)


def _generator(
    document: Path, folder: Path, python: Path | None, say: Say
) -> Path | None:
    tool = python.parent / "openapi-generator-cli" if python else Path()
    if shutil.which("java") is None:
        say("OpenAPI Generator is left out: there is no java")
        return None
    command = [str(tool), "generate", "-g", "python", "-i", str(document)]
    command += ["-o", str(folder), "--skip-validate-spec"]
    return _made("OpenAPI Generator", command, folder, "openapi_client", say)


def _made(
    name: str, command: list[str], folder: Path, package: str, say: Say
) -> Path | None:
    """The folder that a package was made in; None, and said, where none came of it."""
    outcome = folder / "outcome.json"
    if not outcome.exists():
        folder.mkdir(parents=True, exist_ok=True)
        say(f"{name}: making a package")
        outcome.write_text(json.dumps(_run(command)), "utf-8")
    wrong = json.loads(outcome.read_text("utf-8"))
    if wrong is None and (folder / package / "__init__.py").exists():
        return folder
    say(f"{name} makes no package of it: {wrong or 'nothing was written'}")
    return None


def _run(command: list[str]) -> str | None:
    """Runs a command; what went wrong, in a line, or None."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_LONGEST
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error).splitlines()[0][:200]
    if done.returncode == 0:
        return None
    said = (done.stderr or done.stdout).strip().splitlines() or ["it failed"]
    return said[-1][:200]
