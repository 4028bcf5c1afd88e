"""What a stream knows of its call, of its items, and of what to ask for when it breaks."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Generic, Self, TypeVar, cast

from .codec import decode_lenient
from .error_details import error_details
from .errors import ApiError, ResponseDecodeError
from .framing import Frame, Framing
from .issue import DecodeError, Issue
from .media_types import essence
from .operation import Operation
from .options import RequestOptions
from .prepare import Arguments
from .reconnecting import Resuming
from .request import RawResponse
from .response import Response, placed

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)


class StreamOperation(Operation[None], Generic[Item_co], frozen=True, kw_only=True):
    """An operation that answers with items that come one by one."""

    framing: Framing


class StreamState(Generic[Item]):
    """What both kinds of streams know of their call."""

    def __init__(
        self,
        operation: StreamOperation[Item],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> None:
        self._operation = operation
        self._options = options
        self._arguments = arguments
        self._resuming = Resuming()
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

    def reconnecting(self) -> Self:
        """Has server-sent events go on where they break off or end.

        They are asked for again with `Last-Event-ID`, after the delay that the service
        names, until it says that there are no more, answers with 204, or fails. Raises
        TypeError for other streams.
        """
        if self._operation.framing.reader().mark is None:
            raise TypeError("only server-sent events can be reconnected to")
        self._resuming.wanted = True
        return self

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

    def _another(self) -> bool:
        """Whether what came is of a media type that no such stream has."""
        response = self.response
        content_type = response.headers.get("content-type")
        bare = response.status == 204
        return not bare and not self._operation.framing.reads(content_type)

    def _refused(self, content: bytes) -> ResponseDecodeError:
        """The error that another answer than a stream is, in the service's own words."""
        came = essence(self.response.headers.get("content-type"))
        words = f"{came} came in place of {self._operation.framing.words}"
        said = filter(None, (words, *error_details(content)))
        return self._failed(": ".join(said), content, ())

    @contextmanager
    def _placed(self) -> Generator[None]:
        """Has the errors of the reading tell of the call."""
        try:
            yield
        except ApiError as error:
            # One that tells of a call already is that of another one.
            if error.request is None:
                placed(error, self.response)
            raise
