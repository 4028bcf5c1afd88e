"""Which changes for callers make a command fail: `--fail-on`."""

from __future__ import annotations

import argparse

from calque.cli.options import AT_FAULT, DONE
from calque.comparison import Effect, Report

NEVER, BREAKING = "never", "breaking"


def add_fail_on(command: argparse.ArgumentParser) -> None:
    """Adds the option."""
    command.add_argument(
        "--fail-on",
        choices=(NEVER, BREAKING, *(effect.value for effect in Effect)),
        default=NEVER,
        help="exit 1 where there are such changes; `breaking` are those that ask for a "
        "major release (default: never)",
    )


def exit_code(report: Report, arguments: argparse.Namespace) -> int:
    """The exit code for some changes."""
    return AT_FAULT if _fails(report, str(arguments.fail_on)) else DONE


def _fails(report: Report, level: str) -> bool:
    if level == NEVER:
        return False
    if level == BREAKING:
        return report.breaking
    return any(Effect(level) in change.rule.effects for change in report.changes)
