"""Museum Archive.

The models are in `museum_archive.models`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import AsyncMuseumArchiveClient, MuseumArchiveClient
    from ._runtime.auth import AsyncTokenProvider, Signer, TokenProvider
    from ._runtime.codec import decode, encode, to_builtins
    from ._runtime.download import AsyncDownload, Download, async_download, download
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
    from ._runtime.files import File, FileContent
    from ._runtime.headers import Headers
    from ._runtime.issue import DecodeError, Issue
    from ._runtime.middleware import AsyncMiddleware, CallInfo, Middleware
    from ._runtime.models import UNSET, UnsetType, replace, unknown_properties
    from ._runtime.network import ClientCertificate, Network
    from ._runtime.oauth2 import ClientCredentials, RefreshToken
    from ._runtime.options import RequestOptions, Timeout
    from ._runtime.pager import AsyncPager, Pager
    from ._runtime.paging import Page, PaginationError
    from ._runtime.request import RawResponse, Request
    from ._runtime.response import Response
    from ._runtime.tokens import TokenError
    from ._runtime.unknown_variant import UnknownVariant
    from .response_headers import GetObjectHeaders, ListObjectsHeaders
else:
    from ._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "ApiConnectionError": "_runtime.errors",
            "ApiError": "_runtime.errors",
            "ApiTimeoutError": "_runtime.errors",
            "AsyncDownload": "_runtime.download",
            "AsyncMiddleware": "_runtime.middleware",
            "AsyncMuseumArchiveClient": "_client",
            "AsyncPager": "_runtime.pager",
            "AsyncTokenProvider": "_runtime.auth",
            "BadRequestError": "_runtime.errors",
            "CallInfo": "_runtime.middleware",
            "ClientCertificate": "_runtime.network",
            "ClientCredentials": "_runtime.oauth2",
            "ConfigurationError": "_runtime.errors",
            "ConflictError": "_runtime.errors",
            "DeadlineExceededError": "_runtime.errors",
            "DecodeError": "_runtime.issue",
            "Download": "_runtime.download",
            "File": "_runtime.files",
            "FileContent": "_runtime.files",
            "ForbiddenError": "_runtime.errors",
            "GetObjectHeaders": "response_headers",
            "Headers": "_runtime.headers",
            "Issue": "_runtime.issue",
            "ListObjectsHeaders": "response_headers",
            "Middleware": "_runtime.middleware",
            "MuseumArchiveClient": "_client",
            "Network": "_runtime.network",
            "NotFoundError": "_runtime.errors",
            "Page": "_runtime.paging",
            "Pager": "_runtime.pager",
            "PaginationError": "_runtime.paging",
            "PreconditionFailedError": "_runtime.errors",
            "RawResponse": "_runtime.request",
            "RefreshToken": "_runtime.oauth2",
            "Request": "_runtime.request",
            "RequestOptions": "_runtime.options",
            "Response": "_runtime.response",
            "ResponseDecodeError": "_runtime.errors",
            "ServerError": "_runtime.errors",
            "Signer": "_runtime.auth",
            "StatusError": "_runtime.errors",
            "Timeout": "_runtime.options",
            "TokenError": "_runtime.tokens",
            "TokenProvider": "_runtime.auth",
            "TooManyRequestsError": "_runtime.errors",
            "UNSET": "_runtime.models",
            "UnauthorizedError": "_runtime.errors",
            "UnknownVariant": "_runtime.unknown_variant",
            "UnprocessableContentError": "_runtime.errors",
            "UnsetType": "_runtime.models",
            "async_download": "_runtime.download",
            "decode": "_runtime.codec",
            "download": "_runtime.download",
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
    "AsyncDownload",
    "AsyncMiddleware",
    "AsyncMuseumArchiveClient",
    "AsyncPager",
    "AsyncTokenProvider",
    "BadRequestError",
    "CallInfo",
    "ClientCertificate",
    "ClientCredentials",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "DecodeError",
    "Download",
    "File",
    "FileContent",
    "ForbiddenError",
    "GetObjectHeaders",
    "Headers",
    "Issue",
    "ListObjectsHeaders",
    "Middleware",
    "MuseumArchiveClient",
    "Network",
    "NotFoundError",
    "Page",
    "Pager",
    "PaginationError",
    "PreconditionFailedError",
    "RawResponse",
    "RefreshToken",
    "Request",
    "RequestOptions",
    "Response",
    "ResponseDecodeError",
    "ServerError",
    "Signer",
    "StatusError",
    "Timeout",
    "TokenError",
    "TokenProvider",
    "TooManyRequestsError",
    "UNSET",
    "UnauthorizedError",
    "UnknownVariant",
    "UnprocessableContentError",
    "UnsetType",
    "async_download",
    "decode",
    "download",
    "encode",
    "replace",
    "to_builtins",
    "unknown_properties",
]
