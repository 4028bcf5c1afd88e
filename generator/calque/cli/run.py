"""The commands of `calque`, and what becomes of one: its exit code, or what went wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from calque import __version__, config, lock
from calque.cli.options import AT_FAULT, DONE, WRONG_USAGE
from calque.cli.report import complain
from calque.write import Refused

__all__ = ["AT_FAULT", "DONE", "WRONG_USAGE", "main"]

COMMANDS = (
    *("init", "generate", "check", "watch", "update", "adopt", "templates", "diff"),
    "dump",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code.

    0: done. 1: the document is at fault, or with `--check` the package is not up to
    date. 2: wrong usage.
    """
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser(given).parse_args(given)
    try:
        code = int(arguments.run(arguments))
        print(end="", flush=True)
    except BrokenPipeError:
        # An error of the system, but none to complain of: `calque.cli.main` answers it.
        raise
    except (Refused, config.ConfigError, lock.LockError, OSError) as error:
        complain(error, arguments)
        return WRONG_USAGE
    return code


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command that is named; of all, where none is.

    What the others need to be loaded would only take time.
    """
    parser = argparse.ArgumentParser(
        prog="calque",
        description="Turns an OpenAPI document into a Python client package.",
    )
    parser.add_argument("--version", action="version", version=f"calque {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    named = [name for name in COMMANDS if name in given[:1]]
    for name in named or COMMANDS:
        import_module(f"calque.cli.{name}").add(commands)
    return parser
