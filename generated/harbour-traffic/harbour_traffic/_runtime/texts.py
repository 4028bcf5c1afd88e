"""Values that travel as text, outside JSON: which JSON value of a type a text stands for."""

from __future__ import annotations

import datetime as dt
import typing

import msgspec

from .hooks import convert
from .http_dates import http_date, parse_http_date
from .issue import DecodeError
from .json_text import read
from .shapes import ANY, STRING, json_types, options
from .variants import model_of


def scalar(text: str, kind: object) -> object:
    """The JSON value that a text stands for; the text itself where it is of no other type."""
    accepted = json_types(kind)
    if accepted == ANY:
        return text
    if "boolean" in accepted and text in ("true", "false"):
        return text == "true"
    if accepted & {"integer", "number"}:
        return _number(text)
    return _date(text, kind) if accepted & STRING else text


def _number(text: str) -> object:
    try:
        raw, _ = read(text.encode())
    except DecodeError:
        return text
    return raw if isinstance(raw, int | float) and not isinstance(raw, bool) else text


def _date(text: str, kind: object) -> str:
    """A point in time as its type reads it: header fields write it in either way.

    That of RFC 3339, or that of HTTP (RFC 9110, section 5.6.7).
    """
    for each in options(kind):
        if dt.datetime in (each, getattr(each, "plain", None)):
            # Only the format of HTTP is one that is written by a rule of its own.
            coded = hasattr(each, "__calque_write__")
            return _in_http(text) if coded else _in_rfc_3339(text)
    return text


def _in_http(text: str) -> str:
    try:
        at = convert(text, dt.datetime)
        return http_date(at if isinstance(at, dt.datetime) else None) or text
    except (msgspec.ValidationError, ValueError):
        return text


def _in_rfc_3339(text: str) -> str:
    seconds = parse_http_date(text)
    at = None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)
    return text if at is None else at.isoformat()


def item_of(kind: object, place: int) -> object:
    """The type of an item of an array."""
    for each in options(kind):
        arguments = typing.get_args(each)
        if typing.get_origin(each) is list:
            return arguments[0]
        if typing.get_origin(each) is tuple and place < len(arguments):
            return arguments[place]
    return typing.Any


def member_of(kind: object, name: str) -> object:
    """The type of a member of an object."""
    for each in options(kind):
        model = model_of(each)
        if model is not None:
            fields = msgspec.structs.fields(model)
            own = (f.type for f in fields if f.encode_name == name)
            return next(own, typing.Any)
        if typing.get_origin(each) is dict:
            return typing.get_args(each)[1]
    return typing.Any
