"""Signatures by Standard Webhooks (https://www.standardwebhooks.com): who sent it, and when.

The HMAC-SHA256 of `id.timestamp.body` in base64, after `v1,`; several are separated by
spaces. Asymmetric signatures (`v1a`, Ed25519) are not checked: Python alone can't.
"""

from __future__ import annotations

import binascii
import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from .errors import ConfigurationError
from .headers import Headers
from .webhook_errors import SignatureError

Secret: TypeAlias = str | bytes | Sequence[str | bytes]
"""`whsec_` and base64, or base64 alone; as bytes, the key itself. Of several, any will do."""

# Up to the year 5138.
_SECONDS = re.compile("[0-9]{1,11}")
_SYMMETRIC, _ASYMMETRIC = "whsec_", ("whsk_", "whpk_")


class Signature(msgspec.Struct, frozen=True):
    """What the header fields of a webhook say of it."""

    id: str
    timestamp: str
    values: tuple[str, ...]

    @property
    def signed_at(self) -> int:
        """When it was made, in Unix time."""
        return int(self.timestamp)

    def of(self, body: bytes) -> bytes:
        """What is signed of a body."""
        return b".".join([_bytes(self.id), _bytes(self.timestamp), body])

    def __repr__(self) -> str:
        return f"Signature(id={self.id!r}, timestamp={self.timestamp!r})"


def checked(
    body: bytes,
    headers: Mapping[str, str],
    secret: Secret,
    *,
    tolerance: float,
    now: float,
) -> Signature:
    """The signature of a body, which holds for one of the secrets, and was made in time.

    Raises SignatureError where it does not; ConfigurationError for what is no secret.
    """
    keys = _keys(secret)
    found = _signature(Headers(headers))
    expected = [_written(key, found.of(body)) for key in keys]
    # All are compared, each in constant time: how long it takes tells nothing.
    matches = [
        hmac.compare_digest(each, _bytes(value))
        for each in expected
        for value in found.values
    ]
    if not any(matches):
        raise SignatureError("no signature of the webhook is made with this secret")
    age = now - found.signed_at
    if not -tolerance <= age <= tolerance:
        raise SignatureError(
            f"the webhook was signed {age:.0f} s ago, and {tolerance:g} s are tolerated"
        )
    return found


def _signature(headers: Headers) -> Signature:
    id_ = _field(headers, "webhook-id")
    timestamp = _field(headers, "webhook-timestamp")
    if not _SECONDS.fullmatch(timestamp):
        raise SignatureError("webhook-timestamp is not a number of seconds")
    parts = [
        each.partition(",") for each in _field(headers, "webhook-signature").split()
    ]
    values = tuple(value for version, _, value in parts if version == "v1")
    if not values:
        others = "v1a" in {version for version, _, _ in parts}
        words = ", only v1a, which is not supported" if others else ""
        raise SignatureError(f"webhook-signature has no signature of v1{words}")
    return Signature(id_, timestamp, values)


def _field(headers: Headers, name: str) -> str:
    value = headers.get(name)
    if not value:
        raise SignatureError(f"there is no header {name}")
    return value


def _bytes(text: str) -> bytes:
    """A text as it was received: bytes that are no UTF-8 stand in it as surrogates."""
    return text.encode("utf-8", "surrogatepass")


def _written(key: bytes, signed: bytes) -> bytes:
    return b64encode(hmac.digest(key, signed, "sha256"))


def _keys(secret: Secret) -> list[bytes]:
    given = [secret] if isinstance(secret, str | bytes) else list(secret)
    if not given:
        raise ConfigurationError("`secret` of a webhook is an empty list")
    return [_key(each) for each in given]


def _key(secret: str | bytes) -> bytes:
    if isinstance(secret, bytes):
        key = secret
    elif secret.startswith(_ASYMMETRIC):
        raise ConfigurationError("`secret` is an Ed25519 key, which is not supported")
    else:
        text = secret.removeprefix(_SYMMETRIC)
        try:
            key = b64decode(text + "=" * (-len(text) % 4), validate=True)
        except (binascii.Error, ValueError):
            raise ConfigurationError("`secret` of a webhook is not base64") from None
    if not key:
        raise ConfigurationError("`secret` of a webhook is empty")
    return key
