"""Answers that are read while they arrive, by a thread or by a task.

A stream holds a connection: leaving its `with` block gives that back, as does going on to
the end.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import aclosing, closing
from types import TracebackType
from typing import Self, TypeVar, Unpack

from .call import AsyncCaller, Caller
from .errors import ApiConnectionError, ApiError, ApiTimeoutError
from .framing import Frames
from .given import Given
from .opening import AsyncOpening, Opening
from .options import RequestOptions
from .prepare import Arguments
from .stream_state import StreamOperation, StreamState

Item = TypeVar("Item")


class Stream(StreamState[Item]):
    """Items that come one by one; nothing is asked for before it is opened.

    with client.events.watch() as stream:
        for item in stream:
            ...
    """

    def __init__(
        self,
        caller: Caller,
        operation: StreamOperation[Item],
        *,
        options: RequestOptions | None = None,
        **given: Unpack[Given],
    ) -> None:
        super().__init__(operation, Arguments(**given), options)
        self._opening = Opening(caller.transport)
        self._caller = caller.through(self._opening)
        self._items: Generator[Item] | None = None

    def __enter__(self) -> Self:
        """Opens the stream. Raises ApiError if the call fails."""
        self._open()
        self._items = self._read()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the connection back; nothing more comes."""
        if self._items is not None:
            self._items.close()
        self._opening.close()

    def __iter__(self) -> Iterator[Item]:
        """The items. Raises ApiError if the stream breaks."""
        if self._items is not None:
            return self._items
        # Whoever drops what is returned closes it, since nothing else holds it.
        self._open()
        return self._read()

    def _open(self) -> None:
        self._resuming.began(self._caller.settings(self._options))
        self._ask(self._arguments, self._options)

    def _ask(self, arguments: Arguments, options: RequestOptions | None) -> None:
        self._response = self._caller.respond(self._operation, arguments, options)
        if self._another():
            with self._placed():
                raise self._refused(self._opening.beginning())

    def _read(self) -> Generator[Item]:
        reader = self._operation.framing.reader()
        with self._placed():
            while True:
                error: ApiError | None = None
                try:
                    yield from self._read_one(reader)
                except (ApiConnectionError, ApiTimeoutError) as broken:
                    error = broken
                delay = self._resuming.delay(reader, error)
                if delay is None:
                    return
                time.sleep(delay)
                self._ask(
                    self._resuming.arguments(self._arguments, reader),
                    self._resuming.options(self._options),
                )
                if self.response.status == 204:
                    return
                reader = self._operation.framing.reader(reader.mark)

    def _read_one(self, reader: Frames) -> Generator[Item]:
        settings = self._caller.settings(self._options)
        strict, keep = settings.strict_responses, settings.keep_unknown
        with closing(self._opening):
            for chunk in self._opening.chunks():
                for frame in reader.feed(chunk):
                    yield self._item(frame, strict=strict, keep_unknown=keep)
                if reader.ended:
                    return
            for frame in reader.finish():
                yield self._item(frame, strict=strict, keep_unknown=keep)


class AsyncStream(StreamState[Item]):
    """Items that come one by one; as `Stream` in everything, for `async with`."""

    def __init__(
        self,
        caller: AsyncCaller,
        operation: StreamOperation[Item],
        *,
        options: RequestOptions | None = None,
        **given: Unpack[Given],
    ) -> None:
        super().__init__(operation, Arguments(**given), options)
        self._opening = AsyncOpening(caller.transport)
        self._caller = caller.through(self._opening)
        self._items: AsyncGenerator[Item] | None = None

    async def __aenter__(self) -> Self:
        """Opens the stream. Raises ApiError if the call fails."""
        if self._response is None:
            self._resuming.began(self._caller.settings(self._options))
            await self._ask(self._arguments, self._options)
            self._items = self._read()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Gives the connection back; nothing more comes."""
        if self._items is not None:
            await self._items.aclose()
        await self._opening.aclose()

    def __aiter__(self) -> AsyncIterator[Item]:
        """The items. Raises ApiError if the stream breaks, RuntimeError if it is not open.

        Only `async with` can give the connection back whatever happens.
        """
        if self._items is None:
            raise RuntimeError("the stream is not open: it is used in `async with`")
        return self._items

    async def _ask(self, arguments: Arguments, options: RequestOptions | None) -> None:
        self._response = await self._caller.respond(self._operation, arguments, options)
        if self._another():
            with self._placed():
                raise self._refused(await self._opening.beginning())

    async def _read(self) -> AsyncGenerator[Item]:
        import anyio

        reader = self._operation.framing.reader()
        with self._placed():
            while True:
                error: ApiError | None = None
                try:
                    async with aclosing(self._read_one(reader)) as items:
                        async for item in items:
                            yield item
                except (ApiConnectionError, ApiTimeoutError) as broken:
                    error = broken
                delay = self._resuming.delay(reader, error)
                if delay is None:
                    return
                await anyio.sleep(delay)
                await self._ask(
                    self._resuming.arguments(self._arguments, reader),
                    self._resuming.options(self._options),
                )
                if self.response.status == 204:
                    return
                reader = self._operation.framing.reader(reader.mark)

    async def _read_one(self, reader: Frames) -> AsyncGenerator[Item]:
        settings = self._caller.settings(self._options)
        strict, keep = settings.strict_responses, settings.keep_unknown
        async with (
            aclosing(self._opening),
            aclosing(self._opening.chunks()) as chunks,
        ):
            async for chunk in chunks:
                for frame in reader.feed(chunk):
                    yield self._item(frame, strict=strict, keep_unknown=keep)
                if reader.ended:
                    return
            for frame in reader.finish():
                yield self._item(frame, strict=strict, keep_unknown=keep)
