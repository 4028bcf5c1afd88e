"""How a command speaks: what was found in a document, what went wrong, what goes on."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from calque.codes import Code
from calque.diagnostics import Diagnostic, Severity, as_json, in_order, render
from calque.pipeline import Progress, Result, silent


def say(message: str, arguments: argparse.Namespace) -> None:
    """Tells of what has no place in the document."""
    if arguments.diagnostics == "json":
        said = {"severity": "error", "code": Code.REFUSED, "message": message}
        print(json.dumps(said), file=sys.stderr)
    else:
        print(f"calque: {message}", file=sys.stderr)


def report(result: Result, arguments: argparse.Namespace) -> None:
    """Prints what was found, in the order of the document, and how much it was."""
    found = in_order(result.diagnostics, result.locator)
    errors = [d for d in found if d.severity is Severity.ERROR]
    shown = errors if arguments.quiet else found
    if arguments.diagnostics == "json":
        for diagnostic in shown:
            print(as_json(diagnostic, result.locator), file=sys.stderr)
        return
    for diagnostic, more in _told(shown, every=arguments.verbose):
        print(render(diagnostic, result.locator), file=sys.stderr)
        if more:
            print(f"      = and {more} more like it (--verbose)", file=sys.stderr)
    if errors:
        many = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        print(f"calque: {many}; nothing comes of this document", file=sys.stderr)


def _told(
    found: Sequence[Diagnostic], *, every: bool
) -> Iterator[tuple[Diagnostic, int]]:
    """Each error, and each kind of warning once, with how many there are besides."""
    alike = Counter((d.code, d.message) for d in found)
    seen: set[tuple[str, str]] = set()
    for diagnostic in found:
        kind = (diagnostic.code, diagnostic.message)
        if every or diagnostic.severity is Severity.ERROR:
            yield diagnostic, 0
        elif kind not in seen:
            seen.add(kind)
            yield diagnostic, alike[kind] - 1


@contextmanager
def progress(arguments: argparse.Namespace) -> Generator[Progress]:
    """Shows the stages as they go: moving on a terminal, in lines when asked to."""
    if arguments.diagnostics == "json":
        yield silent
    elif arguments.verbose:
        yield lambda stage: print(f"calque: {stage}", file=sys.stderr)
    elif sys.stderr.isatty() and not arguments.quiet:
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield status.update
    else:
        yield silent
