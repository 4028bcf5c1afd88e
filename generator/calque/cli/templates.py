"""`calque templates`: templates of one's own in the place of calque's, begun and kept up."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from difflib import unified_diff
from pathlib import Path

from calque.cli.options import DONE, Commands, add_loudness
from calque.config import FILE, ConfigError
from calque.project import settings
from calque.whereabouts import shown
from calque.write import Refused


def add(commands: Commands) -> None:
    """Adds the command, and what it can do."""
    command = commands.add_parser(
        "templates", help="list templates, and begin some of your own"
    )
    command.set_defaults(run=_listed, names=[])
    _add_places(command, None)
    actions = command.add_subparsers(metavar="ACTION")
    for run, name, words in (
        (_listed, "list", "the templates, and which of them are yours (default)"),
        (_ejected, "eject", "write a template of calque's into your folder"),
        (_compared, "diff", "show how yours differ from calque's as they are now"),
        (_accepted, "accept", "yours has what it needs of calque's as it is now"),
    ):
        action = actions.add_parser(name, help=words)
        action.set_defaults(run=run, names=[])
        _add_places(action, argparse.SUPPRESS)
        if run is not _listed:
            action.add_argument("names", nargs="+", metavar="NAME")
    add_loudness(command)


def _add_places(command: argparse.ArgumentParser, default: str | None) -> None:
    """Where the templates are; said before an action, or after it."""
    command.add_argument(
        "--folder",
        type=Path,
        default=default,
        metavar="DIR",
        help="the folder of your templates (default: `templates` of calque.toml)",
    )
    command.add_argument(
        "--config", type=Path, default=default, metavar="FILE", help="the settings"
    )


def _folder(arguments: argparse.Namespace) -> Path | None:
    """The folder that is meant; raises ConfigError where it may be one of several."""
    if arguments.folder is not None:
        return Path(arguments.folder)
    configs = settings(Path.cwd(), arguments.config)
    found = {config.templates for config in configs if config.templates}
    if len(found) > 1:
        names = ", ".join(sorted(str(shown(folder)) for folder in found))
        raise ConfigError(f"which of {names}? say `--folder DIR`")
    return next(iter(found), None)


def _listed(arguments: argparse.Namespace) -> int:
    """Prints the names, each with what stands in its place."""
    from calque.render.engine import sources
    from calque.render.shadow import changed, own, records

    folder = _folder(arguments)
    mine = own(folder) if folder else {}
    known = records(folder) if folder else {}
    for name in sorted({*sources(), *mine}):
        words = f"  {shown(mine[name])}" if name in mine else ""
        if name not in sources():
            words += " (calque has no such template)"
        elif name in mine and changed(name, known):
            words += " (the original has changed)"
        print(f"{name}{words}")
    return DONE


def _ejected(arguments: argparse.Namespace) -> int:
    """Writes originals into the folder, and notes what they were."""
    from calque.render.engine import tree

    folder = _wanted(arguments)
    for name in arguments.names:
        if (folder / name).exists():
            raise Refused(f"{shown(folder / name)} is there already; it is yours")
    for name in arguments.names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((tree() / name).read_bytes())
        print(f"wrote {shown(folder / name)}", file=sys.stderr)
    return _noted(folder, arguments.names)


def _compared(arguments: argparse.Namespace) -> int:
    """Prints what the folder's templates have otherwise than the originals."""
    from calque.render.engine import tree

    folder = _wanted(arguments)
    for name in arguments.names:
        texts = (_lines(tree() / name), _lines(_present(folder, name)))
        names = (f"calque/{name}", str(shown(folder / name)))
        sys.stdout.writelines(unified_diff(*texts, *names))
    return DONE


def _accepted(arguments: argparse.Namespace) -> int:
    """Notes that templates were made from the originals as they are now."""
    folder = _wanted(arguments)
    for name in arguments.names:
        _present(folder, name)
    return _noted(folder, arguments.names)


def _noted(folder: Path, names: Sequence[str]) -> int:
    from calque.render.shadow import RECORD, recorded

    (folder / RECORD).write_text(recorded(folder, names), "utf-8")
    return DONE


def _wanted(arguments: argparse.Namespace) -> Path:
    """The folder, for names that calque has templates of."""
    from calque.document.similar import similar
    from calque.render.engine import sources

    folder = _folder(arguments)
    if folder is None:
        raise ConfigError(
            f'say `templates = "my-templates"` in {FILE}, or `--folder my-templates`'
        )
    for name in arguments.names:
        if name not in sources():
            near = _whole(name, sources()) or similar(name, sources())
            advice = (
                f"did you mean `{near}`?" if near else "`calque templates` lists them"
            )
            raise ConfigError(f"there is no template `{name}`; {advice}")
    return folder


def _whole(name: str, names: Collection[str]) -> str | None:
    """The template that gives a file of that name."""
    ends = (each for each in names if each.removesuffix(".jinja").endswith(f"/{name}"))
    whole = f"{name}.jinja"
    return whole if whole in names else next(ends, None)


def _present(folder: Path, name: str) -> Path:
    if not (folder / name).is_file():
        raise Refused(f"{shown(folder / name)} is not there; eject it first")
    return folder / name


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)
