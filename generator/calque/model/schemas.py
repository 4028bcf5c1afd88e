"""What each schema of a document means: a type, and the declarations it brings along."""

from __future__ import annotations

from dataclasses import replace

from calque.diagnostics import Diagnostic
from calque.document.node import Node
from calque.model.alike import Alike
from calque.model.declarations import Declaration, Field, Fields, Record, Union
from calque.model.declared import Declared
from calque.model.described import doc_of, own, own_doc
from calque.model.dropped import followed, left_out, other_choice, passed_over, unheld
from calque.model.enumerations import (
    constants,
    enumeration,
    extensible,
    is_named,
    lists_values,
    opened,
)
from calque.model.families import families
from calque.model.members import described_field, property_hint
from calque.model.merge import Merged, Property, alternatives, merge
from calque.model.narrow import narrowest
from calque.model.options import Options
from calque.model.places import Called, foreign_names, grouping
from calque.model.plain import (
    Hint,
    admits_null,
    array,
    besides_object,
    listed,
    may_be_object,
    only_worded,
    says_null,
    sole_option,
    type_names,
    undeclared,
    with_type,
)
from calque.model.scalars import scalar
from calque.model.types import (
    TEXT,
    AnyOf,
    Anything,
    MapOf,
    Null,
    Ref,
    Type,
    any_of,
    or_null,
)
from calque.model.unions import told_apart, union_of, untangled, writable
from calque.resolve import Resolved


