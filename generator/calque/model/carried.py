"""What is carried beside a body, in parameters and header fields: of which type, how written."""

from __future__ import annotations

from calque.document.node import Node
from calque.model.headers import Style
from calque.model.media import is_form, is_json
from calque.model.plain import Hint
from calque.model.schemas import Schemas
from calque.model.types import Anything, Kind, Scalar, Type

JSON_STYLE = Style(style="json", explode=False)
"""How a value is written whose `content` is JSON."""


def content_of(node: Node) -> Node | None:
    """The one media type that the `content` of a parameter names, if it has any."""
    return next((media for _, media in node.below("content").items()), None)


def schema_of(node: Node) -> Node | None:
    """The schema of a parameter, wherever it stands."""
    return (content_of(node) or node).get("schema")


def type_of(schemas: Schemas, node: Node, hint: Hint, *, forms: bool = False) -> Type:
    """The type of a value; of content that is not looked into, its text as it is sent.

    That is JSON and, where they are written by member, `forms`.
    """
    media, schema = content_of(node), schema_of(node)
    looked_into = media is None or is_json(media.key)
    if not looked_into and not (forms and media and is_form(media.key)):
        return Scalar(Kind.STRING)
    return schemas.type_of(schema, hint) if schema else Anything()


def style_of(node: Node, usual: str) -> Style:
    """The style that an object states, the `usual` one where it leaves it out."""
    style = node.text("style") or usual
    usually = style in ("form", "cookie")
    explode = node.flag("explode") if "explode" in node else usually
    reserved = node.flag("allowReserved")
    return Style(style=style, explode=explode, allow_reserved=reserved)
