"""What failures of httpx2 mean: whether the service can have seen the request.

httpx2 is imported inside, as everywhere in the runtime: a program that imports a package
and makes no call should not pay for it.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import ApiConnectionError, ApiTimeoutError, DeadlineExceededError

if TYPE_CHECKING:
    import httpx2


@contextmanager
def failures_translated() -> Generator[None]:
    """Raises ApiConnectionError and ApiTimeoutError for the failures of httpx2."""
    import httpx2

    try:
        yield
    except httpx2.TimeoutException as error:
        raise _timeout(error) from error
    except httpx2.LocalProtocolError:
        # Its message may quote a header field, which may be a secret.
        raise ApiConnectionError(
            "the request breaks the rules of HTTP", request_sent=False, permanent=True
        ) from None
    except httpx2.RemoteProtocolError as error:
        words, quoting, _ = str(error).partition(": bytearray(")
        # What is quoted came from the server, and may be a secret that it knows.
        raise _broken(words) from (None if quoting else error)
    except httpx2.RequestError as error:
        raise _connection(error) from error
    except httpx2.InvalidURL as error:
        raise ApiConnectionError(
            f"the URL cannot be used: {error}", request_sent=False, permanent=True
        ) from error


def too_late() -> DeadlineExceededError:
    """The error of an answer that has not ended when the deadline passes."""
    return DeadlineExceededError(
        "the deadline passed before the answer ended", request_sent=True
    )


def _timeout(error: httpx2.TimeoutException) -> ApiTimeoutError:
    import httpx2

    match error:
        case httpx2.ConnectTimeout():
            return ApiTimeoutError("could not connect in time", request_sent=False)
        case httpx2.PoolTimeout():
            return ApiTimeoutError(
                "no connection became free in time", request_sent=False
            )
        case httpx2.WriteTimeout():
            return ApiTimeoutError(
                "could not send the request in time", request_sent=True
            )
        case _:
            return ApiTimeoutError("no answer in time", request_sent=True)


def _connection(error: httpx2.RequestError) -> ApiConnectionError:
    import httpx2

    reason = str(error) or type(error).__name__
    if _untrusted(error):
        return ApiConnectionError(
            f"the certificate of the server is not trusted: {reason}. If the system has no "
            "store of certificates, install one (ca-certificates), name a file of "
            "certificates in the environment variable SSL_CERT_FILE, or trust those of "
            'the package certifi: network=Network(verify="certifi")',
            request_sent=False,
            permanent=True,
        )
    match error:
        case httpx2.ConnectError() | httpx2.ProxyError() | httpx2.UnsupportedProtocol():
            return ApiConnectionError(
                f"could not connect: {reason}", request_sent=False
            )
        case httpx2.DecodingError():
            return ApiConnectionError(
                f"the answer is damaged: {reason}", request_sent=True
            )
        case _:
            return _broken(reason)


def _broken(reason: str) -> ApiConnectionError:
    return ApiConnectionError(f"the connection broke: {reason}", request_sent=True)


def _untrusted(error: BaseException | None) -> bool:
    import ssl

    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
