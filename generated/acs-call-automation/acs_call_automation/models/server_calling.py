"""The models of `server_calling`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from .._runtime.models import Model, OpenStrEnum, read_only


class CallConnectionProperties(Model, kw_only=True, rename="camel"):
    """A call connection and its state."""

    call_connection_id: str | None = None
    """The identifier of the call connection."""

    server_call_id: str | None = None
    """The identifier of the call on the server."""

    source: CallSource | None = None
    """Who called."""

    targets: list[CommunicationIdentifierModel] | None = None
    """Who was called."""

    call_connection_state: CallConnectionStateModelLike | None = None
    """The state of the call connection."""

    callback_uri: str | None = None
    """The URI that the events of the call are sent to."""

    media_subscription_id: str | None = None
    """The identifier of the subscription to the streamed media."""


class CallSource(Model, kw_only=True, rename="camel"):
    """The caller."""

    caller_id: PhoneNumberIdentifierModel | None = None
    """The telephone number that a participant on the telephone network is shown. Needed
    only when such a participant is called.
    """

    display_name: str | None = None
    """The name that is shown when a telephone number is called."""

    identifier: CommunicationIdentifierModel
    """The identity of the caller."""


class CommunicationError(Model, kw_only=True):
    """An error of Communication Services, with the errors that it is made of or that
    led to it.
    """

    code: str
    """A word that names the kind of error, for programs."""

    message: str
    """What went wrong, for people."""

    target: str | None = read_only(None)
    """What the error is about, such as a member of the request.

    Set by the service only.
    """

    details: list[CommunicationError] | None = read_only(None)
    """The errors that make up this one.

    Set by the service only.
    """

    innererror: CommunicationError | None = read_only(None)
    """The error that led to this one.

    Set by the service only.
    """


class CommunicationErrorResponse(Model, kw_only=True):
    """What Communication Services answers when it did not do as asked."""

    error: CommunicationError
    """What went wrong."""


class CommunicationIdentifierModel(Model, kw_only=True, rename="camel"):
    """Someone who can take part in a communication: a Communication Services user, a
    telephone number or a Microsoft Teams user. At most one of `communicationUser`,
    `phoneNumber` and `microsoftTeamsUser` is set: the one that `kind` names.
    """

    kind: CommunicationIdentifierModelKindLike | None = None
    """Which kind of identifier this is."""

    raw_id: str | None = None
    """The full identifier, as one string."""

    communication_user: CommunicationUserIdentifierModel | None = None
    """The Communication Services user."""

    phone_number: PhoneNumberIdentifierModel | None = None
    """The telephone number."""

    microsoft_teams_user: MicrosoftTeamsUserIdentifierModel | None = None
    """The Microsoft Teams user."""


class CommunicationUserIdentifierModel(Model, kw_only=True):
    """A user of Communication Services."""

    id: str
    """The identifier of the user."""


class CreateCallRequest(Model, kw_only=True, rename="camel"):
    """What is needed to create a call."""

    callback_uri: str
    """The URI that the events of the call are sent to."""

    source: CallSource
    """Who calls."""

    targets: list[CommunicationIdentifierModel]
    """Who is called."""

    media_streaming_configuration: MediaStreamingConfiguration | None = None
    """How the media of the call are streamed to the application."""

    operation_context: str | None = None
    """A value of the client's own choice, by which it can follow how the call is
    answered.
    """


class MediaStreamingConfiguration(Model, kw_only=True, rename="camel"):
    """How the media of a call are streamed to the application."""

    transport_url: str
    """The `wss:` URL that the media are streamed to."""

    transport_type: MediaStreamingTransportTypeLike
    """The transport that carries the stream."""

    content_type: MediaStreamingContentTypeLike
    """The media that are streamed."""

    audio_channel_type: MediaStreamingAudioChannelTypeLike
    """Whether the participants' audio is mixed."""


class MicrosoftTeamsUserIdentifierModel(Model, kw_only=True, rename="camel"):
    """A user of Microsoft Teams."""

    user_id: str
    """The identifier of the user."""

    is_anonymous: bool | None = None
    """Whether the user takes part anonymously."""

    cloud: CommunicationCloudEnvironmentModelLike | None = None
    """The cloud that the user belongs to."""


class PhoneNumberIdentifierModel(Model, kw_only=True):
    """A telephone number."""

    value: str
    """The number in E.164 form, such as `+14250123456`."""


class CallConnectionStateModel(OpenStrEnum):
    """The state of a call connection. The service may add values."""

    UNKNOWN = "unknown"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    TRANSFERRING = "transferring"
    TRANSFER_ACCEPTED = "transferAccepted"
    DISCONNECTING = "disconnecting"
    DISCONNECTED = "disconnected"


class CommunicationCloudEnvironmentModel(OpenStrEnum):
    """A Microsoft cloud. The service may add values."""

    PUBLIC = "public"
    DOD = "dod"
    GCCH = "gcch"


class CommunicationIdentifierModelKind(OpenStrEnum):
    """The kind of an identifier. The service may add values."""

    UNKNOWN = "unknown"
    COMMUNICATION_USER = "communicationUser"
    PHONE_NUMBER = "phoneNumber"
    MICROSOFT_TEAMS_USER = "microsoftTeamsUser"


class MediaStreamingAudioChannelType(OpenStrEnum):
    """How audio is streamed: the participants mixed into one channel, or unmixed, each
    apart. The service may add values.
    """

    MIXED = "mixed"
    UNMIXED = "unmixed"


class MediaStreamingContentType(OpenStrEnum):
    """The media that are streamed, such as audio. The service may add values."""

    AUDIO = "audio"


class MediaStreamingTransportType(OpenStrEnum):
    """The transport that carries streamed media, such as a WebSocket. The service may
    add values.
    """

    WEBSOCKET = "websocket"


if TYPE_CHECKING:
    CallConnectionStateModelLike: TypeAlias = (
        CallConnectionStateModel
        | Literal[
            "unknown",
            "connecting",
            "connected",
            "transferring",
            "transferAccepted",
            "disconnecting",
            "disconnected",
        ]
        | str
    )
    CommunicationCloudEnvironmentModelLike: TypeAlias = (
        CommunicationCloudEnvironmentModel | Literal["public", "dod", "gcch"] | str
    )
    CommunicationIdentifierModelKindLike: TypeAlias = (
        CommunicationIdentifierModelKind
        | Literal["unknown", "communicationUser", "phoneNumber", "microsoftTeamsUser"]
        | str
    )
    MediaStreamingAudioChannelTypeLike: TypeAlias = (
        MediaStreamingAudioChannelType | Literal["mixed", "unmixed"] | str
    )
    MediaStreamingContentTypeLike: TypeAlias = (
        MediaStreamingContentType | Literal["audio"] | str
    )
    MediaStreamingTransportTypeLike: TypeAlias = (
        MediaStreamingTransportType | Literal["websocket"] | str
    )
else:
    CallConnectionStateModelLike = CallConnectionStateModel
    CommunicationCloudEnvironmentModelLike = CommunicationCloudEnvironmentModel
    CommunicationIdentifierModelKindLike = CommunicationIdentifierModelKind
    MediaStreamingAudioChannelTypeLike = MediaStreamingAudioChannelType
    MediaStreamingContentTypeLike = MediaStreamingContentType
    MediaStreamingTransportTypeLike = MediaStreamingTransportType
