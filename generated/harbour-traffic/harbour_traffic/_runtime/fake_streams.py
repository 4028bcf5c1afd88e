"""Operations of a fake that answer item by item, always or where that is asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Generic, TypeVar, cast

from .codec import decode_lenient
from .fake_answers import Answers
from .fake_bodies import Fields, successes
from .fake_defaults import Default, Kept
from .fake_desk import Answerer
from .headers import Headers
from .json_values import as_array
from .operation import Operation
from .request import RawResponse, Request
from .stream_state import StreamOperation

T = TypeVar("T")
E = TypeVar("E")
Item = TypeVar("Item")


class StreamAnswers(Answers[Sequence[Item], E], Generic[Item, E]):
    """An operation that answers item by item: what it answers are sequences of items."""

    @property
    def _operation(self) -> StreamOperation[object]:
        return cast("StreamOperation[object]", super()._operation)

    def _made(self, value: object, status: int | None, headers: Fields) -> RawResponse:
        operation, write = self._operation, self._write
        items, kind = as_array(value) or [], operation.framing.item_type()
        if write is not None and kind is not None:
            items = [write(item, kind) for item in items]
        code, _ = next(successes(operation))
        return RawResponse(
            status=code if status is None else status,
            headers=Headers({"Content-Type": media_of(operation), **headers}),
            content=operation.framing.written(items),
        )

    def asked_by(self, request: Request) -> bool:
        """Whether it is this that a request asks for."""
        return request.headers.get("accept") == self._operation.accept

    def _default(self, found: Kept | None) -> Default[object]:
        kind = self._operation.framing.item_type()
        if found is None or kind is None:
            return Default([])
        texts = [json.dumps(item).encode() for item in as_array(found.value) or []]
        items = [decode_lenient(text, kind)[0] for text in texts]
        return Default(items, found.origin)


class _Streamed(StreamAnswers[Item, E]):
    """The side of an operation that answers item by item."""

    @property
    def call(self) -> str:
        """See `Answers`."""
        return f"{super().call}(stream=True)"

    @property
    def _constant(self) -> str:
        return f"{super()._constant}_STREAMED"

    @property
    def _key(self) -> str:
        return f"{self._operation.id}#stream"


class EitherAnswers(Answers[T, E], Generic[T, Item, E]):
    """An operation that answers at once; and item by item, as `streamed`, if asked to."""

    @property
    def streamed(self) -> StreamAnswers[Item, E]:
        """The operation where items are asked for."""
        return _Streamed[Item, E](self._write).placed(self._place)

    def chosen(self, request: Request) -> Answerer:
        """See `Answers`."""
        streamed = self.streamed
        return streamed if streamed.asked_by(request) else self


def media_of(operation: Operation[object]) -> str:
    """The media type that is asked for before all others."""
    return (operation.accept or "").partition(",")[0].partition(";")[0].strip()
