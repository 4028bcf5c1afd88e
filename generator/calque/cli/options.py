"""The arguments that several commands take, and the exit codes of all."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from calque.config import Config
from calque.project import Job, job, jobs

if TYPE_CHECKING:
    from calque.document import Terms

DONE, AT_FAULT, WRONG_USAGE = 0, 1, 2


class Commands(Protocol):
    """Where a command is added, by its name."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:
        """The parser of a new command."""
        ...


def _spec(text: str) -> Path | str:
    """The document that a person means: a URL, or else a file."""
    return text if text.lower().startswith(("http://", "https://")) else Path(text)


def _folder(text: str) -> Path:
    """A folder that is there."""
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder `{text}`")
    return Path(text)


def add_document(command: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """The document, where the files are that it refers to, and how strictly it is read."""
    command.add_argument(
        "spec",
        type=_spec,
        nargs="?" if optional else None,
        metavar="SPEC",
        help="the document, YAML or JSON: a file or URL"
        + (" (default: those that calque.toml names)" if optional else ""),
    )
    command.add_argument(
        "--ref-root",
        type=_folder,
        metavar="DIR",
        help="read the files that SPEC refers to below DIR (default: SPEC's folder)",
    )
    command.add_argument(
        "--allow-remote",
        action="store_true",
        help="download what SPEC refers to by http(s) URLs, and SPEC itself",
    )
    command.add_argument(
        "--overlay",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="apply an OpenAPI Overlay to SPEC; may be given several times",
    )
    _add_rigour(command)


def _add_rigour(command: argparse.ArgumentParser) -> None:
    rigour = command.add_mutually_exclusive_group()
    rigour.add_argument(
        "--strict",
        action="store_true",
        default=None,
        help="take every fault of SPEC as an error",
    )
    rigour.add_argument(
        "--lenient",
        action="store_false",
        dest="strict",
        help="warn of faults whose meaning is clear (default)",
    )


def add_output(command: argparse.ArgumentParser) -> None:
    """The folder of the package, and where the settings are."""
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="the package's folder (default: as calque.toml says)",
    )
    command.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="the settings (default: calque.toml or pyproject.toml, here or above)",
    )


def wanted(arguments: argparse.Namespace) -> tuple[Job, ...]:
    """The jobs that are asked for; raises ConfigError where there are none."""
    if arguments.spec is not None:
        return (job(arguments.spec, arguments.output, arguments.config),)
    return jobs(Path.cwd(), arguments.config)


def strict(arguments: argparse.Namespace, settings: Config) -> bool:
    """Whether every fault is an error: as the command line says, else as `calque.toml` does."""
    return settings.strict if arguments.strict is None else bool(arguments.strict)


def terms(arguments: argparse.Namespace, settings: Config) -> Terms:
    """How the document is read: as the command line says, else as `calque.toml` does."""
    # What reads documents takes long to load; not every run gets so far.
    from calque.document import Terms
    from calque.document.limits import Limits

    overlays = (*settings.overlays, *map(Path, arguments.overlay))
    return Terms(
        strict=strict(arguments, settings),
        ref_root=arguments.ref_root,
        remote=Limits() if arguments.allow_remote else None,
        overlays=overlays,
    )


def add_loudness(command: argparse.ArgumentParser) -> None:
    """How much is said, and in which form."""
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
