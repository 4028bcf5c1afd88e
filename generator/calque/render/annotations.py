"""How types are spelled in annotations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from calque.model.api import Api
from calque.model.arguments import declared
from calque.model.declarations import Declaration, Union
from calque.model.types import (
    AnyOf,
    Anything,
    Kind,
    ListOf,
    Literals,
    MapOf,
    Null,
    Ref,
    Scalar,
    TupleOf,
    Type,
)
from calque.naming import Names, class_of, like
from calque.render.code import Code, Import, runtime
from calque.render.literals import literal

MODELS = Import("..", "models", "m")
DATETIME = Import("datetime", alias="dt")

_DATETIME = frozenset({DATETIME})
_DECIMAL = frozenset({Import("decimal", "Decimal")})

_SCALARS = {
    Kind.STRING: Code("str"),
    Kind.INTEGER: Code("int"),
    Kind.NUMBER: Code("float"),
    Kind.BOOLEAN: Code("bool"),
    Kind.DATE_TIME: Code("dt.datetime", _DATETIME),
    Kind.HTTP_DATE: Code("dt.datetime", _DATETIME),
    Kind.DATE: Code("dt.date", _DATETIME),
    Kind.TIME: Code("dt.time", _DATETIME),
    Kind.UUID: Code("UUID", frozenset({Import("uuid", "UUID")})),
    Kind.BYTE: Code("bytes"),
    Kind.BINARY: Code("bytes"),
    Kind.BASE64URL: Code("bytes"),
    Kind.INT64_STRING: Code("int"),
    Kind.UNIX_TIME: Code("dt.datetime", _DATETIME),
    Kind.DECIMAL: Code("Decimal", _DECIMAL),
    Kind.DECIMAL_NUMBER: Code("Decimal", _DECIMAL),
}


FORMATTED = {
    Kind.HTTP_DATE: "HttpDate",
    Kind.BASE64URL: "Base64Url",
    Kind.INT64_STRING: "Int64String",
    Kind.UNIX_TIME: "UnixTime",
    Kind.DECIMAL: "DecimalString",
}
"""The kinds that msgspec does not know, and the types of the runtime that do."""


_SPELLED = {
    Kind.DATE_TIME: "DateTime",
    Kind.TIME: "Time",
    Kind.UUID: "Uuid",
    Kind.BYTE: "Base64",
}
"""The kinds whose values are written as they were read, and the types that see to it."""


_GROUP = 64

_Asked: TypeAlias = tuple[Type, bool, bool, bool]
_Held: TypeAlias = tuple[Code, Code | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where code stands: in a module of models, or (None) anywhere else.

    In a `plain` scope formats are spelled as the plain types that they are to a caller.
    Where values are read that are `kept`, and may be sent back, they remember how they
    were spelled. `shadowed` are the builtins that mean something else there: a method may
    be `list`. `binary` is what may be given for raw bytes, where that is more than `bytes`.
    Of the `declarations`, `unions` are some: who only looks for those looks there.
    `spelled` are the annotations that were asked for already, `held` what fields may hold,
    `others` the scopes that differ from it by one thing, by what that is.
    """

    names: Names
    declarations: Mapping[str, Declaration]
    unions: Mapping[str, Union]
    module: str | None = None
    plain: bool = False
    kept: bool = False
    shadowed: frozenset[str] = frozenset()
    binary: Code | None = None
    spelled: dict[Type, Code] = field(
        init=False, default_factory=dict["Type", Code], compare=False, repr=False
    )
    held: dict[_Asked, _Held] = field(
        init=False, default_factory=dict["_Asked", "_Held"], compare=False, repr=False
    )
    others: dict[object, Scope] = field(
        init=False, default_factory=dict["object", "Scope"], compare=False, repr=False
    )

    @property
    def to_callers(self) -> Scope:
        """The same place, with formats as the plain types that they are to a caller."""
        return self._once("plain", lambda: replace(self, plain=True))

    @property
    def to_keep(self) -> Scope:
        """The same place, with values that remember how they were spelled."""
        return self._once("kept", lambda: replace(self, kept=True))

    @property
    def unshadowed(self) -> Scope:
        """The same place, where all builtins are themselves."""
        return self._once("shadowed", lambda: replace(self, shadowed=frozenset[str]()))

    @property
    def among_models(self) -> Scope:
        """A module of models in which none of them is."""
        return self._once("module", lambda: replace(self, module=""))

    def taking(self, binary: Code | None) -> Scope:
        """The same place, where this may be given for raw bytes."""
        return self._once(binary, lambda: replace(self, binary=binary))

    def _once(self, told: object, make: Callable[[], Scope]) -> Scope:
        """Another scope, the same one each time: it has its annotations by then."""
        found = self.others.get(told)
        if found is None:
            found = self.others[told] = make()
        return found

    def builtin(self, name: str) -> Code:
        """A builtin as it is reached from here."""
        if name in self.shadowed:
            return Code(f"builtins.{name}", frozenset({Import("builtins")}))
        return Code(name)

    def name(self, declaration: str, id_: str | None = None) -> Code:
        """A declaration's name as it is reached from here; of it, `id_` if given."""
        name = self.names[id_ or class_of(declaration)]
        if self.names.module_of[declaration] == self.module:
            return Code(name)
        return Code(f"m.{name}", frozenset({MODELS}))


