"""Requests and answers as httpcore2 has them: what goes over the wire, and comes back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from .content_codings import accepted_codings
from .headers import Headers, field_name, field_value
from .http_errors import malformed_request, unusable_url
from .request import Request
from .urls import is_host

if TYPE_CHECKING:
    import httpcore2

_URL = re.compile(r"(https?://[^/?#]*)([^#]*)", re.IGNORECASE)
_TARGET = re.compile("[!-~]*")
"""What is visible in ASCII: httpcore2 has HTTP/2 send anything else, too."""
_WITH_CONTENT = frozenset({"POST", "PUT", "PATCH"})
"""Methods that mean something by their content, so that to have none is said, too."""


class Address(NamedTuple):
    """Where a request goes: `field` is what the Host field says of it."""

    scheme: str
    host: str
    port: int | None
    field: str


def addressed(request: Request) -> tuple[Address, str]:
    """Where a request goes, and its target there: path and query, as they stand.

    Raises ApiConnectionError for a URL that leads nowhere.
    """
    found = _URL.fullmatch(request.url.partition("#")[0])
    if found is None:
        raise unusable_url("it is no http or https URL")
    target = found[2]
    if not _TARGET.fullmatch(target):
        raise unusable_url("it is not percent-encoded")
    try:
        address = _address(found[1])
    except ValueError:
        # Its words may quote a password.
        raise unusable_url("its host or its port is none") from None
    return address, target if target.startswith("/") else f"/{target}"


@lru_cache
def _address(front: str) -> Address:
    """Scheme, host and port of a URL. Raises ValueError if they are none."""
    parts = urlsplit(front)
    host, port = parts.hostname or "", parts.port
    if not is_host(host):
        raise ValueError("no name of a host")
    field = f"[{host}]" if ":" in host else host
    if port == (443 if parts.scheme == "https" else 80):
        port = None
    return Address(
        parts.scheme, host, port, field if port is None else f"{field}:{port}"
    )


def on_the_wire(
    request: Request,
    address: Address,
    target: str,
    content: bytes | Iterable[bytes] | AsyncIterable[bytes] | None,
) -> httpcore2.Request:
    """A request as httpcore2 takes it, with the fields that HTTP itself wants."""
    import httpcore2

    timeout = request.timeout
    return httpcore2.Request(
        request.method,
        httpcore2.URL(
            scheme=address.scheme,
            host=address.host,
            port=address.port,
            target=target.encode("ascii"),
        ),
        headers=_fields(request, address, content),
        content=content,
        extensions={
            # As certificates have it, however a proxy is told of it.
            "sni_hostname": address.host,
            "timeout": {
                "connect": timeout.connect,
                "read": timeout.read,
                "write": timeout.write,
                "pool": timeout.pool,
            },
        },
    )


def _fields(
    request: Request,
    address: Address,
    content: bytes | Iterable[bytes] | AsyncIterable[bytes] | None,
) -> list[tuple[bytes, bytes]]:
    fields = encoded(request.headers)
    names = {name.lower() for name, _ in fields}
    if b"accept-encoding" not in names:
        fields.append((b"Accept-Encoding", accepted_codings()))
    if b"content-length" not in names and b"transfer-encoding" not in names:
        if content is None or isinstance(content, bytes):
            if content or request.method in _WITH_CONTENT:
                fields.append((b"Content-Length", b"%d" % len(content or b"")))
        else:
            fields.append((b"Transfer-Encoding", b"chunked"))
    if b"host" not in names:
        # First of all (RFC 9110, section 7.2).
        fields.insert(0, (b"Host", address.field.encode("ascii")))
    return fields


def encoded(headers: Headers) -> list[tuple[bytes, bytes]]:
    """The field lines of a request as they are sent.

    Raises ApiConnectionError for what is none: HTTP/2 would carry it all the same, for a
    proxy to make two lines of one.
    """
    try:
        return [
            (field_name(name).encode(), field_value(name, value).encode())
            for name, value in headers.multi_items()
        ]
    except ValueError:
        raise malformed_request() from None


class CoreAnswer:
    """An answer of httpcore2, as `HttpAnswer` and as `AsyncHttpAnswer`."""

    __slots__ = ("_response", "headers", "status_code")

    is_stream_consumed = False

    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response
        self.status_code = response.status
        self.headers = Headers(_read(response.headers))

    def iter_raw(self) -> Iterator[bytes]:
        """See `HttpAnswer`."""
        return self._response.iter_stream()

    def iter_bytes(self) -> Iterator[bytes]:
        """See `HttpAnswer`."""
        if "content-encoding" not in self.headers:
            return self.iter_raw()
        import httpx2

        fields = self.headers.multi_items()
        response = httpx2.Response(200, headers=fields, content=self.iter_raw())
        return response.iter_bytes()

    def aiter_raw(self) -> AsyncIterator[bytes]:
        """See `AsyncHttpAnswer`."""
        return self._response.aiter_stream()

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """See `AsyncHttpAnswer`."""
        if "content-encoding" not in self.headers:
            return self.aiter_raw()
        import httpx2

        fields = self.headers.multi_items()
        response = httpx2.Response(200, headers=fields, content=self.aiter_raw())
        return response.aiter_bytes()

    def close(self) -> None:
        """Gives the connection back, or ends it where the answer was not read."""
        self._response.close()

    async def aclose(self) -> None:
        """As `close`, for a task."""
        await self._response.aclose()


def _read(raw: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Header fields: mostly ASCII; what is no UTF-8 can only be Latin-1."""
    for encoding in ("utf-8", "latin-1"):
        try:
            return [(n.decode("latin-1").lower(), v.decode(encoding)) for n, v in raw]
        except UnicodeDecodeError:
            continue
    raise AssertionError("Latin-1 has all bytes")
