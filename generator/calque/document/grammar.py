"""Which objects an OpenAPI document is made of, and where in each of them others stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


class Kind(StrEnum):
    """The objects of OpenAPI 3.1 (section 4.8), by the names the specification uses."""

    DOCUMENT = "OpenAPI Object"
    INFO = "Info Object"
    CONTACT = "Contact Object"
    LICENSE = "License Object"
    SERVER = "Server Object"
    SERVER_VARIABLE = "Server Variable Object"
    COMPONENTS = "Components Object"
    PATHS = "Paths Object"
    PATH_ITEM = "Path Item Object"
    OPERATION = "Operation Object"
    EXTERNAL_DOCS = "External Documentation Object"
    PARAMETER = "Parameter Object"
    REQUEST_BODY = "Request Body Object"
    MEDIA_TYPE = "Media Type Object"
    ENCODING = "Encoding Object"
    RESPONSES = "Responses Object"
    RESPONSE = "Response Object"
    CALLBACK = "Callback Object"
    EXAMPLE = "Example Object"
    LINK = "Link Object"
    HEADER = "Header Object"
    TAG = "Tag Object"
    SCHEMA = "Schema Object"
    DISCRIMINATOR = "Discriminator Object"
    XML = "XML Object"
    SECURITY_SCHEME = "Security Scheme Object"
    OAUTH_FLOWS = "OAuth Flows Object"
    OAUTH_FLOW = "OAuth Flow Object"
    SECURITY_REQUIREMENT = "Security Requirement Object"

    # That of enumerations is written in Python, and kinds are keys all the time.
    __hash__ = str.__hash__

    @property
    def noun(self) -> str:
        """What an object of this kind is called in a sentence: `path item`."""
        name = self.value.removesuffix(" Object").lower()
        return _NOUNS.get(self.value, name)


_NOUNS = MappingProxyType(
    {
        "OpenAPI Object": "OpenAPI document",
        "Info Object": "`info` object",
        "Components Object": "`components` object",
        "Paths Object": "`paths` object",
        "Responses Object": "`responses` object",
        "XML Object": "`xml` object",
        "OAuth Flows Object": "`flows` object",
        "OAuth Flow Object": "OAuth flow",
    }
)


@dataclass(frozen=True, slots=True)
class One:
    """An object."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Many:
    """An array of objects."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Named:
    """A map from names, which the author chooses, to objects."""

    kind: Kind


Child: TypeAlias = One | Many | Named


@dataclass(frozen=True, slots=True)
class Shape:
    """The members of an object that hold other objects.

    `fields` by name; `rest` is what stands under all other names except `x-...`.
    """

    fields: Mapping[str, Child] = field(default_factory=dict[str, Child])
    rest: Child | None = None

    def child(self, name: str) -> Child | None:
        """What the member `name` holds, or None if it holds no objects."""
        if name in self.fields:
            return self.fields[name]
        return None if name.startswith("x-") else self.rest


Shapes: TypeAlias = "Mapping[Kind, Shape]"
"""The shape of every kind of object, in one version of the specification."""


REFERABLE = frozenset(
    (
        Kind.SCHEMA,
        Kind.PARAMETER,
        Kind.RESPONSE,
        Kind.REQUEST_BODY,
        Kind.HEADER,
        Kind.EXAMPLE,
        Kind.LINK,
        Kind.CALLBACK,
        Kind.SECURITY_SCHEME,
        Kind.PATH_ITEM,
        Kind.MEDIA_TYPE,
    )
)
"""The objects in whose place a `$ref` may stand."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The members of a Path Item that are operations."""

_SCHEMA = Shape(
    {
        "properties": Named(Kind.SCHEMA),
        "patternProperties": Named(Kind.SCHEMA),
        "dependentSchemas": Named(Kind.SCHEMA),
        "$defs": Named(Kind.SCHEMA),
        "definitions": Named(Kind.SCHEMA),
        "allOf": Many(Kind.SCHEMA),
        "anyOf": Many(Kind.SCHEMA),
        "oneOf": Many(Kind.SCHEMA),
        "prefixItems": Many(Kind.SCHEMA),
        "not": One(Kind.SCHEMA),
        "if": One(Kind.SCHEMA),
        "then": One(Kind.SCHEMA),
        "else": One(Kind.SCHEMA),
        "items": One(Kind.SCHEMA),
        "contains": One(Kind.SCHEMA),
        "additionalProperties": One(Kind.SCHEMA),
        "propertyNames": One(Kind.SCHEMA),
        "unevaluatedItems": One(Kind.SCHEMA),
        "unevaluatedProperties": One(Kind.SCHEMA),
        "contentSchema": One(Kind.SCHEMA),
        "discriminator": One(Kind.DISCRIMINATOR),
        "externalDocs": One(Kind.EXTERNAL_DOCS),
        "xml": One(Kind.XML),
    }
)

_VALUE: Mapping[str, Child] = MappingProxyType(
    {
        "schema": One(Kind.SCHEMA),
        "content": Named(Kind.MEDIA_TYPE),
        "examples": Named(Kind.EXAMPLE),
    }
)
"""What parameters and headers share."""

