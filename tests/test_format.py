"""Who lays out generated code: calque where it knows black's layout, black elsewhere, or ruff."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from black.parsing import InvalidInput

from calque.format import Formatter, format_files

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "spec/acs-call-automation/openapi.yaml"


def test_what_calque_does_not_know_goes_to_black() -> None:
    files = {"a.py": "x = 1\n", "b.py": "while x :\n  pass\n", "c.txt": "x=1"}
    done = format_files(files)
    assert done.files == {**files, "b.py": "while x:\n    pass\n"}
    assert done.by_black == ("b.py",)


def test_black_can_be_made_to_lay_out_everything() -> None:
    files = {"a.py": "x = 1\n", "b.md": "# B\n"}
    done = format_files(files, Formatter.BLACK)
    assert (done.files, done.by_black) == (files, ("a.py",))


def test_code_that_is_none_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="1:4"):
        format_files({"a.py": "x = = 1\n"})


def test_a_fenced_block_that_is_no_python_stays() -> None:
    text = "```python\nx=  (1)\n```\n\n```python\nno python at all\n```\n"
    done = format_files({"README.md": text})
    assert done.files["README.md"] == text.replace("x=  (1)", "x = 1")
    assert done.by_black == ("README.md",)


def generate(folder: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "calque", "generate", str(SPEC), "-o", str(folder)]
    done = subprocess.run(
        [*command, "--quiet", *arguments], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.returncode


@pytest.mark.tools
def test_ruff_lays_out_a_package(tmp_path: Path) -> None:
    assert generate(tmp_path / "p", "--format=ruff") == 0
    assert generate(tmp_path / "p", "--format=ruff", "--check") == 0
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "--check", "."],
        cwd=tmp_path / "p" / "acs_call_automation" / "resources",
        check=False,
    )
    assert checked.returncode == 0


def nowhere(_name: str) -> str:
    return "/nowhere"


def test_ruff_has_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sysconfig.get_path", nowhere)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(FileNotFoundError, match="ruff is not installed"):
        format_files({"a.py": "x = 1\n"}, Formatter.RUFF)
