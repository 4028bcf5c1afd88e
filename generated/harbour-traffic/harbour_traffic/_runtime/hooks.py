"""The protocol by which types that msgspec does not know take part in reading and writing.

A class may define, with `value` a JSON value as Python builtins,

- `__calque_decode__(cls, value)`: `value` as the type, or ValueError;
- `__calque_build__(cls, value, at, report)`: the same for the lenient pass, which keeps
  whatever was sent and reports what deviates;
- `__calque_encode__(self)`: what stands for the instance in JSON;
- `__calque_json__`: the JSON types that its values may have (see `shapes`);
- `__calque_options__`: the types that it is a union of.

So the codec imports neither unions nor open models nor formats: a package without them
need not contain them.
"""

from __future__ import annotations

from typing import Any

import msgspec


def decode_hook(kind: type, value: object) -> object:
    """A JSON value as a type of ours; ValueError when it is not of that type.

    A ValidationError would hide where the value stands (msgspec takes it as its own);
    of a ValueError it makes one with the whole path.
    """
    known: Any = kind
    try:
        return known.__calque_decode__(value)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    except AttributeError:
        if hasattr(kind, "__calque_decode__"):
            raise
    if kind is object:
        return value
    raise ValueError(f"{kind.__qualname__} is no type that JSON is read as")


def encode_hook(value: object) -> object:
    """What stands for a value of ours in JSON; TypeError when nothing does."""
    encode = getattr(type(value), "__calque_encode__", None)
    if encode is None:
        raise TypeError(f"{type(value).__qualname__} cannot be written as JSON")
    encoded: object = encode(value)
    return encoded


def convert(value: object, kind: object) -> object:
    """A JSON value as a type, strictly; msgspec.ValidationError when it is not of it."""
    converted: object = msgspec.convert(value, kind, dec_hook=decode_hook)
    return converted


ENCODER = msgspec.json.Encoder(enc_hook=encode_hook, decimal_format="number")
"""Writes all but what `json_text` has to: models with unknown properties, and the like."""
