"""What type checkers say of programs that go through pages: right ones, wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import write
from tests.paging.document import DOCUMENT
from tests.typed import MYPY, PYRIGHT, assert_typed

pytestmark = pytest.mark.tools

HEAD = """
from collections.abc import AsyncIterator, Iterator
from kennel import AsyncKennelClient, AsyncPager, KennelClient, Page, Pager
from kennel.models import CursorsResponse, LinkedResponse, LinkedResponsePetsItem
client = KennelClient(credential='token')
aclient = AsyncKennelClient(credential='token')
"""

RIGHT = [
    "numbers: list[int] = [pet.id for pet in client.pets.linked(limit=3)]",
    "pager: Pager[LinkedResponsePetsItem, LinkedResponse] = client.pets.linked()",
    "pages: Iterator[Page[LinkedResponsePetsItem, LinkedResponse]] = pager.pages()",
    "def link(page: Page[object, LinkedResponse]) -> str | None: return page.value.next_link or None",
    "for page in pager.pages(start='a'): found: LinkedResponse = page.response.value",
    "again = client.pets.cursors().pages(start=next(client.pets.cursors().pages()).position)",
    "apager: AsyncPager[LinkedResponsePetsItem, LinkedResponse] = aclient.pets.linked(limit=1)",
    "async def f() -> list[int]: return [pet.id async for pet in aclient.pets.linked()]",
    "async def g() -> list[int]: return [len(page.items) async for page in apager.pages()]",
]

WRONG = [
    "texts: list[str] = [pet.id for pet in client.pets.linked()]",
    "client.pets.linked().next_link",
    "next(client.pets.linked())",
    "client.pets.linked(cursor='a')",
    "pager.pages(start=1.5)",
    "other: Pager[LinkedResponsePetsItem, CursorsResponse] = client.pets.linked()",
    "async def h() -> object: return await aclient.pets.linked()",
    "[pet for pet in aclient.pets.linked()]",
]


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "kennel", tmp_path)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
