"""Models: how the objects of an API are declared as classes, and what they remember.

A field of a model is written in one of these ways:

| in the API           | in the class                                              |
|----------------------|-----------------------------------------------------------|
| required             | `x: T`, or `x: T | None` if it is nullable                |
| required, one value  | `x: Literal["a"] = const("a")`                            |
| required, read-only  | `x: T = read_only()`                                      |
| required, write-only | `x: T | UnsetType`: given by a sender, UNSET to a reader   |
| optional             | `x: T | None = None`: None is absence                     |
| optional, nullable   | `x: T | None | UnsetType = UNSET`: None is JSON null      |
| optional, read-only  | `x: T | None = read_only(None)`, or `read_only(UNSET)`    |

A model that was read leniently may hold what its class does not declare: a required
property that the server left out is UNSET, a value of a wrong type stands as it was
sent. It is written again as it was received.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeAlias, TypeVar

from msgspec import UNSET, Struct, UnsetType, field

from .enums import ClosedIntEnum, ClosedStrEnum, OpenIntEnum, OpenStrEnum
from .model_type import ModelMeta, const, read_only

__all__ = [
    "UNKNOWN",
    "UNSET",
    "ClosedIntEnum",
    "ClosedStrEnum",
    "JsonValue",
    "Model",
    "OpenIntEnum",
    "OpenStrEnum",
    "UnknownProperties",
    "UnsetType",
    "const",
    "field",
    "read_only",
    "replace",
    "unknown_properties",
]

ReplaceableT = TypeVar("ReplaceableT", bound="Replaceable")

UNKNOWN = "\ufdd0"
"""The wire name of what no server sends: a noncharacter, which is not for interchange."""


if TYPE_CHECKING:
    JsonValue: TypeAlias = object
    """Any JSON value. At run time not `object`, which to msgspec is a class like another."""
else:
    JsonValue = Any


class UnknownProperties:
    """Properties that a server sent beyond the declared ones, to be sent back.

    Not a dict: msgspec must meet something here that it cannot write, so that a model
    which holds any is noticed, while one which holds none costs nothing.
    """

    __slots__ = ("properties",)

    def __init__(self, properties: dict[str, object]) -> None:
        self.properties = properties

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UnknownProperties):
            return NotImplemented
        return self.properties == other.properties

    def __repr__(self) -> str:
        return repr(self.properties)

    @classmethod
    def __calque_decode__(cls, value: object) -> object:
        raise ValueError("a noncharacter is no name of a property")


class Model(
    Struct,
    metaclass=ModelMeta,
    kw_only=True,
    omit_defaults=True,
    repr_omit_defaults=True,
):
    """An object of the API. Subclasses say `kw_only=True` again: it is not inherited."""

    # A field like any other, so that it is copied, pickled and compared with them, but
    # none that a caller could give.
    if not TYPE_CHECKING:
        _unknown: UnknownProperties = field(default=UNSET, name=UNKNOWN)

    def __calque_properties__(self) -> dict[str, object]:
        """What stands for this object in JSON, one level deep."""
        declared = declared_properties(self)
        unknown = unknown_properties(self).items()
        return declared | {
            name: value for name, value in unknown if name not in declared
        }

    @classmethod
    def __calque_written__(cls, value: object, kind: object) -> object:
        """What stands for additional properties of a type beside such an object."""
        return value


def unknown_properties(model: Model) -> Mapping[str, object]:
    """The properties, by wire name, that no field of a model expresses, but a server sent.

    Undeclared ones, if the client keeps them (`keep_unknown=True`) or if another variant
    of a union declares them; and optional ones that were null against the description.
    """
    kept: object = getattr(model, "_unknown", UNSET)
    return kept.properties if isinstance(kept, UnknownProperties) else {}


def keep_unknown(model: Model, properties: dict[str, object]) -> None:
    """Have a model hold properties that its class does not declare."""
    name = "_unknown"
    setattr(model, name, UnknownProperties(properties))


def declared_properties(model: Model) -> dict[str, object]:
    """The values of the fields of a model by wire name, without those that are absent."""
    declared: dict[str, object] = {}
    for name, wire, default in _layout(type(model)):
        value: object = getattr(model, name, UNSET)
        if value is not UNSET and value is not default:
            declared[wire] = value
    return declared


@cache
def wire_names(model: type[Model]) -> frozenset[str]:
    """The names on the wire of the properties that a model declares."""
    return frozenset(wire for _, wire, _ in _layout(model))


@cache
def _layout(model: type[Model]) -> list[tuple[str, str, object]]:
    """The name, the wire name and the default of each field that is a property."""
    names = model.__struct_fields__
    wires = model.__struct_encode_fields__
    defaults = model.__struct_defaults__
    required = [UNSET] * (len(names) - len(defaults))
    fields = zip(names, wires, [*required, *defaults], strict=True)
    return [field for field in fields if not field[0].startswith("_")]


class Replaceable(Protocol):
    """What can be copied with changes: models, open ones too."""

    def __replace__(self, **changes: Any) -> Self: ...


def replace(model: ReplaceableT, /, **changes: object) -> ReplaceableT:
    """A copy of a model with some fields changed."""
    return model.__replace__(**changes)
