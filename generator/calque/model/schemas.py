"""What each schema of a document means: a type, and the declarations it brings along."""

from __future__ import annotations

from calque.diagnostics import Diagnostic
from calque.document.node import Node, split
from calque.model.declarations import Declaration, Field, Record, Union
from calque.model.described import constraints, doc_of, example_of
from calque.model.dropped import left_out, passed_over
from calque.model.enumerations import constants, enumeration, extensible, is_named
from calque.model.merge import Merged, Property, merge
from calque.model.scalars import json_kind, scalar
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
    any_of,
)
from calque.resolve import Resolved

COMPONENTS = "#/components/schemas"

Hint = tuple[str, ...]


class Schemas:
    """Reads schemas and gathers what they declare.

    A schema becomes a declaration when something in it needs a name: declared
    properties, the members of an enumeration, a union that only looking into the value
    can tell apart, a type that contains itself. Every other schema is its type,
    wherever it is referred to.
    """

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.diagnostics: list[Diagnostic] = []
        self._declared: dict[str, Declaration | None] = {}
        self._reading: set[str] = set()
        self._recursive: set[str] = set()
        self._nullable: set[str] = set()

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything declared so far, in the order of the Ids."""
        found = (d for _, d in sorted(self._declared.items()) if d is not None)
        return tuple(found)

    def record_of(self, type_: Type) -> Record | None:
        """The record that a type refers to, if it is one."""
        declared = self._declared.get(type_.id) if isinstance(type_, Ref) else None
        return declared if isinstance(declared, Record) else None

    def type_of(self, node: Node, hint: Hint) -> Type:
        """What the schema at `node` means; `hint` names it from where it stands."""
        target = self.resolved.follow(node)
        pointer = target.pointer
        if pointer in self._declared:
            return self._reference(pointer)
        if pointer in self._reading:
            self._recursive.add(pointer)
            return Ref(pointer)
        named = pointer != node.pointer or is_component(target)
        self._reading.add(pointer)
        type_ = self._read(target, (target.key,) if named else hint)
        self._reading.remove(pointer)
        if pointer in self._recursive and pointer not in self._declared:
            return self._recursion(target, type_)
        return type_

    def _reference(self, pointer: str) -> Type:
        """A reference to what is declared; `null`, if it may be, belongs to the type."""
        ref = Ref(pointer)
        return any_of(ref, Null()) if pointer in self._nullable else ref

    def _declare(self, declaration: Declaration, *, null: bool) -> Type:
        self._declared[declaration.id] = declaration
        if null:
            self._nullable.add(declaration.id)
        return self._reference(declaration.id)

    def _recursion(self, node: Node, type_: Type) -> Type:
        """A type that contains itself has to have a name to do so."""
        options = type_.options if isinstance(type_, AnyOf) else (type_,)
        rest = tuple(o for o in options if o not in (Ref(node.pointer), Null()))
        if not rest:
            self.diagnostics.append(
                left_out(node, "a schema that is nothing but itself admits any value")
            )
            rest = (Anything(),)
        union = Union(id=node.pointer, hint=(node.key,), doc=doc_of(node), options=rest)
        return self._declare(union, null=Null() in options)

    def _read(self, node: Node, hint: Hint) -> Type:
        if not node.mapping():
            return self._boolean(node)
        self.diagnostics.extend(passed_over("schema", node))
        if "const" in node or "enum" in node:
            return self._enumerated(node, hint)
        merged = merge(self.resolved, node)
        self.diagnostics.extend(merged.diagnostics)
        if merged.properties:
            return self._record(node, hint, merged)
        for keyword in ("oneOf", "anyOf"):
            if options := [*node.below(keyword).elements()]:
                return self._union(node, hint, options)
        if parts := [*node.below("allOf").elements()]:
            return self._narrowest(node, hint, parts)
        return self._typed(node, hint)

    def _boolean(self, node: Node) -> Type:
        if node.value is False:
            self.diagnostics.append(
                left_out(node, "the schema `false`, which no value fits, admits any")
            )
        return Anything()

    def _enumerated(self, node: Node, hint: Hint) -> Type:
        values = constants(node)
        known = tuple(v for v in values if v is not None)
        null = (Null(),) if None in values or _says_null(node) else ()
        if not known:
            return any_of(*null) if null else Anything()
        if is_named(node, component=is_component(node)):
            return self._declare(enumeration(node, hint), null=bool(null))
        more = (Scalar(Kind.STRING),) if extensible(node) else ()
        return any_of(Literals(known), *more, *null)

    def _record(self, node: Node, hint: Hint, merged: Merged) -> Type:
        self._declared[node.pointer] = None
        if _says_null(node):
            self._nullable.add(node.pointer)
        fields = tuple(self._field(node, hint, p) for p in merged.properties)
        more = merged.additional
        extra = self.type_of(more, (*hint, "value")) if more else None
        declared = Record(
            id=node.pointer,
            hint=hint,
            doc=doc_of(node),
            fields=fields,
            extra=extra,
            deprecated=node.flag("deprecated"),
        )
        return self._declare(declared, null=_says_null(node))

    def _field(self, owner: Node, hint: Hint, property_: Property) -> Field:
        node = property_.node
        target = self.resolved.follow(node)
        default = node.get("default") or target.get("default")
        return Field(
            id=f"{owner.pointer}/properties/{property_.key}",
            name=property_.name,
            type=self.type_of(node, (*hint, property_.name)),
            required=property_.required,
            doc=doc_of(node) or doc_of(target),
            read_only=node.flag("readOnly"),
            write_only=node.flag("writeOnly"),
            deprecated=node.flag("deprecated"),
            default=default.value if default else None,
            example=example_of(node) or example_of(target),
            constraints=constraints(target),
        )

    def _union(self, node: Node, hint: Hint, options: list[Node]) -> Type:
        types = [
            self.type_of(option, (*hint, _title(option) or f"option {number}"))
            for number, option in enumerate(options, 1)
        ]
        null = (Null(),) if _says_null(node) else ()
        whole = any_of(*types, *null)
        if not isinstance(whole, AnyOf) or self._told_apart(whole.options):
            return whole
        variants = tuple(o for o in whole.options if o != Null())
        union = self._union_of(node, hint, variants)
        return self._declare(union, null=Null() in whole.options)

    def _union_of(self, node: Node, hint: Hint, variants: tuple[Type, ...]) -> Union:
        discriminator = node.get("discriminator")
        name = discriminator.text("propertyName") if discriminator else None
        return Union(
            id=node.pointer,
            hint=hint,
            doc=doc_of(node),
            options=variants,
            discriminator=name,
            mapping=self._mapping(discriminator, variants) if discriminator else (),
            deprecated=node.flag("deprecated"),
        )

    def _mapping(
        self, discriminator: Node, variants: tuple[Type, ...]
    ) -> tuple[tuple[str, Type], ...]:
        """What each value of a discriminator means (OpenAPI 3.1, Discriminator Object).

        The name of a component means it, unless the mapping names it otherwise.
        """
        given: dict[str, Type] = {}
        for value, target in discriminator.below("mapping").items():
            if isinstance(target.value, str):
                meant = Ref(self.resolved.follow(target).pointer)
                if meant in variants:
                    given[value] = meant
        named = {
            v.id.rpartition("/")[2]: v
            for v in variants
            if isinstance(v, Ref) and v not in given.values()
        }
        return tuple((named | given).items())

    def _told_apart(self, options: tuple[Type, ...]) -> bool:
        """Whether the JSON type of a value alone says which of the types it has."""
        kinds = [self._json_kind(option) for option in options]
        plain = {Scalar(Kind.INTEGER), Scalar(Kind.NUMBER), Scalar(Kind.STRING)}
        if all(o in plain or isinstance(o, (Literals, Null)) for o in options):
            return True
        return len(set(kinds)) == len(kinds)

    def _json_kind(self, type_: Type) -> str:
        if not isinstance(type_, Ref):
            return json_kind(type_)
        match self._declared.get(type_.id):
            case Record() | None:
                return "object"
            case Union():
                return type_.id
            case declared:
                return json_kind(Scalar(declared.kind))

    def _narrowest(self, node: Node, hint: Hint, parts: list[Node]) -> Type:
        """An `allOf` of anything but objects is the first part that says something."""
        types = [self.type_of(part, hint) for part in parts]
        said = [t for t in types if t != Anything()]
        if len(set(said)) > 1:
            self.diagnostics.append(
                left_out(node / "allOf", "only the first of its types is used")
            )
        type_ = said[0] if said else self._typed(node, hint)
        return any_of(type_, Null()) if _says_null(node) else type_

    def _typed(self, node: Node, hint: Hint) -> Type:
        one = node.text("type")
        names = [one] if one else node.texts("type") or _implied(node)
        return any_of(*(self._of_type(name, node, hint) for name in names))

    def _of_type(self, name: str, node: Node, hint: Hint) -> Type:
        match name:
            case "array":
                return self._array(node, hint)
            case "object":
                values = node.get("additionalProperties")
                return MapOf(
                    self.type_of(values, (*hint, "value")) if values else Anything()
                )
            case _:
                return scalar(name, node) or Anything()

    def _array(self, node: Node, hint: Hint) -> Type:
        items = node.get("items")
        first = [*node.below("prefixItems").elements()]
        if first and items is not None and items.value is False:
            return TupleOf(
                tuple(
                    self.type_of(n, (*hint, f"item {i}"))
                    for i, n in enumerate(first, 1)
                )
            )
        rest = [items] if items is not None and items.value is not False else []
        nodes = [*first, *rest]
        if not nodes or (first and not rest):
            return ListOf(Anything())
        return ListOf(any_of(*(self.type_of(n, (*hint, "item")) for n in nodes)))


def is_component(node: Node) -> bool:
    """Whether a schema stands where its key is its name: in the components."""
    return split(node.pointer)[0] == COMPONENTS


def _says_null(node: Node) -> bool:
    return "null" in node.texts("type")


def _title(node: Node) -> str:
    return node.text("title") or ""


def _implied(node: Node) -> list[str]:
    """The type that a schema without `type` can only mean, told by its keywords."""
    if "items" in node or "prefixItems" in node:
        return ["array"]
    if "additionalProperties" in node:
        return ["object"]
    return ["anything"]