class Schemas:
    """Reads schemas and gathers what they declare.

    A schema becomes a declaration when something in it needs a name: declared
    properties, the members of an enumeration, a union that only looking into the value
    can tell apart, a type that contains itself. Every other schema is its type,
    wherever it is referred to.
    """

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.grouping = grouping(resolved)
        self.diagnostics: list[Diagnostic] = []
        self._declared = Declared()
        self._families = families(resolved)
        self._reading: set[str] = set()
        self._recursive: set[str] = set()
        self._called = Called(Options(resolved), self.grouping, foreign_names(resolved))
        self.alike = Alike(self._called.names)

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything declared so far, in the order of the Ids."""
        return tuple(d for _, d in sorted(untangled(self._declared.by_id).items()))

    def record_of(self, type_: Type) -> Record | None:
        """The record that a type refers to, if it is one."""
        return self._declared.record(type_)

    def type_of(self, node: Node, hint: Hint) -> Type:
        """What the schema at `node` means; `hint` names it from where it stands."""
        target = self.resolved.follow(node)
        pointer = target.pointer
        if target is not node:
            self.diagnostics.extend(passed_over("schema", node))
        if pointer in self._families:
            return self._family(target)
        if sole := sole_option(target):
            type_ = self.type_of(sole, self._called.hint(node, target, hint))
            return or_null(type_, null=admits_null(target))
        if reading := pointer in self._reading:
            self._recursive.add(pointer)
        if reading or pointer in self._declared.by_id:
            return self._declared.reference(pointer)
        self._reading.add(pointer)
        type_ = self._read(target, self._called.hint(node, target, hint))
        self._reading.remove(pointer)
        if pointer in self._recursive and pointer not in self._declared.by_id:
            return self._recursion(target, type_)
        return type_

    def _recursion(self, node: Node, type_: Type) -> Type:
        """A type that contains itself has to have a name to do so."""
        options = type_.options if isinstance(type_, AnyOf) else (type_,)
        rest = tuple(o for o in options if o not in (Ref(node.pointer), Null()))
        if not rest:
            words = "a schema that is nothing but itself admits any value"
            self.diagnostics.append(left_out(node, words))
            rest = (Anything(),)
        union = Union(id=node.pointer, hint=(node.key,), doc=doc_of(node), options=rest)
        return self._declared.add(union, null=Null() in options)

    def _read(self, node: Node, hint: Hint) -> Type:
        if node.value is False:
            words = "the schema `false`, which no value fits, admits any"
            self.diagnostics.append(left_out(node, words))
        if not node.mapping():
            return Anything()
        self.diagnostics.extend(passed_over("schema", node))
        if lists_values(node):
            return self._enumerated(node, hint)
        named = self._called.by_name(node)
        if not named and (sole := only_worded(node)):
            return or_null(self.type_of(sole, hint), null=says_null(node))
        if named and (listed := opened(node)):
            open_to_all = enumeration(listed, hint, owner=node)
            return self._declared.add(open_to_all, null=admits_null(node))
        merged = merge(self.resolved, node)
        self.diagnostics.extend(merged.diagnostics)
        if merged.properties and may_be_object(node):
            return self._of_members(node, hint, merged)
        for keyword in ("oneOf", "anyOf"):
            if node.nodes(keyword):
                self.diagnostics.extend(other_choice(node, keyword))
                return self._narrowest(node, hint, [self._union(node, hint, keyword)])
        return self._narrowest(node, hint, [])

    def _enumerated(self, node: Node, hint: Hint) -> Type:
        values = constants(node)
        known = tuple(v for v in values if v is not None)
        null = (Null(),) if None in values or says_null(node) else ()
        if not known:
            return any_of(*null) if null else Anything()
        if is_named(node, component=self._called.by_name(node)):
            return self._declared.add(enumeration(node, hint), null=bool(null))
        more = (TEXT,) if extensible(node) else ()
        return any_of(*listed(known), *more, *null)

    def _record(self, node: Node, hint: Hint, merged: Merged) -> Type:
        self._declared.by_id[node.pointer] = None
        if merged.additional:
            self._declared.open.add(node.pointer)
        if says_null(node):
            self._declared.null.add(node.pointer)
        fields = tuple(self.field(node, hint, p) for p in merged.properties)
        more = merged.additional
        extra = self._value(node, hint, more) if more else None
        declared = Record(
            id=node.pointer,
            hint=hint,
            doc=own_doc(node),
            fields=Fields(fields),
            extra=extra,
            deprecated=any(n.flag("deprecated") for n in own(node)),
        )
        return self._declared.add(declared, null=says_null(node))

    def _of_members(self, node: Node, hint: Hint, merged: Merged) -> Type:
        """What has properties if it is an object, but may be of other types too."""
        if not (names := besides_object(node)):
            return self._object(node, hint, merged)
        pointer, place, whole = node.pointer, node / "type", self._declared.whole
        if says_null(node):
            self._declared.null.add(pointer)
        # What it is to what it holds, as long as it is not known what it is.
        self._declared.by_id[pointer], whole[pointer] = None, Ref(place.pointer)
        others = [self._of_type(name, node, hint) for name in names]
        object_ = self._object(node, hint, merged)
        del whole[pointer]
        if self._declared.by_id[pointer] is not None:
            object_ = self._declared.reference(pointer)
        any_, types = ("Any", *hint), [object_, *others]
        named = pointer in self._recursive
        whole[pointer] = self._united(place, any_, types, named=named)
        return self._declared.reference(pointer)

    def _object(self, node: Node, hint: Hint, merged: Merged) -> Type:
        return self._combined(node, hint, merged) or self._record(node, hint, merged)

    def field(self, owner: Node, hint: Hint, property_: Property) -> Field:
        """A property of the schema `owner`, or of one that it is made of."""
        if alike := self.alike.field(owner, property_):
            return alike
        said = len(self.diagnostics)
        inner = property_hint(self._called, owner, hint, property_)
        type_ = self.type_of(property_.node, inner)
        field = described_field(self.resolved, owner, property_, type_)
        if len(self.diagnostics) == said:
            self.alike.note(property_, field)
        return field

    def _union(self, node: Node, hint: Hint, keyword: str) -> Type:
        own = self._called.options.words(node / keyword)
        some = with_type(node, node.nodes(keyword))
        types = [self.type_of(o, (*hint, *own[o.pointer])) for o in some]
        return self._united(node, hint, types)

    def _united(
        self, node: Node, hint: Hint, types: list[Type], *, named: bool = False
    ) -> Type:
        """The union of some types, declared if `named`, or if only looking tells them apart."""
        types = [t for t in types if t != Ref(node.pointer)] or types
        whole = any_of(*writable(types), *((Null(),) if says_null(node) else ()))
        options = whole.options if isinstance(whole, AnyOf) else (whole,)
        if not named and told_apart(options, self._declared):
            return whole
        some = tuple(option for option in options if option != Null())
        union = union_of(self.resolved, node, hint, some)
        return self._declared.add(union, null=some != options)

    def _combined(self, node: Node, hint: Hint, merged: Merged) -> Type | None:
        """The union that an object with properties and `oneOf` (`anyOf`) is."""
        for keyword in (k for k in ("oneOf", "anyOf") if k in node):
            if options := alternatives(self.resolved, node / keyword, merged):
                self.diagnostics.extend(other_choice(node, keyword))
                own = self._called.options.words(node / keyword)
                types = [
                    self._alternative(o, (*hint, *own[o.pointer]), p)
                    for o, p in options
                ]
                return self._united(node, hint, types)
            words = f"`{keyword}` only says which members go together"
            self.diagnostics.append(left_out(node / keyword, words))
        return None

    def _alternative(self, option: Node, hint: Hint, part: Merged | None) -> Type:
        if part is None:
            return self.type_of(option, hint)
        passed = passed_over("schema", self.resolved.follow(option))
        self.diagnostics.extend((*part.diagnostics, *passed))
        return self._record(option, hint, part)

    def _family(self, base: Node) -> Type:
        """What a reference to a base with a discriminator means: any of its family."""
        id_ = f"{base.pointer}/discriminator"
        if id_ not in self._declared.by_id:
            self._declared.by_id[id_] = None
            members = (base, *self._families[base.pointer])
            variants = tuple(Ref(self._itself(member)) for member in members)
            union = union_of(self.resolved, base, ("Any", base.key), variants)
            first = union.fallback or variants[0]
            self._declared.by_id[id_] = replace(union, id=id_, fallback=first)
        return or_null(Ref(id_), null=says_null(base))

    def _itself(self, member: Node) -> str:
        """Reads a member of a family as the record that it is, and gives its Id."""
        if member.pointer not in self._declared.by_id:
            self._record(member, (member.key,), merge(self.resolved, member))
        return member.pointer

    def _narrowest(self, node: Node, hint: Hint, types: list[Type]) -> Type:
        """What has all of some types, those of an `allOf`, and that of its own `type`."""
        types += [self.type_of(p, hint) for p in with_type(node, node.nodes("allOf"))]
        own = self._typed(node, hint)
        if not types:
            return own
        type_, agreed = narrowest(types, own, self._declared.by_id)
        if not agreed:
            words = "only the first of its types is used"
            self.diagnostics.append(left_out(node, words))
        return or_null(type_, null=says_null(node))

    def _typed(self, node: Node, hint: Hint) -> Type:
        names = type_names(node)
        self.diagnostics.extend(unheld(node))
        return self._united(node, hint, [self._of_type(n, node, hint) for n in names])

    def _of_type(self, name: str, node: Node, hint: Hint) -> Type:
        match name:
            case "array":
                self.diagnostics.extend(followed(node))
                return array(node, hint, self.type_of)
            case "object":
                return MapOf(self._value(node, hint, undeclared(node)))
            case _:
                return scalar(name, node) or Anything()

    def _value(self, node: Node, hint: Hint, listed: tuple[Node, ...]) -> Type:
        """What the undeclared members of an object are: of one of the listed schemas."""
        types = [self.type_of(value, (*hint, "value")) for value in listed]
        return self._united(node, (*hint, "value"), types) if types else Anything()
