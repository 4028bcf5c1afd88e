"""Which variants of a union a JSON value can be of, by what can be seen without trying."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from typing import Protocol

import msgspec

from .enums import OpenIntEnum, OpenStrEnum
from .field_types import resolve
from .models import Model, wire_names
from .shapes import NONE, fitting, is_object, is_union, json_types
from .unknown_variant import UnknownVariant


class Declaration(Protocol):
    """What is declared of a union; see `unions.OneOf`."""

    @property
    def tag(self) -> str | None: ...
    @property
    def variants(self) -> Callable[[], tuple[object, ...]]: ...
    @property
    def table(self) -> Callable[[], Mapping[str | int, object]]: ...
    @property
    def fallback(self) -> Callable[[], object]: ...


class Shape(msgspec.Struct, frozen=True):
    """What is known of the objects of a variant."""

    kind: object
    names: frozenset[str]
    """The declared properties."""
    required: frozenset[str]
    """The properties that are always there."""
    values: Mapping[str, frozenset[object]]
    """The values of the properties that may have only certain ones."""


class Plan:
    """What is known of a union, the more the more of it is asked for."""

    def __init__(self, union: Declaration) -> None:
        self._table = union.table()
        self._fallback = union.fallback()
        named = dict.fromkeys([*self._table.values(), self._fallback])
        kinds = union.variants() or tuple(kind for kind in named if kind is not None)
        self._kinds = kinds
        self.tag = union.tag
        self.json_types = NONE.union(*map(json_types, kinds))
        self.classes = (*(c for kind in kinds for c in classes(kind)), UnknownVariant)
        """The Python classes of the values."""
        self.plain = frozenset(type(one) for one in _PLAIN if _is_plain(one, kinds))
        """Of these any value is one, and of no other variant."""

    # Strings may be all that ever comes of a union: then its models are not looked through.

    @cached_property
    def variants(self) -> tuple[object, ...]:
        """The types of the union."""
        return tuple(map(_ready, self._kinds))

    @cached_property
    def table(self) -> Mapping[str | int, object]:
        """The variant of each value of the discriminator."""
        return {value: _ready(kind) for value, kind in self._table.items()}

    @cached_property
    def fallback(self) -> object:
        """The variant of all other values."""
        return _ready(self._fallback)

    @cached_property
    def objects(self) -> tuple[Shape, ...]:
        """The variants that are objects."""
        return tuple(
            _shape(kind) for kind in self.variants if "object" in json_types(kind)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The properties that any of the variants declares."""
        return NONE.union(*(shape.names for shape in self.objects))


def _ready(kind: object) -> object:
    """A type, ready to be read."""
    resolve(kind)
    return kind


@cache
def plan_of(union: Declaration) -> Plan:
    """The plan of a union, made when it is first needed."""
    return Plan(union)


_PLAIN = ("", True, 1)


def _is_plain(value: object, variants: tuple[object, ...]) -> bool:
    return fitting(variants, value) == (type(value),)


def kinds_of(plan: Plan, value: object) -> tuple[object, ...]:
    """The variants that a value may be of, the likeliest first; none if it is unknown."""
    if not is_object(value):
        return fitting(plan.variants, value)
    if plan.tag is not None and plan.tag in value:
        named = by_tag(plan, value)
        kind = plan.fallback if named is None else named
        return () if kind is None else (kind,)
    shapes = _by_properties(plan.objects, value)
    return tuple([shape.kind for shape in shapes])


def likely_kinds(plan: Plan, value: dict[str, object]) -> tuple[object, ...]:
    """The variants that an object which fits none of them was probably meant to be of.

    Those that one of its values speaks for (a `const`, a member of an `enum`), or all.
    """
    named = [shape for shape in plan.objects if _is_named(shape, value)]
    return tuple(shape.kind for shape in named or plan.objects)


def by_tag(plan: Plan, value: dict[str, object]) -> object:
    """The variant that the discriminator of an object names, None if it names none."""
    tag = None if plan.tag is None else value.get(plan.tag)
    return plan.table.get(tag) if isinstance(tag, _TAGS) else None


_TAGS = (str, int)


def _by_properties(
    shapes: Sequence[Shape], value: dict[str, object]
) -> Sequence[Shape]:
    """Those of several variants that the properties of an object leave possible."""
    names = value.keys()
    shapes = [shape for shape in shapes if _is_allowed(shape, value)] or shapes
    shapes = [shape for shape in shapes if shape.required <= names] or shapes
    if len(shapes) == 1:
        return shapes
    return sorted(shapes, key=lambda shape: len(names - shape.names))


def _is_allowed(shape: Shape, value: dict[str, object]) -> bool:
    """Whether no property has a value that the variant excludes."""
    for name, values in shape.values.items():
        if name in value and not _has(value[name], values):
            return False
    return True


def _is_named(shape: Shape, value: dict[str, object]) -> bool:
    """Whether a property has one of the few values that it has in this variant."""
    return any(
        name in value and _has(value[name], values)
        for name, values in shape.values.items()
    )


def _has(value: object, values: frozenset[object]) -> bool:
    return (value is None or isinstance(value, _TAGS)) and value in values


def _shape(kind: object) -> Shape:
    model = model_of(kind)
    if model is None:
        return Shape(kind, frozenset(), frozenset(), {})
    fields = [
        field
        for field in msgspec.structs.fields(model)
        if field.encode_name in wire_names(model)
    ]
    values = {field.encode_name: _values(field.type) for field in fields}
    return Shape(
        kind,
        wire_names(model),
        frozenset(field.encode_name for field in fields if field.required),
        {name: allowed for name, allowed in values.items() if allowed is not None},
    )


def model_of(kind: object) -> type[Model] | None:
    """The model that declares the properties of a kind of object, if one does."""
    model: object = getattr(kind, "__calque_model__", kind)
    return model if isinstance(model, type) and issubclass(model, Model) else None


def _values(kind: object) -> frozenset[object] | None:
    """The only values that a type has, None if it has others."""
    if typing.get_origin(kind) is typing.Literal:
        values = typing.get_args(kind)
        return None if None in values else frozenset(values)
    if not isinstance(kind, type) or not issubclass(kind, Enum):
        return None
    if issubclass(kind, OpenStrEnum | OpenIntEnum):
        return None
    return frozenset(member.value for member in kind)


@cache
def classes(kind: object) -> tuple[type, ...]:
    """The Python classes of the values of a type."""
    if kind is typing.Any:
        return (object,)
    if isinstance(kind, type):
        return (kind,)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return (str, int, bool)
    if is_union(origin):
        return tuple(found for each in arguments for found in classes(each))
    if origin is typing.Annotated:
        return classes(arguments[0])
    return (object,) if origin is None else (origin,)
