"""What it means that an operation goes on after it was answered."""

from __future__ import annotations

from dataclasses import dataclass

from calque.model.paging import Path
from calque.model.types import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """An operation that comes to a value of `type`, in the end.

    `final` says where that is (`final-state-via` of AutoRest); `link`, `status` and
    `result` lead into the answers, to the URL that tells of the state, to the word for
    it, and to the result. `succeeded` and `failed` are words besides the usual ones.
    `own`: whether the type is stated for the result alone, and is that of no answer.
    Links may lead to the service itself and to `hosts`.
    """

    type: Type
    final: str = ""
    link: Path = ()
    status: Path = ()
    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    result: Path = ()
    own: bool = False
    hosts: tuple[str, ...] = ()
