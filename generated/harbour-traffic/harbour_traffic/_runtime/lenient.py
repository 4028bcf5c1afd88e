"""The lenient pass: any JSON value as any type, keeping what was sent, noting what deviates.

It agrees with msgspec on whatever msgspec accepts. Of the rest it keeps values of a wrong
type as they are, leaves UNSET where a required property is missing, and makes
pseudo-members of unknown values of enumerations.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from types import NoneType
from typing import TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from .enums import Growing
from .hooks import convert
from .issue import Issue, Location, Report
from .model_type import construct
from .models import Model, keep_unknown, unknown_properties, wire_names
from .scalars import build_enum, build_scalar
from .shapes import (
    ARRAY,
    OBJECT,
    JsonTypes,
    expected,
    fitting,
    is_array,
    is_object,
    is_union,
    json_types,
)

Build: TypeAlias = Callable[[object, Location, Report], object]
"""Makes a value of some type of a JSON value at a place, as well as it goes."""


def build(
    value: object, kind: object, *, keep_unknown: bool = False
) -> tuple[object, list[Issue]]:
    """A JSON value as a type, and how it deviates."""
    report = Report(keep_unknown=keep_unknown)
    try:
        return builder(kind)(value, None, report), report.issues
    except RecursionError:
        return value, [Issue("$", "nested too deeply to be read as its type")]


@cache
def builder(kind: object) -> Build:
    """What builds values of a type."""
    own: Build | None = getattr(kind, "__calque_build__", None)
    if own is not None:
        return own
    if kind is object or kind is typing.Any:
        return _keep
    if isinstance(kind, type):
        return _builder_of_class(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_union(origin):
        return _builder_of_union(kind, arguments)
    return _builder_of_generic(kind, origin, arguments)


def _builder_of_class(kind: type) -> Build:
    if issubclass(kind, Model):
        return partial(_build_model, kind)
    if issubclass(kind, Growing):
        return partial(build_enum, kind)
    if kind in (str, int, bool, float):
        return partial(_build_plain, kind)
    return partial(build_scalar, kind)


def _builder_of_generic(
    kind: object, origin: object, arguments: tuple[object, ...]
) -> Build:
    if origin is list:
        return partial(_build_list, builder(arguments[0]))
    if origin is dict:
        return partial(_build_dict, builder(arguments[0]), builder(arguments[1]))
    if origin is tuple and arguments[-1] is ...:
        return partial(_build_tuple, builder(arguments[0]))
    if origin is tuple:
        return partial(_build_row, [builder(argument) for argument in arguments])
    if origin is typing.Annotated:
        return partial(_build_constrained, kind, builder(arguments[0]))
    return partial(build_scalar, kind)


def _builder_of_union(union: object, arguments: tuple[object, ...]) -> Build:
    kinds = tuple(kind for kind in arguments if kind is not UnsetType)
    some = [kind for kind in kinds if kind is not NoneType]
    if len(some) != 1:
        return partial(_build_union, union, kinds)
    inner = builder(some[0])
    return inner if len(kinds) == 1 else partial(_build_nullable, inner)


def _keep(value: object, at: Location, report: Report) -> object:
    return value


def _build_plain(kind: type, value: object, at: Location, report: Report) -> object:
    return value if type(value) is kind else build_scalar(kind, value, at, report)


def _build_model(
    model: type[Model], value: object, at: Location, report: Report
) -> object:
    if not is_object(value):
        report.note(at, expected(OBJECT, value))
        return value
    built = build_declared(model, value, at, report)
    if report.keep_unknown:
        names = wire_names(model)
        rest = {name: value[name] for name in value if name not in names}
        if rest:
            keep_unknown(built, {**unknown_properties(built), **rest})
    return built


def build_declared(
    model: type[Model], value: dict[str, object], at: Location, report: Report
) -> Model:
    """A model of the properties that it declares."""
    plan = _plan(model)
    fields: dict[str, object] = {}
    nulls: dict[str, object] = {}
    for wire, each in value.items():
        field = plan.fields.get(wire)
        if field is None:
            continue
        if each is None and field.none_is_absence:
            nulls[wire] = None
            report.note((at, wire), expected(field.json_types, None))
        else:
            fields[field.name] = field.build(each, (at, wire), report)
    for field in plan.required:
        if field.name not in fields:
            fields[field.name] = UNSET
            report.note((at, field.wire), "required property is missing")
    built: Model = construct(model, **fields)
    if nulls:
        keep_unknown(built, nulls)
    return built


class _Field(msgspec.Struct, frozen=True, kw_only=True):
    """What the lenient pass needs to know of one field of a model."""

    name: str
    wire: str
    build: Build
    json_types: JsonTypes
    required: bool
    none_is_absence: bool


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the lenient pass needs to know of a model."""

    fields: dict[str, _Field]
    """The fields by wire name."""
    required: tuple[_Field, ...]


