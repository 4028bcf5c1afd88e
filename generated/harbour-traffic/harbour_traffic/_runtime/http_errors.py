"""What failures to send mean, ours and those of the HTTP libraries: can the service have seen it?

httpcore2 and a caller's httpx2 name theirs alike, and let some of h11, h2 and socksio through,
which they stand on. They are told by name, so that none is loaded for it: a program that
imports a package and makes no call should not pay for that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from .errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    DeadlineExceededError,
)


@contextmanager
def failures_translated() -> Generator[None]:
    """Raises ApiConnectionError and ApiTimeoutError for the failures of the libraries."""
    try:
        yield
    except Exception as error:
        raise_translated(error)


def raise_translated(error: Exception) -> NoReturn:
    """Raises what a failure means; what is no failure of the libraries, as it is."""
    names = {k.__name__ for k in type(error).__mro__ if _library(k) in _LIBRARIES}
    for name, meaning in _MEANINGS.items():
        if name in names:
            raise meaning(error) from (None if _quotes(name, error) else error)
    raise error


def _library(kind: type[object]) -> str:
    return kind.__module__.partition(".")[0]


def too_late() -> DeadlineExceededError:
    """The error of an answer that has not ended when the deadline passes."""
    return DeadlineExceededError(
        "the deadline passed before the answer ended", request_sent=True
    )


def malformed_request() -> ApiConnectionError:
    """The error of a request that cannot be one, of which nothing was sent."""
    return ApiConnectionError(_MALFORMED, request_sent=False, permanent=True)


def damaged(reason: object) -> ApiConnectionError:
    """The error of an answer whose body is not what was sent."""
    return ApiConnectionError(f"the answer is damaged: {reason}", request_sent=True)


def unusable_url(reason: object) -> ApiConnectionError:
    """The error of a URL that leads nowhere."""
    return ApiConnectionError(
        f"the URL cannot be used: {reason}", request_sent=False, permanent=True
    )


def _quotes(name: str, error: Exception) -> bool:
    """Whether the words of a failure may quote a secret: of ours, or of the server."""
    return name in ("LocalProtocolError", "H2Error") or _QUOTING in str(error)


def _against_the_rules(error: Exception) -> ApiError:
    causes: tuple[object, ...] = error.args
    if any(_library(type(each)) == "h2" for each in causes):
        return _against_those_of_http_2(error)
    if _library(type(error)) == "h11":
        # In the midst of it, and of its length alone.
        return ApiConnectionError(
            f"{_MALFORMED}: {error}", request_sent=True, permanent=True
        )
    return malformed_request()


def _against_those_of_http_2(error: Exception) -> ApiError:
    # Which side broke them is not told; h2 itself keeps to them.
    return ApiConnectionError(
        "the connection broke: what came breaks the rules of HTTP/2", request_sent=True
    )


def _not_connected(error: Exception) -> ApiError:
    return _untrusted(error) or ApiConnectionError(
        f"could not connect: {_reason(error)}", request_sent=False
    )


def _broken(error: Exception) -> ApiError:
    words = _reason(error).partition(_QUOTING)[0]
    return _untrusted(error) or ApiConnectionError(
        f"the connection broke: {words}", request_sent=True
    )


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _too_slow(message: str, *, request_sent: bool) -> Callable[[Exception], ApiError]:
    return lambda error: ApiTimeoutError(message, request_sent=request_sent)


def _untrusted(error: Exception) -> ApiError | None:
    """What to do about a certificate that nobody vouches for; None if that is not it."""
    if not _is_untrusted(error):
        return None
    return ApiConnectionError(
        f"the certificate of the server is not trusted: {_reason(error)}. If the system "
        "has no store of certificates, install one (ca-certificates), name a file of "
        "certificates in the environment variable SSL_CERT_FILE, or trust those of "
        'the package certifi: network=Network(verify="certifi")',
        request_sent=False,
        permanent=True,
    )


def _is_untrusted(error: BaseException | None) -> bool:
    import ssl

    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


_LIBRARIES = frozenset({"httpcore2", "httpx2", "h11", "h2", "socksio"})
_QUOTING = ": bytearray("
_MALFORMED = "the request breaks the rules of HTTP"

_MEANINGS: Mapping[str, Callable[[Exception], ApiError]] = {
    "ConnectTimeout": _too_slow("could not connect in time", request_sent=False),
    "PoolTimeout": _too_slow("no connection became free in time", request_sent=False),
    "WriteTimeout": _too_slow("could not send the request in time", request_sent=True),
    "TimeoutException": _too_slow("no answer in time", request_sent=True),
    "LocalProtocolError": _against_the_rules,
    "ConnectError": _not_connected,
    "ProxyError": _not_connected,
    "SOCKSError": _not_connected,
    "UnsupportedProtocol": _not_connected,
    "DecodingError": damaged,
    "InvalidURL": unusable_url,
    "RemoteProtocolError": _broken,
    "H2Error": _against_those_of_http_2,
    "NetworkError": _broken,
    "RequestError": _broken,
}
"""The first that a failure is counts."""
