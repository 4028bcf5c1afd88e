"""Work in other processes: the same outcome, however they start, and whatever their number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from calque.document import load, misfits
from calque.format import Formatted, begun, format_files
from calque.workers import Method, beside
from tests.synthetic import openapi

METHODS: tuple[Method, ...] = ("fork", "spawn")
LARGE = {f"{name}.py": f"{name} = 1\n" * 60_000 for name in "abcd"}


def own_process(files: Mapping[str, str]) -> Formatted:
    return Formatted(dict.fromkeys(files, str(os.getpid())))


def ends_elsewhere(process: int) -> str:
    """An outcome in one process; any other ends without one."""
    if os.getpid() != process:
        os._exit(3)
    return "done here"


def fails(message: str) -> None:
    raise KeyError(message)


@pytest.mark.parametrize("method", METHODS)
def test_the_outcome_is_that_of_another_process(method: Method) -> None:
    other = beside(own_process, {"a": ""}, method=method)().files["a"]
    assert other not in ("", str(os.getpid()))


@pytest.mark.parametrize("method", METHODS)
def test_what_a_process_leaves_undone_is_done_here(method: Method) -> None:
    assert beside(ends_elsewhere, os.getpid(), method=method)() == "done here"


@pytest.mark.parametrize("method", METHODS)
def test_what_goes_wrong_is_told_here(
    method: Method, capfd: pytest.CaptureFixture[str]
) -> None:
    outcome = beside(fails, "there", method=method)
    with pytest.raises(KeyError, match="there"):
        outcome()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("method", METHODS)
def test_layout_and_judging_need_nothing_of_this_process(
    method: Method, tmp_path: Path
) -> None:
    spec = tmp_path / "openapi.json"
    text = json.dumps(openapi(2)).replace('"example": "a text"', '"example": 7')
    spec.write_text(text, "utf-8")
    found = load(spec).document
    assert found is not None
    judged = beside(misfits.check, found.files, method=method)()
    assert judged == misfits.check(found.files)
    assert judged
    files = {"a.py": "a   = 1\n", "b.py": "b = 1\n"}
    assert beside(format_files, files, method=method)() == format_files(files)


def test_a_large_layout_is_shared_out_and_a_small_one_is_not() -> None:
    here = str(os.getpid())
    shared = begun(LARGE, own_process, 3)()
    assert list(shared.files) == sorted(LARGE)
    assert len({*shared.files.values(), here}) == 3
    assert {*begun(LARGE, own_process, 1)().files.values()} == {here}
    assert {*begun({"a.py": ""}, own_process, 3)().files.values()} == {here}


@pytest.mark.once
def test_the_number_of_workers_and_the_hash_seed_change_no_byte(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.json"
    spec.write_text(json.dumps(openapi(450)), "utf-8")
    made = [
        _made(spec, tmp_path / str(number), workers, seed)
        for number, (workers, seed) in enumerate([("1", "1"), ("2", "2"), ("5", "1")])
    ]
    assert made[0] == made[1] == made[2]
    written = (text for path, text in made[0].items() if path.suffix == ".py")
    assert sum(map(len, written)) > 400_000


def _made(spec: Path, folder: Path, workers: str, seed: str) -> dict[Path, bytes]:
    """The files of a package, made anew by so many workers."""
    command = [sys.executable, "-m", "calque", "generate", str(spec), "-o", str(folder)]
    subprocess.run(
        [*command, "--quiet", "--workers", workers],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "XDG_CACHE_HOME": f"{folder}.cache"},
    )
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_of_workers_is_one_at_least(number: str) -> None:
    command = [sys.executable, "-m", "calque", "generate", "--workers", number]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"--workers: `{number}` is no number from 1 on" in done.stderr
