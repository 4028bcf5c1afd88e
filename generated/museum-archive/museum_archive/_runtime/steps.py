"""One logical call from beginning to end: attempts, authentication, retries, the answer.

Written once, as a generator that does nothing itself: it yields what it needs of the
outside world and receives what came of it. So a call is the same whether a thread or a
task carries it out, and can be tested without either.
"""

from __future__ import annotations

from typing import TypeVar

from .answers import is_error, read_value, status_error
from .authenticate import authenticated, needed_schemes, renewable
from .effects import Done, Sleep, Steps, answered
from .errors import ApiError, ApiTimeoutError, SentRequest
from .headers import request_id_of
from .idempotency import Repeatability
from .operation import Operation
from .options import RequestOptions
from .prepare import Arguments, prepare
from .progress import Progress
from .redirects import MOST_REDIRECTS, redirected
from .request import RawResponse, Request
from .response import Response
from .retries import Attempted, Situation, may_pass, retry_delay
from .session import Session

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
    progress = Progress(session, settings, prepared, schemes)
    try:
        while True:
            schemes, sent = progress.schemes, progress.counted()
            asking = progress.asking(operation.scopes_of(schemes))
            request = yield from authenticated(session, sent, schemes, asking)
            request = progress.started(request)
            outcome = yield from answered(request)
            session.log.received(request, outcome)
            if _led_on(progress, outcome) or _renewed(progress, request, outcome):
                continue
            delay = _delay(progress, keys, request, outcome)
            if delay is None:
                break
            progress.retries += 1
            yield Sleep(delay)
        yield Done(_concluded(operation, progress, request, outcome))
    except ApiError as error:
        # An error of another call, that of a token provider, tells of itself already.
        if error.request is None:
            error.request = SentRequest.of(progress.request)
            error.attempts = progress.attempts
        raise


def _led_on(progress: Progress, outcome: Attempted) -> bool:
    """Whether the call goes on where a redirect leads."""
    if not progress.settings.follow_redirects or not isinstance(outcome, RawResponse):
        return False
    if len(progress.history) >= MOST_REDIRECTS:
        return False
    target = redirected(progress.request, outcome)
    if target is not None:
        progress.led_on(target, outcome)
    return target is not None


def _renewed(progress: Progress, request: Request, outcome: Attempted) -> bool:
    """Whether the call goes on with a new token, as the old one was refused."""
    if not progress.unauthorized(outcome) or request.spent:
        return False
    progress.renewed = renewable(progress.session, request, progress.schemes)
    return progress.renewed


def _delay(
    progress: Progress, keys: Repeatability, request: Request, outcome: Attempted
) -> float | None:
    """Seconds until the next attempt; None if there is none."""
    session = progress.session
    if not may_pass(outcome):
        session.budget.refund(retried=progress.retries > 0)
        return None
    now = session.clock.time()
    situation = Situation(
        method=request.method,
        repeatable=keys.repeatable,
        retries=progress.retries,
        max_retries=progress.settings.max_retries,
        time_left=progress.time_left,
        window_left=None if keys.until is None else keys.until - now,
        now=now,
        chance=session.clock.chance(),
        spent=request.spent,
    )
    delay = retry_delay(outcome, situation)
    if delay is None or not session.budget.take():
        return None
    session.log.retrying(request, outcome, delay, progress.attempts + 1)
    return delay


def _concluded(
    operation: Operation[T], progress: Progress, request: Request, outcome: Attempted
) -> Response[T]:
    """The answer of the whole call. Raises ApiError if it failed."""
    answer, settings = _received(progress, outcome), progress.settings
    keep_unknown = settings.keep_unknown
    if is_error(answer.status):
        raise status_error(
            operation=operation, response=answer, keep_unknown=keep_unknown
        )
    value, issues = read_value(
        answer, operation, strict=settings.strict_responses, keep_unknown=keep_unknown
    )
    progress.session.log.departs(operation.id, issues)
    return Response(
        value=value,
        request=SentRequest.of(request),
        status=answer.status,
        headers=answer.headers,
        content=answer.content,
        request_id=request_id_of(answer.headers),
        elapsed=progress.elapsed,
        attempts=progress.attempts,
        issues=issues,
        history=tuple(progress.history),
    )


def _received(progress: Progress, outcome: Attempted) -> RawResponse:
    """The answer that came at last. Raises ApiError if none did."""
    if isinstance(outcome, RawResponse):
        return outcome
    left = progress.time_left
    if isinstance(outcome, ApiTimeoutError) and left is not None and left <= 0:
        raise progress.exceeded(request_sent=outcome.request_sent) from outcome
    raise outcome
