"""What `spec/acs-call-automation/openapi.yaml` must say, written down a second time.

The tables below were copied from the reference page by hand, not from the document: a slip
in one of the two shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema import validate as check
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SPEC = Path(__file__).parents[1] / "spec/acs-call-automation/openapi.yaml"

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Node: TypeAlias = dict[str, Any]

# Schema -> (required members, members and their types). `[X]` is an array of X.
OBJECTS: dict[str, tuple[list[str], dict[str, str]]] = {
    "CreateCallRequest": (
        ["callbackUri", "source", "targets"],
        {
            "callbackUri": "string",
            "source": "CallSource",
            "targets": "[CommunicationIdentifierModel]",
            "mediaStreamingConfiguration": "MediaStreamingConfiguration",
            "operationContext": "string",
        },
    ),
    "CallSource": (
        ["identifier"],
        {
            "callerId": "PhoneNumberIdentifierModel",
            "displayName": "string",
            "identifier": "CommunicationIdentifierModel",
        },
    ),
    "CommunicationIdentifierModel": (
        [],
        {
            "kind": "CommunicationIdentifierModelKind",
            "rawId": "string",
            "communicationUser": "CommunicationUserIdentifierModel",
            "phoneNumber": "PhoneNumberIdentifierModel",
            "microsoftTeamsUser": "MicrosoftTeamsUserIdentifierModel",
        },
    ),
    "CommunicationUserIdentifierModel": (["id"], {"id": "string"}),
    "PhoneNumberIdentifierModel": (["value"], {"value": "string"}),
    "MicrosoftTeamsUserIdentifierModel": (
        ["userId"],
        {
            "userId": "string",
            "isAnonymous": "boolean",
            "cloud": "CommunicationCloudEnvironmentModel",
        },
    ),
    "MediaStreamingConfiguration": (
        ["transportUrl", "transportType", "contentType", "audioChannelType"],
        {
            "transportUrl": "string",
            "transportType": "MediaStreamingTransportType",
            "contentType": "MediaStreamingContentType",
            "audioChannelType": "MediaStreamingAudioChannelType",
        },
    ),
    "CallConnectionProperties": (
        [],
        {
            "callConnectionId": "string",
            "serverCallId": "string",
            "callbackUri": "string",
            "mediaSubscriptionId": "string",
            "callConnectionState": "CallConnectionStateModel",
            "source": "CallSource",
            "targets": "[CommunicationIdentifierModel]",
        },
    ),
    "CommunicationErrorResponse": (["error"], {"error": "CommunicationError"}),
    "CommunicationError": (
        ["code", "message"],
        {
            "code": "string",
            "message": "string",
            "target": "string",
            "details": "[CommunicationError]",
            "innererror": "CommunicationError",
        },
    ),
}

ENUMS: dict[str, set[str]] = {
    "CallConnectionStateModel": {
        "unknown",
        "connecting",
        "connected",
        "transferring",
        "transferAccepted",
        "disconnecting",
        "disconnected",
    },
    "CommunicationCloudEnvironmentModel": {"public", "dod", "gcch"},
    "CommunicationIdentifierModelKind": {
        "unknown",
        "communicationUser",
        "phoneNumber",
        "microsoftTeamsUser",
    },
    "MediaStreamingAudioChannelType": {"mixed", "unmixed"},
    "MediaStreamingContentType": {"audio"},
    "MediaStreamingTransportType": {"websocket"},
}

READ_ONLY = {
    ("CommunicationError", "target"),
    ("CommunicationError", "details"),
    ("CommunicationError", "innererror"),
}


class Example(NamedTuple):
    """A value that the document shows, and the JSON pointer of the schema it is of."""

    schema: str
    value: Json


@pytest.fixture
def document() -> Node:
    with SPEC.open(encoding="utf-8") as file:
        loaded: Node = yaml.safe_load(file)
    return loaded


@pytest.fixture
def operation(document: Node) -> Node:
    found: Node = document["paths"]["/calling/callConnections"]["post"]
    return found


def schemas(document: Node) -> dict[str, Node]:
    found: dict[str, Node] = document["components"]["schemas"]
    return found


def escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def examples(node: Json, pointer: str = "#") -> Iterator[Example]:
    """Every example under `node`: of media types, parameters, headers and schemas."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from examples(item, f"{pointer}/{index}")
    if not isinstance(node, dict):
        return
    schema = f"{pointer}/schema" if "schema" in node else pointer
    if "example" in node:
        yield Example(schema, node["example"])
    match node.get("examples"):
        case dict() as named:
            for each in named.values():
                assert isinstance(each, dict)
                yield Example(schema, each["value"])
        case list() as bare:
            for each in bare:
                yield Example(schema, each)
        case _:
            ...
    for key, value in node.items():
        if key not in ("example", "examples", "enum", "const", "default"):
            yield from examples(value, f"{pointer}/{escaped(key)}")


def mistakes(document: Node) -> list[str]:
    """What is wrong with the examples of the document, by its own schemas."""
    contents: Resource[Any] = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry[Any]().with_resource("urn:document", contents)
    found: list[str] = []
    for example in examples(document):
        try:
            check(
                example.value,
                {"$ref": f"urn:document{example.schema}"},
                cls=Draft202012Validator,
                registry=registry,
                format_checker=FormatChecker(),
            )
        except ValidationError as error:
            found.append(error.message)
    return found


