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

Attributes: TypeAlias = Mapping[str, str | int]


class _OtelSpan(Protocol):
    def set_attribute(self, key: str, value: str | int) -> None: ...


class _Tracer(Protocol):
    def start_as_current_span(
        self, name: str, *, kind: object, attributes: Attributes
    ) -> AbstractContextManager[_OtelSpan]: ...


class _Kinds(Protocol):
    CLIENT: object


class _Trace(Protocol):
    """The module `opentelemetry.trace`."""

    SpanKind: _Kinds

    def get_tracer(self, name: str) -> _Tracer: ...


class _Propagate(Protocol):
    """The module `opentelemetry.propagate`."""

    def inject(self, carrier: dict[str, str]) -> None: ...


class Attempt:
    """A request on its way: what of it a span is told."""

    __slots__ = ("_span", "request")

    def __init__(self, request: Request, span: _OtelSpan | None = None) -> None:
        self.request = request
        self._span = span

    def answered(self, response: RawResponse) -> RawResponse:
        """The answer, once the span knows of it."""
        if self._span is not None:
            self._span.set_attribute("http.response.status_code", response.status)
            if response.status >= 400:
                self._span.set_attribute("error.type", str(response.status))
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
    with trace.get_tracer(package).start_as_current_span(
        request.method, kind=trace.SpanKind.CLIENT, attributes=_attributes(request)
    ) as span:
        context: dict[str, str] = {}
        propagate.inject(context)
        try:
            yield Attempt(request.with_headers(context), span)
        except ApiError as error:
            span.set_attribute("error.type", type(error).__name__)
            raise


def _attributes(request: Request) -> Attributes:
    """See "Semantic conventions for HTTP client spans"; no secret is among them."""
    parts = urlsplit(request.url)
    found: dict[str, str | int] = {
        "http.request.method": request.method,
        "server.address": parts.hostname or "",
        "server.port": parts.port or (80 if parts.scheme == "http" else 443),
        "url.full": request.shown_url,
    }
    if retry := request.headers.get(RETRY_COUNT):
        found["http.request.resend_count"] = int(retry)
    return found
