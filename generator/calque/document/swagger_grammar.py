"""Which objects a Swagger 2.0 document is made of, in the words of OpenAPI 3."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calque.document.grammar import (
    METHODS,
    SHAPES,
    Kind,
    Many,
    Named,
    One,
    Shape,
    Shapes,
)

SWAGGER: Shapes = MappingProxyType(
    {
        **SHAPES,
        Kind.DOCUMENT: Shape(
            {
                "info": One(Kind.INFO),
                "paths": One(Kind.PATHS),
                "definitions": Named(Kind.SCHEMA),
                "parameters": Named(Kind.PARAMETER),
                "responses": Named(Kind.RESPONSE),
                "securityDefinitions": Named(Kind.SECURITY_SCHEME),
                "security": Many(Kind.SECURITY_REQUIREMENT),
                "tags": Many(Kind.TAG),
                "externalDocs": One(Kind.EXTERNAL_DOCS),
            }
        ),
        Kind.PATH_ITEM: Shape(
            {
                "parameters": Many(Kind.PARAMETER),
                **{m: One(Kind.OPERATION) for m in METHODS if m != "trace"},
            }
        ),
        Kind.OPERATION: Shape(
            {
                "externalDocs": One(Kind.EXTERNAL_DOCS),
                "parameters": Many(Kind.PARAMETER),
                "responses": One(Kind.RESPONSES),
                "security": Many(Kind.SECURITY_REQUIREMENT),
            }
        ),
        Kind.PARAMETER: Shape({"schema": One(Kind.SCHEMA), "items": One(Kind.SCHEMA)}),
        Kind.RESPONSE: Shape(
            {"schema": One(Kind.SCHEMA), "headers": Named(Kind.HEADER)}
        ),
        Kind.HEADER: Shape({"items": One(Kind.SCHEMA)}),
        Kind.SECURITY_SCHEME: Shape(),
    }
)

_PRIMITIVE = (
    "type format collectionFormat default maximum exclusiveMaximum minimum "
    "exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems enum "
    "multipleOf"
)

SWAGGER_FIELDS: Mapping[Kind, str] = MappingProxyType(
    {
        # Swagger 2.0: the fields that hold no objects, where they are not as in OpenAPI 3.
        Kind.DOCUMENT: "swagger host basePath schemes consumes produces",
        Kind.OPERATION: (
            "tags summary description operationId consumes produces schemes deprecated"
        ),
        Kind.PARAMETER: f"name in description required allowEmptyValue {_PRIMITIVE}",
        Kind.RESPONSE: "description examples",
        Kind.HEADER: f"description {_PRIMITIVE}",
        Kind.SECURITY_SCHEME: (
            "type description name in flow authorizationUrl tokenUrl scopes"
        ),
    }
)
