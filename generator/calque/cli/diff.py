"""`calque diff`: what changes for the callers of a package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from calque import lock
from calque.cli.fail_on import add_fail_on, exit_code
from calque.cli.options import AT_FAULT, WRONG_USAGE, Commands
from calque.cli.report import report as tell
from calque.cli.report import say
from calque.cli.shown_changes import show
from calque.comparison import Report
from calque.comparison.as_json import as_json
from calque.comparison.html import page
from calque.comparison.markdown import markdown
from calque.comparison.release import write
from calque.comparison.sides import Origin, Unreadable, both, compared
from calque.comparison.versions import next_version
from calque.config import ConfigError
from calque.diagnostics import Focus
from calque.project import place_of
from calque.whereabouts import Whereabouts, shown

_SIDE = (
    "a document, a calque.lock, a package's folder (also installed), or REV:path of git"
)


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("diff", help="tell what changes for callers")
    command.set_defaults(run=_run, diagnostics="text", quiet=True, verbose=False)
    command.add_argument("old", metavar="OLD", help=_SIDE)
    command.add_argument("new", metavar="NEW", help="the same, of what comes after it")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    command.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="write a page that needs no other file",
    )
    add_fail_on(command)
    command.add_argument(
        "--bump",
        action="store_true",
        help="write the next version into the settings of NEW, a document, and the "
        "changes into CHANGELOG.md of OLD, a package's folder",
    )


def _run(arguments: argparse.Namespace) -> int:
    try:
        old, new = both(arguments.old, arguments.new)
    except Unreadable as error:
        if error.result is None:
            say(str(error), arguments)
            return WRONG_USAGE
        tell(error.result, arguments)
        return AT_FAULT
    report = compared(old, new)
    if arguments.html is not None:
        # What is printed may be more than its reader takes.
        Path(arguments.html).write_text(page(report), "utf-8")
    _print(report, arguments)
    if arguments.bump and not _bumped(report, Path(arguments.old), new, arguments):
        return WRONG_USAGE
    return exit_code(report, arguments)


def _print(report: Report, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print(as_json(report))
    elif arguments.markdown:
        print(markdown(report), end="")
    else:
        show(report)


def _bumped(
    report: Report, folder: Path, new: Origin, arguments: argparse.Namespace
) -> bool:
    """Writes the release down; whether there is where to."""
    if new.document is None or not (folder / lock.FILE).is_file():
        say(
            "--bump needs the folder of a package as OLD, and a document as NEW",
            arguments,
        )
        return False
    version = next_version(report.old.client.version, report.bump)
    if report.changes:
        file, table = place_of(new.document)
        try:
            written = write(folder, (file, table), report, version)
        except ValueError as error:
            place = Whereabouts(file).location(*table, focus=Focus.KEY)
            raise ConfigError(str(error), place) from None
        for path in written:
            print(f"wrote {shown(path)}", file=sys.stderr)
    return True
