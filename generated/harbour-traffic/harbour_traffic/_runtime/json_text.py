"""JSON text that msgspec does not read or write, but which is met all the same.

Read: NaN and infinities, numbers that no float holds, byte order marks and UTF-16, lone
surrogates. Written: what was read so, and models with unknown properties.
"""

from __future__ import annotations

import json
from decimal import Decimal
from math import isfinite
from typing import SupportsIndex

import msgspec

from .hooks import ENCODER, encode_hook
from .issue import DecodeError, Issue, Location, path
from .models import Model
from .shapes import is_array, is_object


class ExactNumber(float):
    """A number that was written with more digits, or a larger exponent, than a float has.

    A float to calculate with, but encoded as it was written.
    """

    __slots__ = ("text",)

    text: str
    """The number as it was written."""

    def __new__(cls, text: str) -> ExactNumber:
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __calque_encode__(self) -> object:
        return msgspec.Raw(self.text.encode())

    def __reduce_ex__(
        self, protocol: SupportsIndex
    ) -> tuple[type[ExactNumber], tuple[str]]:
        return type(self), (self.text,)


def read(data: bytes) -> tuple[object, list[Issue]]:
    """JSON text as Python builtins, and what is wrong with it as text.

    DecodeError when it cannot be read at all.
    """
    try:
        return _DECODER.decode(data), []
    except (msgspec.ValidationError, RecursionError):
        # Numbers of thousands of digits, deep nesting: JSON all the same.
        return _read_anyhow(data), []
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _read_anyhow(data), [Issue("$", f"malformed JSON: {error}")]


def _read_anyhow(data: bytes) -> object:
    try:
        value: object = json.loads(
            data,
            parse_float=_number,
            parse_int=_integer,
            parse_constant=ExactNumber,
        )
    except RecursionError:
        raise DecodeError([Issue("$", "nested too deeply")]) from None
    except ValueError as error:
        raise DecodeError([Issue("$", f"not JSON: {error}")]) from None
    return value


def _number(text: str) -> float:
    value = float(text)
    return value if _is_exact(text, value) else ExactNumber(text)


def _is_exact(text: str, value: float) -> bool:
    """Whether a float is written as a number that means what the text means."""
    if len(text) <= 15 and text.isascii() and "e" not in text and "E" not in text:
        return True
    try:
        return isfinite(value) and Decimal(repr(value)) == Decimal(text)
    except ArithmeticError:
        return False


def _integer(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        # Beyond `sys.get_int_max_str_digits()`.
        return ExactNumber(text)


_DECODER = msgspec.json.Decoder(float_hook=_number)


def refuse_not_finite(value: object, at: Location = None) -> None:
    """Raises ValueError, with the place, for a number that JSON has no text for.

    RFC 8259, section 6: no infinities, no NaN. msgspec writes `null` for such a float.
    """
    if isinstance(value, float | Decimal):
        finite = value.is_finite() if isinstance(value, Decimal) else isfinite(value)
        if not finite and not isinstance(value, ExactNumber):
            raise ValueError(f"{path(at)}: {value} is no number that JSON has")
    elif isinstance(value, Model):
        refuse_not_finite(value.__calque_properties__(), at)
    elif hasattr(type(value), "__calque_encode__"):
        refuse_not_finite(encode_hook(value), at)
    elif is_object(value):
        for name, member in value.items():
            refuse_not_finite(member, (at, name))
    elif is_array(value):
        for index, item in enumerate(value):
            refuse_not_finite(item, (at, index))
    elif isinstance(value, tuple | set | frozenset):
        items: list[object] = [*value]
        refuse_not_finite(items, at)


def write(value: object, at: Location = None) -> str:
    """A value as JSON text; TypeError, with the place, where it has no such form."""
    if isinstance(value, Model):
        return _write_object(value.__calque_properties__(), at)
    if hasattr(type(value), "__calque_encode__"):
        return write(encode_hook(value), at)
    if is_object(value):
        return _write_object(value, at)
    if is_array(value):
        return _write_array(value, at)
    if isinstance(value, tuple | set | frozenset):
        return _write_array([*value], at)
    return _write_scalar(value, at)


def _write_object(properties: dict[str, object], at: Location) -> str:
    members = (
        f"{_write_name(name, at)}:{write(value, (at, name))}"
        for name, value in properties.items()
    )
    return f"{{{','.join(members)}}}"


def _write_name(name: object, at: Location) -> str:
    text = _write_scalar(name, at)
    return text if text.startswith('"') else f'"{text}"'


def _write_array(items: list[object], at: Location) -> str:
    written = (write(item, (at, index)) for index, item in enumerate(items))
    return f"[{','.join(written)}]"


def _write_scalar(value: object, at: Location) -> str:
    try:
        return ENCODER.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value)
    except TypeError as error:
        raise TypeError(f"{path(at)}: {error}") from None
