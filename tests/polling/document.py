"""A document whose operations go on after they were answered, each in a way of its own."""

from __future__ import annotations

from calque.config import Config
from calque.document.node import Json
from calque.poll_settings import PollSetting

TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer"}


def content(name: str) -> Json:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def answers(**schemas: str) -> Json:
    """Answers by status, `s200="Ship"`; one without a schema has no content."""
    found: dict[str, Json] = {
        status[1:]: {
            "description": f"Status {status[1:]}.",
            **({"content": content(name)} if name else {}),
        }
        for status, name in schemas.items()
    }
    fault: Json = {"description": "A fault.", "content": content("Fault")}
    return {**found, "default": fault}


def operation(
    name: str,
    responses: Json,
    *,
    final: str = "",
    schema: str = "",
    said: bool = True,
    **more: Json,
) -> Json:
    options: dict[str, Json] = {}
    if final:
        options["final-state-via"] = final
    if schema:
        options["final-state-schema"] = f"#/components/schemas/{schema}"
    extensions: dict[str, Json] = {}
    if said:
        extensions["x-ms-long-running-operation"] = True
    if options:
        extensions["x-ms-long-running-operation-options"] = options
    return {
        "operationId": name,
        "tags": ["yard"],
        "responses": responses,
        **extensions,
        **more,
    }


ID: Json = {"name": "id", "in": "path", "required": True, "schema": TEXT}
DRY: Json = {"name": "dry", "in": "query", "schema": {"type": "boolean"}}
KEY: Json = {"name": "If-Match", "in": "header", "schema": TEXT}
BODY: Json = {"required": True, "content": content("Ship")}
PDF: Json = {
    "200": {
        "description": "The plan.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}}
        },
    },
    "202": {"description": "Accepted."},
}

SHIP: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": TEXT,
        "properties": {"type": "object", "properties": {"provisioningState": TEXT}},
    },
}
REPORT: Json = {
    "type": "object",
    "required": ["pages"],
    "properties": {"pages": NUMBER},
}
FAULT: Json = {
    "type": "object",
    "properties": {
        "error": {"type": "object", "properties": {"code": TEXT, "message": TEXT}}
    },
}

DOCUMENT: Json = {
    "openapi": "3.1.1",
    "info": {"title": "Shipyard", "version": "1.0.0"},
    "servers": [{"url": "http://127.0.0.1"}],
    "security": [{"token": []}],
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "schemas": {"Ship": SHIP, "Report": REPORT, "Fault": FAULT},
    },
    "paths": {
        "/ships/{id}": {
            "parameters": [ID],
            "put": operation(
                "build",
                answers(s200="Ship", s201="Ship"),
                requestBody=BODY,
                parameters=[DRY, KEY],
            ),
            "patch": operation(
                "refit", answers(s200="Ship", s202=""), final="original-uri"
            ),
            "delete": operation("scrap", answers(s202="", s204="")),
        },
        "/reports": {
            "post": operation("report", answers(s200="Report", s202="")),
        },
        "/located": {
            "post": operation(
                "located", answers(s200="Report", s202=""), final="location"
            ),
        },
        "/monitored": {
            "post": operation(
                "monitored",
                answers(s202=""),
                final="operation-location",
                schema="Report",
            ),
        },
        "/azure": {
            "post": operation(
                "azure", answers(s200="Report", s202=""), final="azure-async-operation"
            ),
        },
        "/plan": {"post": operation("plan", PDF, final="location")},
        "/own": {"post": operation("own", answers(s202=""), said=False)},
        "/plain": {"post": operation("plain", answers(s202=""), said=False)},
    },
}

CONFIG = Config(
    polling={
        "own": PollSetting(
            link="/links/self",
            status="/state",
            succeeded=("Done",),
            failed=("Broken",),
            result="/output",
            schema="Report",
            hosts=("elsewhere.example", "other.example:8443"),
        )
    }
)
