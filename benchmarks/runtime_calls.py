"""What a call costs over httpx2 alone: seconds of CPU of the client, on loopback.

The service is another process. Both sides of a comparison send the same request, read the
same answer by msgspec, and take turns.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

import httpx2
import msgspec

ROOT = Path(__file__).parents[1]
ROUNDS, CALLS = 41, 40

_BODY = {"minimumLength": 300.0, "cargo": ["containers"]}
_SHIP = {"callSign": "DABC", "name": "Emma", "length": 397.7, "cargo": "containers"}
_ANSWER = json.dumps([_SHIP])


class Ship(msgspec.Struct, rename="camel"):
    """A ship, as somebody would write it down with msgspec alone."""

    call_sign: str
    name: str
    cargo: str
    length: float | None = None


_DECODE = msgspec.json.Decoder(list[Ship]).decode
_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    "X-Harbour-Key": "k",
}


def main() -> None:
    """Prints the medians, and the median of the ratios of rounds, as JSON."""
    sys.path.insert(0, str(ROOT / "generated/harbour-traffic"))
    with served(_ANSWER) as url:
        found = {"sync": _sync(url), "async": asyncio.run(_async(url))}
    print(json.dumps(found))


def _sync(url: str) -> dict[str, float]:
    from harbour_traffic import HarbourTrafficClient

    target = f"{url}/ships"
    with (
        httpx2.Client() as bare,
        HarbourTrafficClient(base_url=url, credential="k") as client,
    ):

        def plainly() -> None:
            content = msgspec.json.encode(_BODY)
            answer = bare.request("QUERY", target, content=content, headers=_HEADERS)
            answer.raise_for_status()
            _DECODE(answer.content)

        def called() -> None:
            client.ships.find_ships(minimum_length=300.0, cargo=["containers"])

        return _compared(_timed(plainly), _timed(called))


def _timed(call: Callable[[], None]) -> Callable[[], float]:
    def run() -> float:
        start = process_time()
        for _ in range(CALLS):
            call()
        return (process_time() - start) / CALLS

    return run


def _compared(
    plainly: Callable[[], float], called: Callable[[], float]
) -> dict[str, float]:
    plainly()
    called()
    pairs: list[tuple[float, float]] = []
    for number in range(ROUNDS):
        if number % 2:
            first = plainly()
            pairs.append((first, called()))
        else:
            last = called()
            pairs.append((plainly(), last))
    return _told(pairs)


def _told(pairs: list[tuple[float, float]]) -> dict[str, float]:
    return {
        "bare": statistics.median(bare for bare, _ in pairs),
        "calque": statistics.median(call for _, call in pairs),
        "ratio": statistics.median(call / bare for bare, call in pairs),
    }


async def _async(url: str) -> dict[str, float]:
    from harbour_traffic import AsyncHarbourTrafficClient

    target = f"{url}/ships"
    async with (
        httpx2.AsyncClient() as bare,
        AsyncHarbourTrafficClient(base_url=url, credential="k") as client,
    ):

        async def plainly() -> None:
            content = msgspec.json.encode(_BODY)
            answer = await bare.request(
                "QUERY", target, content=content, headers=_HEADERS
            )
            answer.raise_for_status()
            _DECODE(answer.content)

        async def called() -> None:
            await client.ships.find_ships(minimum_length=300.0, cargo=["containers"])

        await _awaited(plainly)
        await _awaited(called)
        pairs: list[tuple[float, float]] = []
        for number in range(ROUNDS):
            if number % 2:
                first = await _awaited(plainly)
                pairs.append((first, await _awaited(called)))
            else:
                last = await _awaited(called)
                pairs.append((await _awaited(plainly), last))
        return _told(pairs)


async def _awaited(call: Callable[[], Awaitable[None]]) -> float:
    start = process_time()
    for _ in range(CALLS):
        await call()
    return (process_time() - start) / CALLS


@contextmanager
def served(answer: str) -> Generator[str]:
    """The URL of a service in a process of its own, for as long as it is used."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("runtime_server.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(answer)
        process.stdin.close()
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
