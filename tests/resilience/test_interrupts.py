"""Ctrl-C, a signal to a process: honoured in a pause, in a request, in a stream."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made import write
from tests.resilience.answers import OK
from tests.resilience.document import DOCUMENT
from tests.resilience.vault import Form
from tests.runtime.calls import KINDS, Kind
from tests.runtime.loopback import HANG, Answer, Server, http

ROOT = Path(__file__).parents[2]
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
folder, url, kind, form = sys.argv[1:]
sys.path.insert(0, folder)
import anyio, vault
from tests.resilience.vault import awaited, taken

async def main():
    async with vault.AsyncVaultClient(base_url=url, credential="t") as client:
        await awaited(vault, client, form, None)

try:
    if kind == "sync":
        with vault.VaultClient(base_url=url, credential="t") as client:
            taken(vault, client, form, None)
    else:
        anyio.run(main, backend=kind)
except KeyboardInterrupt:
    print("interrupted")
"""
LONG = OK + b"Content-Length: 1000\r\n\r\n"

# Each would go on for half a minute and more.
PLACES: dict[str, tuple[Form, Answer]] = {
    "pause": ("entry", http(503, headers={"Retry-After": "50"})),
    "request": ("entry", HANG),
    "header": ("entry", Answer(OK, hang=True)),
    "body": ("note", Answer(LONG + b"a", hang=True)),
    "stream": ("events", Answer(LONG + b'data: {"name": "a"}\n\n', hang=True)),
    "download": ("download", Answer(LONG + b"a", hang=True)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interrupted")
    write(DOCUMENT, "vault", folder)
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_ctrl_c_is_honoured(folder: Path, kind: Kind, place: str) -> None:
    form, answer = PLACES[place]
    path = [str(ROOT / "templates/client/{package}"), str(ROOT)]
    with Server(answer) as server:
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), server.url, kind, form],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
            stdout=subprocess.PIPE,
        ) as process:
            assert server.was_asked()
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=30)
        assert output == b"interrupted\n"
        assert server.settled(0)
    assert len(server.asked) == 1
