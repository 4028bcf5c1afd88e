"""`calque init`: the settings of a package, by asking, from flags, or from another generator's."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from calque.cli.options import AT_FAULT, DONE, Commands, add_loudness
from calque.cli.report import report
from calque.config import FILE, ConfigError, parsed
from calque.whereabouts import Whereabouts
from calque.write import Refused

if TYPE_CHECKING:
    from calque.document import Json
    from calque.foreign import Settings
    from calque.foreign.over import File

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
    command.add_argument(
        "--from",
        dest="origin",
        type=Path,
        metavar="FILE",
        help="take over what is said to stainless, openapi-python-client or "
        "openapi-generator: names, groups, pages, credentials",
    )
    for name, words in _ASKED.items():
        flags = ["-o"] if name == "output" else []
        command.add_argument(*flags, f"--{name}", metavar="TEXT", help=words.lower())
    add_loudness(command)


def _run(arguments: argparse.Namespace) -> int:
    if Path(FILE).exists():
        raise Refused(f"{FILE} is there already; change it as you like")
    given = {name: getattr(arguments, name) for name in _ASKED}
    for name, text in given.items():
        if text is not None:
            _check(name, text)
    if arguments.origin is not None:
        return _from(Path(arguments.origin), _said(given), arguments)
    if not any(given.values()) and sys.stdin.isatty():
        given = {name: _asked(name, words) for name, words in _ASKED.items()}
    _write(_said(given))
    return DONE


def _asked(name: str, words: str) -> str:
    """What a person says to a question, which is asked until it is answered well."""
    while True:
        try:
            text = input(f"{words}: ").strip()
            _check(name, text)
        except ConfigError as error:
            print(error.message)
        except EOFError:
            raise ConfigError("not all was answered, so nothing was written") from None
        else:
            return text


def _check(name: str, text: str) -> None:
    """Raises ConfigError for what can't be that setting."""
    if name == "spec" and not Path(text).is_file():
        from calque.document.read import meant

        raise ConfigError(f"there is no file `{text}`; {meant(Path(text))}")
    if name == "output" and not text:
        raise ConfigError("name a folder, which need not be there yet")
    if text:
        try:
            parsed(Whereabouts(Path(FILE)), {name: text})
        except ConfigError as error:
            raise ConfigError(error.message) from None


def _said(given: Mapping[str, str | None]) -> dict[str, Json]:
    return {name: text for name, text in given.items() if text}


def _from(
    origin: Path, given: Mapping[str, Json], arguments: argparse.Namespace
) -> int:
    """Takes over a file of another generator's, for the document that it is about."""
    from calque.document import Terms
    from calque.foreign import carried_over, file_of, named
    from calque.pipeline import understand

    file = file_of(origin)
    places = {**named(file), **given}
    _complete(places)
    spec = Path(str(places["spec"]))
    with _overlaid(file, spec) as overlays:
        result = understand(spec, terms=Terms(overlays=overlays))
        if result.value is None:
            report(result, arguments)
            return AT_FAULT
        found = carried_over(file, result.value)
        more: dict[str, Json] = {"overlays": [str(p) for p in overlays]}
        _write({**places, **(more if overlays else {}), **found.settings, **given})
    if not arguments.quiet:
        _tell(found)
    return DONE


@contextmanager
def _overlaid(file: File, spec: Path) -> Generator[tuple[Path, ...]]:
    """The overlay that says what a file says in the place of the document.

    It is written beside the settings, and stays if those are written.
    """
    from calque.document.read import read
    from calque.foreign import overlay

    document = read(spec).root
    text = overlay(file, document) if document is not None else ""
    path = Path(f"{Path(file.source.file).stem}.overlay.yaml")
    if text and path.exists():
        raise Refused(f"{path} is there already; it would be written anew")
    if text:
        path.write_text(text, "utf-8")
    try:
        yield (path,) if text else ()
    finally:
        if text and not Path(FILE).exists():
            path.unlink()


def _tell(found: Settings) -> None:
    """Says what was taken over, and what of the file was not, or is another thing now."""
    tables = {k: v for k, v in found.settings.items() if isinstance(v, dict)}
    counts = [f"{len(entries)} {name}" for name, entries in tables.items()]
    words = ", ".join([*(set(found.settings) - set(tables)), *counts]) or "nothing"
    print(f"taken over from {found.kind}: {words}", file=sys.stderr)
    for line in found.left:
        print(line, file=sys.stderr)


def _complete(settings: Mapping[str, Json]) -> None:
    for name in ("spec", "output"):
        if name not in settings:
            raise ConfigError(f"say `--{name}`: {_ASKED[name].lower()}")


def _write(settings: Mapping[str, Json]) -> None:
    """Writes the settings, and the schema that editors know them by."""
    from calque.foreign.settings_text import settings_text

    _complete(settings)
    parsed(Whereabouts(Path(FILE)), settings)
    schema = files("calque").joinpath(_SCHEMA).read_text("utf-8")
    Path(_SCHEMA).write_text(schema, "utf-8")
    text = f"#:schema ./{_SCHEMA}\n\n{settings_text(settings)}"
    Path(FILE).write_text(text, "utf-8")
