"""What can go wrong with a call, as one tree of exceptions.

    ApiError                          every failure of a call
    ├── ApiConnectionError            no answer: no connection, or it broke
    ├── ApiTimeoutError               no answer in time
    │   └── DeadlineExceededError     the deadline of the whole call passed
    ├── StatusError                   an answer that is an error, status >= 400
    │   ├── BadRequestError           400
    │   ├── UnauthorizedError         401
    │   ├── ForbiddenError            403
    │   ├── NotFoundError             404
    │   ├── ConflictError             409
    │   ├── PreconditionFailedError   412
    │   ├── UnprocessableContentError 422
    │   ├── TooManyRequestsError      429
    │   └── ServerError               >= 500
    ├── ResponseDecodeError           an answer that cannot be read as what it should be
    └── TokenError                    no token from the token endpoint (OAuth 2.0)
    ConfigurationError(ValueError)    a client that cannot work as it was set up
    WebhookError(ValueError)          what was received is no webhook to be acted upon
    ├── SignatureError                not signed with any of the secrets, or not in time
    └── WebhookPayloadError           its body cannot be read as what it should be

No message holds a secret: URLs appear without user name and query. All can be pickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import msgspec

from .error_body import ErrorBody
from .error_details import error_details
from .headers import Headers, request_id_of
from .issue import Issue
from .media_types import text_of
from .request import RawResponse, Request
from .urls import without_query

_MOST_LISTED = 20


class ConfigurationError(ValueError):
    """A client that cannot work as it was set up; the message says what to change."""


class SentRequest(msgspec.Struct, frozen=True):
    """What an error remembers of the request: its method, and its URL without credentials."""

    method: str
    url: str

    @classmethod
    def of(cls, request: Request) -> Self:
        """The part of a request that may be shown."""
        return cls(request.method, request.shown_url)


class ApiError(Exception):
    """Any failure of a call.

    `request` is None and `attempts` 0 only on an error that no call has raised yet.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message: str | None = message
        self.request: SentRequest | None = None
        self.attempts: int = 0

    def __str__(self) -> str:
        notes = ", ".join(self._notes())
        return f"{self._place()}{self._summary()}" + (f" ({notes})" if notes else "")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        # The default calls the class with `args`, which the keyword-only subclasses refuse.
        return _restored, (type(self), self.args, self.__dict__)

    def _place(self) -> str:
        if self.request is None:
            return ""
        return f"{self.request.method} {without_query(self.request.url)}: "

    def _summary(self) -> str:
        return self.message or ""

    def _notes(self) -> list[str]:
        return [f"{self.attempts} attempts"] if self.attempts > 1 else []


class ApiConnectionError(ApiError):
    """No answer: the connection could not be opened, or it broke.

    `request_sent` is False only if the service certainly saw nothing of the request;
    `permanent` is True if trying again cannot help, as with a certificate that is not
    trusted.
    """

    def __init__(
        self, message: str, *, request_sent: bool, permanent: bool = False
    ) -> None:
        super().__init__(message)
        self.request_sent: bool = request_sent
        self.permanent: bool = permanent


class ApiTimeoutError(ApiError):
    """No answer in time; `request_sent` as in `ApiConnectionError`."""

    def __init__(self, message: str, *, request_sent: bool) -> None:
        super().__init__(message)
        self.request_sent: bool = request_sent


class DeadlineExceededError(ApiTimeoutError):
    """The deadline of the whole call passed."""


class AnsweredError(ApiError):
    """The base of errors that came with an answer: what was received, whole."""

    def __init__(
        self, message: str, *, response: RawResponse, issues: tuple[Issue, ...] = ()
    ) -> None:
        super().__init__(message)
        self.status: int = response.status
        self.headers: Headers = response.headers
        self.content: bytes = response.content
        self.request_id: str | None = request_id_of(response.headers)
        self.issues: tuple[Issue, ...] = issues

    @property
    def text(self) -> str:
        """The body as text."""
        return text_of(self.content, self.headers.get("content-type"))

    def _notes(self) -> list[str]:
        named = [f"request id {self.request_id}"] if self.request_id else []
        return [*named, *super()._notes()]


class StatusError(AnsweredError):
    """An answer that is an error, or a redirect, which is not followed.

    `error` is the body as the API declares it for this status, None where the body is
    something else; `code` and `message` are the service's own, found in the body;
    `content` and `text` are the body itself, `issues` where it departs from its type.
    """

    def __init__(
        self,
        *,
        response: RawResponse,
        error: ErrorBody | None = None,
        issues: tuple[Issue, ...] = (),
    ) -> None:
        code, message = error_details(response.content)
        super().__init__(message or "", response=response, issues=issues)
        self.message: str | None = message
        self.code: str | None = code
        self.error: ErrorBody | None = error

    def _summary(self) -> str:
        status = f"{self.status} {reason_phrase(self.status)}".rstrip()
        return ": ".join(part for part in (status, self.code, self.message) if part)


class BadRequestError(StatusError):
    """400: the request is malformed."""


class UnauthorizedError(StatusError):
    """401: no valid credential."""


class ForbiddenError(StatusError):
    """403: the credential does not permit this."""


class NotFoundError(StatusError):
    """404: there is no such thing."""


class ConflictError(StatusError):
    """409: in conflict with the state of the thing."""


class PreconditionFailedError(StatusError):
    """412: a precondition does not hold.

    With repeatability headers: the request was first sent too long ago. It may have been
    executed then, so it must not be sent again under a new id unseen.
    """


class UnprocessableContentError(StatusError):
    """422: well-formed, and still not acceptable."""


class TooManyRequestsError(StatusError):
    """429: too many requests in too short a time."""


class ServerError(StatusError):
    """500 and above: the service failed."""


class ResponseDecodeError(AnsweredError):
    """An answer that cannot be read as what it should be.

    Its body is not JSON; or, with `strict_responses`, it departs from its type, and
    `issues` lists where.
    """

    def _summary(self) -> str:
        listed = "".join(f"\n  {issue}" for issue in self.issues[:_MOST_LISTED])
        if len(self.issues) > _MOST_LISTED:
            listed += f"\n  and {len(self.issues) - _MOST_LISTED} more"
        return f"{self.status} {reason_phrase(self.status)}".rstrip() + (
            f": {self.message}{listed}"
        )


def status_error_class(status: int) -> type[StatusError]:
    """The class of error that a status is raised as."""
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, StatusError)


def reason_phrase(status: int) -> str:
    """The usual name of a status, empty for one without."""
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


_BY_STATUS: Mapping[int, type[StatusError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    422: UnprocessableContentError,
    429: TooManyRequestsError,
}


def _restored(
    kind: type[ApiError], args: tuple[object, ...], state: dict[str, object]
) -> ApiError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error
