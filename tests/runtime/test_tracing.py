"""Spans of OpenTelemetry, in a program that uses it; nothing in one that does not."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.runtime.calls import KINDS
from tests.runtime.loopback import Server, http

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "templates" / "client" / "{package}"

PROGRAM = f"""
import json, sys
sys.path[:0] = [{str(RUNTIME)!r}, {str(ROOT)!r}]
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
from _runtime.errors import ApiError
from _runtime.operation import Operation
from _runtime.prepare import Arguments
from tests.runtime.calls import GET, Call
call = Call(sys.argv[1])
given = Arguments(path={{"id": 1}}, query={{"token": "hush"}})
call(sys.argv[2], GET, given, max_retries=1)
try:
    call("http://127.0.0.1:1", GET)
except ApiError:
    pass
query = Operation(id="q", method="QUERY", path="/q", answers=GET.answers)
call(sys.argv[2], query)
print(json.dumps([
    (span.name, span.kind.name, f"{{span.context.span_id:016x}}", dict(span.attributes),
     span.status.status_code.name)
    for span in exporter.get_finished_spans()
]))
"""


@pytest.mark.skipif(
    find_spec("opentelemetry") is None or find_spec("opentelemetry.sdk") is None,
    reason="opentelemetry-sdk is not installed",
)
@pytest.mark.parametrize("kind", KINDS)
def test_spans_follow_the_conventions(kind: str) -> None:
    with Server(http(503), http(200, b'{"name": "Rex"}')) as server:
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, kind, server.url],
            capture_output=True,
            text=True,
            check=True,
        )
    first, second, failed, query = json.loads(ran.stdout)
    common = {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": server.port,
        "url.full": f"{server.url}/pets/1?token=[redacted]",
    }
    assert first[:2] == ["GET", "CLIENT"]
    assert first[3] == {
        **common,
        "http.response.status_code": 503,
        "error.type": "503",
    }
    assert second[3] == {
        **common,
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
    }
    assert failed[3]["error.type"] == "ApiConnectionError"
    assert [span[4] for span in (first, second, failed)] == ["ERROR", "UNSET", "ERROR"]
    assert query[0] == "HTTP"
    assert query[3]["http.request.method"] == "_OTHER"
    assert query[3]["http.request.method_original"] == "QUERY"
    carried = [asked.headers["traceparent"].split("-")[2] for asked in server.asked]
    assert carried == [first[2], second[2], query[2]]
    assert "hush" not in ran.stdout


def test_nothing_is_imported_unasked() -> None:
    program = (
        f"import sys; sys.path[:0] = [{str(RUNTIME)!r}, {str(ROOT)!r}]\n"
        "from tests.runtime.calls import GET, Call\n"
        "Call('sync')(sys.argv[1], GET)\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    with Server(http(200, b'{"name": "Rex"}')) as server:
        ran = subprocess.run(
            [sys.executable, "-c", program, server.url],
            capture_output=True,
            text=True,
            check=True,
        )
    assert ran.stdout == "[]\n"
    assert "traceparent" not in server.asked[0].headers
