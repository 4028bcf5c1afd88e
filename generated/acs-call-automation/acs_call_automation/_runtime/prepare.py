"""How an operation and the arguments of a call of it become a request.

Of several sources of one header field, the last wins: what every request has, the
client, the operation with its parameters, the options of the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

import msgspec

from .bodies import Written, encode_body
from .headers import Headers, merged
from .idempotency import Repeatability, repeatability
from .json_values import as_object
from .media_types import is_json
from .operation import (
    Answer,
    Binary,
    ByMediaType,
    Empty,
    Json,
    Operation,
    Read,
    Text,
)
from .options import Settings
from .parameters import cookie_field, expand_path, header_fields, query_string
from .request import Request
from .session import Session


class Arguments(msgspec.Struct, frozen=True, kw_only=True):
    """The values of the parameters of one call, by location and wire name.

    `url` stands in the place of server, path and query: a link that an answer gave. An
    `anonymous` request tells nothing of the client: it leads to another host.
    """

    path: Mapping[str, object] = {}
    query: Mapping[str, object] = {}
    headers: Mapping[str, object] = {}
    cookies: Mapping[str, object] = {}
    body: object = None
    url: str | None = None
    anonymous: bool = False


def prepare(
    session: Session,
    operation: Operation[object],
    arguments: Arguments,
    settings: Settings,
) -> tuple[Request, Repeatability]:
    """The request of a call, without credentials, and what makes it repeatable.

    Raises ValueError or TypeError for an argument that cannot be sent.
    """
    body = _with_extras(_body(operation, arguments.body), operation, settings)
    headers = _headers(session, operation, arguments, settings, body)
    keys = repeatability(
        operation.idempotency,
        headers,
        settings.idempotency_key,
        now=session.clock.time(),
    )
    request = Request(
        method=operation.method.upper(),
        url=arguments.url or url_of(session, operation, arguments, settings),
        headers=headers.replaced(keys.fields),
        content=None if body is None else body.content,
        timeout=settings.timeout,
        upload_progress=settings.upload_progress,
        operation=operation.id,
    )
    return request, keys


def _body(operation: Operation[object], value: object) -> Written | None:
    """The body that a value is written as; None where there is none."""
    content_type = operation.content_type
    if value is msgspec.UNSET or content_type is None:
        return None
    if value is None and not operation.sends_null:
        return None
    if operation.body is not None:
        return operation.body.write(value, content_type)
    return Written(encode_body(value, content_type), content_type)


def _with_extras(
    body: Written | None, operation: Operation[object], settings: Settings
) -> Written | None:
    """The body with the members that the options add to it."""
    if not settings.body:
        return body
    content_type = operation.content_type
    if operation.body is not None or not is_json(content_type):
        raise TypeError("options: body takes members of JSON, and this call sends none")
    content = None if body is None else body.content
    found: object = {}
    if isinstance(content, bytes):
        found = msgspec.json.decode(content)
    members = as_object(found)
    if members is None:
        raise TypeError("options: body takes members, and this body is no JSON object")
    whole = encode_body({**members, **settings.body}, content_type or "")
    return Written(whole, content_type or "")


def url_of(
    session: Session,
    operation: Operation[object],
    arguments: Arguments,
    settings: Settings,
) -> str:
    """The URL of a call, without credentials.

    Raises ValueError or TypeError for an argument that cannot be sent.
    """
    base = session.url_of(operation, settings)
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
    body: Written | None,
) -> Headers:
    usual = {"User-Agent": session.user_agent, "Accept": accepted(operation)}
    if arguments.anonymous:
        return merged(usual)
    return merged(
        usual,
        settings.headers,
        operation.headers,
        _content_fields(body, settings),
        header_fields(arguments.headers, operation.styles),
        {"Cookie": cookie_field(arguments.cookies, operation.styles)},
        settings.call_headers,
    )


def _content_fields(body: Written | None, settings: Settings) -> dict[str, str]:
    """The type of the content, and its length where whoever sends it cannot tell."""
    if body is None:
        return {}
    fields = {"Content-Type": body.content_type}
    content = body.content
    if isinstance(content, bytes):
        if settings.upload_progress is not None:
            # It is sent in pieces, so that somebody can be told of them.
            fields["Content-Length"] = str(len(content))
    elif content.length is not None:
        fields["Content-Length"] = str(content.length)
    return fields


def accepted(operation: Operation[object]) -> str:
    """The media types of its answers, as the field Accept names them."""
    if operation.accept is not None:
        return operation.accept
    found = (_media_types(answer) for answer in operation.answers.values())
    return ", ".join(dict.fromkeys(kind for kinds in found for kind in kinds)) or "*/*"


def _media_types(answer: Answer) -> Iterable[str]:
    match answer:
        case Json():
            return ["application/json"]
        case Text() | Binary() | Read():
            return ["*/*"]
        case ByMediaType(answers):
            return answers
        case Empty():
            return []
        case _:
            assert_never(answer)