SHAPES: Shapes = MappingProxyType(
    {
        Kind.DOCUMENT: Shape(
            {
                "info": One(Kind.INFO),
                "servers": Many(Kind.SERVER),
                "paths": One(Kind.PATHS),
                "webhooks": Named(Kind.PATH_ITEM),
                # Where documents of 3.0 have them.
                "x-webhooks": Named(Kind.PATH_ITEM),
                "components": One(Kind.COMPONENTS),
                "security": Many(Kind.SECURITY_REQUIREMENT),
                "tags": Many(Kind.TAG),
                "externalDocs": One(Kind.EXTERNAL_DOCS),
            }
        ),
        Kind.INFO: Shape({"contact": One(Kind.CONTACT), "license": One(Kind.LICENSE)}),
        Kind.CONTACT: Shape(),
        Kind.LICENSE: Shape(),
        Kind.SERVER: Shape({"variables": Named(Kind.SERVER_VARIABLE)}),
        Kind.SERVER_VARIABLE: Shape(),
        Kind.COMPONENTS: Shape(
            {
                "schemas": Named(Kind.SCHEMA),
                "responses": Named(Kind.RESPONSE),
                "parameters": Named(Kind.PARAMETER),
                "examples": Named(Kind.EXAMPLE),
                "requestBodies": Named(Kind.REQUEST_BODY),
                "headers": Named(Kind.HEADER),
                "securitySchemes": Named(Kind.SECURITY_SCHEME),
                "links": Named(Kind.LINK),
                "callbacks": Named(Kind.CALLBACK),
                "pathItems": Named(Kind.PATH_ITEM),
            }
        ),
        Kind.PATHS: Shape(rest=One(Kind.PATH_ITEM)),
        Kind.PATH_ITEM: Shape(
            {
                "servers": Many(Kind.SERVER),
                "parameters": Many(Kind.PARAMETER),
                **{method: One(Kind.OPERATION) for method in METHODS},
            }
        ),
        Kind.OPERATION: Shape(
            {
                "externalDocs": One(Kind.EXTERNAL_DOCS),
                "parameters": Many(Kind.PARAMETER),
                "requestBody": One(Kind.REQUEST_BODY),
                "responses": One(Kind.RESPONSES),
                "callbacks": Named(Kind.CALLBACK),
                "security": Many(Kind.SECURITY_REQUIREMENT),
                "servers": Many(Kind.SERVER),
            }
        ),
        Kind.EXTERNAL_DOCS: Shape(),
        Kind.PARAMETER: Shape(_VALUE),
        Kind.REQUEST_BODY: Shape({"content": Named(Kind.MEDIA_TYPE)}),
        Kind.MEDIA_TYPE: Shape(
            {
                "schema": One(Kind.SCHEMA),
                "examples": Named(Kind.EXAMPLE),
                "encoding": Named(Kind.ENCODING),
            }
        ),
        Kind.ENCODING: Shape({"headers": Named(Kind.HEADER)}),
        Kind.RESPONSES: Shape(rest=One(Kind.RESPONSE)),
        Kind.RESPONSE: Shape(
            {
                "headers": Named(Kind.HEADER),
                "content": Named(Kind.MEDIA_TYPE),
                "links": Named(Kind.LINK),
            }
        ),
        Kind.CALLBACK: Shape(rest=One(Kind.PATH_ITEM)),
        Kind.EXAMPLE: Shape(),
        Kind.LINK: Shape({"server": One(Kind.SERVER)}),
        Kind.HEADER: Shape(_VALUE),
        Kind.TAG: Shape({"externalDocs": One(Kind.EXTERNAL_DOCS)}),
        Kind.SCHEMA: _SCHEMA,
        Kind.DISCRIMINATOR: Shape(),
        Kind.XML: Shape(),
        Kind.SECURITY_SCHEME: Shape({"flows": One(Kind.OAUTH_FLOWS)}),
        Kind.OAUTH_FLOWS: Shape(
            {
                "implicit": One(Kind.OAUTH_FLOW),
                "password": One(Kind.OAUTH_FLOW),
                "clientCredentials": One(Kind.OAUTH_FLOW),
                "authorizationCode": One(Kind.OAUTH_FLOW),
            }
        ),
        Kind.OAUTH_FLOW: Shape(),
        Kind.SECURITY_REQUIREMENT: Shape(),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a place: an object of a kind, or a member of one (`member`)."""

    kind: Kind
    member: str = ""


def standing(
    path: list[str], start: Kind = Kind.DOCUMENT, shapes: Shapes = SHAPES
) -> Standing:
    """What kind of object, and which member of it, the tokens of a pointer lead to.

    For `#/paths/~1a/get/tags/0` that is the member `tags` of an Operation Object; for
    `#/paths/~1a/get` an Operation Object. Named after the innermost object on the way,
    which begins at an object of the kind `start`.
    """
    kind, steps = start, list(path)
    while steps:
        child = shapes[kind].child(steps[0])
        wrapped = isinstance(child, Many | Named)
        if child is None or (wrapped and len(steps) == 1):
            return Standing(kind, steps[0])
        kind, steps = child.kind, steps[2 if wrapped else 1 :]
    return Standing(kind)
