"""Harbour Traffic.

The models are in `harbour_traffic.models`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import AsyncHarbourTrafficClient, HarbourTrafficClient
    from ._runtime.auth import AsyncTokenProvider, Signer, TokenProvider
    from ._runtime.codec import decode, encode, to_builtins
    from ._runtime.errors import (
        ApiConnectionError,
        ApiError,
        ApiTimeoutError,
        BadRequestError,
        ConfigurationError,
        ConflictError,
        DeadlineExceededError,
        ForbiddenError,
        NotFoundError,
        PreconditionFailedError,
        ResponseDecodeError,
        ServerError,
        StatusError,
        TooManyRequestsError,
        UnauthorizedError,
        UnprocessableContentError,
    )
    from ._runtime.files import AsyncContent, Content
    from ._runtime.headers import Headers
    from ._runtime.issue import DecodeError, Issue
    from ._runtime.middleware import AsyncMiddleware, CallInfo, Middleware
    from ._runtime.models import UNSET, UnsetType, replace, unknown_properties
    from ._runtime.network import ClientCertificate, Network
    from ._runtime.options import RequestOptions, Timeout
    from ._runtime.pager import AsyncPager, Pager
    from ._runtime.paging import Page, PaginationError
    from ._runtime.request import RawResponse, Request
    from ._runtime.response import Response
    from ._runtime.server_sent_events import ServerSentEvent
    from ._runtime.streaming import AsyncStream, Stream
    from ._runtime.unknown_variant import UnknownVariant
    from ._runtime.webhook_errors import (
        SignatureError,
        WebhookError,
        WebhookPayloadError,
    )
    from ._runtime.webhooks import Delivery, Webhook
    from .response_headers import ListShipsHeaders
else:
    from ._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "ApiConnectionError": "_runtime.errors",
            "ApiError": "_runtime.errors",
            "ApiTimeoutError": "_runtime.errors",
            "AsyncContent": "_runtime.files",
            "AsyncHarbourTrafficClient": "_client",
            "AsyncMiddleware": "_runtime.middleware",
            "AsyncPager": "_runtime.pager",
            "AsyncStream": "_runtime.streaming",
            "AsyncTokenProvider": "_runtime.auth",
            "BadRequestError": "_runtime.errors",
            "CallInfo": "_runtime.middleware",
            "ClientCertificate": "_runtime.network",
            "ConfigurationError": "_runtime.errors",
            "ConflictError": "_runtime.errors",
            "Content": "_runtime.files",
            "DeadlineExceededError": "_runtime.errors",
            "DecodeError": "_runtime.issue",
            "Delivery": "_runtime.webhooks",
            "ForbiddenError": "_runtime.errors",
            "HarbourTrafficClient": "_client",
            "Headers": "_runtime.headers",
            "Issue": "_runtime.issue",
            "ListShipsHeaders": "response_headers",
            "Middleware": "_runtime.middleware",
            "Network": "_runtime.network",
            "NotFoundError": "_runtime.errors",
            "Page": "_runtime.paging",
            "Pager": "_runtime.pager",
            "PaginationError": "_runtime.paging",
            "PreconditionFailedError": "_runtime.errors",
            "RawResponse": "_runtime.request",
            "Request": "_runtime.request",
            "RequestOptions": "_runtime.options",
            "Response": "_runtime.response",
            "ResponseDecodeError": "_runtime.errors",
            "ServerError": "_runtime.errors",
            "ServerSentEvent": "_runtime.server_sent_events",
            "SignatureError": "_runtime.webhook_errors",
            "Signer": "_runtime.auth",
            "StatusError": "_runtime.errors",
            "Stream": "_runtime.streaming",
            "Timeout": "_runtime.options",
            "TokenProvider": "_runtime.auth",
            "TooManyRequestsError": "_runtime.errors",
            "UNSET": "_runtime.models",
            "UnauthorizedError": "_runtime.errors",
            "UnknownVariant": "_runtime.unknown_variant",
            "UnprocessableContentError": "_runtime.errors",
            "UnsetType": "_runtime.models",
            "Webhook": "_runtime.webhooks",
            "WebhookError": "_runtime.webhook_errors",
            "WebhookPayloadError": "_runtime.webhook_errors",
            "decode": "_runtime.codec",
            "encode": "_runtime.codec",
            "replace": "_runtime.models",
            "to_builtins": "_runtime.codec",
            "unknown_properties": "_runtime.models",
        },
    )

__all__ = [
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "AsyncContent",
    "AsyncHarbourTrafficClient",
    "AsyncMiddleware",
    "AsyncPager",
    "AsyncStream",
    "AsyncTokenProvider",
    "BadRequestError",
    "CallInfo",
    "ClientCertificate",
    "ConfigurationError",
    "ConflictError",
    "Content",
    "DeadlineExceededError",
    "DecodeError",
    "Delivery",
    "ForbiddenError",
    "HarbourTrafficClient",
    "Headers",
    "Issue",
    "ListShipsHeaders",
    "Middleware",
    "Network",
    "NotFoundError",
    "Page",
    "Pager",
    "PaginationError",
    "PreconditionFailedError",
    "RawResponse",
    "Request",
    "RequestOptions",
    "Response",
    "ResponseDecodeError",
    "ServerError",
    "ServerSentEvent",
    "SignatureError",
    "Signer",
    "StatusError",
    "Stream",
    "Timeout",
    "TokenProvider",
    "TooManyRequestsError",
    "UNSET",
    "UnauthorizedError",
    "UnknownVariant",
    "UnprocessableContentError",
    "UnsetType",
    "Webhook",
    "WebhookError",
    "WebhookPayloadError",
    "decode",
    "encode",
    "replace",
    "to_builtins",
    "unknown_properties",
]
