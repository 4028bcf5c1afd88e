"""One logical call from beginning to end: attempts, authentication, retries, the answer.

Written once, as a generator that does nothing itself: it yields what it needs of the
outside world and receives what came of it. So a call is the same whether a thread or a
task carries it out, and can be tested without either.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from .answers import is_error, read_value, status_error
from .authenticate import authenticated, needed_schemes, renewable
from .effects import Done, Outcome, Send, Sleep, Steps
from .errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    SentRequest,
)
from .headers import request_id_of
from .idempotency import Repeatability
from .operation import Operation
from .options import RequestOptions, Settings
from .prepare import Arguments, prepare
from .progress import Progress
from .redirects import MOST_REDIRECTS, redirected
from .request import RawResponse, Request
from .response import Response
from .retries import Failure, Situation, Stop, decide, may_pass
from .session import Session
from .urls import same_origin

T = TypeVar("T")


def steps(
    session: Session,
    operation: Operation[T],
    arguments: Arguments,
    options: RequestOptions | None,
) -> Steps[T]:
    """The steps of one call, the last of which is Done.

    Raises ApiError if the call fails, ConfigurationError if a credential is missing or
    unusable, ValueError or TypeError for an argument or option that makes no sense.
    """
    settings = session.settings.overridden(options)
    prepared, keys = prepare(session, operation, arguments, settings)
    anonymous = arguments.anonymous
    schemes = () if anonymous else needed_schemes(session, operation, prepared)
    progress = Progress(session.clock, settings.deadline)
    try:
        while True:
            asking = progress.asking(session, operation.scopes_of(schemes), settings)
            request = progress.counted(prepared)
            request = yield from authenticated(session, request, schemes, asking)
            request = progress.started(request)
            session.log.sending(request, progress.attempts)
            outcome = yield from _answered(request)
            session.log.received(request, outcome)
            target = _redirect(settings, progress, prepared, outcome)
            if target is not None:
                if not same_origin(target.url, prepared.url):
                    schemes = ()
                prepared = target
                continue
            if progress.unauthorized(outcome, settings) and not request.spent:
                progress.renewed = renewable(session, request, schemes)
                if progress.renewed:
                    continue
            delay = _delay(session, settings, keys, progress, request, outcome)
            if delay is None:
                break
            progress.retries += 1
            yield Sleep(delay)
        yield Done(_concluded(session, operation, settings, progress, request, outcome))
    except ApiError as error:
        # An error of another call, that of a token provider, tells of itself already.
        if error.request is None:
            error.request = SentRequest.of(prepared)
            error.attempts = progress.attempts
        raise


def _answered(request: Request) -> Generator[Send, Outcome, Failure]:
    """What came of one attempt: an answer of any status, or why there is none."""
    try:
        outcome = yield Send(request)
    except (ApiConnectionError, ApiTimeoutError) as error:
        return error
    if not isinstance(outcome, RawResponse):
        raise TypeError(f"the transport returned a {type(outcome).__name__}")
    return outcome


def _redirect(
    settings: Settings, progress: Progress, request: Request, outcome: Failure
) -> Request | None:
    """Where the call goes on, if a redirect leads it on; kept in its history."""
    if not settings.follow_redirects or not isinstance(outcome, RawResponse):
        return None
    if len(progress.history) >= MOST_REDIRECTS:
        return None
    target = redirected(request, outcome)
    if target is not None:
        progress.history.append(outcome)
    return target


def _delay(
    session: Session,
    settings: Settings,
    keys: Repeatability,
    progress: Progress,
    request: Request,
    outcome: Failure,
) -> float | None:
    """Seconds until the next attempt; None if there is none."""
    if not may_pass(outcome):
        session.budget.refund(retried=progress.retries > 0)
        return None
    now = session.clock.time()
    situation = Situation(
        method=request.method,
        repeatable=keys.repeatable,
        retries=progress.retries,
        max_retries=settings.max_retries,
        time_left=progress.time_left,
        window_left=None if keys.until is None else keys.until - now,
        now=now,
        chance=session.clock.chance(),
        spent=request.spent,
    )
    decision = decide(outcome, situation)
    if isinstance(decision, Stop) or not session.budget.take():
        return None
    session.log.retrying(request, outcome, decision.delay, progress.attempts + 1)
    return decision.delay


def _concluded(
    session: Session,
    operation: Operation[T],
    settings: Settings,
    progress: Progress,
    request: Request,
    outcome: Failure,
) -> Response[T]:
    """The answer of the whole call. Raises ApiError if it failed."""
    if isinstance(outcome, ApiTimeoutError):
        left = progress.time_left
        if left is not None and left <= 0:
            raise progress.exceeded(request_sent=outcome.request_sent) from outcome
    if not isinstance(outcome, RawResponse):
        raise outcome
    if is_error(outcome.status):
        raise status_error(
            operation=operation, response=outcome, keep_unknown=settings.keep_unknown
        )
    value, issues = read_value(
        outcome,
        operation,
        strict=settings.strict_responses,
        keep_unknown=settings.keep_unknown,
    )
    session.log.departs(operation.id, issues)
    return Response(
        value=value,
        request=SentRequest.of(request),
        status=outcome.status,
        headers=outcome.headers,
        content=outcome.content,
        request_id=request_id_of(outcome.headers),
        elapsed=progress.elapsed,
        attempts=progress.attempts,
        issues=issues,
        history=tuple(progress.history),
    )
