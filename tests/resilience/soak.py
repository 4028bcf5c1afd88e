"""A process that makes very many calls at once, of which the server fails some.

    python -m tests.resilience.soak FOLDER URL KIND CALLS AT_ONCE

prints as JSON which calls were lost, and how the process grew in the second half of them.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any, TypedDict

import anyio

from tests.resilience.bulk import most_memory


class Report(TypedDict):
    """What became of the calls, and what they left behind."""

    lost: list[int]
    memory: int
    """By how many bytes the most that the process took up grew."""
    objects: int
    """By how many objects that Python keeps track of."""


def _threads(package: ModuleType, client: Any, calls: range, at_once: int) -> list[int]:
    with ThreadPoolExecutor(at_once) as pool:

        def one(number: int) -> bool:
            name = client.store.get_entry(options={"query": {"n": number}}).name
            return bool(name == str(number))

        return [
            n for n, right in zip(calls, pool.map(one, calls), strict=True) if not right
        ]


async def _tasks(
    package: ModuleType, client: Any, calls: range, at_once: int
) -> list[int]:
    lost: list[int] = []
    left = iter(calls)

    async def some() -> None:
        for number in left:
            entry = await client.store.get_entry(options={"query": {"n": number}})
            if entry.name != str(number):
                lost.append(number)

    async with anyio.create_task_group() as tasks:
        for _ in range(at_once):
            tasks.start_soon(some)
    return lost


def _measured() -> tuple[int, int]:
    gc.collect()
    return most_memory(), len(gc.get_objects())


def _report(halves: Iterable[list[int]], sizes: list[tuple[int, int]]) -> Report:
    (memory, objects), (more_memory, more_objects) = sizes
    return {
        "lost": [number for half in halves for number in half],
        "memory": more_memory - memory,
        "objects": more_objects - objects,
    }


def main(folder: str, url: str, kind: str, calls: int, at_once: int) -> Report:
    """Makes half of the calls, takes the measure, and makes the other half."""
    sys.path.insert(0, folder)
    package = importlib.import_module("vault")
    settings: dict[str, object] = {"base_url": url, "credential": "t", "max_retries": 5}
    halves = (range(calls // 2), range(calls // 2, calls))
    lost: list[list[int]] = []
    sizes: list[tuple[int, int]] = []

    def note(found: list[int]) -> None:
        lost.append(found)
        sizes.append(_measured())

    if kind == "sync":
        with package.VaultClient(**settings) as client:
            for half in halves:
                note(_threads(package, client, half, at_once))
    else:

        async def run() -> None:
            async with package.AsyncVaultClient(**settings) as client:
                for half in halves:
                    note(await _tasks(package, client, half, at_once))

        anyio.run(run, backend=kind)
    return _report(lost, sizes)


if __name__ == "__main__":
    _, where, server, how, number, most = sys.argv
    print(json.dumps(main(where, server, how, int(number), int(most))))
