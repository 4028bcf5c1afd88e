"""What single objects of Swagger 2.0 are in OpenAPI 3: one rule for each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calque.document.node import Json

Object = dict[str, Json]

JSON = "application/json"
BINARY = "application/octet-stream"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

_OWN = ("name", "in", "description", "required", "allowEmptyValue")
"""The members of a parameter that are not about its value."""

_STYLES: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {
        # OpenAPI 3.1, section 4.8.12.2: `collectionFormat` became `style` and `explode`.
        "csv": ("form", False),
        "multi": ("form", True),
        "ssv": ("spaceDelimited", False),
        "pipes": ("pipeDelimited", False),
        # A style of calque's own: OpenAPI 3 has none.
        "tsv": ("tabDelimited", False),
    }
)

_FLOWS: Mapping[str, str] = MappingProxyType(
    {
        "implicit": "implicit",
        "password": "password",
        "application": "clientCredentials",
        "accessCode": "authorizationCode",
    }
)


def parameter(value: Object) -> Object:
    """A parameter whose value is described by a schema, and written in a style."""
    own = {key: value[key] for key in value if key in _OWN or key.startswith("x-")}
    return {**own, "schema": value_schema(value), **_style(value)}


def header(value: Object) -> Object:
    """A header of a response."""
    own = {key: value[key] for key in value if key in _OWN or key.startswith("x-")}
    return {**own, "schema": value_schema(value)}


def value_schema(value: Object) -> Object:
    """The schema of what a parameter, a header or a form field holds."""
    gone = (*_OWN, "collectionFormat", "schema", "headers")
    inner = {k: v for k, v in value.items() if k not in gone and k[:2] != "x-"}
    inner |= {k: value[k] for k in ("x-nullable", "x-ms-enum") if k in value}
    return schema(inner)


def schema(value: Object) -> Object:
    """A schema: its discriminator an object, `x-nullable` a keyword, files as bytes."""
    found = {
        k: v for k, v in value.items() if k not in ("x-nullable", "collectionFormat")
    }
    if isinstance(named := found.get("discriminator"), str):
        found["discriminator"] = {"propertyName": named}
    if value.get("x-nullable") is True:
        found["nullable"] = True
    if found.get("type") == "file":
        found |= {"type": "string", "format": "binary"}
    return found


def separator(value: Object) -> str | None:
    """The `collectionFormat` of an array, by default `csv`; None for other values."""
    if value.get("type") != "array":
        return None
    named = value.get("collectionFormat", "csv")
    return named if isinstance(named, str) else "csv"


def has_style(value: Object) -> bool:
    """Whether OpenAPI 3 can say how an array is written: in paths and headers, only
    with commas; with tabs it cannot, but calque can.
    """
    named = separator(value)
    listed = value.get("in") in ("query", "formData")
    return named is None or named == "csv" or (listed and named in _STYLES)


def style(value: Object) -> Object:
    """The style of a form field or query parameter that is an array."""
    named = separator(value)
    if named is None:
        return {}
    word, explode = _STYLES.get(named, _STYLES["csv"])
    return {"style": word, "explode": explode}


def _style(value: Object) -> Object:
    return style(value) if value.get("in") == "query" else {}


def security_scheme(value: Object) -> Object:
    """`basic` is a scheme of HTTP, and a flow of OAuth 2 an object of its own."""
    if value.get("type") == "basic":
        return {**value, "type": "http", "scheme": "basic"}
    flow = value.get("flow")
    if value.get("type") != "oauth2" or not isinstance(flow, str):
        return value
    inside = ("authorizationUrl", "tokenUrl", "scopes")
    rest = {k: v for k, v in value.items() if k not in (*inside, "flow")}
    held: Object = {"scopes": {}} | {k: value[k] for k in inside if k in value}
    return {**rest, "flows": {_FLOWS.get(flow, flow): held}}


def is_file(schema: Json) -> bool:
    """Whether a schema is that of a file."""
    return isinstance(schema, dict) and schema.get("type") == "file"


def servers(root: Object) -> list[Json]:
    """Where the API is: `schemes`, `host` and `basePath` as URLs, `https` first."""
    host, path = root.get("host"), root.get("basePath")
    path = path.rstrip("/") if isinstance(path, str) else ""
    if path and not path.startswith("/"):
        path = f"/{path}"
    if not isinstance(host, str) or not host:
        return [{"url": path}] if path else []
    listed = root.get("schemes")
    named = (
        [s for s in listed if isinstance(s, str)] if isinstance(listed, list) else []
    )
    usable = [s for s in named if s in ("http", "https")] or named or ["https"]
    usable.sort(key=lambda scheme: scheme != "https")
    return [{"url": f"{scheme}://{host}{path}"} for scheme in usable]
