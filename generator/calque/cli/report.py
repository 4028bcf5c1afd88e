"""How a command speaks: what was found in a document, what went wrong, what goes on."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from calque.codes import Code
from calque.diagnostics import (
    Diagnostic,
    Locator,
    Once,
    PlacedError,
    Position,
    Severity,
    as_json,
    framed,
    in_order,
    render,
)
from calque.fresh import Said

if TYPE_CHECKING:
    from calque.pipeline import Progress
    from calque.theirs import Lack


def say(message: str, arguments: argparse.Namespace) -> None:
    """Tells of what has no place in the document."""
    if arguments.diagnostics == "json":
        said = {"severity": "error", "code": Code.REFUSED, "message": message}
        print(json.dumps(said), file=sys.stderr)
    else:
        print(f"calque: {message}", file=sys.stderr)


def complain(error: Exception, arguments: argparse.Namespace) -> None:
    """Tells why a command can't go on, and at which place of which file, if at any."""
    where = error.location if isinstance(error, PlacedError) else None
    if not isinstance(error, PlacedError) or where is None:
        say(_words(error), arguments)
    elif arguments.diagnostics == "json":
        at = where.position or Position(0, 0)
        place = {
            "file": where.file,
            "line": at.line or None,
            "column": at.column or None,
        }
        said = {"severity": "error", "code": Code.REFUSED, "message": error.message}
        print(json.dumps({**said, **place}), file=sys.stderr)
    else:
        lines = framed(where, Severity.ERROR, error.message, Code.REFUSED)
        print("\n".join(lines), file=sys.stderr)


def _words(error: Exception) -> str:
    """What an error says; of one of the system, of which file it is first."""
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(map(str, filter(None, [error.filename, error.strerror])))
    return str(error)


class Outcome(Protocol):
    """What was found in a document, and where it stands."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What was found."""
        ...

    @property
    def locator(self) -> Locator:
        """Where it stands."""
        ...


def report(
    outcome: Outcome, arguments: argparse.Namespace, lacks: Sequence[Lack] = ()
) -> tuple[Said, ...]:
    """Prints what was found, in the order of the document, then what is not there."""
    locator = Once(outcome.locator)
    found = in_order(outcome.diagnostics, locator)
    said = (
        *(_said(diagnostic, locator) for diagnostic in found),
        *(_said(lack.diagnostic, lack) for lack in lacks),
    )
    repeat(said, arguments)
    return said


def _said(diagnostic: Diagnostic, locator: Locator) -> Said:
    return Said(
        severity=diagnostic.severity,
        code=diagnostic.code,
        message=diagnostic.message,
        text=render(diagnostic, locator),
        json=as_json(diagnostic, locator),
    )


def repeat(said: Sequence[Said], arguments: argparse.Namespace) -> None:
    """Prints what was found in a document, now or in an earlier run."""
    errors = [each for each in said if each.severity == Severity.ERROR]
    shown = errors if arguments.quiet else said
    if arguments.diagnostics == "json":
        for each in shown:
            print(each.json, file=sys.stderr)
        return
    for each, more in _told(shown, every=arguments.verbose):
        print(each.text, file=sys.stderr)
        if more:
            print(f"      = and {more} more like it (--verbose)", file=sys.stderr)
    if errors:
        many = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        print(f"calque: {many}; nothing comes of this document", file=sys.stderr)


def _told(said: Sequence[Said], *, every: bool) -> Iterator[tuple[Said, int]]:
    """Each error, and each kind of warning once, with how many there are besides."""
    alike = Counter((d.code, d.message) for d in said)
    seen: set[tuple[str, str]] = set()
    for each in said:
        kind = (each.code, each.message)
        if every or each.severity == Severity.ERROR:
            yield each, 0
        elif kind not in seen:
            seen.add(kind)
            yield each, alike[kind] - 1


def _silent(stage: str) -> None:
    """Tells nobody of a stage."""


@contextmanager
def progress(arguments: argparse.Namespace) -> Generator[Progress]:
    """Shows the stages as they go: moving on a terminal, in lines when asked to."""
    if arguments.diagnostics == "json":
        yield _silent
    elif arguments.verbose:
        yield lambda stage: print(f"calque: {stage}", file=sys.stderr)
    elif sys.stderr.isatty() and not arguments.quiet:
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield status.update
    else:
        yield _silent
