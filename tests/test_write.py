"""A package is replaced as a whole, whatever happens meanwhile, and others' files stay."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calque import lock, transaction
from calque.write import Refused, finish, write
from tests.writer import PACKAGE, version

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


@pytest.mark.parametrize(
    ("number", "times"), [(signal.SIGKILL, 50), (signal.SIGINT, 5)]
)
def test_a_write_that_is_stopped_leaves_a_whole_package(
    folder: Path, number: int, times: int
) -> None:
    wholes = [version("one"), version("two")]
    (folder / PACKAGE / "custom").mkdir()
    (folder / PACKAGE / "custom/mine.py").write_text("mine")
    moments = random.Random(4)
    seen: set[str] = set()
    for _ in range(times):
        process = writing(folder)
        time.sleep(moments.uniform(0, 0.03))
        process.send_signal(number)
        process.communicate(timeout=60)
        found = contents(folder)
        assert found.pop(f"{PACKAGE}/custom/mine.py") == "mine"
        # Nobody had to tidy up for the package to be one of the two.
        assert below(found, PACKAGE) in [below(whole, PACKAGE) for whole in wholes]
        finish(folder)
        found = contents(folder)
        del found[f"{PACKAGE}/custom/mine.py"]
        assert found in wholes
        seen.add(found["README.md"])
    assert seen == {"one", "two"} or times < 10


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
