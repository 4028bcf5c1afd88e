"""What README.md says of continuous integration is so: the hooks, and the step."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sysconfig
from pathlib import Path
from typing import cast

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {/a: {get: {operationId: read, tags: [a], responses: {"200": {description: A.}}}}}
"""
Entry = dict[str, object]


def listed(text: str) -> list[Entry]:
    return cast("list[Entry]", yaml.safe_load(text))


def shown() -> list[Entry]:
    """The lists of YAML that README.md shows."""
    blocks = re.findall(
        r"^```yaml\n(- .*?)^```", (ROOT / "README.md").read_text(), re.M | re.S
    )
    return [entry for block in blocks for entry in listed(block)]


HOOKS = {
    str(hook["id"]): hook
    for hook in listed((ROOT / ".pre-commit-hooks.yaml").read_text())
}
STEPS = [str(entry["run"]) for entry in shown() if "run" in entry]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose package is up to date."""
    scripts = sysconfig.get_path("scripts")
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "openapi.yaml").write_text(SPEC)
    (tmp_path / "calque.toml").write_text('spec = "openapi.yaml"\noutput = "client"\n')
    assert run("calque generate", tmp_path).returncode == 0
    return tmp_path


def run(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        shlex.split(words), cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.tools
@pytest.mark.parametrize("words", [HOOKS["calque-check"]["entry"], STEPS[-1]])
def test_what_is_stale_fails_a_check(repository: Path, words: str) -> None:
    assert run(words, repository).returncode == 0
    (repository / "openapi.yaml").write_text(
        SPEC.replace("tags:", "summary: Hm, tags:")
    )
    done = run(words, repository)
    assert done.returncode == 1
    assert "client: out of date" in done.stdout
    assert "Hm" in done.stdout
    # The other hook brings it up to date, and pre-commit sees that files have changed.
    assert run(str(HOOKS["calque-generate"]["entry"]), repository).returncode == 0
    assert run(words, repository).returncode == 0


def test_the_hooks_are_those_that_are_told_of() -> None:
    (told,) = (entry["hooks"] for entry in shown() if "hooks" in entry)
    assert {hook["id"] for hook in cast("list[Entry]", told)} <= HOOKS.keys()
    for hook in HOOKS.values():
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    assert [f"pip install calque=={version()}", "calque check"] == STEPS


def version() -> str:
    from calque import __version__

    return __version__
