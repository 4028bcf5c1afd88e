"""Mutual TLS: the client is known by the certificate of its connections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from .auth import OneCredential, Secret, Variables
from .network import ClientCertificate
from .request import Request


class MutualTls(msgspec.Struct, frozen=True, kw_only=True):
    """The scheme `mutualTLS`."""

    kind: ClassVar[str] = "mutualTLS"
    takes: ClassVar[str] = "a ClientCertificate"
    variables: ClassVar[Variables] = (
        ("CERTIFICATE_FILE", "KEY_FILE"),
        ("CERTIFICATE_FILE",),
    )
    signs: ClassVar[bool] = False

    def fits(self, credential: OneCredential) -> bool:
        """A certificate."""
        return isinstance(credential, ClientCertificate)

    def from_values(self, values: Sequence[str]) -> Secret:
        """The certificate, and its key where that is in another file."""
        return ClientCertificate(*values)

    def check(self, secret: Secret) -> None:
        """Checked when the first connection is made."""

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request as it is: it travels over connections that have the certificate."""
        return request
