"""`calque dump`: what calque understood of a document."""

from __future__ import annotations

import argparse
from pathlib import Path

from calque.cli.options import (
    AT_FAULT,
    DONE,
    Commands,
    add_document,
    add_loudness,
    terms,
)
from calque.cli.report import progress, report
from calque.project import config_of


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("dump", help="print the model of a document as JSON")
    command.set_defaults(run=_run)
    add_document(command)
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    from calque.dump import dump
    from calque.pipeline import understand

    spec: Path | str = arguments.spec
    settings = config_of(spec)
    with progress(arguments) as told:
        result = understand(spec, told, terms(arguments, settings))
    report(result, arguments)
    if result.value is None:
        return AT_FAULT
    print(dump(result.value))
    return DONE
