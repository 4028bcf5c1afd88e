"""Answers that are read while they arrive, by a thread or by a task.

A stream holds a connection: leaving its `with` block gives that back, as does going on to
the end.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import aclosing, closing, contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from .call import AsyncCaller, Caller
from .codec import decode_lenient
from .errors import ApiError, ResponseDecodeError
from .framing import Frame, Framing
from .issue import DecodeError, Issue
from .opening import AsyncOpening, Opening
from .operation import Operation
from .options import RequestOptions
from .prepare import Arguments
from .request import RawResponse
from .response import Response

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)


class StreamOperation(Operation[None], Generic[Item_co], frozen=True, kw_only=True):
    """An operation that answers with items that come one by one."""

    framing: Framing


class _Stream(Generic[Item]):
    """What both kinds of streams know of their call."""

    def __init__(
        self,
        operation: StreamOperation[Item],
        path: Mapping[str, object] | None,
        query: Mapping[str, object] | None,
        headers: Mapping[str, object] | None,
        cookies: Mapping[str, object] | None,
        body: object,
        options: RequestOptions | None,
    ) -> None:
        self._operation = operation
        self._options = options
        self._arguments = Arguments(
            path=path or {},
            query=query or {},
            headers=headers or {},
            cookies=cookies or {},
            body=body,
        )
        self._response: Response[None] | None = None
        self.issues: tuple[Issue, ...] = ()
        """Where the last item departs from its description."""

    @property
    def response(self) -> Response[None]:
        """The answer as far as it is known at its beginning: status and header fields.

        Raises RuntimeError before the stream is opened.
        """
        if self._response is None:
            raise RuntimeError("the stream is not open: it is used in a `with` block")
        return self._response

    def _item(self, frame: Frame, *, strict: bool, keep_unknown: bool) -> Item:
        """The item that arrived.

        Raises ResponseDecodeError if it is no JSON; and with `strict` if it departs from
        its type.
        """
        if frame.content is None:
            return cast("Item", frame.value)
        # The operation states Item and the type of its items side by side.
        type_ = cast("type[Item]", frame.type)
        try:
            value, issues = decode_lenient(
                frame.content, type_, keep_unknown=keep_unknown
            )
        except DecodeError as error:
            words = "an item cannot be read as JSON"
            raise self._failed(words, frame.content, error.issues) from error
        self.issues = tuple(issues)
        if strict and issues:
            words = "an item departs from its description"
            raise self._failed(words, frame.content, self.issues)
        return value

    def _failed(
        self, message: str, content: bytes, issues: tuple[Issue, ...]
    ) -> ResponseDecodeError:
        response = self.response
        raw = RawResponse(
            status=response.status, headers=response.headers, content=content
        )
        return ResponseDecodeError(message, response=raw, issues=issues)

    @contextmanager
    def _placed(self) -> Generator[None]:
        """Has the errors of the reading tell of the call."""
        try:
            yield
        except ApiError as error:
            error.request = self.response.request
            error.attempts = self.response.attempts
            raise


class Stream(_Stream[Item]):
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
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        body: object = None,
        options: RequestOptions | None = None,
    ) -> None:
        super().__init__(operation, path, query, headers, cookies, body, options)
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
        self._response = self._caller.respond(
            self._operation, self._arguments, self._options
        )

    def _read(self) -> Generator[Item]:
        settings = self._caller.settings(self._options)
        strict, keep = settings.strict_responses, settings.keep_unknown
        reader = self._operation.framing.reader()
        with self._placed(), closing(self._opening):
            for chunk in self._opening.chunks():
                for frame in reader.feed(chunk):
                    yield self._item(frame, strict=strict, keep_unknown=keep)
                if reader.ended:
                    return
            for frame in reader.finish():
                yield self._item(frame, strict=strict, keep_unknown=keep)


class AsyncStream(_Stream[Item]):
    """Items that come one by one; as `Stream` in everything, for `async with`."""

    def __init__(
        self,
        caller: AsyncCaller,
        operation: StreamOperation[Item],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        body: object = None,
        options: RequestOptions | None = None,
    ) -> None:
        super().__init__(operation, path, query, headers, cookies, body, options)
        self._opening = AsyncOpening(caller.transport)
        self._caller = caller.through(self._opening)
        self._items: AsyncGenerator[Item] | None = None

    async def __aenter__(self) -> Self:
        """Opens the stream. Raises ApiError if the call fails."""
        if self._response is None:
            self._response = await self._caller.respond(
                self._operation, self._arguments, self._options
            )
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

    async def _read(self) -> AsyncGenerator[Item]:
        settings = self._caller.settings(self._options)
        strict, keep = settings.strict_responses, settings.keep_unknown
        reader = self._operation.framing.reader()
        with self._placed():
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
