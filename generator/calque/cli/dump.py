"""`calque dump`: what calque understood of a document."""

from __future__ import annotations

import argparse
from pathlib import Path

from calque.cli.options import AT_FAULT, DONE, Commands, add_document, add_loudness
from calque.cli.report import progress, report
from calque.dump import dump
from calque.pipeline import understand


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("dump", help="print the model of a document as JSON")
    command.set_defaults(run=_run)
    add_document(command)
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    with progress(arguments) as told:
        result = understand(Path(arguments.spec), told, ref_root=arguments.ref_root)
    report(result, arguments)
    if result.value is None:
        return AT_FAULT
    print(dump(result.value))
    return DONE
