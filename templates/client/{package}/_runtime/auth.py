"""Credentials: which scheme each is for, where they come from, and what a call needs.

How a scheme writes a credential into a request is the scheme's own, in its own module.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar, Protocol, TypeAlias, TypeGuard

from .environment import variable_name
from .errors import ConfigurationError
from .headers import REDACTED
from .request import Request

TokenProvider: TypeAlias = Callable[[], str]
"""Asked for a fresh token before each attempt."""

AsyncTokenProvider: TypeAlias = Callable[[], str | Awaitable[str]]
"""Asked for a fresh token before each attempt; it may be an `async def`."""


class Credential:
    """The base of credentials that are more than a string; `repr` shows nothing of them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({REDACTED})"


Secret: TypeAlias = str | Credential
"""What a scheme writes into a request."""

OneCredential: TypeAlias = Secret | TokenProvider | AsyncTokenProvider

AnyCredential: TypeAlias = OneCredential | Mapping[str, OneCredential]
"""A credential, or several by the name of their scheme."""


class Scheme(Protocol):
    """A way to authenticate: how a credential is recognised and put into a request."""

    kind: ClassVar[str]
    takes: ClassVar[str]
    """What a caller passes, in words."""
    variables: ClassVar[tuple[str, ...]]
    """The ends of the names of environment variables that hold the credential."""
    signs: ClassVar[bool]
    """Whether it covers the whole request, and so must come last."""

    def fits(self, credential: OneCredential) -> bool:
        """Whether a credential is of the type that this scheme takes."""
        ...

    def from_values(self, values: Sequence[str]) -> Secret:
        """The credential out of the values of its environment variables."""
        ...

    def check(self, secret: Secret) -> None:
        """Raises ConfigurationError for a secret that no request can carry."""
        ...

    def authenticate(self, request: Request, secret: Secret, *, now: float) -> Request:
        """The request with the credential in it; `now` is Unix time."""
        ...


