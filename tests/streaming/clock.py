"""Opens the streams of the generated package, sync and async alike."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import anyio

from tests.runtime.calls import Kind
from tests.runtime.loopback import Server


class Clock:
    """Reads streams with a client of a kind."""

    def __init__(self, package: ModuleType, kind: Kind) -> None:
        self.package = package
        self.kind = kind

    def read(
        self,
        server: Server,
        method: str,
        *,
        most: int = 1000,
        then: Callable[[Any], object] = lambda stream: None,
        **settings: object,
    ) -> list[Any]:
        """So many items of a stream at most; `then` sees it while it is open.

        Its connection is back in the pool, or closed, before the client is.
        """
        given = {"base_url": server.url, "credential": "secret", **settings}
        found: list[Any] = []
        if self.kind == "sync":
            with self.package.ClockClient(**given) as client:
                with getattr(client.ticks, method)() as stream:
                    for item in stream:
                        found.append(item)
                        if len(found) == most:
                            break
                    then(stream)
                if len(found) == most:
                    assert server.settled(0)
            return found

        async def main() -> None:
            async with self.package.AsyncClockClient(**given) as client:
                async with getattr(client.ticks, method)() as stream:
                    async for item in stream:
                        found.append(item)
                        if len(found) == most:
                            break
                    then(stream)
                if len(found) == most:
                    assert await anyio.to_thread.run_sync(server.settled, 0)

        anyio.run(main, backend=self.kind)
        return found