def type_of(schema: Node) -> str:
    """A schema's type, in the notation of the tables above."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix("#/components/schemas/")
    if schema["type"] == "array":
        return f"[{type_of(schema['items'])}]"
    return str(schema["type"])


def test_the_document_is_valid_openapi(document: Node) -> None:
    validate(document)


def test_examples_fit_their_schemas(document: Node) -> None:
    assert mistakes(document) == []


def test_a_spoilt_example_is_noticed(document: Node, operation: Node) -> None:
    request: Node = operation["requestBody"]["content"]["application/json"]["examples"]
    answer: Node = operation["responses"]["201"]["content"]["application/json"]
    date: Node = document["components"]["parameters"]["RepeatabilityFirstSent"]
    request["outboundCall"]["value"]["targets"][0]["communicationUser"].pop("id")
    answer["examples"]["outboundCall"]["value"]["callConnectionState"] = "asleep"
    date["example"] = 784111777
    assert sorted(mistakes(document)) == [
        "'asleep' is not one of ['unknown', 'connecting', 'connected', "
        "'transferring', 'transferAccepted', 'disconnecting', 'disconnected']",
        "'id' is a required property",
        "784111777 is not of type 'string'",
    ]


def test_objects_have_the_members_of_the_reference(document: Node) -> None:
    found = {
        name: (
            schema.get("required", []),
            {key: type_of(each) for key, each in schema["properties"].items()},
        )
        for name, schema in schemas(document).items()
        if schema["type"] == "object"
    }
    assert found == OBJECTS


def test_enumerations_have_the_values_of_the_reference(document: Node) -> None:
    found = {
        name: set(schema["enum"])
        for name, schema in schemas(document).items()
        if "enum" in schema
    }
    assert found == ENUMS


def test_enumerations_are_extensible(document: Node) -> None:
    for name in ENUMS:
        schema = schemas(document)[name]
        assert schema["type"] == "string"
        assert schema["x-ms-enum"] == {"name": name, "modelAsString": True}
        assert schema["description"].endswith("The service may add values.")


def test_there_are_no_other_schemas(document: Node) -> None:
    assert set(schemas(document)) == OBJECTS.keys() | ENUMS.keys()


def test_only_what_the_service_alone_sets_is_read_only(document: Node) -> None:
    found = {
        (name, member)
        for name, schema in schemas(document).items()
        for member, each in schema.get("properties", {}).items()
        if each.get("readOnly")
    }
    assert found == READ_ONLY


def test_uris_are_marked_as_such(document: Node) -> None:
    found = {
        (name, member)
        for name, schema in schemas(document).items()
        for member, each in schema.get("properties", {}).items()
        if each.get("format") == "uri"
    }
    assert found == {
        ("CreateCallRequest", "callbackUri"),
        ("CallConnectionProperties", "callbackUri"),
        ("MediaStreamingConfiguration", "transportUrl"),
    }


def test_every_schema_and_member_is_described(document: Node) -> None:
    described = [
        each.get("description")
        for schema in schemas(document).values()
        for each in (schema, *schema.get("properties", {}).values())
    ]
    assert all(described)


def test_the_one_operation_is_create_call(document: Node, operation: Node) -> None:
    assert list(document["paths"]) == ["/calling/callConnections"]
    assert list(document["paths"]["/calling/callConnections"]) == ["post"]
    assert operation["operationId"] == "ServerCalling_CreateCall"
    assert operation["tags"] == [tag["name"] for tag in document["tags"]]
    assert operation["tags"] == ["Server Calling"]
    assert operation["requestBody"]["required"] is True
    answers = operation["responses"]
    assert {
        status: type_of(answer["content"]["application/json"]["schema"])
        for status, answer in answers.items()
    } == {"201": "CallConnectionProperties", "default": "CommunicationErrorResponse"}


def test_parameters_are_those_of_the_reference(document: Node, operation: Node) -> None:
    version, *references = operation["parameters"]
    headers = document["components"]["parameters"]
    assert (version["name"], version["in"], version["required"]) == (
        "api-version",
        "query",
        True,
    )
    assert version["schema"] == {"type": "string", "const": "2022-04-07-preview"}
    assert document["info"]["version"] == "2022-04-07-preview"
    assert [reference["$ref"].rpartition("/")[2] for reference in references] == [
        "RepeatabilityRequestId",
        "RepeatabilityFirstSent",
    ]
    assert {
        (header["name"], header["in"], *header["schema"].values())
        for header in headers.values()
        if not header.get("required")
    } == {
        ("Repeatability-Request-ID", "header", "string", "uuid"),
        ("Repeatability-First-Sent", "header", "string", "http-date"),
    }


def test_either_credential_will_do(document: Node, operation: Node) -> None:
    assert document["security"] == [{"bearer": []}, {"accessKey": []}]
    assert "security" not in operation
    assert {
        name: (scheme["type"], scheme["scheme"])
        for name, scheme in document["components"]["securitySchemes"].items()
    } == {"bearer": ("http", "bearer"), "accessKey": ("http", "HMAC-SHA256")}


def test_the_endpoint_is_the_callers(document: Node) -> None:
    [server] = document["servers"]
    assert server["url"] == "{endpoint}"
    assert list(server["variables"]) == ["endpoint"]
    # An enumeration would forbid the caller's own resource.
    assert "enum" not in server["variables"]["endpoint"]
