"""What type checkers say of a program: which of its lines are in error."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

MYPY = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
PYRIGHT = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]


def assert_typed(
    command: list[str],
    folder: Path,
    package: Path,
    head: str,
    right: list[str],
    wrong: list[str],
) -> None:
    """Asserts that a checker passes every right line, and finds an error in each wrong one.

    All stand in one program, after its head; `package` is where its imports are.
    """
    first = head.strip().splitlines()
    text = [*first, *right, *wrong]
    path = folder / "program.py"
    path.write_text("\n".join(text) + "\n")
    found = _complaints(command, path, package)
    start = len(first) + 1
    middle = start + len(right)
    rights, wrongs = range(start, middle), range(middle, middle + len(wrong))
    assert [text[line - 1] for line in rights if line in found] == []
    assert [text[line - 1] for line in wrongs if line not in found] == []
    assert found <= {*rights, *wrongs}


def assert_clean(folder: Path) -> None:
    """Asserts that both checkers find nothing in a package."""
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    for command in (MYPY, PYRIGHT):
        done = subprocess.run(
            [*command, "."], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def _complaints(command: list[str], path: Path, package: Path) -> set[int]:
    """The lines of a program that a type checker finds errors in."""
    (path.parent / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "reportUnusedCallResult": false, '
        '"reportUnusedImport": false, "reportUnusedCoroutine": false, '
        f'"extraPaths": ["{package}"]}}'
    )
    (path.parent / "mypy.ini").write_text(f"[mypy]\nmypy_path = {package}\n")
    done = subprocess.run(
        [*command, path.name],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"program\.py:(\d+)(?::\d+)?:? -? ?error", done.stdout)
    return {int(line) for line in found}
