"""Where a document departs from the JSON Schema of its version of OpenAPI.

The schemas are openapi-spec-validator's; its fast backend, jsonschema-rs, is used
directly, because the wrapper around it drops what is needed to explain a failure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import jsonschema_rs

from calque.document.explain import explain
from calque.document.faults import Fault, What
from calque.document.fields import fields, typo
from calque.document.grammar import Kind, Shapes, standing
from calque.document.grammars import shapes_of
from calque.document.node import Json, Node, join, tokens
from calque.document.version import Version

_2020_12 = "https://json-schema.org/draft/2020-12/schema"
_DIALECT = "urn:calque:schema-dialect"
_BOUND = "urn:calque:openapi"
_NAME = re.compile(r"[a-zA-Z0-9._-]+")


def check(root: Node, version: Version) -> list[Fault]:
    """Every fault of the document's form, each once."""
    errors = _validator(version).iter_errors(root.value)
    found = [fault for error in errors for fault in explain(error, root)]
    if version is Version.V3_0:
        found.extend(_bad_names(root))
    return _without_echoes(list(dict.fromkeys(found)), shapes_of(version))


def _validator(version: Version) -> jsonschema_rs.Validator:
    # Formats are not judged: generated packages never validate by `pattern`, and whether
    # another program's regular expression compiles here says nothing about it.
    match version:
        case Version.V2_0:
            return jsonschema_rs.Draft4Validator(_v2_0(), validate_formats=False)
        case Version.V3_0:
            return jsonschema_rs.Draft4Validator(_v3_0(), validate_formats=False)
        case Version.V3_1 | Version.V3_2:
            schema = _published(version)
            own = str(schema["$id"])
            registry = jsonschema_rs.Registry(
                [(own, schema), (_DIALECT, _dialect(own))]
            )
            return jsonschema_rs.Draft202012Validator(
                _bound(own), registry=registry, validate_formats=False
            )


def _published(version: Version) -> dict[str, Json]:
    """The schema of a version as openapi-spec-validator has it, free to be changed."""
    # Importing the package takes longer than all that is done with its schemas.
    found = find_spec("openapi_spec_validator")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("openapi-spec-validator is not installed")
    schemas = Path(found.origin).parent / "resources" / "schemas"
    text = (schemas / f"v{version.value}" / "schema.json").read_text("utf-8")
    return cast("dict[str, Json]", json.loads(text))


def _v2_0() -> dict[str, Json]:
    """The schema of 2.0, changed to let something stand beside a `$ref`.

    It has no effect there (JSON Reference, section 3), as in the later versions.
    """
    schema = _published(Version.V2_0)
    reference = Node("", schema) / "definitions" / "jsonReference"
    reference.mapping()["additionalProperties"] = True
    return schema


def _v3_0() -> dict[str, Json]:
    """The schema of 3.0, changed to judge components whatever their names are.

    As published it skips what stands under a name with, say, a space in it.
    """
    schema = _published(Version.V3_0)
    components = Node("", schema) / "definitions" / "Components" / "properties"
    for name in components.mapping():
        section = (components / name).mapping()
        patterns = Node("", section.pop("patternProperties"))
        section["additionalProperties"] = next(iter(patterns.mapping().values()))
    return schema


def _bad_names(root: Node) -> Iterator[Fault]:
    """The components with names that OpenAPI 3.0 does not allow (section 4.7.7)."""
    for title, section in root.below("components").items():
        for name in section.mapping():
            if not title.startswith("x-") and not _NAME.fullmatch(name):
                yield Fault(what=What.BAD_NAME, pointer=section.pointer, key=name)


def _dialect(openapi: str) -> dict[str, Json]:
    """JSON Schema 2020-12 with the fields that OpenAPI 3.1 adds (section 4.8.24)."""
    text: Json = {"type": "string"}
    flag: Json = {"type": "boolean"}
    return {
        "$id": _DIALECT,
        "$schema": _2020_12,
        "$dynamicAnchor": "meta",
        "$ref": _2020_12,
        "properties": {
            "externalDocs": {"$ref": f"{openapi}#/$defs/external-documentation"},
            "discriminator": {
                "type": "object",
                "required": ["propertyName"],
                "properties": {
                    "propertyName": text,
                    "mapping": {"type": "object", "additionalProperties": text},
                },
            },
            "xml": {
                "type": "object",
                "properties": {
                    "name": text,
                    "namespace": text,
                    "prefix": text,
                    "attribute": flag,
                    "wrapped": flag,
                },
            },
        },
    }


def _bound(openapi: str) -> dict[str, Json]:
    """The schema of 3.1 with its schema objects judged by the dialect."""
    return {
        "$id": _BOUND,
        "$schema": _2020_12,
        "$ref": openapi,
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _DIALECT}},
    }


def _without_echoes(faults: list[Fault], shapes: Shapes) -> list[Fault]:
    """The faults without those that are only there because of another one.

    `unevaluatedProperties` finds every field unknown whose own value is faulty, or that
    is declared in a part of the schema which failed. A field that is misspelled is also
    found missing, and a `responses` object without a valid status lacks its `default`.
    """
    others = (What.UNKNOWN, What.OTHER)
    places = {fault.pointer for fault in faults if fault.what not in others}
    wrong = {fault.pointer for fault in faults if fault.what is What.WRONG_TYPE}
    unknown = [fault for fault in faults if fault.what is What.UNKNOWN]
    named = {fault.pointer for fault in faults if fault.what is What.EMPTY}
    named.update(fault.pointer for fault in unknown)
    return [
        fault
        for fault in faults
        if not (fault.what is What.UNKNOWN and _is_echo(fault, places, shapes))
        and not (fault.what is What.MISSING and _is_misspelled(fault, unknown, shapes))
        and not (fault.key == "default" and fault.pointer in named)
        and not (fault.what is What.NOT_ALLOWED and fault.pointer in wrong)
        and not (fault.what is What.OTHER and fault.pointer in places)
    ]


def _is_echo(fault: Fault, places: set[str], shapes: Shapes) -> bool:
    inside = join(fault.pointer, fault.key)
    there = standing(tokens(fault.pointer), shapes=shapes)
    known = not there.member and fault.key in fields(there.kind, shapes)
    if there.kind is Kind.DOCUMENT and known:
        return True
    return any(
        place == inside
        or place.startswith(f"{inside}/")
        or (known and (place == fault.pointer or place.startswith(f"{fault.pointer}/")))
        for place in places
    )


def _is_misspelled(missing: Fault, unknown: list[Fault], shapes: Shapes) -> bool:
    kind = standing(tokens(missing.pointer), shapes=shapes).kind
    return any(
        missing.key == typo(kind, fault.key, {}, shapes)
        for fault in unknown
        if fault.pointer == missing.pointer
    )
