"""Runs programs of callers against a service on loopback: `driver.py ANSWERS PROGRAM...`.

Prints for each what it sent and what came of it, as a line of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

RECORDED = ("authorization", "limit", "x-key", "x-other-key")
MADE_ANEW = "Repeatability-Request-ID"


class Handler(BaseHTTPRequestHandler):
    """Answers as the proof says that a segment of the path names."""

    answers: dict[str, Any]
    received: list[list[object]]

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        told = {k.lower(): v for k, v in self.headers.items() if k.lower() in RECORDED}
        made = MADE_ANEW in self.headers
        self.received.append([self.command, self.path, body, told, made])
        named = (s for s in self.path.split("/") if s in self.answers)
        answer = self.answers.get(next(named, ""), {})
        failing = "status" in answer
        content = json.dumps(answer["body"] if failing else answer).encode()
        self.send_response(answer["status"] if failing else 200)
        headers: dict[str, str] = answer.get("headers", {}) if failing else {}
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def run(name: str, url: str) -> dict[str, object]:
    """What a program sent, and what it gave or raised."""
    Handler.received.clear()
    environment = dict(os.environ)
    try:
        module = importlib.import_module(name)
        if "client" in module.program.__annotations__:
            with importlib.import_module("shown").ShownClient(base_url=url) as client:
                given = module.program(client)
        else:
            given = module.program(url)
        outcome: dict[str, object] = {"given": repr(given)}
    except Exception as error:  # What a program meets is what is asked for.
        outcome = {"raised": f"{type(error).__name__}: {error}"}
    finally:
        os.environ.clear()
        os.environ.update(environment)
    return {"program": name, "sent": list(Handler.received), **outcome}


def main() -> None:
    """Runs all programs."""
    Handler.answers = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Handler.received = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    for name in sys.argv[2:]:
        print(json.dumps(run(name, url)).replace(url, "URL"))
    server.shutdown()


if __name__ == "__main__":
    main()
