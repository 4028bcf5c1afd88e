"""How an operation and the arguments of a call of it become a request.

Of several sources of one header field, the last wins: what every request has, the
client, the operation with its parameters, the options of the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

import msgspec

from .bodies import encode_body
from .headers import Headers, merged
from .idempotency import Repeatability, repeatability
from .operation import Answer, Binary, Empty, Json, Operation, Text
from .options import Settings
from .parameters import cookie_field, expand_path, header_fields, query_string
from .request import Request
from .session import Session


class Arguments(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the parameters of one call, by location and wire name."""

    path: Mapping[str, object] = {}
    query: Mapping[str, object] = {}
    headers: Mapping[str, object] = {}
    cookies: Mapping[str, object] = {}
    body: object = None


def prepare(
    session: Session,
    operation: Operation[object],
    arguments: Arguments,
    settings: Settings,
) -> tuple[Request, Repeatability]:
    """The request of a call, without credentials, and what makes it repeatable.

    Raises ValueError or TypeError for an argument that cannot be sent.
    """
    content = encode_body(
        arguments.body, operation.content_type, sends_null=operation.sends_null
    )
    headers = _headers(session, operation, arguments, settings, content)
    keys = repeatability(
        operation.idempotency,
        headers,
        settings.idempotency_key,
        now=session.clock.time(),
    )
    request = Request(
        method=operation.method.upper(),
        url=_url(session.base_url, operation, arguments, settings),
        headers=headers.replaced(keys.fields),
        content=content,
        timeout=settings.timeout,
    )
    return request, keys


def _url(
    base: str, operation: Operation[object], arguments: Arguments, settings: Settings
) -> str:
    path = expand_path(operation.path, arguments.path, operation.styles)
    values = {**operation.query, **arguments.query, **settings.query}
    query = query_string(values, operation.styles)
    if not query:
        return base + path
    return f"{base}{path}{'&' if '?' in path else '?'}{query}"


def _headers(
    session: Session,
    operation: Operation[object],
    arguments: Arguments,
    settings: Settings,
    content: bytes | None,
) -> Headers:
    return merged(
        {"User-Agent": session.user_agent, "Accept": _accept(operation)},
        settings.headers,
        operation.headers,
        {"Content-Type": None if content is None else operation.content_type},
        header_fields(arguments.headers, operation.styles),
        {"Cookie": cookie_field(arguments.cookies, operation.styles)},
        settings.call_headers,
    )


def _accept(operation: Operation[object]) -> str:
    if operation.accept is not None:
        return operation.accept
    kinds = dict.fromkeys(map(_media_type, operation.answers.values()))
    return ", ".join(kind for kind in kinds if kind) or "*/*"


def _media_type(answer: Answer) -> str:
    match answer:
        case Json():
            return "application/json"
        case Text() | Binary():
            return "*/*"
        case Empty():
            return ""
        case _:
            assert_never(answer)
