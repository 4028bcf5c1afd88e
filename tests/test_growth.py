"""What a package takes grows with its document, and no faster: calls are counted."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.synthetic import FORMS

SIZES = (15, 30, 60, 120)

pytestmark = pytest.mark.once

# Counts every call, of Python and of C, in a process that has warmed up on another size.
COUNTED = """
import json, sys
from pathlib import Path
from calque.config import Config
from calque.pipeline import package, understand

def made(path):
    result = understand(Path(path))
    assert result.value is not None, result.diagnostics
    return package(result.value, Config(package="made"), result.digest)

def count(path):
    calls = 0
    def seen(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")
    sys.setprofile(seen)
    try:
        made(path)
    finally:
        sys.setprofile(None)
    return calls

made(sys.argv[1])
print(json.dumps([count(path) for path in sys.argv[1:]]))
"""


@pytest.mark.parametrize("form", FORMS)
def test_twice_the_document_takes_twice_the_calls(form: str, tmp_path: Path) -> None:
    paths = [tmp_path / f"{size}.json" for size in SIZES]
    for path, size in zip(paths, SIZES, strict=True):
        path.write_text(json.dumps(FORMS[form](size)), "utf-8")
    command = [sys.executable, "-c", COUNTED, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    calls: list[int] = json.loads(done.stdout)
    added = pairwise(SIZES)
    each = [
        (after - before) / (more - less)
        for (before, after), (less, more) in zip(pairwise(calls), added, strict=True)
    ]
    # What is added later is no more for each operation than what was added at any size before;
    # it may be less, as what is alike is done once.
    for number, step in enumerate(each[1:], 1):
        assert step <= 1.02 * min(each[:number]), calls
