"""The operations of `client.server_calling`."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from .. import models as m
from .._runtime.call import AsyncCaller, Caller
from .._runtime.operation import Idempotency, Json, Operation
from .._runtime.options import RequestOptions
from .._runtime.parameters import http_date

_CREATE_CALL: Operation[m.CallConnectionProperties] = Operation(
    id="ServerCalling_CreateCall",
    method="POST",
    path="/calling/callConnections",
    query={"api-version": "2022-04-07-preview"},
    security=(("bearer",), ("accessKey",)),
    content_type="application/json",
    idempotency=Idempotency(
        key="Repeatability-Request-ID", first_sent="Repeatability-First-Sent"
    ),
    answers={
        201: Json(lambda: m.CallConnectionProperties),
        "default": Json(lambda: m.CommunicationErrorResponse),
    },
)


class ServerCalling:
    """Calls that a server places and takes part in."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create_call(
        self,
        *,
        callback_uri: str,
        source: m.CallSource,
        targets: list[m.CommunicationIdentifierModel],
        media_streaming_configuration: m.MediaStreamingConfiguration | None = None,
        operation_context: str | None = None,
        repeatability_request_id: UUID | None = None,
        repeatability_first_sent: dt.datetime | None = None,
        options: RequestOptions | None = None,
    ) -> m.CallConnectionProperties:
        """Create an outbound call.

        Calls the targets on behalf of the source. The answer describes the call
        connection that was made, which at that moment may still be connecting; what
        becomes of it is reported to the callback URI.

        Args:
            callback_uri: The URI that the events of the call are sent to.
            source: Who calls.
            targets: Who is called.
            media_streaming_configuration: How the media of the call are streamed to the
                application.
            operation_context: A value of the client's own choice, by which it can
                follow how the call is answered.
            repeatability_request_id: Makes the request repeatable: however often the
                client sends it with this value, the service carries it out once and
                answers each time accordingly. The value is opaque to the service,
                chosen by the client, and unique to the request: a random UUID (version
                4). Made once for each call when not given.
            repeatability_first_sent: When the request was first created; it goes with
                `Repeatability-Request-ID`, and is obligatory beside it. A date and time
                in the fixed-length form of an HTTP date (IMF-fixdate). Made once for
                each call when not given.
            options: Settings for this call alone.

        Returns:
            The call connection that was created.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `CommunicationErrorResponse`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return self._caller.call(
            _CREATE_CALL,
            headers={
                "Repeatability-Request-ID": repeatability_request_id,
                "Repeatability-First-Sent": http_date(repeatability_first_sent),
            },
            body=m.CreateCallRequest(
                callback_uri=callback_uri,
                source=source,
                targets=targets,
                media_streaming_configuration=media_streaming_configuration,
                operation_context=operation_context,
            ),
            options=options,
        )


class AsyncServerCalling:
    """Calls that a server places and takes part in."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def create_call(
        self,
        *,
        callback_uri: str,
        source: m.CallSource,
        targets: list[m.CommunicationIdentifierModel],
        media_streaming_configuration: m.MediaStreamingConfiguration | None = None,
        operation_context: str | None = None,
        repeatability_request_id: UUID | None = None,
        repeatability_first_sent: dt.datetime | None = None,
        options: RequestOptions | None = None,
    ) -> m.CallConnectionProperties:
        """Create an outbound call.

        Calls the targets on behalf of the source. The answer describes the call
        connection that was made, which at that moment may still be connecting; what
        becomes of it is reported to the callback URI.

        Args:
            callback_uri: The URI that the events of the call are sent to.
            source: Who calls.
            targets: Who is called.
            media_streaming_configuration: How the media of the call are streamed to the
                application.
            operation_context: A value of the client's own choice, by which it can
                follow how the call is answered.
            repeatability_request_id: Makes the request repeatable: however often the
                client sends it with this value, the service carries it out once and
                answers each time accordingly. The value is opaque to the service,
                chosen by the client, and unique to the request: a random UUID (version
                4). Made once for each call when not given.
            repeatability_first_sent: When the request was first created; it goes with
                `Repeatability-Request-ID`, and is obligatory beside it. A date and time
                in the fixed-length form of an HTTP date (IMF-fixdate). Made once for
                each call when not given.
            options: Settings for this call alone.

        Returns:
            The call connection that was created.

        Raises:
            StatusError: The service answered, and the status says it failed. Its
                `error` is a `CommunicationErrorResponse`.
            ApiConnectionError: The service could not be reached.
            ApiTimeoutError: The service did not answer in time.
        """
        return await self._caller.call(
            _CREATE_CALL,
            headers={
                "Repeatability-Request-ID": repeatability_request_id,
                "Repeatability-First-Sent": http_date(repeatability_first_sent),
            },
            body=m.CreateCallRequest(
                callback_uri=callback_uri,
                source=source,
                targets=targets,
                media_streaming_configuration=media_streaming_configuration,
                operation_context=operation_context,
            ),
            options=options,
        )
