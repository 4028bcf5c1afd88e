"""How to use either client, so that each test is written once and runs sync and async.

A `Session` is a client that a test holds, with blocking methods in both cases; behind an
asynchronous one runs one event loop, for as long as the test does.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Self, TypeAlias, TypedDict, Unpack
from uuid import UUID

from acs_call_automation import (
    AccessKey,
    AsyncCallAutomationClient,
    CallAutomationClient,
    RequestOptions,
    Response,
    Timeout,
)
from acs_call_automation.models import (
    CallConnectionProperties,
    CallSource,
    CommunicationIdentifierModel,
    CommunicationUserIdentifierModel,
    MediaStreamingConfiguration,
)

Answer: TypeAlias = CallConnectionProperties
Credential: TypeAlias = str | Callable[[], str] | AccessKey | None

SOURCE = (
    "8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_da7be3a9-8788-42a6-85c6-56b2cf784fce"
)
TARGET = (
    "8:acs:b9614373-fd0b-480c-8fd2-cb58b70eab9f_0f50d091-5bd3-448b-884d-44be7037d9b9"
)


class Settings(TypedDict, total=False):
    """What a client can be told about all its calls."""

    timeout: float | Timeout
    max_retries: int
    deadline: float | None
    headers: Mapping[str, str] | None
    strict_responses: bool
    keep_unknown: bool


class Least(TypedDict):
    """The arguments of `create_call` that each call needs."""

    callback_uri: str
    source: CallSource
    targets: list[CommunicationIdentifierModel]


class More(TypedDict, total=False):
    """The arguments of `create_call` that may be left out."""

    media_streaming_configuration: MediaStreamingConfiguration | None
    operation_context: str | None
    repeatability_request_id: UUID | None
    repeatability_first_sent: dt.datetime | None
    options: RequestOptions | None


def user(identity: str) -> CommunicationIdentifierModel:
    return CommunicationIdentifierModel(
        kind="communicationUser",
        communication_user=CommunicationUserIdentifierModel(id=identity),
    )


def least() -> Least:
    """The required arguments, with the values of the page's example."""
    return {
        "callback_uri": "https://app.contoso.com/callback",
        "source": CallSource(identifier=user(SOURCE)),
        "targets": [user(TARGET)],
    }


def example() -> More:
    """What the page's example request has beyond that."""
    return {
        "operation_context": "Reminder call",
        "media_streaming_configuration": MediaStreamingConfiguration(
            transport_url="wss://contoso.websocket.server/",
            transport_type="websocket",
            content_type="audio",
            audio_channel_type="mixed",
        ),
    }


class Session(ABC):
    """A client in a test's hands."""

    def create_call(self, **more: Unpack[More]) -> Answer:
        """A call with the least that it needs, and more."""
        return self.place(least(), **more)

    @abstractmethod
    def place(self, required: Least, **more: Unpack[More]) -> Answer:
        """A call with exactly these arguments."""

    @abstractmethod
    def respond(self, **more: Unpack[More]) -> Response[Answer]:
        """Like `create_call`, with all that is known of the answer."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def __enter__(self) -> Self:
        """Enters the client's own context."""

    @abstractmethod
    def __exit__(self, *error: object) -> None: ...

    @property
    @abstractmethod
    def client(self) -> CallAutomationClient | AsyncCallAutomationClient: ...


class SyncSession(Session):
    def __init__(self, client: CallAutomationClient) -> None:
        self._client = client

    def place(self, required: Least, **more: Unpack[More]) -> Answer:
        return self._client.server_calling.create_call(**required, **more)

    def respond(self, **more: Unpack[More]) -> Response[Answer]:
        call = self._client.with_response(self._client.server_calling.create_call)
        return call(**least(), **more)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        assert self._client.__enter__() is self._client
        return self

    def __exit__(self, *error: object) -> None:
        self._client.__exit__(None, None, None)

    @property
    def client(self) -> CallAutomationClient:
        return self._client


class AsyncSession(Session):
    def __init__(
        self, client: AsyncCallAutomationClient, runner: asyncio.Runner
    ) -> None:
        self._client = client
        self._runner = runner

    def place(self, required: Least, **more: Unpack[More]) -> Answer:
        return self._runner.run(
            self._client.server_calling.create_call(**required, **more)
        )

    def respond(self, **more: Unpack[More]) -> Response[Answer]:
        call = self._client.with_response(self._client.server_calling.create_call)
        return self._runner.run(call(**least(), **more))

    def close(self) -> None:
        self._runner.run(self._client.close())

    def __enter__(self) -> Self:
        assert self._runner.run(self._client.__aenter__()) is self._client
        return self

    def __exit__(self, *error: object) -> None:
        self._runner.run(self._client.__aexit__(None, None, None))

    @property
    def client(self) -> AsyncCallAutomationClient:
        return self._client


class Driver(ABC):
    """Makes sessions of one of the two clients, and closes what the test left open."""

    def __init__(self) -> None:
        self._sessions: list[Session] = []

    def connect(self, connection_string: str, **settings: Unpack[Settings]) -> Session:
        """A session with an access key."""
        return self._kept(self._from_connection_string(connection_string, settings))

    def client(
        self,
        endpoint: str | None = None,
        *,
        credential: Credential = None,
        **settings: Unpack[Settings],
    ) -> Session:
        """A session with what the client's own constructor takes."""
        return self._kept(self._from_endpoint(endpoint, credential, settings))

    def close(self) -> None:
        for session in self._sessions:
            session.close()

    def _kept(self, session: Session) -> Session:
        self._sessions.append(session)
        return session

    @abstractmethod
    def _from_connection_string(self, text: str, settings: Settings) -> Session: ...

    @abstractmethod
    def _from_endpoint(
        self, endpoint: str | None, credential: Credential, settings: Settings
    ) -> Session: ...


class SyncDriver(Driver):
    def _from_connection_string(self, text: str, settings: Settings) -> Session:
        return SyncSession(
            CallAutomationClient.from_connection_string(text, **settings)
        )

    def _from_endpoint(
        self, endpoint: str | None, credential: Credential, settings: Settings
    ) -> Session:
        return SyncSession(
            CallAutomationClient(endpoint, credential=credential, **settings)
        )


class AsyncDriver(Driver):
    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()

    def close(self) -> None:
        with self._runner:
            super().close()

    def _from_connection_string(self, text: str, settings: Settings) -> Session:
        client = AsyncCallAutomationClient.from_connection_string(text, **settings)
        return AsyncSession(client, self._runner)

    def _from_endpoint(
        self, endpoint: str | None, credential: Credential, settings: Settings
    ) -> Session:
        client = AsyncCallAutomationClient(endpoint, credential=credential, **settings)
        return AsyncSession(client, self._runner)
