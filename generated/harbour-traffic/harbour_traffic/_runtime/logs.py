"""What is written to the log of the package, and what is kept out of it.

DEBUG: each attempt and its answer. INFO: each retry. WARNING: credentials over plain
HTTP, and answers that depart from the API's description. URLs are logged without
credentials, header fields by an allow-list, bodies not at all. Nothing is shown unless
the application configures logging ("Configuring Logging for a Library", Logging HOWTO).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence

from .errors import reason_phrase
from .issue import Issue
from .locks import ProcessLock
from .request import RawResponse, Request
from .retries import Attempted

_SHOWN_BY = "CALQUE_LOG"


class CallLog:
    """The log of the calls of one client."""

    # A service that sends ever new keys must not fill the memory of its callers.
    MOST_ISSUES = 1000

    __slots__ = ("_known", "_lock", "_logger")

    def __init__(self, package: str) -> None:
        self._logger = logging.getLogger(package)
        # Without any handler Python itself would print warnings to the error stream.
        if not any(isinstance(h, logging.NullHandler) for h in self._logger.handlers):
            self._logger.addHandler(logging.NullHandler())
        _show_as_told(self._logger)
        self._known: set[tuple[str, str]] = set()
        self._lock = ProcessLock()

    def sending(self, request: Request, attempt: int) -> None:
        """One attempt is made."""
        if self._logger.isEnabledFor(logging.DEBUG):
            self._logger.debug(
                "%s %s (attempt %d) %s",
                request.method,
                request.shown_url,
                attempt,
                request.headers.shown(),
            )

    def received(self, request: Request, outcome: Attempted) -> None:
        """What came of it."""
        if not self._logger.isEnabledFor(logging.DEBUG):
            return
        if isinstance(outcome, RawResponse):
            self._logger.debug(
                "%s %s: %s in %.3f s %s",
                request.method,
                request.shown_url,
                _status(outcome),
                outcome.elapsed,
                outcome.headers.shown(),
            )
        else:
            self._logger.debug(
                "%s %s: %s", request.method, request.shown_url, outcome.message
            )

    def retrying(
        self, request: Request, outcome: Attempted, delay: float, attempt: int
    ) -> None:
        """Another attempt will be made after `delay` seconds."""
        reason = (
            _status(outcome) if isinstance(outcome, RawResponse) else outcome.message
        )
        self._logger.info(
            "%s %s: %s; attempt %d follows in %.3f s",
            request.method,
            request.shown_url,
            reason,
            attempt,
            delay,
        )

    def plain_http(self, base_url: str) -> None:
        """Credentials will travel unencrypted."""
        self._logger.warning(
            "credentials are sent to %s unencrypted: use https", base_url
        )

    def departs(self, operation: str, issues: Sequence[Issue]) -> None:
        """An answer departs from its description: logged once per operation and place."""
        for issue in issues:
            # All items of an array count as one place.
            place = (operation, re.sub(r"\[\d+\]", "[*]", issue.path))
            if self._is_new(place):
                self._logger.warning(
                    "%s: the answer departs from its description at %s: %s",
                    operation,
                    issue.path,
                    issue.message,
                )

    def _is_new(self, place: tuple[str, str]) -> bool:
        with self._lock:
            if place in self._known or len(self._known) >= self.MOST_ISSUES:
                return False
            self._known.add(place)
            return True


def _show_as_told(logger: logging.Logger) -> None:
    """Shows the log on the error stream where the environment variable CALQUE_LOG asks.

    Its value is a level: debug, info, warning or error; another is as none.
    """
    wanted = os.environ.get("CALQUE_LOG", "").upper()
    level = logging.getLevelNamesMapping().get(wanted)
    if not level or any(h.name == _SHOWN_BY for h in logger.handlers):
        return
    handler = logging.StreamHandler()
    handler.name = _SHOWN_BY
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)


def _status(response: RawResponse) -> str:
    return f"{response.status} {reason_phrase(response.status)}".rstrip()
