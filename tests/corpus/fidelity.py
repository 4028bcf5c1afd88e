"""Whether a package reads the examples of its document, and writes them as they were.

Only those count that fit their own schema; the others are the document's mistakes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from calque.document.node import Json
from calque.model.api import Api
from calque.naming import Names
from calque.resolve import Resolved
from tests.corpus.examples import Example, Types, examples
from tests.corpus.judge import Judge


@dataclass(slots=True)
class Fidelity:
    """How many examples came through, did not fit their schema, could not be tried; and
    what became of those that came out otherwise than they went in.
    """

    kept: int = 0
    unfit: int = 0
    untried: int = 0
    altered: list[str] = field(default_factory=list[str])


def fidelity(
    document: dict[str, Json], resolved: Resolved, api: Api, names: Names
) -> Fidelity:
    """Tries every example of a document; its package must be importable here."""
    found = Fidelity()
    types: Types | None = None
    judge: Judge | None = None
    for example in examples(resolved):
        judge = judge or Judge(document)
        types = types or Types(resolved, api, names)
        fits = judge.admits(example.schema.pointer, example.value)
        if fits is None:
            found.untried += 1
        elif not fits:
            found.unfit += 1
        else:
            _try(example, types, names.package, found)
    return found


def _try(example: Example, types: Types, package: str, found: Fidelity) -> None:
    type_ = types.of(example)
    if type_ is None:
        found.untried += 1
        return
    fault = _fault(package, type_, example.value)
    if fault:
        found.altered.append(f"{example.id}: {fault}"[:300])
    else:
        found.kept += 1


def _fault(package: str, type_: object, value: Json) -> str | None:
    """What is wrong with how a value of a type is read and written."""
    try:
        return next(faults(package, type_, value), None)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def faults(package: str, type_: object, value: Json) -> Iterator[str]:
    """What is wrong with how a package reads and writes a value that fits its type."""
    codec = import_module(f"{package}._runtime.codec")
    lenient = import_module(f"{package}._runtime.lenient")
    data = json.dumps(value).encode()
    kept, issues = codec.decode_lenient(data, type_, keep_unknown=True)
    if issues:
        yield f"an issue: {issues[0]}"
    if place := difference(_written(codec, package, kept, type_), value):
        yield f"written otherwise: {place}"
    plain = codec.decode(data, type_)
    if place := difference(_written(codec, package, plain, type_), value, less=True):
        yield f"written otherwise by the strict path: {place}"
    if lenient.build(value, type_)[0] != plain:
        yield "the lenient pass reads it otherwise"


def _written(codec: ModuleType, package: str, value: object, type_: object) -> Json:
    """The JSON of a value; of a type in a format of its own, as a call would write it."""
    formatted = f"{package}._runtime.formatted"
    if find_spec(formatted) is not None:
        value = import_module(formatted).written(value, type_)
    written: Json = json.loads(codec.encode(value))
    return written


def difference(
    one: Json, other: Json, at: str = "$", *, less: bool = False
) -> str | None:
    """Where two JSON values differ; with `less`, the first may lack members."""
    match one, other:
        case dict(), dict():
            if one.keys() != other.keys() and not (less and one.keys() <= other.keys()):
                return f"{at} has other members"
            pairs = [(f"{at}.{key}", one[key], other[key]) for key in one]
        case list(), list():
            if len(one) != len(other):
                return f"{at} has other items"
            both = enumerate(zip(one, other, strict=True))
            pairs = [(f"{at}[{index}]", a, b) for index, (a, b) in both]
        case _:
            # True is 1 to Python, but not to JSON.
            alike = isinstance(one, bool) is isinstance(other, bool)
            if alike and (one == other or _double(one) == _double(other)):
                return None
            return f"{at} is {one!r}, was {other!r}"
    places = (difference(a, b, place, less=less) for place, a, b in pairs)
    return next(filter(None, places), None)


def _double(value: Json) -> object:
    """A number as most readers of JSON take it (RFC 8259, section 6)."""
    return float(value) if isinstance(value, int | float) else value
