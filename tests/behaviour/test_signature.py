"""What a caller sees of the package: names, signatures, and nothing that has no type."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from inspect import Parameter
from typing import TypeAlias

import acs_call_automation
import pytest
from acs_call_automation import (
    AsyncCallAutomationClient,
    CallAutomationClient,
    RequestOptions,
)
from acs_call_automation.resources.server_calling import (
    AsyncServerCalling,
    ServerCalling,
)

METHODS: list[Callable[..., object]] = [
    ServerCalling.create_call,
    AsyncServerCalling.create_call,
]
ClientClass: TypeAlias = type[CallAutomationClient] | type[AsyncCallAutomationClient]
CLIENTS: list[ClientClass] = [CallAutomationClient, AsyncCallAutomationClient]
KEYWORD = Parameter.KEYWORD_ONLY

# Name -> annotation and default, in the order of the signature.
ARGUMENTS: dict[str, tuple[str, object]] = {
    "callback_uri": ("str", Parameter.empty),
    "source": ("m.CallSource", Parameter.empty),
    "targets": ("list[m.CommunicationIdentifierModel]", Parameter.empty),
    "media_streaming_configuration": ("m.MediaStreamingConfiguration | None", None),
    "operation_context": ("str | None", None),
    "repeatability_request_id": ("UUID | None", None),
    "repeatability_first_sent": ("dt.datetime | None", None),
    "options": ("RequestOptions | None", None),
}


@pytest.mark.parametrize("method", METHODS, ids=["sync", "async"])
def test_create_call_takes_keywords_and_no_others(
    method: Callable[..., object],
) -> None:
    self, *keywords = inspect.signature(method).parameters.values()
    assert self.name == "self"
    assert {each.kind for each in keywords} == {Parameter.KEYWORD_ONLY}
    assert {
        each.name: (each.annotation, each.default) for each in keywords
    } == ARGUMENTS
    assert [each.name for each in keywords] == list(ARGUMENTS)


@pytest.mark.parametrize("method", METHODS, ids=["sync", "async"])
def test_create_call_returns_a_call(method: Callable[..., object]) -> None:
    returned = inspect.signature(method).return_annotation
    assert returned == "m.CallConnectionProperties"


def test_only_the_async_one_is_awaited() -> None:
    assert not inspect.iscoroutinefunction(ServerCalling.create_call)
    assert inspect.iscoroutinefunction(AsyncServerCalling.create_call)


def test_create_call_is_documented() -> None:
    text = inspect.getdoc(ServerCalling.create_call)
    assert text is not None
    assert text.startswith("Create an outbound call.")
    assert inspect.getdoc(AsyncServerCalling.create_call) == text
    for name in ARGUMENTS:
        assert name in text


def test_options_are_those_of_a_call() -> None:
    assert RequestOptions.__optional_keys__ >= {
        "timeout",
        "max_retries",
        "deadline",
        "headers",
        "query",
    }
    assert RequestOptions.__required_keys__ == frozenset()


@pytest.mark.parametrize("client", CLIENTS)
def test_clients_take_an_endpoint_and_keywords(client: ClientClass) -> None:
    parameters = inspect.signature(client).parameters
    assert [name for name, each in parameters.items() if each.kind is not KEYWORD] == [
        "endpoint"
    ]
    assert set(parameters) == {
        "endpoint",
        "credential",
        "timeout",
        "max_retries",
        "deadline",
        "headers",
        "strict_responses",
        "keep_unknown",
        "follow_redirects",
        "network",
        "transport",
        "middleware",
        "http_client",
    }
    factory = inspect.signature(client.from_connection_string).parameters
    assert set(factory) == set(parameters) - {"endpoint", "credential"} | {
        "connection_string"
    }
    shared = set(factory) & set(parameters)
    assert [
        name for name in shared if factory[name].default != parameters[name].default
    ] == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_waits_a_minute_and_tries_thrice(client: ClientClass) -> None:
    parameters = inspect.signature(client).parameters
    timeout = parameters["timeout"].default
    assert (timeout.connect, timeout.read, timeout.write) == (5.0, 60.0, 60.0)
    assert parameters["max_retries"].default == 2
    assert parameters["deadline"].default is None
    assert parameters["strict_responses"].default is False


@pytest.mark.parametrize("client", CLIENTS)
def test_no_transport_shows_in_public_signatures(client: ClientClass) -> None:
    public: list[Callable[..., object]] = [
        client,
        client.from_connection_string,
        *METHODS,
    ]
    signatures = " ".join(str(inspect.signature(each)) for each in public)
    assert "httpx2" not in signatures
    assert "msgspec" not in signatures


def test_everything_public_is_there() -> None:
    names = acs_call_automation.__all__
    assert list(names) == sorted(names)
    assert {name for name in names if not hasattr(acs_call_automation, name)} == set()
    assert set(names) <= set(dir(acs_call_automation))
    assert set(names) >= {
        "AccessKey",
        "ApiConnectionError",
        "ApiError",
        "ApiTimeoutError",
        "AsyncCallAutomationClient",
        "BadRequestError",
        "CallAutomationClient",
        "ConfigurationError",
        "ConflictError",
        "ForbiddenError",
        "NotFoundError",
        "PreconditionFailedError",
        "RequestOptions",
        "Response",
        "ResponseDecodeError",
        "ServerError",
        "StatusError",
        "Timeout",
        "TooManyRequestsError",
        "UnauthorizedError",
        "UnprocessableContentError",
    }
