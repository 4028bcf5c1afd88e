"""Which fields each object of OpenAPI has, and which keywords JSON Schema has."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calque.document.grammar import SHAPES, Kind, Shapes
from calque.document.grammar_3_2 import FIELDS_3_2, SHAPES_3_2
from calque.document.similar import similar
from calque.document.swagger_grammar import SWAGGER, SWAGGER_FIELDS

_OTHER_FIELDS: Mapping[Kind, str] = MappingProxyType(
    {
        # OpenAPI 3.1, section 4.8: the fields that hold no objects. The others are in
        # the grammar.
        Kind.DOCUMENT: "openapi jsonSchemaDialect",
        Kind.INFO: "title summary description termsOfService version",
        Kind.CONTACT: "name url email",
        Kind.LICENSE: "name identifier url",
        Kind.SERVER: "url description",
        Kind.SERVER_VARIABLE: "enum default description",
        Kind.PATH_ITEM: "$ref summary description",
        Kind.OPERATION: "tags summary description operationId deprecated",
        Kind.EXTERNAL_DOCS: "description url",
        Kind.PARAMETER: (
            "name in description required deprecated allowEmptyValue style explode "
            "allowReserved example"
        ),
        Kind.REQUEST_BODY: "description required",
        Kind.MEDIA_TYPE: "example",
        Kind.ENCODING: "contentType style explode allowReserved",
        Kind.RESPONSES: "default",
        Kind.RESPONSE: "description",
        Kind.EXAMPLE: "summary description value externalValue",
        Kind.LINK: "operationRef operationId parameters requestBody description",
        Kind.HEADER: (
            "description required deprecated allowEmptyValue style explode "
            "allowReserved example"
        ),
        Kind.TAG: "name description",
        Kind.DISCRIMINATOR: "propertyName mapping",
        Kind.XML: "name namespace prefix attribute wrapped",
        Kind.SECURITY_SCHEME: (
            "type description name in scheme bearerFormat openIdConnectUrl"
        ),
        Kind.OAUTH_FLOW: "authorizationUrl tokenUrl refreshUrl scopes",
        # JSON Schema 2020-12 and the OAS base vocabulary.
        Kind.SCHEMA: (
            "$id $schema $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment "
            "type enum const multipleOf maximum exclusiveMaximum minimum "
            "exclusiveMinimum maxLength minLength pattern maxItems minItems "
            "uniqueItems maxContains minContains maxProperties minProperties required "
            "dependentRequired title description default deprecated readOnly "
            "writeOnly examples format contentEncoding contentMediaType example "
            "nullable"
        ),
    }
)

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
"""The values of `type` (JSON Schema 2020-12, validation, section 6.1.1)."""

CONSTRAINTS = (
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
)
"""The keywords that narrow a schema without changing the type it becomes."""


def fields(kind: Kind, shapes: Shapes = SHAPES) -> frozenset[str]:
    """The names of the fields that objects of a kind have, extensions aside."""
    others = _OTHER_FIELDS.get(kind, "")
    if shapes is SWAGGER:
        others = SWAGGER_FIELDS.get(kind, others)
    elif shapes is SHAPES_3_2:
        others = f"{others} {FIELDS_3_2.get(kind, '')}"
    return frozenset((*shapes[kind].fields, *others.split()))


def typo(
    kind: Kind, name: str, present: Mapping[str, object], shapes: Shapes = SHAPES
) -> str | None:
    """The field that is missing and was probably meant by an unknown name."""
    meant = similar(name, sorted(fields(kind, shapes)))
    return meant if meant is not None and meant not in present else None
