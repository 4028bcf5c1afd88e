"""The command `calque`: what a person types, and all that is ever printed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from calque import __version__, config, lock
from calque.diagnostics import Diagnostic, Severity, as_json, in_order, render
from calque.dump import dump
from calque.pipeline import Package, Progress, Result, package, silent, understand
from calque.write import Changes, Refused, apply, check_writable, compare, difference

DONE, AT_FAULT, WRONG_USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code.

    0: done. 1: the document is at fault, or with `--check` the package is not up to
    date. 2: wrong usage.
    """
    arguments = _parser().parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (Refused, config.ConfigError, lock.LockError, OSError) as error:
        _say(str(error), arguments)
        return WRONG_USAGE
    return code


def _say(message: str, arguments: argparse.Namespace) -> None:
    """Tells of what has no place in the document."""
    if arguments.diagnostics == "json":
        said = {"severity": "error", "code": "refused", "message": message}
        print(json.dumps(said), file=sys.stderr)
    else:
        print(f"calque: {message}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="calque",
        description="Turns an OpenAPI document into a Python client package.",
    )
    parser.add_argument("--version", action="version", version=f"calque {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    generate = commands.add_parser("generate", help="write the package of a document")
    generate.set_defaults(run=_generate)
    generate.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="its folder"
    )
    generate.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 with a diff when DIR is not up to date",
    )
    inspect = commands.add_parser("dump", help="print the model of a document as JSON")
    inspect.set_defaults(run=_dump)
    for command in (generate, inspect):
        _add_common(command)
    return parser


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "spec", type=Path, metavar="SPEC", help="the document, YAML or JSON"
    )
    command.add_argument(
        "--ref-root",
        type=Path,
        metavar="DIR",
        help="read the files that SPEC refers to below DIR (default: SPEC's folder)",
    )
    loudness = command.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="errors only")
    loudness.add_argument(
        "-v", "--verbose", action="store_true", help="every stage and file"
    )
    command.add_argument(
        "--diagnostics",
        choices=("text", "json"),
        default="text",
        help="the form of errors and warnings, on standard error (default: text)",
    )


def _generate(arguments: argparse.Namespace) -> int:
    spec, folder = Path(arguments.spec), Path(arguments.output)
    settings = config.read(spec.parent)
    memory = lock.read(folder)
    with _progress(arguments) as progress:
        result = understand(spec, progress, arguments.ref_root)
        made = _package(result, settings, memory, progress)
    _report(result, arguments)
    if made is None:
        return AT_FAULT
    changes = compare(folder, made.files, memory)
    if arguments.check:
        sys.stdout.writelines(difference(changes))
        return AT_FAULT if changes else DONE
    check_writable(folder, made.files, memory)
    apply(changes)
    _summarise(changes, len(made.files), arguments)
    return DONE


def _package(
    result: Result,
    settings: config.Config,
    memory: lock.Lock | None,
    progress: Progress,
) -> Package | None:
    if result.value is None:
        return None
    return package(result.value, settings, result.digest, memory, progress)


def _dump(arguments: argparse.Namespace) -> int:
    with _progress(arguments) as progress:
        result = understand(Path(arguments.spec), progress, ref_root=arguments.ref_root)
    _report(result, arguments)
    if result.value is None:
        return AT_FAULT
    print(dump(result.value))
    return DONE


def _report(result: Result, arguments: argparse.Namespace) -> None:
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


def _summarise(changes: Changes, total: int, arguments: argparse.Namespace) -> None:
    if arguments.quiet or arguments.diagnostics == "json":
        return
    if arguments.verbose:
        for path in sorted(changes.written):
            print(f"wrote {changes.folder / path}", file=sys.stderr)
        for path in changes.removed:
            print(f"removed {changes.folder / path}", file=sys.stderr)
    if sys.stderr.isatty() or arguments.verbose:
        print(
            f"{changes.folder}: {total} files, {len(changes.written)} written, "
            f"{len(changes.removed)} removed",
            file=sys.stderr,
        )


@contextmanager
def _progress(arguments: argparse.Namespace) -> Generator[Progress]:
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
