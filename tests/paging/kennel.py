"""Goes through the pages of the generated package, sync and async alike."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from types import ModuleType
from typing import Any

import anyio

from tests.runtime.calls import Kind
from tests.runtime.loopback import Answer, Asked, Script, http


class Kennel:
    """Makes lists with a client of a kind."""

    def __init__(self, package: ModuleType, kind: Kind) -> None:
        self.package = package
        self.kind = kind

    def items(self, url: str, method: str, **given: object) -> list[object]:
        """The items of a list."""
        return self._gone_through(url, method, given, lambda pager: pager)

    def pages(
        self, url: str, method: str, start: object = None, **given: object
    ) -> list[Any]:
        """Its pages."""
        return self._gone_through(
            url, method, given, lambda pager: pager.pages(start=start)
        )

    def first(self, url: str, method: str) -> object:
        """Its first item, after which nobody asks for more."""

        def head(pager: Any) -> Any:
            if self.kind == "sync":
                return _one(iter(pager))
            return _aone(aiter(pager))

        return self._gone_through(url, method, {}, head)[0]

    def _gone_through(
        self,
        url: str,
        method: str,
        given: dict[str, object],
        of: Callable[[Any], Any],
    ) -> list[Any]:
        settings = {"base_url": url, "credential": "secret", "max_retries": 2}
        if self.kind == "sync":
            with self.package.KennelClient(**settings) as client:
                return list(of(getattr(client.pets, method)(**given)))

        async def main() -> list[Any]:
            async with self.package.AsyncKennelClient(**settings) as client:
                return [x async for x in of(getattr(client.pets, method)(**given))]

        return anyio.run(main, backend=self.kind)


def _one(items: Iterator[object]) -> Iterator[object]:
    yield next(items)


async def _aone(items: AsyncIterator[object]) -> AsyncIterator[object]:
    yield await anext(items)


def body(value: object, **headers: str) -> Answer:
    """An answer of JSON."""
    return http(200, json.dumps(value).encode(), headers=headers)


def by_target(answers: dict[str, object]) -> Script:
    """Answers of JSON by path and query."""

    def script(asked: Asked, _: int) -> Answer:
        value = answers[asked.target]
        return value if isinstance(value, Answer) else body(value)

    return script


def pets(*ids: int) -> list[object]:
    """Pets as the service writes them."""
    return [{"id": number} for number in ids]
