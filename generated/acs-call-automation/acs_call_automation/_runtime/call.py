"""How calls are carried out: by a thread or by a task.

Each of the two callers does, in its own way, the three things that a call asks for:
sending, sleeping, asking for a token. Everything else is the same for both.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import TypeVar, assert_never, cast

from .effects import Ask, Done, Effect, Enter, Outcome, Send, Sleep
from .errors import ApiError, ConfigurationError
from .middleware import AsyncMiddleware, Middleware, info_of
from .operation import Operation
from .options import RequestOptions, Settings
from .prepare import Arguments
from .request import RawResponse, Request
from .response import Response, Slot, claim_slot
from .session import Session
from .steps import steps
from .token_source import no_token_in_time
from .tracing import traced
from .transport import AsyncTransport, Transport

T = TypeVar("T")


class Caller:
    """Calls operations in the thread that asks."""

    __slots__ = ("_middleware", "_send", "_session", "_transport")

    def __init__(
        self,
        session: Session,
        transport: Transport,
        middleware: Sequence[Middleware] = (),
    ) -> None:
        self._session = session
        self._transport = transport
        self._middleware = tuple(reversed(middleware))
        send = transport.send
        for each in self._middleware:
            send = partial(each.attempt, proceed=send)
        self._send = send

    def call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        body: object = None,
        options: RequestOptions | None = None,
    ) -> T:
        """The value of a successful call.

        A parameter or body of None or UNSET is not sent, except for a body of None where
        the operation `sends_null`. Raises ApiError if the call fails; ConfigurationError
        if a credential is missing or unusable; ValueError or TypeError for an argument
        that cannot be sent.
        """
        slot = claim_slot()
        arguments = Arguments(
            path=path or {},
            query=query or {},
            headers=headers or {},
            cookies=cookies or {},
            body=body,
        )
        response = self._by(slot, options).respond(operation, arguments, options)
        if slot is not None:
            slot.response = response
        return response.value

    def respond(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> Response[T]:
        """The whole answer to one call. Raises as `call` does."""
        proceed: Callable[[], Response[object]]
        proceed = partial(self._run, operation, arguments, options)
        for each in self._middleware:
            proceed = partial(each.call, info_of(operation), proceed)
        # What stands around a call gives back what the call gave.
        return cast("Response[T]", proceed())

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self._session.base_url

    @property
    def session(self) -> Session:
        """What all calls of the client share."""
        return self._session

    def _run(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> Response[T]:
        with closing(steps(self._session, operation, arguments, options)) as call:
            step = next(call)
            while not isinstance(step, Done):
                try:
                    outcome = self._carry_out(step)
                except ApiError as error:
                    step = call.throw(error)
                else:
                    step = call.send(outcome)
        return step.response

    def through(self, transport: Transport) -> Caller:
        """The same caller, sending in another way."""
        return Caller(self._session, transport, tuple(reversed(self._middleware)))

    def settings(self, options: RequestOptions | None) -> Settings:
        """The settings of a call with these options."""
        return self._session.settings.overridden(options)

    @property
    def transport(self) -> Transport:
        """What sends its requests."""
        return self._transport

    def _by(self, slot: Slot | None, options: RequestOptions | None) -> Caller:
        """What makes the call, which may be wanted in another way than read whole."""
        if slot is None or slot.through is None:
            return self
        return self.through(slot.through(self._transport, self.settings(options)))

    def _carry_out(self, effect: Effect) -> Outcome:
        match effect:
            case Send():
                with traced(effect.request, self._session.api.package) as attempt:
                    return attempt.answered(self._send(attempt.request))
            case Sleep():
                self._session.clock.sleep(effect.seconds)
                return None
            case Ask():
                return _immediate(effect.provider())
            case Enter():
                if effect.gate.enter(effect.seconds):
                    return None
                raise no_token_in_time()
            case _:
                assert_never(effect)


class AsyncCaller:
    """Calls operations in the task that asks, of asyncio or of trio."""

    __slots__ = ("_middleware", "_send", "_session", "_transport")

    def __init__(
        self,
        session: Session,
        transport: AsyncTransport,
        middleware: Sequence[AsyncMiddleware] = (),
    ) -> None:
        self._session = session
        self._transport = transport
        self._middleware = tuple(reversed(middleware))
        send: Callable[[Request], Awaitable[RawResponse]] = transport.send
        for each in self._middleware:
            send = partial(each.attempt, proceed=send)
        self._send = send

    async def call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        body: object = None,
        options: RequestOptions | None = None,
    ) -> T:
        """The value of a successful call; as `Caller.call` in everything."""
        slot = claim_slot()
        arguments = Arguments(
            path=path or {},
            query=query or {},
            headers=headers or {},
            cookies=cookies or {},
            body=body,
        )
        caller = self._by(slot, options)
        response = await caller.respond(operation, arguments, options)
        if slot is not None:
            slot.response = response
        return response.value

    async def respond(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> Response[T]:
        """The whole answer to one call. Raises as `call` does."""
        proceed: Callable[[], Awaitable[Response[object]]]
        proceed = partial(self._run, operation, arguments, options)
        for each in self._middleware:
            proceed = partial(each.call, info_of(operation), proceed)
        # What stands around a call gives back what the call gave.
        return cast("Response[T]", await proceed())

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self._session.base_url

    @property
    def session(self) -> Session:
        """What all calls of the client share."""
        return self._session

    async def _run(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> Response[T]:
        with closing(steps(self._session, operation, arguments, options)) as call:
            step = next(call)
            while not isinstance(step, Done):
                try:
                    outcome = await self._carry_out(step)
                except ApiError as error:
                    step = call.throw(error)
                else:
                    step = call.send(outcome)
        return step.response

    def through(self, transport: AsyncTransport) -> AsyncCaller:
        """The same caller, sending in another way."""
        return AsyncCaller(self._session, transport, tuple(reversed(self._middleware)))

    def settings(self, options: RequestOptions | None) -> Settings:
        """The settings of a call with these options."""
        return self._session.settings.overridden(options)

    @property
    def transport(self) -> AsyncTransport:
        """What sends its requests."""
        return self._transport

    def _by(self, slot: Slot | None, options: RequestOptions | None) -> AsyncCaller:
        """What makes the call, which may be wanted in another way than read whole."""
        if slot is None or slot.async_through is None:
            return self
        settings = self.settings(options)
        return self.through(slot.async_through(self._transport, settings))

    async def _carry_out(self, effect: Effect) -> Outcome:
        match effect:
            case Send():
                with traced(effect.request, self._session.api.package) as attempt:
                    return attempt.answered(await self._send(attempt.request))
            case Sleep():
                await self._session.clock.asleep(effect.seconds)
                return None
            case Ask():
                token = effect.provider()
                return await token if isinstance(token, Awaitable) else token
            case Enter():
                if await effect.gate.aenter(effect.seconds):
                    return None
                raise no_token_in_time()
            case _:
                assert_never(effect)


def _immediate(token: str | Awaitable[str]) -> str:
    if not isinstance(token, Awaitable):
        return token
    if isinstance(token, Coroutine):
        # Python warns of coroutines that nobody awaits.
        token.close()
    raise ConfigurationError(
        "the credential is asynchronous: it needs the asynchronous client"
    )
