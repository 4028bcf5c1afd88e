"""Calls that are answered at once or with a stream, whichever the caller asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TypeVar

from .call import AsyncCaller, Caller
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
    path: Mapping[str, object] | None = None,
    query: Mapping[str, object] | None = None,
    headers: Mapping[str, object] | None = None,
    cookies: Mapping[str, object] | None = None,
    body: object = None,
    options: RequestOptions | None = None,
) -> T | Stream[Item]:
    """The value of a call, as `Caller.call` has it; or a stream that is not open yet."""
    if streams:
        return Stream(
            caller,
            streamed,
            path=path,
            query=query,
            headers=headers,
            cookies=cookies,
            body=body,
            options=options,
        )
    return caller.call(
        whole,
        path=path,
        query=query,
        headers=headers,
        cookies=cookies,
        body=body,
        options=options,
    )


def async_either(
    caller: AsyncCaller,
    whole: Operation[T],
    streamed: StreamOperation[Item],
    streams: bool,
    *,
    path: Mapping[str, object] | None = None,
    query: Mapping[str, object] | None = None,
    headers: Mapping[str, object] | None = None,
    cookies: Mapping[str, object] | None = None,
    body: object = None,
    options: RequestOptions | None = None,
) -> Awaitable[T] | AsyncStream[Item]:
    """As `either`: what is to be awaited, or a stream that is not open yet."""
    if streams:
        return AsyncStream(
            caller,
            streamed,
            path=path,
            query=query,
            headers=headers,
            cookies=cookies,
            body=body,
            options=options,
        )
    return caller.call(
        whole,
        path=path,
        query=query,
        headers=headers,
        cookies=cookies,
        body=body,
        options=options,
    )
