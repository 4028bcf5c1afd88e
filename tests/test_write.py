"""A package is replaced as a whole, whatever happens meanwhile, and others' files stay."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from calque import lock, transaction
from calque.cli import main
from calque.write import Refused, finish, write
from tests.writer import PACKAGE, version

pytestmark = pytest.mark.once

WRITER = Path(__file__).parent / "writer.py"
ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT}/generator{os.pathsep}{ROOT}"}


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def below(files: dict[str, str], top: str) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.startswith(f"{top}/")}


def writing(folder: Path) -> subprocess.Popen[str]:
    """A process that writes to a folder, and has begun to."""
    process = subprocess.Popen(
        [sys.executable, WRITER, folder],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the first version in it."""
    write(tmp_path / "made", version("one"), None)
    return tmp_path / "made"


def whole(folder: Path) -> str:
    """Which version is there: all of it at once, and what is not calque's as it was.

    Nobody has to tidy up for the package to be one of the two; then the rest is, too.
    """
    wholes = {text: version(text) for text in ("one", "two")}
    found = contents(folder)
    assert found[f"{PACKAGE}/custom/mine.py"] == "mine"
    del found[f"{PACKAGE}/custom/mine.py"]
    assert below(found, PACKAGE) in [below(w, PACKAGE) for w in wholes.values()]
    finish(folder)
    found = contents(folder)
    del found[f"{PACKAGE}/custom/mine.py"]
    (text,) = (text for text, files in wholes.items() if files == found)
    return text


@pytest.fixture
def customised(folder: Path) -> Path:
    (folder / PACKAGE / "custom").mkdir()
    (folder / PACKAGE / "custom/mine.py").write_text("mine")
    return folder


def test_a_write_that_is_killed_at_any_step_leaves_a_whole_package(
    customised: Path,
) -> None:
    def killed(step: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, WRITER, customised, str(step)],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )

    steps = int(killed(0).stdout)
    assert whole(customised) == "two"
    random_ones = random.Random(4).sample(range(1, steps + 1), 44)
    seen = set[tuple[str, str]]()
    # The last steps are those that change what everybody sees.
    for step in (*random_ones, *range(steps - 5, steps + 1)):
        before = whole(customised)
        assert killed(step).returncode == -signal.SIGKILL
        seen.add((before, whole(customised)))
    assert {("one", "one"), ("two", "two")} < seen
    assert {("one", "two"), ("two", "one")} & seen


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_write_that_is_stopped_leaves_a_whole_package(
    customised: Path, number: int
) -> None:
    moments = random.Random(4)
    seen = set[str]()
    for turn in range(90):
        # Nine times at least, and until it was stopped before a write and after one.
        if turn >= 9 and len(seen) == 2:
            break
        process = writing(customised)
        assert process.stdout is not None
        for _ in range(turn % 3):
            process.stdout.readline()
        time.sleep(moments.uniform(0, 0.03))
        process.send_signal(number)
        process.communicate(timeout=60)
        seen.add(whole(customised))
    assert seen == {"one", "two"}


