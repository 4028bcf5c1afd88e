"""What OpenAPI 3.2 adds to the objects of 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calque.document.grammar import SHAPES, Kind, Many, Named, One, Shape, Shapes

_ADDED: Shapes = MappingProxyType(
    {
        Kind.COMPONENTS: Shape({"mediaTypes": Named(Kind.MEDIA_TYPE)}),
        Kind.PATH_ITEM: Shape(
            {
                "query": One(Kind.OPERATION),
                "additionalOperations": Named(Kind.OPERATION),
            }
        ),
        Kind.MEDIA_TYPE: Shape(
            {
                "itemSchema": One(Kind.SCHEMA),
                "prefixEncoding": Many(Kind.ENCODING),
                "itemEncoding": One(Kind.ENCODING),
            }
        ),
        Kind.ENCODING: Shape(
            {
                "encoding": Named(Kind.ENCODING),
                "prefixEncoding": Many(Kind.ENCODING),
                "itemEncoding": One(Kind.ENCODING),
            }
        ),
        Kind.OAUTH_FLOWS: Shape({"deviceAuthorization": One(Kind.OAUTH_FLOW)}),
    }
)

SHAPES_3_2: Shapes = MappingProxyType(
    {
        kind: Shape({**shape.fields, **_ADDED.get(kind, Shape()).fields}, shape.rest)
        for kind, shape in SHAPES.items()
    }
)

FIELDS_3_2: Mapping[Kind, str] = MappingProxyType(
    {
        # OpenAPI 3.2, section 4: the new fields that hold no objects.
        Kind.DOCUMENT: "$self",
        Kind.SERVER: "name",
        Kind.MEDIA_TYPE: "$ref description",
        Kind.RESPONSE: "summary",
        Kind.EXAMPLE: "dataValue serializedValue",
        Kind.TAG: "summary parent kind",
        Kind.DISCRIMINATOR: "defaultMapping",
        Kind.XML: "nodeType",
        Kind.SECURITY_SCHEME: "deprecated oauth2MetadataUrl",
        Kind.OAUTH_FLOW: "deviceAuthorizationUrl",
    }
)
