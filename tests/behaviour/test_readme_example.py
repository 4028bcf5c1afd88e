"""The example that the package's README begins with does what it says, letter for letter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.behaviour import page
from tests.behaviour.service import Service

PROJECT = Path(__file__).parents[2] / "generated/acs-call-automation"


ROOT = Path(__file__).parents[2]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The first block of Python in the package's README, as a file."""
    return first_block(PROJECT, tmp_path)


def first_block(project: Path, tmp_path: Path) -> Path:
    """The first block of Python in a project's README, as a file."""
    text = (project / "README.md").read_text("utf-8")
    block = re.search(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert block is not None
    file = tmp_path / "example.py"
    file.write_text(block[1], "utf-8")
    return file


def run(example: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the example where nothing but the package is to be found."""
    return subprocess.run(
        [sys.executable, "-W", "error", str(example)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "PYTHONDONTWRITEBYTECODE": "1",
            **variables,
        },
        cwd=example.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_example_places_the_call(example: Path, service: Service) -> None:
    done = run(example, ACS_CONNECTION_STRING=service.connection_string)
    assert (done.stderr, done.returncode) == ("", 0)
    [request] = service.requests
    assert (request.method, request.path) == ("POST", page.PATH)
    assert request.query == [("api-version", page.API_VERSION)]
    assert request.json() == page.request()
    assert page.answer()["callConnectionId"] in done.stdout
    assert "connected" in done.stdout.lower()


def test_calque_s_own_example_places_a_call(tmp_path: Path, service: Service) -> None:
    done = run(
        first_block(ROOT, tmp_path), ACS_CONNECTION_STRING=service.connection_string
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.split() == [page.answer()["callConnectionId"], "connected"]


def test_the_example_needs_its_connection_string(example: Path) -> None:
    done = run(example)
    assert done.returncode == 1
    assert "ACS_CONNECTION_STRING" in done.stderr
