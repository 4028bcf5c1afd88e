"""The examples of a document, and the types that the package has for their schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calque.document.grammar import Kind
from calque.document.node import Json, Node
from calque.document.walk import walk
from calque.model.api import Api
from calque.model.media import is_json
from calque.model.operations import operations
from calque.model.schemas import Schemas
from calque.model.types import Kind as Scalars
from calque.model.types import Scalar, references
from calque.model.webhooks import webhooks
from calque.naming import Names
from calque.render.annotations import annotation, anywhere, is_formatted
from calque.render.code import import_block
from calque.resolve import Resolved


@dataclass(frozen=True, slots=True)
class Example:
    """A value that a document gives for a schema: of its own, of content, of a parameter."""

    id: str
    schema: Node
    kind: Kind
    value: Json


def examples(resolved: Resolved) -> Iterator[Example]:
    """Every example of JSON in a document."""
    for kind, node in walk(resolved.document.files):
        schema = _exemplified(kind, node)
        if schema is not None and isinstance(schema.value, dict):
            for given in _given(resolved, kind, node):
                yield Example(given.pointer, schema, kind, given.value)


def _exemplified(kind: Kind, node: Node) -> Node | None:
    match kind:
        case Kind.SCHEMA:
            return node
        case Kind.PARAMETER | Kind.HEADER:
            return node.get("schema")
        case Kind.MEDIA_TYPE:
            return node.get("schema") if is_json(node.key) else None
        case _:
            return None


def _given(resolved: Resolved, kind: Kind, node: Node) -> Iterator[Node]:
    if not isinstance(node.value, dict):
        return
    if (single := node.get("example")) is not None:
        yield single
    several = node.below("examples")
    if kind is Kind.SCHEMA:
        yield from several.elements()
        return
    for each in (node for _, node in several.items()):
        if (value := resolved.follow(each).get("value")) is not None:
            yield value


class Types:
    """The types of a package, by the schemas that they come from."""

    def __init__(self, resolved: Resolved, api: Api, names: Names) -> None:
        self._names = names
        self._scope = anywhere(api, names)
        self._schemas = Schemas(resolved)
        # As the package was made: what is read first decides what is recursive.
        for name, node in resolved.root.below("components").below("schemas").items():
            self._schemas.type_of(node, (name,))
        operations(self._schemas, api.schemes)
        webhooks(self._schemas)

    def of(self, example: Example) -> object | None:
        """The type of the imported package that an example is of; None if it has none.

        It has none for what it has no use for, such as the body of a form.
        """
        type_ = self._schemas.type_of(example.schema, ("Example",))
        if not self._scope.declarations.keys() >= set(references(type_)):
            return None
        if example.kind is Kind.MEDIA_TYPE and type_ == Scalar(Scalars.BINARY):
            return None  # Raw bytes, which no JSON value is an example of.
        formatted = is_formatted(type_, self._scope.unions)
        if example.kind is not Kind.SCHEMA and formatted:
            return None  # The package only writes it, and not as JSON.
        module = "" if example.kind is Kind.SCHEMA else None
        code = annotation(type_, replace(self._scope, module=module, kept=True))
        place: dict[str, object] = {"__package__": f"{self._names.package}.resources"}
        try:
            exec(import_block(code.imports), place)
        except ImportError:  # Of a parameter, whose format the package only writes.
            return None
        found: object = eval(code.text, place)
        return found
