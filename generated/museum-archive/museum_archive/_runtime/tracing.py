"""Spans of OpenTelemetry around requests, by its conventions for HTTP clients.

Made where the program itself has imported opentelemetry; otherwise nothing is made, and
nothing imported. No type of opentelemetry stands here: it need not be installed.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import Protocol, TypeAlias, cast
from urllib.parse import urlsplit

from .errors import ApiError
from .request import RawResponse, Request

RETRY_COUNT = "X-Retry-Count"
"""The field that tells a service which retry a request is; the first has none."""

_METHODS = frozenset(
    ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")
)
"""Those that the conventions know; the name of a span must not be made up by anyone."""

Attributes: TypeAlias = Mapping[str, str | int]


class _OtelSpan(Protocol):
    def set_attribute(self, key: str, value: str | int) -> None: ...

    def set_status(self, status: object) -> None: ...


class _Tracer(Protocol):
    def start_as_current_span(
        self, name: str, *, kind: object, attributes: Attributes
    ) -> AbstractContextManager[_OtelSpan]: ...


class _Kinds(Protocol):
    CLIENT: object


class _Codes(Protocol):
    ERROR: object


class _Trace(Protocol):
    """The module `opentelemetry.trace`."""

    SpanKind: _Kinds
    StatusCode: _Codes

    def get_tracer(self, name: str) -> _Tracer: ...


class _Propagate(Protocol):
    """The module `opentelemetry.propagate`."""

    def inject(self, carrier: dict[str, str]) -> None: ...


class Attempt:
    """A request on its way: what of it a span is told."""

    __slots__ = ("_failed", "_span", "request")

    def __init__(
        self, request: Request, span: _OtelSpan | None = None, failed: object = None
    ) -> None:
        self.request = request
        self._span = span
        self._failed = failed

    def answered(self, response: RawResponse) -> RawResponse:
        """The answer, once the span knows of it."""
        if self._span is not None:
            self._span.set_attribute("http.response.status_code", response.status)
            if response.status >= 400:
                self._span.set_attribute("error.type", str(response.status))
                self._span.set_status(self._failed)
        return response


@contextmanager
def traced(request: Request, package: str) -> Generator[Attempt]:
    """A span for as long as a request is sent; the request then carries its context."""
    found = sys.modules.get("opentelemetry.trace")
    if found is None:
        yield Attempt(request)
        return
    trace = cast("_Trace", found)
    propagate = cast("_Propagate", import_module("opentelemetry.propagate"))
    name = request.method if request.method in _METHODS else "HTTP"
    with trace.get_tracer(package).start_as_current_span(
        name, kind=trace.SpanKind.CLIENT, attributes=_attributes(request)
    ) as span:
        context: dict[str, str] = {}
        propagate.inject(context)
        try:
            failed = trace.StatusCode.ERROR
            yield Attempt(request.with_headers(context), span, failed)
        except ApiError as error:
            span.set_attribute("error.type", type(error).__name__)
            raise


def _attributes(request: Request) -> Attributes:
    """See "Semantic conventions for HTTP client spans"; no secret is among them."""
    parts = urlsplit(request.url)
    known = request.method in _METHODS
    found: dict[str, str | int] = {
        "http.request.method": request.method if known else "_OTHER",
        "server.address": parts.hostname or "",
        "server.port": parts.port or (80 if parts.scheme == "http" else 443),
        "url.full": request.shown_url,
    }
    if not known:
        found["http.request.method_original"] = request.method
    if retry := request.headers.get(RETRY_COUNT):
        found["http.request.resend_count"] = int(retry)
    return found
