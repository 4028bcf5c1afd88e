"""Schemes of HTTP that nothing is known of but their name: the caller signs requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from .auth import OneCredential, Secret, Variables
from .errors import ConfigurationError
from .request import Request


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """The `http` scheme `scheme`."""

    scheme: str

    kind: ClassVar[str] = "signed"
    takes: ClassVar[str] = "a Signer"
    variables: ClassVar[Variables] = ()
    signs: ClassVar[bool] = True

    def fits(self, credential: OneCredential) -> bool:
        """Nothing but what serves every scheme: a Signer."""
        return False

    def from_values(self, values: Sequence[str]) -> Secret:
        """There are no variables."""
        raise self._refusal()

    def check(self, secret: Secret) -> None:
        """Raises ConfigurationError: only a Signer can serve this scheme."""
        raise self._refusal()

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """Raises ConfigurationError: only a Signer can serve this scheme."""
        raise self._refusal()

    def _refusal(self) -> ConfigurationError:
        return ConfigurationError(f"the scheme {self.scheme!r} takes {self.takes}")
