"""Operations that go on after they were answered: what is stated of them, and their states."""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

import msgspec

from .error_details import error_details
from .errors import AnsweredError, ApiError
from .operation import Answer, Operation
from .request import RawResponse
from .response import Response

T_co = TypeVar("T_co", covariant=True)

Final: TypeAlias = Literal[
    "azure-async-operation", "operation-location", "location", "original-uri"
]
"""Where the result is in the end: in what tells of the state, or somewhere else."""

Phase: TypeAlias = Literal["running", "succeeded", "failed", "canceled"]

Path: TypeAlias = tuple[str, ...]
"""The way into a JSON object, by the names of members."""


class PollingError(ApiError):
    """Nothing says how far the operation is: no link, or one to another host."""


class OperationFailedError(AnsweredError):
    """The operation ended, and did not succeed; `content` is what the service says of it.

    `state` is its own word for that; `code` and `message` are found in its words.
    """

    def __init__(self, *, response: RawResponse, state: str) -> None:
        code, message = error_details(response.content)
        super().__init__(message or "", response=response)
        self.message: str | None = message
        self.state: str = state
        self.code: str | None = code

    def _summary(self) -> str:
        said = f"the operation ended as {self.state}"
        return ": ".join(part for part in (said, self.code, self.message) if part)


class OperationCanceledError(OperationFailedError):
    """The operation was canceled."""


class LongRunningOperation(Operation[T_co], Generic[T_co], frozen=True, kw_only=True):
    """An operation that goes on after its answer; in the end there is a `T_co`.

    `final` says where that is, if not at the usual place. In the answers, `link` leads to
    the URL that tells of the state, where no header does; `status` to the service's word
    for the state; `result` to the result. `succeeded` and `failed` are its words besides
    the usual ones. `end` is how the result is read, where none of the `answers` says so.
    Links may lead to other `hosts` too, without credentials.
    """

    final: Final | None = None
    link: Path = ()
    status: Path = ()
    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    result: Path = ()
    end: Answer | None = None
    hosts: tuple[str, ...] = ()


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is said how far an operation is.

    By a `monitor`, a resource of its own; at a `location`, which answers 202 until the
    end; or by the `resource` itself, at the `original` URL. `location` is where the field
    Location led.
    """

    operation: str
    way: Literal["monitor", "location", "resource"]
    url: str
    original: str
    location: str | None = None


class OperationState(msgspec.Struct, frozen=True, kw_only=True):
    """How far an operation is: what the service calls it, and what that means.

    `value` is the JSON that says so, None where it is none; `response` the answer, None
    for an operation that was resumed and not asked about yet.
    """

    status: str
    phase: Phase
    value: object = None
    response: Response[bytes] | None = None

    @property
    def done(self) -> bool:
        """Whether the operation is over, well or not."""
        return self.phase != "running"

    def __repr__(self) -> str:
        return f"OperationState(status={self.status!r}, phase={self.phase!r})"
