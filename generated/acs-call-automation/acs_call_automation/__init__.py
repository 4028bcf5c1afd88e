"""Call Automation.

The models are in `acs_call_automation.models`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import AsyncCallAutomationClient, CallAutomationClient
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
    from ._runtime.headers import Headers
    from ._runtime.hmac_sha256 import AccessKey
    from ._runtime.issue import DecodeError, Issue
    from ._runtime.middleware import AsyncMiddleware, CallInfo, Middleware
    from ._runtime.models import UNSET, UnsetType, replace, unknown_properties
    from ._runtime.network import ClientCertificate, Network
    from ._runtime.options import RequestOptions, Timeout
    from ._runtime.request import RawResponse, Request
    from ._runtime.response import Response
else:
    from ._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "AccessKey": "_runtime.hmac_sha256",
            "ApiConnectionError": "_runtime.errors",
            "ApiError": "_runtime.errors",
            "ApiTimeoutError": "_runtime.errors",
            "AsyncCallAutomationClient": "_client",
            "AsyncMiddleware": "_runtime.middleware",
            "AsyncTokenProvider": "_runtime.auth",
            "BadRequestError": "_runtime.errors",
            "CallAutomationClient": "_client",
            "CallInfo": "_runtime.middleware",
            "ClientCertificate": "_runtime.network",
            "ConfigurationError": "_runtime.errors",
            "ConflictError": "_runtime.errors",
            "DeadlineExceededError": "_runtime.errors",
            "DecodeError": "_runtime.issue",
            "ForbiddenError": "_runtime.errors",
            "Headers": "_runtime.headers",
            "Issue": "_runtime.issue",
            "Middleware": "_runtime.middleware",
            "Network": "_runtime.network",
            "NotFoundError": "_runtime.errors",
            "PreconditionFailedError": "_runtime.errors",
            "RawResponse": "_runtime.request",
            "Request": "_runtime.request",
            "RequestOptions": "_runtime.options",
            "Response": "_runtime.response",
            "ResponseDecodeError": "_runtime.errors",
            "ServerError": "_runtime.errors",
            "Signer": "_runtime.auth",
            "StatusError": "_runtime.errors",
            "Timeout": "_runtime.options",
            "TokenProvider": "_runtime.auth",
            "TooManyRequestsError": "_runtime.errors",
            "UNSET": "_runtime.models",
            "UnauthorizedError": "_runtime.errors",
            "UnprocessableContentError": "_runtime.errors",
            "UnsetType": "_runtime.models",
            "decode": "_runtime.codec",
            "encode": "_runtime.codec",
            "replace": "_runtime.models",
            "to_builtins": "_runtime.codec",
            "unknown_properties": "_runtime.models",
        },
    )

__all__ = [
    "AccessKey",
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "AsyncCallAutomationClient",
    "AsyncMiddleware",
    "AsyncTokenProvider",
    "BadRequestError",
    "CallAutomationClient",
    "CallInfo",
    "ClientCertificate",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "DecodeError",
    "ForbiddenError",
    "Headers",
    "Issue",
    "Middleware",
    "Network",
    "NotFoundError",
    "PreconditionFailedError",
    "RawResponse",
    "Request",
    "RequestOptions",
    "Response",
    "ResponseDecodeError",
    "ServerError",
    "Signer",
    "StatusError",
    "Timeout",
    "TokenProvider",
    "TooManyRequestsError",
    "UNSET",
    "UnauthorizedError",
    "UnprocessableContentError",
    "UnsetType",
    "decode",
    "encode",
    "replace",
    "to_builtins",
    "unknown_properties",
]
