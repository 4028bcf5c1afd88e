"""Properties that say the same of themselves: what they mean is read once.

Large documents repeat themselves: many schemas have the same few properties, word for word.
What such a property means does not depend on where it stands, unless it holds a schema or
a reference.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from calque.document.node import Node
from calque.model.api import Parameter
from calque.model.declarations import Field
from calque.model.merge import Property
from calque.model.types import references

_HOLDING = frozenset({"properties", "items", "allOf", "oneOf", "anyOf", "$ref"})
"""The usual keywords that hold schemas or name them."""

_Said: TypeAlias = tuple[str, frozenset[str]]


class Alike:
    """The fields that properties have become, by what these say.

    `named` are the Ids of schemas that have a name of their own wherever they stand.
    `parameters` are those that were read, by their own Ids: many operations refer to one.
    """

    def __init__(self, named: Collection[str]) -> None:
        self._named = named
        self._known: dict[_Said, Field] = {}
        self.parameters: dict[str, Parameter] = {}

    def field(self, owner: Node, property_: Property) -> Field | None:
        """The field of a property, if another one says the same."""
        said = self._said(property_)
        found = self._known.get(said) if said else None
        return _as(found, owner, property_) if found else None

    def note(self, property_: Property, field: Field) -> None:
        """Remembers what came of a property, unless that is declared in its place."""
        said = self._said(property_)
        if said and not any(references(field.type)):
            self._known[said] = field

    def _said(self, property_: Property) -> _Said | None:
        """All that a property says; None where it may mean something else elsewhere."""
        schema = property_.node.value
        if not isinstance(schema, dict) or not _HOLDING.isdisjoint(schema):
            return None
        if property_.told:
            return None
        if property_.node.pointer in self._named:
            return None
        # A title that only spells the name says nothing.
        text = repr(schema) + (property_.name if "title" in schema else "")
        return None if "{" in text[1:] or "'$" in text else (text, property_.marks)


def _as(field: Field, owner: Node, property_: Property) -> Field:
    """A field that is as another one, but for its place."""
    return Field(
        id=property_.id_in(owner),
        name=property_.name,
        type=field.type,
        required=property_.required,
        doc=field.doc,
        read_only=field.read_only,
        write_only=field.write_only,
        deprecated=field.deprecated,
        default=field.default,
        example=field.example,
        constraints=field.constraints,
    )
