"""Requests signed with an access key: the `HMAC-SHA256` scheme of Azure.

What is signed: the method, path and query as they are sent, the date, the host, and the
SHA-256 of the body, an empty one included. Each attempt is signed anew, since the date
is part of the signature.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from .auth import Credential, OneCredential, Secret, Variables
from .errors import ConfigurationError
from .http_dates import format_http_date
from .request import Request
from .urls import host_of, target_of

_SIGNED = "x-ms-date;host;x-ms-content-sha256"


class AccessKey(Credential):
    """An access key, as base64.

    Raises ConfigurationError if it is not base64; the message keeps the key back.
    """

    __slots__ = ("secret",)

    def __init__(self, key: str) -> None:
        try:
            self.secret = b64decode(key.strip(), validate=True)
        except (binascii.Error, ValueError):
            raise ConfigurationError(
                "the access key is not base64: copy it whole, with the = at its end"
            ) from None
        if not self.secret:
            raise ConfigurationError("the access key is empty")


class HmacSha256(msgspec.Struct, frozen=True, kw_only=True):
    """The `http` scheme `HMAC-SHA256`."""

    kind: ClassVar[str] = "HMAC-SHA256"
    takes: ClassVar[str] = "an AccessKey"
    variables: ClassVar[Variables] = (("ACCESS_KEY",),)
    signs: ClassVar[bool] = True

    def fits(self, credential: OneCredential) -> bool:
        """An access key."""
        return isinstance(credential, AccessKey)

    def from_values(self, values: Sequence[str]) -> Secret:
        """The access key."""
        return AccessKey(values[0])

    def check(self, secret: Secret) -> None:
        """Checked when it was made."""

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with its date, the hash of its body, and the signature over both."""
        if not isinstance(secret, AccessKey):
            raise ConfigurationError(f"credential must be {self.takes}")
        date = format_http_date(now)
        content = b"" if request.content is None else request.content
        if not isinstance(content, bytes):
            raise ConfigurationError(
                "an access key signs the whole body before it is sent: give it as bytes, "
                "not as a file or an iterator"
            )
        body_hash = _base64(hashlib.sha256(content).digest())
        signed = f"{date};{host_of(request.url)};{body_hash}"
        text = f"{request.method}\n{target_of(request.url)}\n{signed}"
        signature = _base64(hmac.digest(secret.secret, text.encode(), "sha256"))
        return request.with_headers(
            {
                "x-ms-date": date,
                "x-ms-content-sha256": body_hash,
                "Authorization": (
                    f"HMAC-SHA256 SignedHeaders={_SIGNED}&Signature={signature}"
                ),
            }
        )


def parse_connection_string(connection_string: str) -> tuple[str, AccessKey]:
    """Endpoint and access key out of `endpoint=https://…/;accesskey=<base64>`.

    The names are compared without case; a trailing slash of the endpoint is dropped.
    Raises ConfigurationError for a string of another form; the message keeps it back.
    """
    parts: dict[str, str] = {}
    for part in connection_string.strip().split(";"):
        name, _, value = part.partition("=")
        parts[name.strip().lower()] = value.strip()
    for name in ("endpoint", "accesskey"):
        if not parts.get(name):
            raise ConfigurationError(
                f"the connection string has no {name}: it must look like "
                "endpoint=https://<resource>/;accesskey=<base64>"
            )
    return parts["endpoint"].rstrip("/"), AccessKey(parts["accesskey"])


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
