"""What the answers to an operation that goes on say of it, and where they lead.

The rules are those of Azure (Resource Manager RPC, "Asynchronous Operations"; REST API
Guidelines, "Long-Running Operations"), which others follow too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar, cast

import msgspec

from .json_values import as_object
from .links import absolute
from .long_running import (
    LongRunningOperation,
    OperationCanceledError,
    OperationFailedError,
    OperationState,
    Path,
    Phase,
    Place,
    PollingError,
)
from .operation import Answer, AnswerKey, Binary, Empty, Operation
from .prepare import accepted
from .request import RawResponse
from .response import Response, placed

T = TypeVar("T")

_PHASES: Mapping[str, Phase] = {
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "canceled",
    "cancelled": "canceled",
}
_MONITORS = ("operation-location", "azure-asyncoperation")
_STATUS: tuple[Path, ...] = (("status",),)
_PROVISIONING: tuple[Path, ...] = (
    ("properties", "provisioningState"),
    ("provisioningState",),
)


def begun(
    operation: LongRunningOperation[object], original: str, response: Response[bytes]
) -> tuple[Place | None, OperationState]:
    """Where to ask after the first answer, and what that says itself.

    There is no place where it is the end already. Raises PollingError if it is not, and
    does not say where to ask.
    """
    place = _place(operation, original, response)
    if place is None and response.status == 202:
        words = "the service does not say where it tells of the operation"
        raise placed(PollingError(words), response)
    if place is None or place.way == "resource":
        state = _state(operation, _PROVISIONING, response, _by_status(response))
    else:
        state = _state(operation, (), response, "running")
    return place, state


def asked(
    operation: LongRunningOperation[object], place: Place, response: Response[bytes]
) -> tuple[Place, OperationState]:
    """Where to ask the next time, and what an answer says."""
    location = _location(response)
    changed = place
    if place.way == "monitor":
        url = _monitor(operation, response) or place.url
        changed = msgspec.structs.replace(
            place, url=url, location=location or place.location
        )
    elif place.way == "location" and location is not None:
        changed = msgspec.structs.replace(place, url=location, location=location)
    told = {"monitor": _STATUS + _PROVISIONING, "resource": _PROVISIONING}
    paths = told.get(place.way, ())
    return changed, _state(operation, paths, response, _by_status(response))


def result_url(
    operation: LongRunningOperation[object], place: Place, response: Response[bytes]
) -> str | None:
    """Where the result is; None if it is in the last answer, or if there is none."""
    if not ends(operation):
        return None
    replaces = operation.method in ("PUT", "PATCH")
    if operation.final == "original-uri" and place.way != "resource":
        return place.original
    if place.way != "monitor":
        empty = not response.content.strip()
        return place.original if replaces and empty else None
    if operation.final == "location" and place.location is not None:
        return place.location
    told = operation.final in ("azure-async-operation", "operation-location")
    if not replaces and (told or operation.method == "DELETE"):
        return None
    # Microsoft REST API Guidelines, "Target resource location".
    elsewhere = absolute(_member(_json(response), ("resourceLocation",)), response)
    return elsewhere or (place.original if replaces else place.location)


def ends(operation: LongRunningOperation[object]) -> Mapping[AnswerKey, Answer]:
    """The answers that may be the last one, as far as there is something in them.

    That it was accepted (202) is not the end, unless the document knows no other.
    """
    if operation.end is not None:
        return {"2XX": operation.end}
    good = {k: a for k, a in operation.answers.items() if str(k).startswith("2")}
    good = good or {k: a for k, a in operation.answers.items() if k == "default"}
    last = {k: a for k, a in good.items() if k != 202} or good
    return {k: a for k, a in sorted(last.items(), key=str) if not isinstance(a, Empty)}


def end(operation: LongRunningOperation[T], response: Response[bytes]) -> Operation[T]:
    """The operation, with the one answer that the last one is read as."""
    found: Mapping[AnswerKey, Answer] = ends(operation)
    declared = operation.answers.get(response.status)
    if isinstance(declared, Empty) and not response.content.strip():
        found = {}
    last = found.get(response.status) or next(iter(found.values()), Empty())
    return msgspec.structs.replace(operation, answers={"2XX": last})


def taken_whole(operation: LongRunningOperation[object]) -> Operation[bytes]:
    """The operation, with the answers that are no errors left as they come."""
    errors = {k: a for k, a in operation.answers.items() if not str(k).startswith("2")}
    whole = msgspec.structs.replace(
        operation, answers={**errors, "2XX": Binary()}, accept=accepted(operation)
    )
    return cast("Operation[bytes]", whole)


def looked_at(operation: LongRunningOperation[object]) -> Operation[bytes]:
    """The request that a link of the operation is followed by."""
    whole = taken_whole(operation)
    return msgspec.structs.replace(
        whole, method="GET", content_type=None, body=None, idempotency=None
    )


def failure(response: RawResponse, state: OperationState) -> OperationFailedError:
    """The error that the end of an operation is."""
    canceled = state.phase == "canceled"
    kind = OperationCanceledError if canceled else OperationFailedError
    return kind(response=response, state=state.status)


def _place(
    operation: LongRunningOperation[object], original: str, response: Response[bytes]
) -> Place | None:
    location = _location(response)
    way: Literal["monitor", "location", "resource"]
    resource = operation.method in ("PUT", "PATCH", "GET")
    told = _word(operation, _PROVISIONING, _json(response))
    if url := _monitor(operation, response):
        way = "monitor"
    elif location and (response.status == 202 or not (resource and told)):
        way, url = "location", location
    elif resource:
        way, url = "resource", original
    else:
        return None
    return Place(
        operation=operation.id, way=way, url=url, original=original, location=location
    )


def _monitor(
    operation: LongRunningOperation[object], response: Response[bytes]
) -> str | None:
    """The link to what tells of the state."""
    links: list[object] = [response.headers.get(name) for name in _MONITORS]
    if operation.link:
        links.append(_member(_json(response), operation.link))
    found = (absolute(link, response) for link in links)
    return next((url for url in found if url), None)


def _location(response: Response[bytes]) -> str | None:
    return absolute(response.headers.get("location"), response)


def _state(
    operation: LongRunningOperation[object],
    paths: tuple[Path, ...],
    response: Response[bytes],
    otherwise: Phase,
) -> OperationState:
    """What an answer says; where it says nothing, `otherwise`."""
    value = _json(response)
    word = _word(operation, paths, value)
    phase = otherwise if word is None else _phase(operation, word)
    status = word or {"running": "InProgress"}.get(phase, "Succeeded")
    return OperationState(status=status, phase=phase, value=value, response=response)


def _word(
    operation: LongRunningOperation[object], paths: tuple[Path, ...], value: object
) -> str | None:
    """The service's word for the state."""
    for path in (operation.status, *paths) if operation.status else paths:
        found = _member(value, path)
        if isinstance(found, str) and found:
            return found
    return None


def _phase(operation: LongRunningOperation[object], word: str) -> Phase:
    said = word.casefold()
    if said in map(str.casefold, operation.succeeded):
        return "succeeded"
    if said in map(str.casefold, operation.failed):
        return "failed"
    return _PHASES.get(said, "running")


def _by_status(response: Response[bytes]) -> Phase:
    return "running" if response.status == 202 else "succeeded"


def _json(response: Response[bytes]) -> object:
    """The body, None if it is no JSON."""
    try:
        found: object = msgspec.json.decode(response.content)
    except (msgspec.DecodeError, RecursionError):
        return None
    return found


def _member(value: object, path: Path) -> object:
    """What a path leads to; None where there is nothing."""
    for name in path:
        value = (as_object(value) or {}).get(name)
    return value
