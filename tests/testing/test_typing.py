"""What type checkers say of programs that use fakes: right ones, wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.made import write
from tests.testing.document import DOCUMENT, TOLD
from tests.typed import MYPY, PYRIGHT, assert_typed

pytestmark = pytest.mark.tools

HEAD = """
from kennel import AsyncKennelClient, KennelClient, RawResponse, ServerSentEvent
from kennel.models import Dog, Exemplary, Fault, Tree
from kennel.testing import Asked, FakeKennel
fake = FakeKennel()
dog = Dog(id='1', name='A')
"""

RIGHT = [
    "client: KennelClient = fake.client()",
    "aclient: AsyncKennelClient = fake.async_client(max_retries=0, timeout=3)",
    "fake.forms.example.answers(dog, status=201, headers={'X-A': 'b'})",
    "fake.forms.example.fails(429).then.answers(dog).then.times_out()",
    "fake.forms.statuses.fails(404, Fault(code='a'))",
    "fake.forms.statuses.answers(Tree(under=[])).then.answers(None)",
    "fake.forms.example.answers_with(lambda asked: Dog(id=asked.path, name='B'))",
    "fake.forms.example.answers_with(lambda asked: RawResponse(status=404))",
    "name: str = fake.forms.example.default.value.name",
    "asked: list[Asked] = fake.forms.example.calls",
    "again: Dog = asked[0].body_as(Dog)",
    "fake.pages.cursor.answers_pages([dog], [dog, dog]).then.disconnects()",
    "fake.pages.numbered.answers([dog])",
    "fake.streams.events.answers([ServerSentEvent(data='a')])",
    "fake.streams.switch.answers(dog)",
    "fake.streams.lines.answers([dog]).then.fails(503)",
    "fake.client_resource.client_find.answers(dog)",
    "calls: list[Asked] = fake.calls",
    "fake.own.list.answers(dog).then.fails(500)",
]

WRONG = [
    "fake.forms.example.answers(Tree(under=[]))",
    "fake.forms.example.answers()",
    "fake.forms.exemple",
    "fake.forms.example.fails(404).then.answers('dog')",
    "fake.forms.statuses.fails(404, dog)",
    "fake.forms.statuses.answers(Exemplary(a=1))",
    "fake.forms.example.answers_with(lambda asked: 'dog')",
    "fake.pages.cursor.answers_pages([Tree(under=[])])",
    "fake.streams.events.answers([dog])",
    "fake.streams.lines.answers(dog)",
    "fake.streams.switch.streamed.answers([dog])",
    "fake.client(max_retires=0)",
    "number: int = fake.forms.example.default.value.name",
]


@pytest.mark.parametrize("command", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_type_checkers_pass_what_is_right_and_find_what_is_wrong(
    command: list[str], tmp_path: Path
) -> None:
    write(DOCUMENT, "kennel", tmp_path, told=TOLD)
    assert_typed(command, tmp_path, tmp_path, HEAD, RIGHT, WRONG)
