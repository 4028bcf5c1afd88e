"""Which values fit a schema of a document, as a validator says that is none of calque's.

The dialect is the document's own: JSON Schema 2020-12 in OpenAPI 3.1 and later; in 3.0
that of Draft 4, with `nullable`. Formats count where OpenAPI gives them a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from urllib.parse import quote

import jsonschema_rs
from jsonschema_rs import Draft4Validator, Draft202012Validator, Registry

from calque.document.node import Json
from tests.corpus.families import told

_DOCUMENT = "urn:document"


class Judge:
    """What the schemas of one document admit; they are told by their JSON pointers."""

    def __init__(self, document: dict[str, Json]) -> None:
        old = str(document.get("openapi")).startswith("3.0")
        self._validator = Draft4Validator if old else Draft202012Validator
        draft = jsonschema_rs.Draft4 if old else jsonschema_rs.Draft202012
        root = _readable(told(document), old=old)
        self._registry = Registry([(_DOCUMENT, root)], draft=draft)

    def admits(self, pointer: str, value: Json) -> bool | None:
        """Whether a value fits the schema at a pointer; None if the schema is at fault."""
        reference = f"{_DOCUMENT}#{quote(pointer.removeprefix('#'), safe='/~')}"
        try:
            return self._validator(
                {"$ref": reference},
                registry=self._registry,
                validate_formats=True,
                formats=dict(_FORMATS),
                offline=True,
            ).is_valid(value)
        except (ValueError, jsonschema_rs.ReferencingError):
            return None


def _readable(value: Json, *, old: bool) -> Json:
    """The document with its schemas made plain (see `_plain`)."""
    match value:
        case list():
            return [_readable(item, old=old) for item in value]
        case dict():
            return {key: _member(key, member, old) for key, member in value.items()}
        case _:
            return value


def _member(key: str, value: Json, old: bool) -> Json:
    if key == "schema":
        return _plain(value, old)
    if key == "schemas" and isinstance(value, dict):
        return {name: _plain(schema, old) for name, schema in value.items()}
    return _readable(value, old=old)


def _plain(schema: Json, old: bool) -> Json:
    """A schema that says the type that it means, and `null` among them if `nullable`.

    What has `properties` and no `type` is meant to be an object, whatever JSON Schema
    says of other values; what has `items`, an array.
    """
    if not isinstance(schema, dict):
        return schema
    plain = {key: _keyword(key, value, old) for key, value in schema.items()}
    if "type" not in plain and "$ref" not in plain:
        implied = next((t for k, t in _IMPLIED.items() if k in plain), None)
        plain = {**plain, "type": implied} if implied else plain
    if old and plain.get("nullable") is True and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    return plain


def _keyword(key: str, value: Json, old: bool) -> Json:
    if key in _MAPS and isinstance(value, dict):
        return {name: _plain(schema, old) for name, schema in value.items()}
    if key in _LISTS and isinstance(value, list):
        return [_plain(schema, old) for schema in value]
    return _plain(value, old) if key in _SCHEMAS else value


_IMPLIED = MappingProxyType(
    {
        "properties": "object",
        "items": "array",
        "additionalProperties": "object",
        "patternProperties": "object",
    }
)
_MAPS = ("properties", "patternProperties", "$defs", "definitions")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMAS = ("items", "additionalProperties", "not")


def _is_http_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None and text.endswith("GMT")
    except ValueError:
        return False


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


# The bits that no byte takes are zero (RFC 4648, section 3.5).
_BASE64 = (
    r"(?:[A-Za-z0-9+/]{4})*"
    r"(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?"
)
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_INTEGER = r"[+-]?[0-9]+"

_FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "byte": _matches(_BASE64),
        "base64": _matches(_BASE64),
        "base64url": _matches(r"[A-Za-z0-9_-]*={0,2}"),
        "uuid": _matches(_UUID),
        "guid": _matches(_UUID),
        "int64": _matches(_INTEGER),
        "uint64": _matches(_INTEGER),
        "decimal": _matches(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"),
        "http-date": _is_http_date,
        "date-time-rfc1123": _is_http_date,
    }
)
