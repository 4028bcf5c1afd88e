"""`calque init`: the settings of a package, written by asking or from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.resources import files
from pathlib import Path

from calque.cli.options import DONE, Commands, add_loudness
from calque.config import FILE, ConfigError, parsed
from calque.write import Refused

_SCHEMA = "calque.schema.json"
_ASKED = {
    "spec": "The document (a file)",
    "output": "The folder of the package",
    "package": "The import name (empty: from the document's title)",
    "client": "The class of the client (empty: from the title)",
}


def add(commands: Commands) -> None:
    """Adds the command."""
    command = commands.add_parser("init", help="write a calque.toml")
    command.set_defaults(run=_run)
    for name, words in _ASKED.items():
        command.add_argument(f"--{name}", metavar="TEXT", help=words.lower())
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    if Path(FILE).exists():
        raise Refused(f"{FILE} is there already; change it as you like")
    given = {name: getattr(arguments, name) for name in _ASKED}
    if not any(given.values()) and sys.stdin.isatty():
        given = {name: input(f"{words}: ").strip() for name, words in _ASKED.items()}
    settings = {name: text for name, text in given.items() if text}
    for name in ("spec", "output"):
        if name not in settings:
            raise ConfigError(f"say `--{name}`: {_ASKED[name].lower()}")
    parsed(Path(FILE), settings)
    schema = files("calque").joinpath(_SCHEMA).read_text("utf-8")
    Path(_SCHEMA).write_text(schema, "utf-8")
    lines = (f"{name} = {json.dumps(text)}\n" for name, text in settings.items())
    text = "".join((f"#:schema ./{_SCHEMA}\n\n", *lines))
    Path(FILE).write_text(text, "utf-8")
    return DONE
