"""Waits for operations of the generated package, sync and async alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

import anyio

from tests.runtime.calls import Kind
from tests.runtime.loopback import Answer, Asked, Script, http

SOON = {"Retry-After": "0"}


class Act(NamedTuple):
    """What is done with a poller: the name of a method, and what it is given."""

    name: str
    given: Mapping[str, object] = {}


RESULT, RESPONSE, WAIT, POLL = map(Act, ("result", "response", "wait", "poll"))


class Yard:
    """Calls operations with a client of a kind."""

    def __init__(self, package: ModuleType, kind: Kind, **settings: object) -> None:
        self.package = package
        self.kind = kind
        self.settings = settings

    def result(self, url: str, method: str, *args: object, **given: object) -> Any:
        """What an operation comes to."""
        return self.acts(url, method, [RESULT], *args, **given)[0]

    def acts(
        self, url: str, method: str, acts: list[Act], *args: object, **given: object
    ) -> list[Any]:
        """What several things give that are done with the poller of a call, in turn."""
        return self._with(
            url,
            lambda client: getattr(client.yard, method)(*args, **given),
            acts,
        )

    def resumed(
        self, url: str, method: str, position: str, acts: list[Act], **given: object
    ) -> list[Any]:
        """The same with the poller of a call that somebody else made."""
        name = "resume" if self.kind == "sync" else "async_resume"
        resume = getattr(self.package, name)

        def start(client: Any) -> Any:
            poller = resume(getattr(client.yard, method), position, **given)
            return poller if self.kind == "sync" else _given(poller)

        return self._with(url, start, acts)

    def _with(
        self, url: str, start: Callable[[Any], Any], acts: list[Act]
    ) -> list[Any]:
        settings = {"base_url": url, "credential": "secret", "max_retries": 2}
        settings |= self.settings
        if self.kind == "sync":
            with self.package.ShipyardClient(**settings) as client:
                poller = start(client)
                return [self._done(poller, act) for act in acts]

        async def main() -> list[Any]:
            async with self.package.AsyncShipyardClient(**settings) as client:
                poller = await start(client)
                return [await self._adone(poller, act) for act in acts]

        return anyio.run(main, backend=self.kind)

    def _done(self, poller: Any, act: Act) -> Any:
        if act.name == "states":
            return list(poller)
        found = getattr(poller, act.name)
        return found(**act.given) if callable(found) else found

    async def _adone(self, poller: Any, act: Act) -> Any:
        if act.name == "states":
            return [state async for state in poller]
        if act.name == "await":
            return await poller
        found = getattr(poller, act.name)
        if not callable(found):
            return found
        awaited: Any = found(**act.given)
        return await awaited


async def _given(value: object) -> object:
    return value


def body(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Answer:
    """An answer of JSON; what is asked for next may be asked for at once."""
    fields = {**SOON, **(headers or {})}
    return http(status, json.dumps(value).encode(), headers=fields)


def accepted(**headers: str) -> Answer:
    """202, without a body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return http(202, headers={**SOON, **named})


def in_turn(answers: dict[str, list[Answer]]) -> Script:
    """Answers by method and target, each in its turn; the last one is repeated."""
    left = {key: list(each) for key, each in answers.items()}

    def script(asked: Asked, _: int) -> Answer:
        found = left[f"{asked.method} {asked.target}"]
        return found.pop(0) if len(found) > 1 else found[0]

    return script


def targets(asked: list[Asked]) -> list[str]:
    """What a server was asked for, in order."""
    return [f"{each.method} {each.target}" for each in asked]
