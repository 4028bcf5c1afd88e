"""How the types of a union are told apart: by JSON type, by a discriminator, by looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calque.document.node import Node, file_of, split
from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.declared import Declared
from calque.model.described import doc_of
from calque.model.places import COMPONENTS
from calque.model.plain import Hint
from calque.model.scalars import json_kind
from calque.model.types import (
    CODED,
    SPELLED,
    Anything,
    Constant,
    Kind,
    Literals,
    Null,
    Ref,
    Scalar,
    Type,
)
from calque.resolve import Resolved

# Types that go together although some of them have one JSON type.
_BASIC = {
    Scalar(Kind.INTEGER),
    Scalar(Kind.NUMBER),
    Scalar(Kind.STRING),
    Scalar(Kind.BINARY),
}


# What coded kinds share a Python type with, and what they are without their code.
_SHARED = {
    Kind.HTTP_DATE: ({Kind.DATE_TIME, Kind.UNIX_TIME}, (Kind.STRING,)),
    Kind.UNIX_TIME: ({Kind.DATE_TIME}, (Kind.INTEGER, Kind.NUMBER)),
    Kind.INT64_STRING: ({Kind.INTEGER}, (Kind.STRING,)),
    Kind.BASE64URL: ({Kind.BYTE}, (Kind.STRING,)),
}


def writable(types: list[Type]) -> list[Type]:
    """The options of a union, those without a code whose values another one would write.

    A datetime does not say whether it was a text or a number.
    """
    if len(types) < 2:
        return types
    kinds = {t.kind for t in types if isinstance(t, Scalar)}
    if any(isinstance(t, Literals) and any(map(_is_integer, t.values)) for t in types):
        kinds.add(Kind.INTEGER)
    exact = all(t in (Scalar(Kind.DECIMAL_NUMBER), Null()) for t in types)
    return [
        plain
        for type_ in (types if exact else map(_inexact, types))
        for plain in _decoded(type_, kinds)
    ]


def _inexact(type_: Type) -> Type:
    """A type beside others: what finds the type of a value does not see all of its digits."""
    return Scalar(Kind.NUMBER) if type_ == Scalar(Kind.DECIMAL_NUMBER) else type_


def _decoded(type_: Type, kinds: set[Kind]) -> tuple[Type, ...]:
    if not isinstance(type_, Scalar) or type_.kind not in _SHARED:
        return (type_,)
    others, plain = _SHARED[type_.kind]
    return tuple(map(Scalar, plain)) if others & kinds else (type_,)


def _is_integer(value: Constant) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def told_apart(options: tuple[Type, ...], declared: Declared) -> bool:
    """Whether the JSON type of a value alone says which of the types it has."""
    some = [option for option in options if option != Null()]
    if Scalar(Kind.NUMBER) in some:  # Of which integers are a part.
        some = [option for option in some if option != Scalar(Kind.INTEGER)]
    if len(some) < 2 or all(o in _BASIC or isinstance(o, Literals) for o in some):
        return True
    if any(_looked_into(option, declared) for option in some):
        return False
    kinds = [_json_kind(option, declared.by_id) for option in some]
    return len(set(kinds)) == len(kinds)


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property that tells the variants of a union, if one does, and its values.

    `fallback` is what any other value means, where the document says so.
    """

    name: str | None = None
    mapping: tuple[tuple[str, Type], ...] = ()
    fallback: Type | None = None


def union_of(
    resolved: Resolved, node: Node, hint: Hint, variants: tuple[Type, ...]
) -> Union:
    """The declaration of a union of some types."""
    by = told_by(resolved, node, variants)
    return Union(
        id=node.pointer,
        hint=hint,
        doc=doc_of(node),
        options=variants,
        discriminator=by.name,
        mapping=by.mapping,
        fallback=by.fallback,
        deprecated=node.flag("deprecated"),
    )


