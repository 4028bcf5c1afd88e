"""How operations that go on are waited for, by a thread or by a task."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import closing
from typing import Generic, TypeVar, Unpack

import msgspec

from .call import AsyncCaller, Caller
from .effects import Sleep
from .given import Given
from .long_running import LongRunningOperation, OperationState
from .options import RequestOptions, as_deadline
from .polling import Look, Polling, Watch
from .prepare import Arguments
from .response import Response

T = TypeVar("T")
S = TypeVar("S")
Begun = TypeVar("Begun")


class _Watched(Generic[T]):
    """What both kinds of pollers know of their operation."""

    def __init__(self, watch: Watch[T]) -> None:
        self._watch = watch

    @property
    def state(self) -> OperationState:
        """How far the operation is, as far as the service has told."""
        return self._watch.state

    @property
    def status(self) -> str:
        """The service's own word for that, such as `Running` or `Succeeded`."""
        return self._watch.state.status

    @property
    def done(self) -> bool:
        """Whether the operation is over, well or not."""
        return self._watch.state.done

    @property
    def position(self) -> str | None:
        """What `resume` goes on from, in another process too; text that can be kept.

        It holds the links of the service: who has it and a credential can ask. None for
        what was over at once.
        """
        place = self._watch.place
        return None if place is None else msgspec.json.encode(place).decode()

    def _until(self, timeout: float | None) -> float | None:
        return self._watch.deadline(as_deadline(timeout))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._watch.operation.id}: {self.status}>"


class Poller(_Watched[T]):
    """An operation that goes on after its call; `result()` waits for what it comes to.

    Iterating over it gives its states until it is over. Between two requests it waits as
    long as the service says, at most five minutes; else a second, then twice as long each
    time, up to half a minute. Each request is a call of its own, with its own retries:
    after an error one can go on asking. One thread at a time uses it.
    """

    def __init__(self, caller: Caller, watch: Watch[T]) -> None:
        super().__init__(watch)
        self._caller = caller

    @staticmethod
    def begun(
        caller: Caller,
        operation: LongRunningOperation[Begun],
        *,
        options: RequestOptions | None = None,
        **given: Unpack[Given],
    ) -> Poller[Begun]:
        """The poller of an operation that is called now."""
        watch = Watch(caller.session, operation, options)
        poller = Poller(caller, watch)
        poller._carried_out(watch.begin(Arguments(**given)))
        return poller

    def result(self, timeout: float | None = None) -> T:
        """What the operation comes to, once it is over.

        Raises OperationFailedError if it failed, OperationCanceledError if it was
        canceled; DeadlineExceededError if it is not over after `timeout` seconds, and
        other ApiErrors if that cannot be found out.
        """
        return self.response(timeout).value

    def response(self, timeout: float | None = None) -> Response[T]:
        """The whole answer that holds the result; as `result` in everything else."""
        return self._carried_out(self._watch.result(self._until(timeout)))

    def wait(self, timeout: float | None = None) -> OperationState:
        """How the operation ended, once it is over; that it failed is no error here."""
        self._carried_out(self._watch.over(self._until(timeout)))
        return self.state

    def poll(self) -> OperationState:
        """How far the operation is now: asks once, unless it is over."""
        self._carried_out(self._watch.look(None))
        return self.state

    def __iter__(self) -> Iterator[OperationState]:
        """The states from the present one to the end, each when it is known."""
        yield self.state
        while not self.done:
            self._carried_out(self._watch.next_state(None))
            yield self.state

    def _carried_out(self, steps: Polling[S]) -> S:
        with closing(steps):
            outcome: Response[bytes] | None = None
            try:
                while True:
                    outcome = self._outcome(steps.send(outcome))
            except StopIteration as over:
                found: S = over.value
                return found

    def _outcome(self, step: Look | Sleep) -> Response[bytes] | None:
        if isinstance(step, Sleep):
            self._caller.session.clock.sleep(step.seconds)
            return None
        return self._caller.respond(step.operation, step.arguments, step.options)


class AsyncPoller(_Watched[T]):
    """An operation that goes on after its call; as `Poller` in everything, awaited.

    Awaiting it is the same as awaiting its `result()`.
    """

    def __init__(self, caller: AsyncCaller, watch: Watch[T]) -> None:
        super().__init__(watch)
        self._caller = caller

    @staticmethod
    async def begun(
        caller: AsyncCaller,
        operation: LongRunningOperation[Begun],
        *,
        options: RequestOptions | None = None,
        **given: Unpack[Given],
    ) -> AsyncPoller[Begun]:
        """As `Poller.begun`."""
        watch = Watch(caller.session, operation, options)
        poller = AsyncPoller(caller, watch)
        await poller._carried_out(watch.begin(Arguments(**given)))
        return poller

    async def result(self, timeout: float | None = None) -> T:
        """As `Poller.result`."""
        return (await self.response(timeout)).value

    async def response(self, timeout: float | None = None) -> Response[T]:
        """As `Poller.response`."""
        return await self._carried_out(self._watch.result(self._until(timeout)))

    async def wait(self, timeout: float | None = None) -> OperationState:
        """As `Poller.wait`."""
        await self._carried_out(self._watch.over(self._until(timeout)))
        return self.state

    async def poll(self) -> OperationState:
        """As `Poller.poll`."""
        await self._carried_out(self._watch.look(None))
        return self.state

    def __await__(self) -> Generator[object, None, T]:
        return self.result().__await__()

    def __aiter__(self) -> AsyncIterator[OperationState]:
        """The states, as of `Poller`."""
        return _AsyncStates(self.state, self._following)

    async def _following(self) -> OperationState | None:
        """The next state; None after the last."""
        if self.done:
            return None
        await self._carried_out(self._watch.next_state(None))
        return self.state

    async def _carried_out(self, steps: Polling[S]) -> S:
        with closing(steps):
            outcome: Response[bytes] | None = None
            try:
                while True:
                    outcome = await self._outcome(steps.send(outcome))
            except StopIteration as over:
                found: S = over.value
                return found

    async def _outcome(self, step: Look | Sleep) -> Response[bytes] | None:
        if isinstance(step, Sleep):
            await self._caller.session.clock.asleep(step.seconds)
            return None
        return await self._caller.respond(step.operation, step.arguments, step.options)


# No asynchronous generator: trio warns of those that are left before their end.
class _AsyncStates(AsyncIterator[OperationState]):
    """The states of an operation, from the present one to the end."""

    def __init__(
        self,
        present: OperationState,
        following: Callable[[], Awaitable[OperationState | None]],
    ) -> None:
        self._present: OperationState | None = present
        self._following = following

    async def __anext__(self) -> OperationState:
        found, self._present = self._present, None
        if found is None:
            found = await self._following()
        if found is None:
            raise StopAsyncIteration
        return found
