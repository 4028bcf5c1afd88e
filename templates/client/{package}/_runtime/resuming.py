"""How one goes on waiting for an operation that was called before, perhaps elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

import msgspec

from .call import AsyncCaller, Caller
from .long_running import LongRunningOperation, Place
from .options import RequestOptions
from .poller import AsyncPoller, Poller
from .polling import Watch

T = TypeVar("T")
F = TypeVar("F")

_OPERATION = "__calque_operation__"


def resumable(operation: LongRunningOperation[object]) -> Callable[[F], F]:
    """Marks the method of an operation, so that `resume` knows which one it calls."""

    def marked(method: F) -> F:
        setattr(method, _OPERATION, operation)
        return method

    return marked


def resume(
    start: Callable[..., Poller[T]],
    position: str,
    *,
    options: RequestOptions | None = None,
) -> Poller[T]:
    """The poller of an operation that was called before, from the `position` of then.

        poller = resume(client.jobs.start, position)

    Nothing is asked for yet. Raises TypeError for what is no such operation of a client,
    ValueError for a position that is none of it.
    """
    caller = _caller(start)
    if not isinstance(caller, Caller):
        raise _unfit("resume")
    # Whoever marked the method did so with its own operation.
    operation = cast("LongRunningOperation[T]", _operation(start, "resume"))
    return Poller(
        caller, Watch(caller.session, operation, options, _at(position, operation))
    )


def async_resume(
    start: Callable[..., Awaitable[AsyncPoller[T]]],
    position: str,
    *,
    options: RequestOptions | None = None,
) -> AsyncPoller[T]:
    """`resume` for an operation of an asynchronous client; it is not awaited itself."""
    caller = _caller(start)
    if not isinstance(caller, AsyncCaller):
        raise _unfit("async_resume")
    operation = cast("LongRunningOperation[T]", _operation(start, "async_resume"))
    return AsyncPoller(
        caller, Watch(caller.session, operation, options, _at(position, operation))
    )


def _caller(start: object) -> object:
    """What a method of a client makes its calls by."""
    resource: object = getattr(start, "__self__", None)
    found: object = getattr(resource, "_caller", None)
    return found


def _operation(start: object, name: str) -> LongRunningOperation[object]:
    found: object = getattr(start, _OPERATION, None)
    if not isinstance(found, LongRunningOperation):
        raise _unfit(name)
    return cast("LongRunningOperation[object]", found)


def _unfit(name: str) -> TypeError:
    return TypeError(f"{name}() takes an operation of a client that goes on")


def _at(position: str, operation: LongRunningOperation[object]) -> Place:
    try:
        place = msgspec.json.decode(position, type=Place)
    except msgspec.DecodeError as error:
        raise ValueError("this is not the position of an operation") from error
    if place.operation != operation.id:
        raise ValueError(f"this is a position of {place.operation}")
    return place
