"""What a call needs of the outside world, as values that a driver carries out."""

from __future__ import annotations

from collections.abc import Generator
from typing import Generic, TypeAlias, TypeVar

import msgspec

from .auth import AsyncTokenProvider, TokenProvider
from .errors import ApiConnectionError, ApiTimeoutError
from .gate import Gate
from .request import RawResponse, Request
from .response import Response
from .retries import Attempted

T = TypeVar("T")


class Send(msgspec.Struct, frozen=True):
    """Send the request; the outcome is its answer, or an ApiError is thrown in."""

    request: Request


class Sleep(msgspec.Struct, frozen=True):
    """Wait so many seconds; the outcome is None."""

    seconds: float


class Ask(msgspec.Struct, frozen=True):
    """Ask for a token; the outcome is the token."""

    provider: TokenProvider | AsyncTokenProvider


class Enter(msgspec.Struct, frozen=True):
    """Wait to be the only one inside the gate, so many seconds at most; outcome None."""

    gate: Gate
    seconds: float | None


class Done(msgspec.Struct, Generic[T], frozen=True):
    """Nothing more: the call has its answer."""

    response: Response[T]


Effect: TypeAlias = Send | Sleep | Ask | Enter
Outcome: TypeAlias = RawResponse | str | None
Steps: TypeAlias = Generator[Effect | Done[T], Outcome, None]


def answered(request: Request) -> Generator[Send, Outcome, Attempted]:
    """What comes of sending a request."""
    try:
        outcome = yield Send(request)
    except (ApiConnectionError, ApiTimeoutError) as error:
        return error
    if not isinstance(outcome, RawResponse):
        raise TypeError(f"the transport returned a {type(outcome).__name__}")
    return outcome