@cache
def _plan(model: type[Model]) -> _Plan:
    """The plan of a model, made when it is first needed: types are resolved here."""
    fields = [
        _field(field)
        for field in msgspec.structs.fields(model)
        if field.encode_name in wire_names(model)
    ]
    return _Plan(
        fields={field.wire: field for field in fields},
        required=tuple(field for field in fields if field.required),
    )


def _field(field: msgspec.structs.FieldInfo) -> _Field:
    accepted = json_types(field.type)
    return _Field(
        name=field.name,
        wire=field.encode_name,
        build=builder(field.type),
        json_types=accepted,
        required=field.required,
        none_is_absence=field.default is None and "null" not in accepted,
    )


def _build_list(item: Build, value: object, at: Location, report: Report) -> object:
    if not is_array(value):
        report.note(at, expected(ARRAY, value))
        return value
    return [item(each, (at, index), report) for index, each in enumerate(value)]


def _build_tuple(item: Build, value: object, at: Location, report: Report) -> object:
    items = _build_list(item, value, at, report)
    return tuple(items) if is_array(items) else items


def _build_row(
    kinds: list[Build], value: object, at: Location, report: Report
) -> object:
    """A tuple with a type for each place; more or fewer items are kept all the same."""
    if not is_array(value):
        report.note(at, expected(ARRAY, value))
        return value
    if len(value) != len(kinds):
        report.note(at, f"expected {len(kinds)} items, got {len(value)}")
    places = [*kinds, *[_keep] * (len(value) - len(kinds))]
    return tuple(
        place(each, (at, index), report)
        for index, (place, each) in enumerate(zip(places, value, strict=False))
    )


def _build_dict(
    key: Build, member: Build, value: object, at: Location, report: Report
) -> object:
    if not is_object(value):
        report.note(at, expected(OBJECT, value))
        return value
    return {
        key(name, (at, name), report): member(each, (at, name), report)
        for name, each in value.items()
    }


def _build_constrained(
    kind: object, inner: Build, value: object, at: Location, report: Report
) -> object:
    found = len(report)
    built = inner(value, at, report)
    if len(report) == found:
        try:
            convert(value, kind)
        except msgspec.ValidationError as error:
            report.note(at, str(error))
    return built


def _build_nullable(
    inner: Build, value: object, at: Location, report: Report
) -> object:
    return None if value is None else inner(value, at, report)


def _build_union(
    union: object,
    kinds: tuple[object, ...],
    value: object,
    at: Location,
    report: Report,
) -> object:
    if not is_object(value) and not is_array(value):
        # Of several scalar types msgspec has its own order of preference.
        with suppress(msgspec.ValidationError, TypeError):
            return convert(value, union)
    able = fitting(kinds, value)
    if able:
        return build_best(able, value, at, report)
    report.note(at, expected(json_types(union), value))
    return value


def build_best(
    kinds: tuple[object, ...], value: object, at: Location, report: Report
) -> object:
    """A value as the first type that it is of, or else as the one it is nearest to."""
    kind = kinds[0] if len(kinds) == 1 else report.choice(value, kinds)
    if kind is None:
        kind, _ = nearest(kinds, value, at, report)
        report.choose(value, kinds, kind)
    return builder(kind)(value, at, report)


def nearest(
    kinds: tuple[object, ...], value: object, at: Location, report: Report
) -> tuple[object, int]:
    """The first type that a value is of, or else nearest to; and how often it deviates."""
    best: tuple[object, int] = (kinds[0], sys.maxsize)
    for kind in kinds:
        trial = report.trial()
        builder(kind)(value, at, trial)
        if len(trial) < best[1]:
            best = kind, len(trial)
        if best[1] == 0:
            break
    return best
