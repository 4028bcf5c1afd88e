"""What type checkers say of the package for these bodies, and of programs that use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bodies.document import DOCUMENT
from tests.made import write
from tests.typed import MYPY, PYRIGHT, assert_typed

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


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "shelf", tmp_path)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
