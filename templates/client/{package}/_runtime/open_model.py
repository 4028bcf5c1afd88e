"""Objects that have declared properties and may have others besides (`additionalProperties`).

    class Labels(OpenModel, rename="camel"):
        team_name: str | None = None
        additional_properties: dict[str, int] = field(default_factory=dict[str, int])

    Labels(team_name="x", additional_properties={"other": 1})

Without a field for them the additional properties may be anything. The declared ones are
a model of their own, which an instance wraps: msgspec drops what is not declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from types import new_class
from typing import TYPE_CHECKING, Any, Self, TypeVar, dataclass_transform

import msgspec
from msgspec import Struct, field

from .hooks import convert
from .issue import Location, Report
from .model_type import construct
from .models import Model, wire_names
from .shapes import OBJECT, JsonTypes, expected, is_object

ADDITIONAL = "additional_properties"


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class OpenMeta(type):
    """The class of open models: of a class body it makes the model to be wrapped."""

    __calque_model__: type[Model]
    """The declared properties."""
    __calque_additional__: type[Struct]
    """A struct whose one field is of the type of the additional properties."""

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        body: dict[str, Any],
        *,
        base: type[Model] = Model,
        rename: str | Mapping[str, str] | Callable[[str], str | None] | None = None,
    ) -> OpenMeta:
        """`base` is the class of the model to be wrapped, `rename` is msgspec's."""
        annotations: dict[str, object] = body.pop("__annotations__", {})
        kind: object = dict[str, Any]
        if ADDITIONAL in annotations:
            kind = annotations.pop(ADDITIONAL)
            body.pop(ADDITIONAL, None)
        fields = {key: body.pop(key) for key in annotations if key in body}
        made = super().__new__(mcs, name, bases, {"__slots__": (), **body})
        where = {"__module__": body["__module__"], "__qualname__": body["__qualname__"]}
        declared = {**where, **fields, "__annotations__": annotations}
        additional = {**where, "__annotations__": {ADDITIONAL: kind}}
        made.__calque_model__ = new_class(
            name, (base,), {"kw_only": True, "rename": rename}, _filling(declared)
        )
        made.__calque_additional__ = new_class(
            name, (Struct,), {"kw_only": True}, _filling(additional)
        )
        return made


def _filling(body: Mapping[str, object]) -> Callable[[dict[str, object]], None]:
    """What makes a class body of the given one."""
    return lambda namespace: namespace.update(body)


class _Wrapper:
    """What an open model does with the two things that it is made of."""

    __slots__ = ("_additional", "_declared")

    _declared: Model
    _additional: dict[str, object]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Wrapper) or type(other) is not type(self):
            return NotImplemented
        return (other._declared, other._additional) == (
            self._declared,
            self._additional,
        )

    def __repr__(self) -> str:
        declared = repr(self._declared).removesuffix(")")
        if not self._additional:
            return f"{declared})"
        separator = "" if declared.endswith("(") else ", "
        return f"{declared}{separator}additional_properties={self._additional!r})"

    def __copy__(self) -> Self:
        return _wrap(type(self), copy(self._declared), dict(self._additional))

    # The class of the declared properties has the name of this one: it cannot be found.
    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        fields = type(self._declared).__struct_fields__
        values = {name: getattr(self._declared, name) for name in fields}
        return _revive, (type(self), values, self._additional)

    def __replace__(self, **changes: object) -> Self:
        additional = changes.pop("additional_properties", dict(self._additional))
        declared = self._declared.__replace__(**changes)
        return _wrap(type(self), declared, additional)

    def __calque_encode__(self) -> object:
        declared = self._declared
        if not self._additional:
            return declared
        additional = declared.__calque_written__(self._additional, self._kind())
        if not is_object(additional):
            return declared
        properties = declared.__calque_properties__()
        rest = {key: additional[key] for key in additional if key not in properties}
        return {**properties, **rest}

    def __calque_writable__(self, writable: Callable[[object], object]) -> object:
        """This object, made of what is sent of its parts."""
        return _wrap(type(self), writable(self._declared), writable(self._additional))

    @classmethod
    def _kind(cls) -> object:
        """The type of the additional properties: a dict."""
        raise NotImplementedError


W = TypeVar("W", bound=_Wrapper)


def _wrap(kind: type[W], declared: object, additional: object) -> W:
    """An open model of what it is made of."""
    model = object.__new__(kind)
    object.__setattr__(model, "_declared", declared)
    object.__setattr__(model, "_additional", additional)
    return model


def _revive(kind: type[OpenModel], values: dict[str, object], rest: object) -> object:
    """An open model that was pickled."""
    return _wrap(kind, construct(kind.__calque_model__, **values), rest)


class OpenModel(_Wrapper, metaclass=OpenMeta):
    """An object of the API with additional properties."""

    if TYPE_CHECKING:
        additional_properties: dict[str, Any] = field(default_factory=dict[str, Any])
        """The properties beyond the declared ones, by wire name."""
    else:

        def __init__(self, *, additional_properties=None, **declared):
            additional = {} if additional_properties is None else additional_properties
            object.__setattr__(self, "_declared", self.__calque_model__(**declared))
            object.__setattr__(self, "_additional", additional)

        @property
        def additional_properties(self):
            return self._additional

        def __getattr__(self, name):
            # Copying asks for special methods before there are any properties.
            if name.startswith("_"):
                raise AttributeError(name)
            return getattr(self._declared, name)

        def __setattr__(self, name, value):
            if name == "additional_properties":
                object.__setattr__(self, "_additional", value)
            else:
                setattr(self._declared, name, value)

    @classmethod
    def _kind(cls) -> object:
        return _type_of_field(cls.__calque_additional__)

    @classmethod
    def __calque_json__(cls) -> JsonTypes:
        return OBJECT

    @classmethod
    def __calque_decode__(cls, value: object) -> object:
        if not is_object(value):
            raise ValueError(expected(OBJECT, value))
        rest = _undeclared(cls.__calque_model__, value)
        if rest:
            typed = convert({ADDITIONAL: rest}, cls.__calque_additional__)
            rest = getattr(typed, ADDITIONAL)
        return _wrap(cls, convert(value, cls.__calque_model__), rest)

    @classmethod
    def __calque_build__(cls, value: object, at: Location, report: Report) -> object:
        from .lenient import build_declared, builder

        if not is_object(value):
            report.note(at, expected(OBJECT, value))
            return value
        declared = build_declared(cls.__calque_model__, value, at, report)
        rest = _undeclared(cls.__calque_model__, value)
        return _wrap(cls, declared, builder(cls._kind())(rest, at, report))


def _undeclared(model: type[Model], value: dict[str, object]) -> dict[str, object]:
    declared = wire_names(model)
    return {name: each for name, each in value.items() if name not in declared}


@cache
def _type_of_field(struct: type[Struct]) -> object:
    kind: object = msgspec.structs.fields(struct)[0].type
    return kind
