"""The models, each loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .server_calling import (
        CallConnectionProperties,
        CallConnectionStateModel,
        CallConnectionStateModelLike,
        CallSource,
        CommunicationCloudEnvironmentModel,
        CommunicationCloudEnvironmentModelLike,
        CommunicationError,
        CommunicationErrorResponse,
        CommunicationIdentifierModel,
        CommunicationIdentifierModelKind,
        CommunicationIdentifierModelKindLike,
        CommunicationUserIdentifierModel,
        CreateCallRequest,
        MediaStreamingAudioChannelType,
        MediaStreamingAudioChannelTypeLike,
        MediaStreamingConfiguration,
        MediaStreamingContentType,
        MediaStreamingContentTypeLike,
        MediaStreamingTransportType,
        MediaStreamingTransportTypeLike,
        MicrosoftTeamsUserIdentifierModel,
        PhoneNumberIdentifierModel,
    )
else:
    from .._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "CallConnectionProperties": "server_calling",
            "CallConnectionStateModel": "server_calling",
            "CallConnectionStateModelLike": "server_calling",
            "CallSource": "server_calling",
            "CommunicationCloudEnvironmentModel": "server_calling",
            "CommunicationCloudEnvironmentModelLike": "server_calling",
            "CommunicationError": "server_calling",
            "CommunicationErrorResponse": "server_calling",
            "CommunicationIdentifierModel": "server_calling",
            "CommunicationIdentifierModelKind": "server_calling",
            "CommunicationIdentifierModelKindLike": "server_calling",
            "CommunicationUserIdentifierModel": "server_calling",
            "CreateCallRequest": "server_calling",
            "MediaStreamingAudioChannelType": "server_calling",
            "MediaStreamingAudioChannelTypeLike": "server_calling",
            "MediaStreamingConfiguration": "server_calling",
            "MediaStreamingContentType": "server_calling",
            "MediaStreamingContentTypeLike": "server_calling",
            "MediaStreamingTransportType": "server_calling",
            "MediaStreamingTransportTypeLike": "server_calling",
            "MicrosoftTeamsUserIdentifierModel": "server_calling",
            "PhoneNumberIdentifierModel": "server_calling",
        },
    )

__all__ = [
    "CallConnectionProperties",
    "CallConnectionStateModel",
    "CallConnectionStateModelLike",
    "CallSource",
    "CommunicationCloudEnvironmentModel",
    "CommunicationCloudEnvironmentModelLike",
    "CommunicationError",
    "CommunicationErrorResponse",
    "CommunicationIdentifierModel",
    "CommunicationIdentifierModelKind",
    "CommunicationIdentifierModelKindLike",
    "CommunicationUserIdentifierModel",
    "CreateCallRequest",
    "MediaStreamingAudioChannelType",
    "MediaStreamingAudioChannelTypeLike",
    "MediaStreamingConfiguration",
    "MediaStreamingContentType",
    "MediaStreamingContentTypeLike",
    "MediaStreamingTransportType",
    "MediaStreamingTransportTypeLike",
    "MicrosoftTeamsUserIdentifierModel",
    "PhoneNumberIdentifierModel",
]
