"""What to do about a field that its object does not have: another name, or another place."""

from __future__ import annotations

import re
from types import MappingProxyType

from calque.document.fields import fields, typo
from calque.document.grammar import METHODS, SHAPES, Kind, One, Shapes, standing
from calque.document.node import Node, split, tokens
from calque.document.swagger_grammar import SWAGGER
from calque.document.verdicts import meant_status

_ANYWHERE = frozenset({"summary", "description"})
"""What so many objects have that it does not tell which is meant."""

_STATUS = re.compile(r"[1-5](\d\d|XX)|default")

_FORMER = MappingProxyType(
    {
        # What Swagger 2.0 has, and where OpenAPI 3 has it (OpenAPI 3.0, "Schema").
        "definitions": "OpenAPI 3 has schemas in `components`, below `schemas`",
        "securityDefinitions": "OpenAPI 3 has them in `components`, as `securitySchemes`",
        "host": "OpenAPI 3 has whole URLs in `servers`",
        "basePath": "OpenAPI 3 has whole URLs in `servers`",
        "schemes": "OpenAPI 3 has whole URLs in `servers`",
        "consumes": "OpenAPI 3 has media types in the `content` of a request body",
        "produces": "OpenAPI 3 has media types in the `content` of each response",
    }
)


def right_field(node: Node, kind: Kind, key: str, shapes: Shapes = SHAPES) -> str:
    """The advice for a field of an object of a kind that has none of that name."""
    if key in fields(kind, shapes) and kind not in (Kind.SCHEMA, Kind.PATHS):
        return "remove it"
    if kind is Kind.RESPONSES and (status := meant_status(key)):
        return f"write `{status}`"
    meant = typo(kind, key, node.mapping(), shapes)
    if meant is not None:
        return f"did you mean `{meant}`?"
    if kind is Kind.SCHEMA and key in fields(Kind.SCHEMA):
        return "it is a keyword of OpenAPI 3.1, and is read as such"
    elsewhere = _elsewhere(node, kind, key, shapes)
    if elsewhere is not None:
        return elsewhere
    if kind is Kind.PATHS:
        return f"write `/{key}`"
    if kind is Kind.RESPONSES:
        return "write three digits, a range such as `4XX`, or `default`"
    return "remove it, or begin its name with `x-`"


def _elsewhere(node: Node, kind: Kind, key: str, shapes: Shapes) -> str | None:
    """Where a field belongs, if that is an object around or within the one it is in."""
    if kind is Kind.SCHEMA:
        return None
    if shapes is not SWAGGER and key in _FORMER:
        return _FORMER[key]
    ways = (_around, _within) if key not in _ANYWHERE else (_within,)
    found = (way(node, kind, key, shapes) for way in ways)
    return next((each for each in found if each), None)


def _around(node: Node, kind: Kind, key: str, shapes: Shapes) -> str | None:
    """The object around, where the field is nested too deep."""
    parent, own = split(node.pointer)
    above = standing(tokens(parent), shapes=shapes)
    if kind is Kind.DOCUMENT or above.member or key not in fields(above.kind, shapes):
        return None
    return f"move it out of `{own}`: it is a field of the {above.kind.noun}"


def _within(node: Node, kind: Kind, key: str, shapes: Shapes) -> str | None:
    """The object within, where the field is not nested deep enough."""
    shape = shapes[kind]
    if shape.rest is not None and key in fields(shape.rest.kind, shapes):
        return f"it is a field of a {shape.rest.kind.noun}: put it into one"
    if "content" in shape.fields and key in fields(Kind.MEDIA_TYPE, shapes):
        return "put it into `content`, below a media type such as `application/json`"
    if kind is Kind.OPERATION and _STATUS.fullmatch(key):
        return "put it into `responses`"
    names = [n for n, child in shape.fields.items() if _holds(child, key, shapes)]
    there = [name for name in names if name in node.mapping()]
    if kind is Kind.PATH_ITEM and names and len(there) != 1:
        return f"put it into each operation, such as `{(*there, *METHODS)[0]}`"
    return f"put it into `{(*there, *names)[0]}`" if names else None


def _holds(child: object, key: str, shapes: Shapes) -> bool:
    return isinstance(child, One) and key in fields(child.kind, shapes)
