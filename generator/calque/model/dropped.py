"""Which keywords calque reads, so that whatever else a document says is named aloud."""

from __future__ import annotations

from collections.abc import Container

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.fields import fields, typo
from calque.document.grammar import METHODS, Kind
from calque.document.node import ROOT, Node, file_of
from calque.model.plain import is_open

_WORDS = {"title", "description", "summary", "deprecated", "externalDocs", "$comment"}

_OF_PATHS = {"$ref", "parameters", "query", "additionalOperations", *METHODS}

# Per kind of object: the keywords that reach the package, as code or as documentation.
# Extensions (`x-`) are others' words, and are read where they are known.
_READ = {
    "schema": _WORDS
    | {"$ref", "$id", "$schema", "$anchor", "$defs", "definitions"}
    | {"$dynamicRef", "$dynamicAnchor"}
    | {"type", "format", "enum", "const", "default", "example", "examples", "nullable"}
    | {
        "properties",
        "required",
        "additionalProperties",
        "unevaluatedProperties",
        "unevaluatedItems",
        "patternProperties",
        "allOf",
        "oneOf",
        "anyOf",
    }
    | {"discriminator", "items", "prefixItems", "readOnly", "writeOnly", "xml"}
    | {"minLength", "maxLength", "pattern", "minimum", "maximum", "multipleOf"}
    | {"exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems", "uniqueItems"}
    | {"minProperties", "maxProperties", "contentEncoding", "contentMediaType"},
    "parameter": _WORDS
    | {"$ref", "name", "in", "required", "schema", "example", "examples"}
    | {"content", "style", "explode", "allowReserved"},
    "operation": _WORDS
    | {"operationId", "tags", "parameters", "requestBody", "responses"}
    | {"security", "servers", "callbacks"},
    # What is answered to a webhook is the receiver's to say.
    "webhook": _WORDS
    | {"operationId", "tags", "parameters", "requestBody", "responses"},
    "path item": _WORDS | _OF_PATHS | {"servers"},
    # What the service calls is at a URL that the receiver gave.
    "path item of webhooks": _WORDS | _OF_PATHS,
    "tag": _WORDS | {"name", "kind", "parent"},
    "request body": _WORDS | {"$ref", "content", "required"},
    "response": _WORDS | {"$ref", "content", "headers"},
    "header": _WORDS
    | {"$ref", "required", "schema", "example", "examples", "content"}
    | {"style", "explode", "allowReserved", "allowEmptyValue"},
    "media type": {"schema", "itemSchema", "example", "examples"},
    "form": {"schema", "example", "examples", "encoding"},
    "encoding": {"contentType", "headers", "style", "explode", "allowReserved"},
    "document": {"openapi", "info", "servers", "paths", "components", "security"}
    | {"webhooks"}
    | {"tags", "externalDocs", "jsonSchemaDialect", "$self"},
    "components": {"schemas", "responses", "parameters", "examples", "requestBodies"}
    | {"securitySchemes", "pathItems", "mediaTypes", "headers", "callbacks"},
}


_DIALECTS = ("/json-schema.org/draft/2020-12/", "/spec.openapis.org/oas/")


def left_out(node: Node, what: str) -> Diagnostic:
    """A warning: something of the document does not reach the package as it stands."""
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.LEFT_OUT,
        message=what,
        help="the package is generated without it",
        pointer=node.pointer,
        focus=Focus.KEY,
    )


def passed_over(kind: str, node: Node) -> list[Diagnostic]:
    """A warning for each keyword of an object that nothing in the package comes of."""
    if node.mapping().keys() <= _READ[kind]:
        return []
    return [
        left_out(
            node / key, f"`{key}` of this {kind} has no counterpart in the package"
        )
        for key, value in node.mapping().items()
        if key not in _READ[kind] and not key.startswith("x-")
        if value is not False or key != "allowEmptyValue"
        if not _shares_file(kind, node, key) and not _misspelled(kind, node, key)
    ]


def _misspelled(kind: str, node: Node, key: str) -> bool:
    """Whether a keyword was found to be none when the document was judged."""
    known = kind != "schema" or key in fields(Kind.SCHEMA)
    return not known and typo(Kind.SCHEMA, key, node.mapping()) is not None


def of_another_dialect(root: Node) -> list[Diagnostic]:
    """A warning where schemas are said to be written in another dialect than is read."""
    said = root.text("jsonSchemaDialect")
    if said is None or any(known in said for known in _DIALECTS):
        return []
    words = "schemas are read by JSON Schema 2020-12"
    return [left_out(root / "jsonSchemaDialect", words)]


def unheld(schema: Node, properties: Container[str] = ()) -> list[Diagnostic]:
    """A warning for each member that an object must have and nothing describes."""
    return [
        left_out(schema, f"`{name}` is required but not among the properties")
        for name in schema.texts("required")
        if name not in properties
    ]


def other_choice(schema: Node, made: str) -> list[Diagnostic]:
    """A warning for the choice that a schema has beside the one that is `made`."""
    if made != "oneOf" or "anyOf" not in schema:
        return []
    return [left_out(schema / "anyOf", "only the choice of `oneOf` is made")]


def followed(array: Node) -> list[Diagnostic]:
    """A warning for first items that say nothing, as anything may follow them."""
    if not is_open(array):
        return []
    words = "anything may follow the items of `prefixItems`"
    return [left_out(array / "prefixItems", words)]


def _shares_file(kind: str, node: Node, key: str) -> bool:
    """Whether a member only stands in the same file as an object that is all the rest."""
    if node.pointer != f"{file_of(node.pointer)}{ROOT}" or not file_of(node.pointer):
        return False
    return not any(k.noun == kind and key in fields(k) for k in Kind)
