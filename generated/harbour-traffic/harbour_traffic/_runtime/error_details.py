"""Where services put their own code and message in the body of an error.

Read from the raw JSON and not from the model, so that a message survives where the body
is not the one that the API declares: that of a gateway, for instance.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from .json_values import as_array, as_object

Details: TypeAlias = tuple[str | None, str | None]

_LONGEST = 500
_NOTHING: Details = (None, None)
# OData and Azure; OAuth 2.0; problem details (RFC 9457); JSON:API; and the usual others.
_CODES = ("code", "errorCode", "error_code", "Code")
_MESSAGES = (
    "message",
    "error_description",
    "detail",
    "errorMessage",
    "error_message",
    "title",
    "description",
    "msg",
    "Message",
    "reason",
)
_NESTED = ("error", "errors", "detail", "fault", "Error")


def error_details(content: bytes) -> Details:
    """The service's own code and message, each None where the body has none.

    A body that is not JSON has none. Line breaks become spaces, and what is longer than
    500 characters is cut.
    """
    try:
        body: object = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return _NOTHING
    code, message = _look(body, depth=0)
    return _line(code), _line(message)


def _look(node: object, *, depth: int) -> Details:
    if depth > 4:
        return _NOTHING
    if isinstance(node, str):
        return None, node
    items = as_array(node)
    if items:
        return _look(items[0], depth=depth + 1)
    members = as_object(node)
    return _NOTHING if members is None else _in_object(members, depth)


def _in_object(members: dict[str, object], depth: int) -> Details:
    code, message = _first(members, _CODES), _first(members, _MESSAGES)
    for name in _NESTED:
        inner_code, inner_message = _look(members.get(name), depth=depth + 1)
        if name == "error" and isinstance(members.get(name), str) and message:
            # OAuth 2.0 (RFC 6749, section 5.2): `error` is the code.
            inner_code, inner_message = inner_message, None
        code, message = code or inner_code, message or inner_message
    return code, message


def _first(members: dict[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = members.get(name)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _line(text: str | None) -> str | None:
    if text is None:
        return None
    # Control characters would let a service write lines of its own into a log.
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
