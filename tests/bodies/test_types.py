"""What type checkers say of the package for these bodies, and of programs that use it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bodies.document import DOCUMENT
from tests.made import write

pytestmark = pytest.mark.tools

HEAD = """
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shelf import AsyncContent, AsyncShelfClient, Content, File, FileContent, ShelfClient
from shelf.models import Meta
media = ShelfClient().media
amedia = AsyncShelfClient().media
def pieces() -> Iterator[bytes]: yield b"1"
async def awaited() -> AsyncIterator[bytes]: yield b"1"
opened = Path("a").open("rb")
"""

RIGHT = [
    "media.create_album(title='a', cover=b'1', tags=['a'], meta=Meta(max_age=1), made=None)",
    "media.create_album(title='a', cover=opened, sheet=io.BytesIO())",
    "media.create_album(title='a', cover=('a', opened), tracks=[b'1', ('b', opened, 'audio/ogg')])",
    "media.create_album(title='a', cover=('a', b'1', 'image/png', {'X-A': 'b'}))",
    "media.put_raw(body=b'1')",
    "media.put_raw(body=opened)",
    "media.put_raw(body=pieces())",
    "media.put_raw(body=[b'1', b'2'])",
    "async def f() -> None: await amedia.put_raw(body=awaited())",
    "async def g() -> None: await amedia.put_raw(body=opened)",
    "media.get_token()",
    "report: Meta | str | bytes = media.get_report()",
    "media.set_labels(body={'a': 'b'})",
    "media.put_note(body='a')",
    "file: File = ('a', b'1')",
    "content: FileContent = opened",
    "raw: Content = pieces()",
    "araw: AsyncContent = awaited()",
]

WRONG = [
    "media.create_album(title='a')",
    "media.create_album(title='a', cover='1')",
    "media.create_album(title='a', cover=b'1', tracks=b'1')",
    "media.create_album(title='a', cover=(b'1', 'a'))",
    "media.create_album(title='a', cover=b'1', kind='album')",
    "media.create_album(title='a', cover=Path('a').open())",
    "media.put_raw(body='1')",
    "media.put_raw(body={'a': 'b'})",
    "media.put_raw(body=awaited())",
    "media.set_labels(body={'a': 1})",
    "media.put_note(body=b'a')",
    "wrong: Meta = media.get_report()",
]

MYPY = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
PYRIGHT = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated package with a program beside it, and the rules for both."""
    made = tmp_path_factory.mktemp("types")
    write(DOCUMENT, "shelf", made)
    text = "\n".join([*HEAD.strip().splitlines(), *RIGHT, *WRONG])
    (made / "program.py").write_text(text + "\n", "utf-8")
    (made / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "reportUnusedCallResult": false}'
    )
    return made


def complaints(command: list[str], folder: Path, path: str) -> list[str]:
    """What a type checker finds wrong, a line each."""
    done = subprocess.run(
        [*command, path], cwd=folder, capture_output=True, text=True, check=False
    )
    return [
        line for line in done.stdout.splitlines() if re.search(r"\berror\b:?", line)
    ]


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_the_package_is_right(command: list[str], folder: Path) -> None:
    found = complaints(command, folder, "shelf")
    assert [line for line in found if not line.startswith("0 errors")] == []


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_programs_are_right_and_wrong(command: list[str], folder: Path) -> None:
    found = complaints(command, folder, "program.py")
    said = [re.search(r"program\.py:(\d+)", line) for line in found]
    lines = {int(match[1]) for match in said if match}
    text = (folder / "program.py").read_text("utf-8").splitlines()
    first = len(HEAD.strip().splitlines()) + len(RIGHT) + 1
    assert [text[line - 1] for line in sorted(lines) if line < first] == []
    assert lines == {*range(first, first + len(WRONG))}
