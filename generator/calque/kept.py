"""What a run leaves to the next one of the same package, in the user's cache."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache, lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias, cast

from calque.again import Understood
from calque.cache import place, put_sealed, unsealed
from calque.generation import NOTHING, Memory
from calque.model.declarations import Field, Fields, Together
from calque.render.engine import compiled

_PARTS, _UNITS = "parts", "units"

# The modules of values; to make one does nothing else.
_VALUES = (
    *("calque.again", "calque.codes", "calque.diagnostics", "calque.document.units"),
    "calque.document.outline",
    *("calque.generation", "calque.lock.memory", "calque.model", "calque.model."),
    *("calque.naming.moves", "calque.render.parts"),
)


def recalled(output: Path, asked: Sequence[object]) -> Memory:
    """What the last run has left that was asked for the same."""
    made = _read(_PARTS, output, asked)
    understood = _read(_UNITS, output, asked)
    return replace(
        made if isinstance(made, Memory) else NOTHING,
        understood=understood if isinstance(understood, Understood) else None,
    )


def keep(output: Path, asked: Sequence[object], memory: Memory) -> None:
    """Leaves to the next run what is new."""
    if memory.past is not None:
        # What is known of both, names above all, is kept once.
        _write(_PARTS, output, asked, replace(memory, understood=None))
    if memory.understood is not None:
        _write(_UNITS, output, asked, memory.understood)
    compiled().keep()


def _write(kind: str, output: Path, asked: Sequence[object], value: object) -> None:
    put_sealed(place(kind, output), asked, _written(value))


def _written(value: object) -> memoryview:
    held = io.BytesIO()
    _Writer(held, pickle.HIGHEST_PROTOCOL).dump(value)
    return held.getbuffer()


def _read(kind: str, output: Path, asked: Sequence[object]) -> object:
    """What is kept; None where there is nothing, or nothing to be trusted."""
    held = unsealed(place(kind, output), asked)
    try:
        return _Reader(held).load() if held else None
    except pickle.UnpicklingError:
        return None
    finally:
        same.cache_clear()


_TEXTS = (str, Enum)
_OF_FIELD = attrgetter(*(field.name for field in fields(Field)))

_Made: TypeAlias = tuple[Callable[..., object], tuple[object, ...]]


class _Writer(pickle.Pickler):
    """Writes values of frozen classes down by what their fields hold: so they are read fastest."""

    def reducer_override(self, value: object, /) -> _Made:
        """What makes a value again, and of what."""
        if isinstance(value, Fields):
            rows = [*map(_OF_FIELD, value.each)]
            return shelved, (value.together, bytes(_written(rows)))
        kind: type = type(value)
        held_by = _held_by(kind)
        if held_by is None:
            return cast("_Made", NotImplemented)
        held = held_by(value)
        plain = all(isinstance(each, _TEXTS) for each in held)
        return (same if plain else restored), (kind, *held)


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a class of values; None where it is none."""
    if not is_dataclass(kind) or "__slots__" not in vars(kind):
        return None
    return tuple(field.name for field in fields(kind))


@cache
def _held_by(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    """What gets what the fields of a value hold; None for what is no class of values."""
    names = _names(kind)
    if names is None or len(names) > 1:
        return attrgetter(*names) if names else None
    return lambda value: tuple(getattr(value, name) for name in names)


@cache
def _places(kind: type) -> tuple[Callable[[object, object], None], ...]:
    """What puts something into each field of a class of values."""
    return tuple(getattr(kind, name).__set__ for name in _names(kind) or ())


def restored(kind: type, *held: object) -> object:
    """A value of a class, by what its fields hold."""
    value = cast("object", object.__new__(kind))
    for put_into, each in zip(_places(kind), held, strict=True):
        put_into(value, each)
    return value


@lru_cache(None, typed=True)
def same(kind: type, *held: object) -> object:
    """As `restored`, of what holds nothing but texts: one value, however often it is there."""
    return restored(kind, *held)


def shelved(together: Together, held: bytes) -> Fields:
    """The fields of a record: few of them are ever asked for one by one."""
    return Fields(partial(_taken, held), together)


def _taken(held: bytes) -> tuple[Field, ...]:
    rows = cast("list[tuple[object, ...]]", _Reader(io.BytesIO(held)).load())
    return cast("tuple[Field, ...]", tuple(restored(Field, *row) for row in rows))


_MAKING: dict[str, object] = {each.__name__: each for each in (restored, same, shelved)}


class _Reader(pickle.Unpickler):
    """Makes values of the classes that are kept, and nothing else."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        if module_name == __name__ and global_name in _MAKING:
            return _MAKING[global_name]
        found: object = None
        if module_name.startswith(_VALUES):
            found = super().find_class(module_name, global_name)
        if isinstance(found, type) and found.__module__ == module_name:
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not kept")