def untangled(declared: Mapping[str, Declaration | None]) -> dict[str, Declaration]:
    """The declarations, without the unions that are options of themselves.

    Those that lead to each other admit the same values: all that any of them lists.
    """
    found = {id_: each for id_, each in declared.items() if each is not None}
    unions = {id_: each for id_, each in found.items() if isinstance(each, Union)}
    for id_, union in unions.items():
        within = _within(id_, unions)
        if id_ not in within:
            continue
        around = [id_, *(i for i in within if i != id_ and id_ in _within(i, unions))]
        options = dict.fromkeys(o for each in around for o in unions[each].options)
        inside = set(map(Ref, around))
        rest = [o for o in options if o not in inside] or [Anything()]
        found[id_] = replace(
            union, options=(*rest,), discriminator=None, mapping=(), fallback=None
        )
    return found


def _within(id_: str, unions: Mapping[str, Union]) -> dict[str, None]:
    """The unions that are options of one, or of its options."""
    found: dict[str, None] = {}
    pending = [id_]
    while pending:
        for option in unions[pending.pop()].options:
            inner = option.id if isinstance(option, Ref) else ""
            if inner in unions and inner not in found:
                found[inner] = None
                pending.append(inner)
    return found


def told_by(
    resolved: Resolved, union: Node, variants: tuple[Type, ...]
) -> Discriminator:
    """What a union says of how its variants are told apart."""
    said = union.get("discriminator")
    mapping = _variants_by_value(resolved, said, variants)
    if said is None or not mapping:
        return Discriminator()
    fallback = _variant_otherwise(resolved, said, variants)
    return Discriminator(said.text("propertyName"), mapping, fallback)


def _variants_by_value(
    resolved: Resolved, discriminator: Node | None, variants: tuple[Type, ...]
) -> tuple[tuple[str, Type], ...]:
    """What each value of a discriminator means (OpenAPI 3.1, Discriminator Object).

    The name of a component means it, unless the mapping names it otherwise, or it names
    its value itself (`x-ms-discriminator-value`). Nothing where a variant has no name:
    the values then do not tell the variants apart.
    """
    if discriminator is None:
        return ()
    of = {_meant(resolved, v): v for v in variants if isinstance(v, Ref)}
    given: dict[str, Type] = {}
    for value, target in discriminator.below("mapping").items():
        meant = resolved.follow(target).pointer
        if meant in of:
            given[value] = of[meant]
    named = {
        _value_of(resolved, id_): variant
        for id_, variant in of.items()
        if variant not in given.values() and _has_name(id_)
    }
    found = named | given
    told = {*found.values(), _variant_otherwise(resolved, discriminator, variants)}
    return tuple(found.items()) if told >= {*variants} else ()


def _value_of(resolved: Resolved, id_: str) -> str:
    """The value that means a variant which no mapping names."""
    own = resolved.node(id_).text("x-ms-discriminator-value")
    return split(id_)[1] if own is None else own


def _meant(resolved: Resolved, variant: Ref) -> str:
    """The Id of the schema that a variant stands for: its own, or what it refers to."""
    family, _, last = variant.id.rpartition("/")
    id_ = family if last == "discriminator" else variant.id
    return resolved.follow(resolved.node(id_)).pointer


def _has_name(id_: str) -> bool:
    return split(id_)[0] == COMPONENTS or bool(file_of(id_))


def _variant_otherwise(
    resolved: Resolved, discriminator: Node | None, variants: tuple[Type, ...]
) -> Type | None:
    """What a value means that the discriminator has not (OpenAPI 3.2, `defaultMapping`)."""
    named = discriminator.get("defaultMapping") if discriminator else None
    meant = Ref(resolved.follow(named).pointer) if named else None
    return meant if meant in variants else None


def _looked_into(type_: Type, declared: Declared) -> bool:
    """Whether a value is only known for one of the type by looking into it."""
    match type_:
        case Scalar(kind):
            return kind in CODED | SPELLED
        case Ref(id_):
            found = declared.by_id.get(id_)
            unread = id_ not in declared.by_id
            return unread or id_ in declared.open or isinstance(found, Union)
        case _:
            return False


def _json_kind(type_: Type, by_id: Mapping[str, Declaration | None]) -> str:
    if not isinstance(type_, Ref):
        return json_kind(type_)
    match by_id.get(type_.id):
        case Enumeration(kind=kind):
            return json_kind(Scalar(kind))
        case Record() | Union() | None:
            return "object"
