"""Calls that are answered at once or with a stream, whichever the caller asked for."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar, Unpack

from .call import AsyncCaller, Caller
from .given import Given
from .operation import Operation
from .options import RequestOptions
from .stream_state import StreamOperation
from .streaming import AsyncStream, Stream

T = TypeVar("T")
Item = TypeVar("Item")


def either(
    caller: Caller,
    whole: Operation[T],
    streamed: StreamOperation[Item],
    streams: bool,
    *,
    options: RequestOptions | None = None,
    **given: Unpack[Given],
) -> T | Stream[Item]:
    """The value of a call, as `Caller.call` has it; or a stream that is not open yet."""
    if streams:
        return Stream(caller, streamed, options=options, **given)
    return caller.call(whole, options=options, **given)


def async_either(
    caller: AsyncCaller,
    whole: Operation[T],
    streamed: StreamOperation[Item],
    streams: bool,
    *,
    options: RequestOptions | None = None,
    **given: Unpack[Given],
) -> Awaitable[T] | AsyncStream[Item]:
    """As `either`: what is to be awaited, or a stream that is not open yet."""
    if streams:
        return AsyncStream(caller, streamed, options=options, **given)
    return caller.call(whole, options=options, **given)
