"""Reading and writing JSON as the types of this package.

Data that fits its type is read by msgspec's C decoder alone. Where that refuses, the
lenient pass decides (see `lenient`): it finds the deviations, or none where msgspec is
merely stricter than JSON Schema (an integer may be written `1.0`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, overload

import msgspec

from .field_types import resolve
from .hooks import ENCODER, decode_hook
from .issue import DecodeError, Issue
from .number_types import is_finite, may_hold_floats

__all__ = ["DecodeError", "Issue", "decode", "decode_lenient", "encode", "to_builtins"]

T = TypeVar("T")


@overload
def decode(data: bytes, type: type[T]) -> T: ...
@overload
def decode(data: bytes, type: object) -> object: ...
def decode(data: bytes, type: object) -> object:
    """JSON as a value of a type.

    DecodeError, with every deviation, when it is not of that type or no JSON at all.
    """
    try:
        return _decoder(type)(data)
    except _REFUSALS:
        value, issues = _read_leniently(data, type, keep_unknown=False)
    if issues:
        raise DecodeError(issues)
    return value


@overload
def decode_lenient(
    data: bytes, type: type[T], *, keep_unknown: bool = False
) -> tuple[T, list[Issue]]: ...
@overload
def decode_lenient(
    data: bytes, type: object, *, keep_unknown: bool = False
) -> tuple[object, list[Issue]]: ...
def decode_lenient(
    data: bytes, type: object, *, keep_unknown: bool = False
) -> tuple[object, list[Issue]]:
    """JSON as a value of a type as far as it is one, and how it deviates.

    Everything declared is kept as it was sent: `encode` gives it back. With
    `keep_unknown` undeclared properties are kept too; the C decoder then has no part in
    it, which costs some twenty times the time. DecodeError when the data is no JSON.
    """
    if keep_unknown:
        return _read_leniently(data, type, keep_unknown=True)
    try:
        return _decoder(type)(data), []
    except _REFUSALS:
        return _read_leniently(data, type, keep_unknown=False)


def encode(value: object) -> bytes:
    """A value as JSON, e.g. a model of this package or a list of them.

    TypeError, with the place, when something in it has no such form; ValueError for a
    number that is none, such as NaN.
    """
    try:
        written = ENCODER.encode(value)
    except (TypeError, UnicodeEncodeError):
        from .json_text import write

        written = write(value).encode()
    except ValueError:
        _refuse_not_finite(value)  # Says where it is.
        raise
    else:
        # NaN and infinities are written as null, and most bodies have neither. From the
        # end of a text Python seeks twice as fast.
        if not may_hold_floats(value) or written.rfind(b"null") < 0 or is_finite(value):
            return written
    _refuse_not_finite(value)
    return written


def _refuse_not_finite(value: object) -> None:
    from .json_text import refuse_not_finite

    refuse_not_finite(value)


def to_builtins(value: object) -> object:
    """What `encode` writes, as dicts, lists, strings, numbers, booleans and None."""
    from .json_text import read

    return read(encode(value))[0]


_REFUSALS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@cache
def _decoder(type: object) -> Callable[[bytes], Any]:
    """The C decoder of a type: to make one costs far more than to use it."""
    try:
        resolve(type)
        return msgspec.json.Decoder(type, dec_hook=decode_hook).decode
    except (TypeError, RecursionError):
        # A union that msgspec cannot tell apart, models nested beyond its depth: the
        # lenient pass reads them all.
        return _refuse


def _refuse(data: bytes) -> object:
    raise msgspec.ValidationError("no C decoder of this type can be made")


def _read_leniently(
    data: bytes, type: object, *, keep_unknown: bool
) -> tuple[object, list[Issue]]:
    # Needed only by what deviates, hence imported only then.
    from .json_text import read
    from .lenient import build

    raw, malformed = read(data)
    value, issues = build(raw, type, keep_unknown=keep_unknown)
    return value, malformed + issues
