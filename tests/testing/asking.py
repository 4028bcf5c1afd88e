"""Calls operations of the clients of a fake, sync and async alike."""

from __future__ import annotations

from typing import Any

import anyio

from tests.runtime.calls import Kind


class Asking:
    """A program that uses a client of a kind; `settings` are those of the client."""

    def __init__(self, kind: Kind, fake: Any, **settings: object) -> None:
        self.kind = kind
        self.fake = fake
        self.settings = settings

    def call(self, method: str, *args: object, **kwargs: object) -> Any:
        """What the whole answer to `resource.method` is; raises as the call does."""
        if self.kind == "sync":
            with self.fake.client(**self.settings) as client:
                return client.with_response(_found(client, method))(*args, **kwargs)

        async def main() -> object:
            async with self.fake.async_client(**self.settings) as client:
                asked = client.with_response(_found(client, method))
                return await asked(*args, **kwargs)

        return anyio.run(main, backend=self.kind)

    def items(self, method: str, *args: object, **kwargs: object) -> list[Any]:
        """The items of a list that comes in pages, or of a stream."""
        if self.kind == "sync":
            with self.fake.client(**self.settings) as client:
                found = _found(client, method)(*args, **kwargs)
                if not hasattr(found, "__enter__"):
                    return [*found]
                with found as stream:
                    return [*stream]

        async def main() -> list[object]:
            async with self.fake.async_client(**self.settings) as client:
                found = _found(client, method)(*args, **kwargs)
                if not hasattr(found, "__aenter__"):
                    return [item async for item in found]
                async with found as stream:
                    return [item async for item in stream]

        return anyio.run(main, backend=self.kind)


def members(instance: object) -> list[str]:
    """The public names that a class states itself."""
    return [name for name in vars(type(instance)) if name[0] != "_"]


def _found(client: Any, method: str) -> Any:
    resource, _, name = method.partition(".")
    return getattr(getattr(client, resource), name)
