"""The class of model classes: what msgspec's own does not know of properties.

That None stands for absence and not for JSON null, that a property with one possible
value need not be given, and what to say to whoever constructs a model wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import NODEFAULT, UNSET, StructMeta, field

T = TypeVar("T")


class Const:
    """The value of a field that can have no other."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


def const(value: T) -> T:
    """A field with one possible value, which need not be given and is always sent.

    To a reader the property is required: an answer without it deviates. With a name that
    `rename` does not give it is `field(default=const("a"), name="@kind")`.
    """
    if TYPE_CHECKING:
        return value
    return Const(value)


class ReadOnly:
    """The value of a field that only the service sets, and what it is when absent."""

    __slots__ = ("absent",)

    def __init__(self, absent: object) -> None:
        self.absent = absent


def read_only(default: object = NODEFAULT, /) -> Any:
    """A field that only the service sets: a sender need not, and it is not sent.

    To a reader the property is required, and an answer without it deviates, unless it has
    a default: None, or UNSET if it may be null. With a name that `rename` does not give it
    is `field(default=read_only(), name="@id")`.
    """
    return ReadOnly(default)


class ModelMeta(StructMeta):
    """The class of model classes."""

    __calque_consts__: Mapping[str, object] = MappingProxyType({})
    """The value of each field declared by `const`; UNSET for what is read-only."""
    __calque_read_only__: frozenset[str] = frozenset()
    """The fields that only the service sets."""
    __calque_asked__: frozenset[str] = frozenset()
    """The fields that only a sender has, and has to give."""

    # A checker is to see the constructor that msgspec declares.
    if not TYPE_CHECKING:

        def __new__(mcs, name, bases, namespace, **config):
            taken = _take(namespace)
            model = super().__new__(mcs, name, bases, namespace, **config)
            for attribute, own in taken.items():
                if own:
                    setattr(model, attribute, getattr(model, attribute) | own)
            return model

        def __call__(cls, *args, **values):
            if cls.__calque_consts__:
                values = {**cls.__calque_consts__, **values}
            if not cls.__calque_asked__ <= values.keys():
                raise TypeError(complaint(cls, args, values))
            try:
                return construct(cls, *args, **values)
            except TypeError as error:
                raise TypeError(complaint(cls, args, values) or str(error)) from None


construct = StructMeta.__call__
"""Make a model from values by field name, msgspec's way: no constants are filled in."""


def _take(namespace: dict[str, Any]) -> dict[str, Any]:
    """What a class body says of fields that msgspec can't, by its name in `ModelMeta`.

    A constant loses its default, which would be filled in unseen where a server left the
    property out, and left out where a request must have it. A required write-only field
    (`x: T | UnsetType`) gets one: what is read does without it. An optional one that is
    not nullable (`x: T | None = None`) loses its None, which means that the property is
    absent: were JSON null read as it, it would be gone when the model is written again.
    """
    consts: dict[str, object] = {}
    read_only: set[str] = set()
    asked: set[str] = set()
    annotations: dict[str, object] = namespace.get("__annotations__", {})
    for name, annotation in annotations.items():
        text = annotation if isinstance(annotation, str) else ""
        stated: object = namespace.get(name, NODEFAULT)
        default: object = getattr(stated, "default", stated)
        if isinstance(default, Const):
            consts[name] = default.value
            _restate(namespace, name, NODEFAULT)
        elif isinstance(default, ReadOnly):
            read_only.add(name)
            default = _restate(namespace, name, default.absent)
            if default is NODEFAULT:
                consts[name] = UNSET
        elif default is NODEFAULT and text.endswith("| UnsetType"):
            asked.add(name)
            _restate(namespace, name, UNSET)
        if default is None and text.endswith(" | None"):
            annotations[name] = text.removesuffix(" | None")
    return {
        "__calque_consts__": consts,
        "__calque_read_only__": frozenset(read_only),
        "__calque_asked__": frozenset(asked),
    }


def _restate(namespace: dict[str, Any], name: str, default: object) -> object:
    """Gives a field another default, which is returned; its name on the wire stays."""
    wire: str | None = getattr(namespace.get(name), "name", None)
    namespace[name] = field(default=default, name=wire)
    return default


def complaint(
    model: StructMeta, args: tuple[object, ...], values: Mapping[str, object]
) -> str | None:
    """What is wrong with the arguments of a constructor, None if they are well named."""
    fields = model.__struct_fields__
    public = [name for name in fields if not name.startswith("_")]
    if args:
        return f"{model.__name__}() takes keyword arguments only: {', '.join(public)}"
    for name in values:
        if name not in fields:
            return f"{model.__name__}() has no field {name!r}{_hint(model, name)}"
    needed = {*_required(model), *getattr(model, "__calque_asked__", ())}
    missing = [repr(name) for name in public if name in needed and name not in values]
    if missing:
        return f"{model.__name__}() needs {' and '.join(missing)}"
    return None


def _required(model: StructMeta) -> list[str]:
    """The fields without a default."""
    defaults = model.__struct_defaults__
    fields = model.__struct_fields__
    split = len(fields) - len(defaults)
    late = zip(fields[split:], defaults, strict=True)
    return [*fields[:split], *(name for name, value in late if value is NODEFAULT)]


def _hint(model: StructMeta, name: str) -> str:
    """Which field may have been meant: the one of that wire name, or a similar one."""
    from difflib import get_close_matches

    for own, wire in zip(
        model.__struct_fields__, model.__struct_encode_fields__, strict=True
    ):
        if wire == name:
            return f": property {name!r} is the field {own!r}"
    similar = get_close_matches(name, model.__struct_fields__, 1)
    return f"; did you mean {similar[0]!r}?" if similar else ""