Schemes: TypeAlias = Mapping[str, Scheme]
Credentials: TypeAlias = Mapping[str, OneCredential]

Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each the names of the schemes that it takes together."""


def resolve_credentials(
    schemes: Schemes,
    credential: AnyCredential | None,
    *,
    prefix: str,
    security: Security = (),
    environment: Mapping[str, str] = os.environ,
) -> Credentials:
    """The credentials of a client by scheme: what the caller gave, else the environment's.

    One that fits several schemes is for each of them, unless `security` demands some of
    them together. Raises ConfigurationError for one that fits no scheme, or that no
    request can carry.
    """
    found: Credentials
    if credential is None:
        found = _from_environment(schemes, prefix, environment)
    elif isinstance(credential, str | Credential) or callable(credential):
        names = _schemes_for(schemes, credential, security)
        found = dict.fromkeys(names, credential)
    elif _is_by_name(credential):
        found = _by_name(schemes, credential)
    else:
        raise _misfit(schemes, credential)
    for name, secret in found.items():
        if isinstance(secret, str | Credential):
            schemes[name].check(secret)
    return found


def required_schemes(
    security: Security, credentials: Credentials
) -> tuple[str, ...] | None:
    """The schemes to authenticate a call with; None if a credential is missing.

    The first alternative that can be met, one with a credential before one without.
    """
    for alternative in security:
        if alternative and all(name in credentials for name in alternative):
            return alternative
    return () if not security or () in security else None


def missing_credential(
    schemes: Schemes, security: Security, prefix: str
) -> ConfigurationError:
    """The error that says which credentials to give, and how."""
    known = [names for names in security if names and schemes.keys() >= set(names)]
    if not known:
        return ConfigurationError(
            "this operation needs a credential of a kind that this package does not know: "
            "send it with headers={'Authorization': ...}"
        )
    takes = " or ".join(dict.fromkeys(_taken(schemes, names) for names in known))
    variables = [
        [
            variable
            for name in names
            for variable in variable_names(schemes, name, prefix)
        ]
        for names in known
    ]
    several = "s" if max(map(len, variables)) > 1 else ""
    listed = " or ".join(" and ".join(names) for names in variables)
    return ConfigurationError(
        f"a credential is missing: pass credential=, {takes}, "
        f"or set the environment variable{several} {listed}"
    )


def _taken(schemes: Schemes, names: Sequence[str]) -> str:
    """What a caller passes for schemes that are taken together."""
    if len(names) == 1:
        return schemes[names[0]].takes
    entries = " and ".join(f"{name!r}: {schemes[name].takes}" for name in names)
    return f"a mapping with {entries}"


def variable_names(schemes: Schemes, name: str, prefix: str) -> list[str]:
    """The environment variables that hold the credential of a scheme.

    `PREFIX_KIND` if it is the only scheme of its kind, such as `ACME_TOKEN`; with several
    of one kind `PREFIX_SCHEME_KIND`, such as `ACME_APP_KEY_API_KEY` for the scheme
    `appKey`. KIND is TOKEN, API_KEY, ACCESS_KEY, or USERNAME and PASSWORD (two variables).
    """
    scheme = schemes[name]
    alike = [other for other in schemes.values() if other.variables == scheme.variables]
    words = [] if len(alike) == 1 else [name]
    return [variable_name(prefix, *words, variable) for variable in scheme.variables]


def check_token(what: str, token: str) -> None:
    """Raises ConfigurationError for a token that a header field cannot carry as it is.

    The message keeps the token back.
    """
    if not token:
        raise ConfigurationError(f"{what} is empty")
    if token != token.strip() or not token.isprintable():
        raise ConfigurationError(
            f"{what} holds white space around it or a control character, such as a line "
            "break at its end: was it read from a file without strip()?"
        )
    if not token.isascii():
        raise ConfigurationError(f"{what} holds a character that is not ASCII")


def _from_environment(
    schemes: Schemes, prefix: str, environment: Mapping[str, str]
) -> dict[str, OneCredential]:
    found: dict[str, OneCredential] = {}
    for name, scheme in schemes.items():
        names = variable_names(schemes, name, prefix)
        values = [environment.get(variable, "") for variable in names]
        if names and all(values):
            found[name] = scheme.from_values(values)
    return found


def _by_name(
    schemes: Schemes, given: Mapping[str, OneCredential]
) -> dict[str, OneCredential]:
    for name, credential in given.items():
        if name not in schemes:
            raise ConfigurationError(
                f"credential: there is no scheme {name!r}; there are {_listed(schemes)}"
            )
        if not schemes[name].fits(credential):
            raise ConfigurationError(
                f"credential: scheme {name!r} takes {schemes[name].takes}, "
                f"not a {type(credential).__name__}"
            )
    return dict(given)


def _is_by_name(credential: object) -> TypeGuard[Mapping[str, OneCredential]]:
    return isinstance(credential, Mapping)


def _misfit(schemes: Schemes, credential: object) -> ConfigurationError:
    takes = " or ".join(dict.fromkeys(each.takes for each in schemes.values()))
    return ConfigurationError(
        f"credential must be {takes or 'None'}, not a {type(credential).__name__}"
    )


def _schemes_for(
    schemes: Schemes, credential: OneCredential, security: Security
) -> list[str]:
    """The schemes that a credential is for, when the caller names none."""
    fitting = [name for name, scheme in schemes.items() if scheme.fits(credential)]
    # A bare string is first of all a bearer token.
    names = [name for name in fitting if schemes[name].kind == "bearer"] or fitting
    if not names:
        raise _misfit(schemes, credential)
    if any(len(set(names) & set(together)) > 1 for together in security):
        raise ConfigurationError(
            "credential fits several schemes that are needed together: name the one it is "
            f"for, such as credential={{{names[0]!r}: ...}}; there are {_listed(names)}"
        )
    return names


def _listed(names: Mapping[str, object] | Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names)
