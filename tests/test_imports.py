"""What calque loads to do its work: as little as that takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "spec/acs-call-automation/openapi.yaml"


def loaded(*arguments: str) -> set[str]:
    """The packages and modules that a command loads, as Python itself lists them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "calque", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (
        line for line in done.stderr.splitlines() if line.startswith("import time")
    )
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_version_takes_nothing_else() -> None:
    modules = {m for m in loaded("--version") if m.startswith("calque")}
    assert modules == {"calque", "calque.cli"}
    assert not loaded("--version") & {"argparse", "importlib.metadata", "json"}


def test_a_package_is_made_without_what_is_slow_to_load(tmp_path: Path) -> None:
    modules = loaded("generate", str(SPEC), "-o", str(tmp_path / "p"))
    slow = {"black", "rich", "pydantic", "openapi_spec_validator", "jsonschema"}
    assert "calque.layout" in modules
    assert not modules & slow


def test_a_command_loads_no_other(tmp_path: Path) -> None:
    modules = loaded("generate", str(SPEC), "-o", str(tmp_path / "p"))
    assert "calque.pipeline" in modules
    assert not modules & {"calque.cli.shown_changes", "calque.comparison.rules"}
