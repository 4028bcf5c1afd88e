"""How the request of an attempt gets its credentials, whatever they come from."""

from __future__ import annotations

from collections.abc import Generator

from .auth import Credential, Secret, Signer, required_schemes
from .credentials import missing_credential
from .effects import Ask, Effect, Outcome
from .errors import ConfigurationError
from .operation import Operation
from .request import Request
from .session import Session
from .token_source import Asking


def needed_schemes(
    session: Session, operation: Operation[object], request: Request
) -> tuple[str, ...]:
    """The schemes to authenticate with, those that sign the whole request last.

    Raises ConfigurationError if a credential is missing.
    """
    if "authorization" in request.headers:
        # The caller authenticates: in a way that the description may not know.
        return ()
    schemes = session.api.schemes
    credentials = session.credentials
    names = required_schemes(operation.security, credentials)
    if names is None:
        prefix = session.api.environment
        raise missing_credential(schemes, operation.security, prefix, credentials)

    def last(name: str) -> bool:
        return schemes[name].signs or isinstance(credentials[name], Signer)

    return tuple(sorted(names, key=last))


def authenticated(
    session: Session, request: Request, schemes: tuple[str, ...], asking: Asking
) -> Generator[Effect, Outcome, Request]:
    """The request with fresh credentials."""
    for name in schemes:
        scheme, credential = session.api.schemes[name], session.credentials[name]
        source = session.sources.get(name)
        secret: Secret
        if isinstance(credential, Signer):
            request = credential.sign(request)
            continue
        if source is not None:
            secret = yield from source.token(asking)
        elif isinstance(credential, str | Credential):
            secret = credential
        else:
            secret = _token((yield Ask(credential)))
            scheme.check(secret)
        request = scheme.authenticate(request, secret, now=session.clock.time())
    return request


def renewable(session: Session, request: Request, schemes: tuple[str, ...]) -> bool:
    """Whether a new token can be bought for a request that was refused with an old one."""
    sources = [session.sources[name] for name in schemes if name in session.sources]
    for source in sources:
        source.forget(request)
    return bool(sources)


def _token(outcome: Outcome) -> str:
    if not isinstance(outcome, str):
        raise ConfigurationError(
            f"the credential returned a {type(outcome).__name__} in the place of a str"
        )
    return outcome