def anywhere(api: Api, names: Names) -> Scope:
    """The scope of what stands in no module of models."""
    unions = {d.id: d for d in api.declarations if isinstance(d, Union)}
    return Scope(names=names, declarations=declared(api), unions=unions)


def annotation(type_: Type, scope: Scope) -> Code:
    """The annotation of a type."""
    found = scope.spelled.get(type_)
    if found is None:
        found = scope.spelled[type_] = _spelled(type_, scope)
    return found


def _spelled(type_: Type, scope: Scope) -> Code:
    match type_:
        case Scalar(kind):
            return _scalar(kind, scope)
        case Literals(values):
            texts = ", ".join(literal(value) for value in values)
            return Code(f"Literal[{texts}]", frozenset({Import("typing", "Literal")}))
        case Null():
            return Code("None")
        case Anything() if scope.plain:
            return scope.builtin("object")
        case Anything():
            return Code("JsonValue", runtime("models", "JsonValue"))
        case ListOf(item):
            return scope.builtin("list") + "[" + annotation(item, scope) + "]"
        case MapOf(value):
            key = scope.builtin("str")
            value_ = annotation(value, scope)
            return scope.builtin("dict") + "[" + key + ", " + value_ + "]"
        case TupleOf(items):
            inner = Code.join(", ", (annotation(item, scope) for item in items))
            return scope.builtin("tuple") + "[" + inner + "]"
        case AnyOf(options):
            # In JSON raw bytes are text as well.
            said = dict.fromkeys(annotation(option, scope) for option in options)
            return either([*said])
        case Ref(id_):
            return _reference(id_, scope)
        case _:
            assert_never(type_)


def either(options: list[Code]) -> Code:
    """A union; a long one in groups, as type checkers read no deeper than so far."""
    starts = range(0, len(options), _GROUP)
    groups = [Code.join(" | ", options[start : start + _GROUP]) for start in starts]
    if len(groups) == 1:
        return groups[0]
    return Code.join(" | ", (Code("(") + group + ")" for group in groups))


def _scalar(kind: Kind, scope: Scope) -> Code:
    if kind == Kind.BINARY and scope.module is not None:
        # Raw bytes have no place in JSON: whatever is meant, it comes as text.
        return scope.builtin("str")
    if kind == Kind.BINARY and scope.binary is not None:
        return scope.binary
    if kind in FORMATTED and not scope.plain:
        return Code(FORMATTED[kind], runtime("formats", FORMATTED[kind]))
    if kind in _SPELLED and scope.kept:
        return Code(_SPELLED[kind], runtime("spelled", _SPELLED[kind]))
    found = _SCALARS[kind]
    return found if found.imports else scope.builtin(found.text)


def _reference(id_: str, scope: Scope) -> Code:
    """A record or union by its name, an enumeration by what may stand for it."""
    stand_in = like(id_)
    return scope.name(id_, stand_in if stand_in in scope.names.given else None)


def is_formatted(
    type_: Type,
    unions: Mapping[str, Union],
    within: frozenset[str] = frozenset(),
) -> bool:
    """Whether values of a type are in a format that they do not tell, and no model does.

    `within` are the unions that the type stands in.
    """
    match type_:
        case Scalar(kind):
            return kind in FORMATTED
        case ListOf(inner) | MapOf(inner):
            return is_formatted(inner, unions, within)
        case TupleOf(inners) | AnyOf(inners):
            return any(is_formatted(inner, unions, within) for inner in inners)
        case Ref(id_):
            found = unions.get(id_)
            if found is None or id_ in within:
                return False
            around = within | {id_}
            return any(is_formatted(o, unions, around) for o in found.options)
        case Literals() | Null() | Anything():
            return False
        case _:
            assert_never(type_)
