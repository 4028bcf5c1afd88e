"""The examples that a document gives for content: by name, and the schema's own."""

from __future__ import annotations

from calque.document.node import Json, Node
from calque.model.api import Example
from calque.model.described import example_of
from calque.model.schemas import Schemas


def examples(schemas: Schemas, media: Node) -> tuple[Example, ...]:
    """The examples of a media type, the single `example` under the empty name."""
    single = media.get("example")
    named = [
        Example(name=name, value=value.value)
        for name, node in media.below("examples").items()
        if (value := told(schemas.resolved.follow(node))) is not None
    ]
    return (*([Example(name="", value=single.value)] if single else []), *named)


def told(example: Node) -> Node | None:
    """The value of an example as data (`dataValue`; OpenAPI 3.2, Example Object)."""
    return example.get("value") or example.get("dataValue")


def schema_example(schemas: Schemas, schema: Node | None) -> Json:
    """The example of a schema, or of that which it refers to; None without one."""
    if schema is None:
        return None
    own = example_of(schema)
    return example_of(schemas.resolved.follow(schema)) if own is None else own
