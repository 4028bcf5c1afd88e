"""What type checkers say of a program: which of its lines are in error."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

MYPY = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
PYRIGHT = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]


# A line is to be in error for its types, not for what it leaves lying.
_LEFT = ("reportUnusedCallResult", "reportUnusedImport", "reportUnusedCoroutine")
_RULES = f"# pyright: {', '.join(f'{rule}=false' for rule in _LEFT)}"


def assert_typed(
    command: list[str],
    folder: Path,
    package: Path,
    head: str,
    right: list[str],
    wrong: list[str],
) -> None:
    """Asserts that a checker passes every right line, and finds an error in each wrong one.

    All stand in one program, after its head; `package` is where its imports are. Where
    that is the folder of the program too, nothing may be found in the package either.
    """
    first = [_RULES, *head.strip().splitlines()]
    text = [*first, *right, *wrong]
    (folder / "program.py").write_text("\n".join(text) + "\n")
    whole = package == folder
    complaints = _complaints(command, folder, package, "." if whole else "program.py")
    assert [line for file, line in complaints if file != "program.py"] == []
    found = {line for _, line in complaints}
    start = len(first) + 1
    middle = start + len(right)
    rights, wrongs = range(start, middle), range(middle, middle + len(wrong))
    assert [text[line - 1] for line in rights if line in found] == []
    assert [text[line - 1] for line in wrongs if line not in found] == []
    assert found <= {*rights, *wrongs}


def _complaints(
    command: list[str], folder: Path, package: Path, what: str
) -> set[tuple[str, int]]:
    """The lines that a type checker finds fault with, by the names of their files."""
    (folder / "pyrightconfig.json").write_text(
        f'{{"typeCheckingMode": "strict", "extraPaths": ["{package}"]}}'
    )
    (folder / "mypy.ini").write_text(f"[mypy]\nmypy_path = {package}\n")
    done = subprocess.run(
        [*command, what], cwd=folder, capture_output=True, text=True, check=False
    )
    fault = r"^\s*(\S+\.pyi?):(\d+)(?::\d+)?:? -? ?(?:error|warning)"
    found = re.findall(fault, done.stdout, re.MULTILINE)
    return {(Path(file).name, int(line)) for file, line in found}
