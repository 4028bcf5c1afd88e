"""The command `calque`: what a person types, and all that is ever printed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from calque import __version__

__all__ = ["command", "main"]


def command() -> int:
    """Runs the command as a process of its own; returns its exit code.

    What a package is made of lives until it is made: to look for garbage meanwhile only takes
    time, and so does to take all of it apart, so that where all is done the process ends at
    once.
    """
    gc.disable()
    code = main()
    if code == 0:
        os._exit(code)
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code, as `calque.cli.run` says."""
    try:
        return _run(sys.argv[1:] if argv is None else list(argv))
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        # What was begun is as it was, or done (`transaction`); 130 is how shells tell of it.
        print("calque: interrupted", file=sys.stderr)
        return 130


def _run(words: Sequence[str]) -> int:
    if words == ["--version"]:
        # Whoever asks for the version alone should not wait for all the rest.
        print(f"calque {__version__}", flush=True)
        return 0
    from calque.cli import run

    return run.main(words)
