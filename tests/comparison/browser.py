"""Chromium without a window, driven over a pipe by the Chrome DevTools Protocol."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

import pytest

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"),
    *("--no-first-run", "--disable-extensions", "--disable-background-networking"),
    "--disable-dev-shm-usage",
)


@dataclass
class Page:
    """A page, and what the browser told of it."""

    sent: BinaryIO
    told: BinaryIO
    session: str = ""
    number: int = 0
    events: list[dict[str, Json]] = field(default_factory=list[dict[str, Json]])

    def ask(self, method: str, **parameters: Json) -> dict[str, Json]:
        """What the browser answers to a command; what it tells meanwhile is an event."""
        self.number += 1
        said: dict[str, Json] = {"id": self.number, "method": method}
        said["params"] = parameters
        if self.session:
            said["sessionId"] = self.session
        self.sent.write(json.dumps(said).encode() + b"\0")
        self.sent.flush()
        while (answer := self._next()).get("id") != self.number:
            self.events.append(answer)
        assert "error" not in answer, answer["error"]
        result = answer["result"]
        assert isinstance(result, dict)
        return result

    def _next(self) -> dict[str, Json]:
        """What the browser says next; each message ends with a null byte."""
        text = bytearray()
        while (byte := self.told.read(1)) != b"\0":
            assert byte, "the browser has ended"
            text += byte
        found: dict[str, Json] = json.loads(text)
        return found

    def evaluate(self, script: str) -> Json:
        """The value of an expression in the page."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        result = answer["result"]
        assert isinstance(result, dict)
        return result.get("value")

    def named(self, *methods: str) -> list[dict[str, Json]]:
        """The events of some kinds so far."""
        return [event for event in self.events if event.get("method") in methods]

    def open(self, file: Path) -> None:
        """Goes to a file, and waits until it is there."""
        self.events.clear()
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.ask("Page.navigate", url=file.as_uri())
        while not self.named("Page.loadEventFired"):
            self.events.append(self._next())

    def sized(self, width: int, *, dark: bool = False) -> None:
        """Gives the page a width, and the colours that somebody likes."""
        metrics: dict[str, Json] = {"height": 900, "deviceScaleFactor": 1}
        metrics |= {"width": width, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        wish: Json = {
            "name": "prefers-color-scheme",
            "value": "dark" if dark else "light",
        }
        self.ask("Emulation.setEmulatedMedia", features=[wish])


def program() -> str:
    """The browser; where there is none, the test is skipped, and says so."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(_NAMES)} is installed")
    return found


@contextmanager
def browsing(folder: Path) -> Generator[Page]:
    """A browser with one empty page; it ends with the test, however that ends."""
    to_it, sent = os.pipe()
    told, from_it = os.pipe()
    # The protocol has it that the browser reads from 3, and writes to 4.
    shell = 'exec "$@" 3<&"$IN" 4>&"$OUT"'
    shell = shell.replace('"$IN"', str(to_it)).replace('"$OUT"', str(from_it))
    command = ["bash", "-c", shell, "bash", program(), *_SWITCHES]
    with subprocess.Popen(
        [*command, f"--user-data-dir={folder}", "about:blank"],
        pass_fds=(to_it, from_it),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        os.close(to_it)
        os.close(from_it)
        with open(sent, "wb") as writes, open(told, "rb") as reads:
            page = Page(writes, reads)
            try:
                target = page.ask("Target.createTarget", url="about:blank")["targetId"]
                attached = page.ask(
                    "Target.attachToTarget", targetId=target, flatten=True
                )
                page.session = str(attached["sessionId"])
                yield page
            finally:
                os.killpg(process.pid, 9)