def test_a_full_disk_leaves_the_old_package(folder: Path) -> None:
    before = contents(folder)
    # No file may get larger than this: writing fails as it does on a full disk.
    code = (
        "import resource, sys; from pathlib import Path; from calque import lock;"
        "from calque.write import write; from tests.writer import version;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "folder = Path(sys.argv[1]); write(folder, version('two'), lock.read(folder))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "File too large" in done.stderr
    assert contents(folder) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for one package and the half of another."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = "-osize=240k"
    mount = ["mount", "-t", "tmpfs", size, "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("nobody but root may mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full_leaves_the_old_package(small_disk: Path) -> None:
    made = small_disk / "made"
    write(made, version("one"), None)
    with pytest.raises(OSError, match="No space left on device"):
        write(made, version("two"), lock.read(made))
    assert contents(made) == version("one")


def never(one: Path, other: Path) -> bool:
    """What a system without such a call says of an exchange."""
    assert one.is_dir()
    assert other.is_dir()
    return False


@pytest.mark.parametrize("exchanged", [True, False])
def test_what_stays_is_not_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool
) -> None:
    if not exchanged:  # As it is where the system has no such call.
        monkeypatch.setattr(transaction, "_exchanged", never)
    package = folder / PACKAGE
    (package / "custom").mkdir()
    (package / "custom/mine.py").write_text("mine")
    (package / "link.py").symlink_to("custom/mine.py")
    (package / "empty").mkdir()
    (folder / "notes.txt").write_text("notes")
    before = {
        name: (folder / name).stat()
        for name in (f"{PACKAGE}/same.py", f"{PACKAGE}/custom/mine.py", "notes.txt")
    }
    changes = write(folder, version("two"), lock.read(folder))
    assert changes.removed == (f"{PACKAGE}/only_one.py",)
    for name, old in before.items():
        new = (folder / name).stat()
        assert (new.st_mtime_ns, new.st_ino) == (old.st_mtime_ns, old.st_ino)
    assert os.readlink(package / "link.py") == "custom/mine.py"
    assert (package / "empty").is_dir()
    assert not (folder / transaction.STAGE).exists()
    assert version("two").items() <= contents(folder).items()


def test_an_interrupted_change_is_carried_through(folder: Path) -> None:
    transaction_of = version("two")
    stage = folder / transaction.STAGE
    stage.mkdir()
    (stage / "README.md").write_text(transaction_of["README.md"])
    # Without a journal it never was final.
    assert not finish(folder)
    assert (folder / "README.md").read_text() == "one"
    stage.mkdir()
    (stage / "README.md").write_text("two")
    inode = (stage / "README.md").stat().st_ino
    (stage / "journal.json").write_text(f'{{"README.md": {inode}, "gone.md": null}}')
    (folder / "gone.md").write_text("gone")
    assert finish(folder)
    assert (folder / "README.md").read_text() == "two"
    assert not (folder / "gone.md").exists()


def test_a_folder_that_changed_meanwhile_is_refused(folder: Path) -> None:
    before = lock.read(folder)
    write(folder, version("two"), before)
    with pytest.raises(Refused, match="another run"):
        write(folder, version("one"), before)
    assert (folder / "README.md").read_text() == "two"


def test_two_runs_at_once_leave_one_package(folder: Path) -> None:
    first, second = writing(folder), writing(folder)
    time.sleep(0.5)
    for process in (first, second):
        process.kill()
    said = [process.communicate()[1] for process in (first, second)]
    finish(folder)
    assert contents(folder) in [version("one"), version("two")]
    # Whoever was overtaken says so; nobody trips over half a package.
    for error in filter(None, said):
        assert "Refused" in error


SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {/a: {get: {operationId: read, tags: [a], responses: {"200": {description: A.}}}}}
"""


def test_two_commands_at_once_leave_one_package(tmp_path: Path) -> None:
    specs = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for spec, name in zip(specs, ("read", "fetch"), strict=True):
        spec.write_text(SPEC.replace("read", name))
    calque = [sys.executable, "-m", "calque"]
    out = tmp_path / "out"
    for _ in range(2):
        runs = [
            subprocess.Popen(
                [*calque, "generate", spec, "-o", out],
                stderr=subprocess.PIPE,
                text=True,
            )
            for spec in specs
        ]
        said = [run.communicate()[1] for run in runs]
        # One waits for the other; whoever began before the other wrote is told so.
        assert {run.returncode for run in runs} in ({0}, {0, 2})
        for run, words in zip(runs, said, strict=True):
            assert ("another run has written" in words) == (run.returncode == 2)
        last = [
            subprocess.run([*calque, "check", "-q", s, "-o", out], check=False)
            for s in specs
        ]
        assert 0 in {done.returncode for done in last}


def test_a_write_that_was_stopped_is_told_of(tmp_path: Path) -> None:
    spec, out = tmp_path / "one.yaml", tmp_path / "out"
    spec.write_text(SPEC)
    assert main(["generate", str(spec), "-o", str(out)]) == 0
    stage = out / transaction.STAGE
    stage.mkdir()
    (stage / "README.md").write_bytes((out / "README.md").read_bytes())
    (out / "README.md").unlink()
    inode = (stage / "README.md").stat().st_ino
    (stage / "journal.json").write_text(json.dumps({"README.md": inode}))
    assert main(["check", str(spec), "-o", str(out)]) == 1
    assert main(["generate", str(spec), "-o", str(out)]) == 0
    assert not stage.exists()
    assert main(["check", str(spec), "-o", str(out)]) == 0


# Root may write anywhere; without this ability it may write where others may.
BOUND = [
    *("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"),
    sys.executable,
]
ORDINARY = BOUND if os.geteuid() == 0 else [sys.executable]


@pytest.mark.skipif(
    shutil.which(ORDINARY[0]) is None, reason="nothing makes root an ordinary user"
)
def test_a_folder_that_nobody_may_write_to_is_left_as_it_was(tmp_path: Path) -> None:
    spec, out = tmp_path / "one.yaml", tmp_path / "out"
    command = [*ORDINARY, "-m", "calque", "generate", str(spec), "-o", str(out)]
    spec.write_text(SPEC)
    assert subprocess.run(command, check=False).returncode == 0
    before = contents(out)
    closed = [out / "shown", out / "shown/resources"]
    spec.write_text(SPEC.replace("read", "fetch"))
    for folder in closed:
        folder.chmod(0o555)
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "Permission denied\n" in done.stderr
    assert contents(out) == before
    for folder in closed:
        folder.chmod(0o755)
    # Nothing is in the way of the next run.
    assert subprocess.run(command, check=False).returncode == 0
    assert "fetch" in (out / "shown/resources/a.py").read_text()
    assert not (out / transaction.STAGE).exists()
