"""Very many calls at once, one in twenty of which fails at first: none is lost.

`make soak` makes 20,000 of them, these tests 1,000.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.made import write
from tests.resilience.answers import OK
from tests.resilience.document import DOCUMENT
from tests.resilience.soak import Report
from tests.runtime.calls import Kind
from tests.runtime.loopback import CUT, Answer, Asked, Server, http

ROOT = Path(__file__).parents[2]
CALLS = int(os.environ.get("CALQUE_SOAK_CALLS", "1000"))
FAULTS = (
    CUT,
    Answer(b"", reset=True),
    http(503, headers={"Retry-After": "0"}),
    http(429, headers={"Retry-After-Ms": "1"}),
    Answer(OK + b"Content-Length: 99\r\n\r\n{", close=True),
    Answer(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", close=True),
    http(200, gzip.compress(b"{}")[:-1], headers={"Content-Encoding": "gzip"}),
)


class Service:
    """Answers each call with its own number, and fails one request in twenty."""

    def __init__(self) -> None:
        self.faults = 0
        self.answered: Counter[int] = Counter()

    def __call__(self, asked: Asked, number: int) -> Answer:
        if number % 20 == 7 and asked.headers.get("x-retry-count") != "4":
            self.faults += 1
            return FAULTS[number // 20 % len(FAULTS)]
        wanted = int(parse_qs(urlsplit(asked.target).query)["n"][0])
        self.answered[wanted] += 1
        return http(200, b'{"name": "%d"}' % wanted)


@pytest.mark.parametrize(
    ("kind", "at_once"), [("sync", 64), ("asyncio", 200), ("trio", 200)]
)
def test_no_call_is_lost(kind: Kind, at_once: int, tmp_path: Path) -> None:
    write(DOCUMENT, "vault", tmp_path)
    service = Service()
    path = [str(ROOT / "templates/client/{package}"), str(ROOT)]
    with Server(script=service, forgetful=True) as server:
        program = [sys.executable, "-m", "tests.resilience.soak", str(tmp_path)]
        done = subprocess.run(
            [*program, server.url, kind, str(CALLS), str(at_once)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        # The client is closed: nothing of it is left.
        assert server.settled(0)
    report: Report = json.loads(done.stdout)
    assert report["lost"] == []
    assert service.answered == Counter(range(CALLS))
    assert service.faults >= CALLS // 20
    # A call that leaves anything behind leaves at least one object.
    assert report["objects"] < CALLS // 4
    assert report["memory"] < 16 * 1_048_576
