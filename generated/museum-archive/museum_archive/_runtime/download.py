"""Answers that are taken as they are, piece by piece: to go through, or to keep in a file."""

from __future__ import annotations

import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterator,
    Mapping,
)
from contextlib import aclosing, closing
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, cast

from .download_state import DownloadState, Progress, Writable
from .errors import ApiConnectionError, ApiTimeoutError
from .media_types import text_of
from .opening import AsyncOpening, Opening
from .options import Settings
from .response import Response, Slot, async_filled, filled, placed
from .transport import AsyncTransport, Transport

P = ParamSpec("P")


def download(call: Callable[P, bytes | str | None]) -> Callable[P, Download]:
    """The same operation, its answer read while it arrives.

    with download(client.files.get)(id) as found:
        found.save("report.pdf")
    """

    def called(*args: P.args, **kwargs: P.kwargs) -> Download:
        return Download(cast("Callable[..., object]", call), args, kwargs)

    return called


def async_download(
    call: Callable[P, Awaitable[bytes | str | None]],
) -> Callable[P, AsyncDownload]:
    """`download` for an operation of an asynchronous client.

    async with async_download(client.files.get)(id) as found:
        await found.save("report.pdf")
    """

    def called(*args: P.args, **kwargs: P.kwargs) -> AsyncDownload:
        awaited = cast("Callable[..., Awaitable[object]]", call)
        return AsyncDownload(awaited, args, kwargs)

    return called


class Download(DownloadState):
    """An answer that is read while it arrives; nothing is asked for before it is opened.

    Iterating gives its bytes. A connection is held until the `with` block is left.
    """

    def __init__(
        self,
        call: Callable[..., object],
        args: tuple[object, ...],
        given: Mapping[str, object],
    ) -> None:
        super().__init__(args, given)
        self._call = call
        self._opening: Opening | None = None
        self._pieces: Generator[bytes] | None = None

    def __enter__(self) -> Self:
        """Opens the download. Raises ApiError if the call fails."""
        self._response = self._ask({})
        self._pieces = self._read()
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
        if self._pieces is not None:
            self._pieces.close()
        if self._opening is not None:
            self._opening.close()

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, decompressed. Raises ApiError if they break off for good."""
        if self._pieces is None:
            raise RuntimeError("the download is not open: it is used in a `with` block")
        return self._pieces

    def lines(self) -> Iterator[str]:
        """The lines, without their ends. Raises ApiError if they break off for good."""
        kind = self.response.headers.get("content-type")
        rest = b""
        for piece in self:
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield text_of(line.removesuffix(b"\r"), kind)
        if rest:
            yield text_of(rest, kind)

    def save(
        self,
        target: str | os.PathLike[str] | Writable,
        *,
        progress: Progress | None = None,
    ) -> None:
        """Writes all bytes to a file, which is there under its name only when it is whole.

        An open file is written from where it stands, and stays open.
        """
        if not isinstance(target, str | os.PathLike):
            self._write(target, progress)
            return
        part = Path(f"{os.fspath(target)}.part")
        try:
            with part.open("wb") as file:
                self._write(file, progress)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def _write(self, file: Writable, progress: Progress | None) -> None:
        for piece in self:
            file.write(piece)
            if progress is not None:
                progress(self._seen, self.length)

    def _ask(self, fields: Mapping[str, str]) -> Response[object]:
        slot = Slot()
        slot.through = self._through
        try:
            return filled(slot, lambda: self._call(*self._args, **self._asking(fields)))
        except BaseException:
            if self._opening is not None:
                self._opening.close()
            raise

    def _through(self, transport: Transport, settings: Settings) -> Transport:
        self._began(settings)
        self._opening = Opening(transport)
        return self._opening

    def _read(self) -> Generator[bytes]:
        while self._opening is not None:
            try:
                with closing(self._opening):
                    for chunk in self._opening.chunks():
                        yield self._came(chunk)
                return
            except (ApiConnectionError, ApiTimeoutError) as error:
                placed(error, self.response)
                self._continues(self._ask(self._rest(error)), error)


class AsyncDownload(DownloadState):
    """An answer that is read while it arrives; as `Download`, for `async with`."""

    def __init__(
        self,
        call: Callable[..., Awaitable[object]],
        args: tuple[object, ...],
        given: Mapping[str, object],
    ) -> None:
        super().__init__(args, given)
        self._call = call
        self._opening: AsyncOpening | None = None
        self._pieces: AsyncGenerator[bytes] | None = None

    async def __aenter__(self) -> Self:
        """Opens the download. Raises ApiError if the call fails."""
        self._response = await self._ask({})
        self._pieces = self._read()
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
        if self._pieces is not None:
            await self._pieces.aclose()
        if self._opening is not None:
            await self._opening.aclose()

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The bytes, decompressed. Raises ApiError if they break off for good."""
        if self._pieces is None:
            raise RuntimeError("the download is not open: it is used in `async with`")
        return self._pieces

    async def lines(self) -> AsyncIterator[str]:
        """The lines, without their ends. Raises ApiError if they break off for good."""
        kind = self.response.headers.get("content-type")
        rest = b""
        async for piece in self:
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield text_of(line.removesuffix(b"\r"), kind)
        if rest:
            yield text_of(rest, kind)

    async def save(
        self,
        target: str | os.PathLike[str] | Writable,
        *,
        progress: Progress | None = None,
    ) -> None:
        """Writes all bytes to a file; as `Download.save`, in a thread of its own."""
        if not isinstance(target, str | os.PathLike):
            await self._write(target, progress)
            return
        part = Path(f"{os.fspath(target)}.part")
        try:
            with part.open("wb") as file:
                await self._write(file, progress)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    async def _write(self, file: Writable, progress: Progress | None) -> None:
        import anyio.to_thread

        async for piece in self:
            await anyio.to_thread.run_sync(file.write, piece)
            if progress is not None:
                progress(self._seen, self.length)

    async def _ask(self, fields: Mapping[str, str]) -> Response[object]:
        slot = Slot()
        slot.async_through = self._through
        asking = self._asking(fields)
        try:
            return await async_filled(slot, lambda: self._call(*self._args, **asking))
        except BaseException:
            if self._opening is not None:
                await self._opening.aclose()
            raise

    def _through(self, transport: AsyncTransport, settings: Settings) -> AsyncTransport:
        self._began(settings)
        self._opening = AsyncOpening(transport)
        return self._opening

    async def _read(self) -> AsyncGenerator[bytes]:
        while self._opening is not None:
            try:
                async with (
                    aclosing(self._opening),
                    aclosing(self._opening.chunks()) as chunks,
                ):
                    async for chunk in chunks:
                        yield self._came(chunk)
                return
            except (ApiConnectionError, ApiTimeoutError) as error:
                placed(error, self.response)
                self._continues(await self._ask(self._rest(error)), error)
