"""A folder of somebody's own templates, each in the place of a shipped one: which of them fit.

What each was made from is noted in `ejected.json` of the folder, so that a change of the
original is not missed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import cast

from jinja2 import TemplateSyntaxError, nodes

from calque import __version__
from calque.config import Config, ConfigError
from calque.document.similar import similar
from calque.render.engine import (
    PLACEHOLDER,
    SUFFIX,
    Filled,
    environment,
    sources,
    tree,
)
from calque.render.template_places import Place, Use, read
from calque.render.template_rules import Fault, offences
from calque.whereabouts import shown

RECORD = "ejected.json"
"""The file of a folder that says what its templates were made from."""


class Misfit(ConfigError):
    """Templates that do not fit, all of them; the text says where and why."""


def own(folder: Path) -> dict[str, Path]:
    """The templates of a folder, by the names of those that they stand for."""
    below = (path.relative_to(folder) for path in folder.rglob("*"))
    return {
        path.as_posix(): folder / path
        for path in sorted(below)
        if (folder / path).is_file()
        and path.as_posix() != RECORD
        and not any(p.startswith((".", "__pycache__")) for p in path.parts)
    }


def fitting(config: Config, given: Collection[str]) -> dict[str, Path]:
    """The maker's own templates, all of which fit; raises Misfit where one does not.

    `given` are the names that every template is given.
    """
    folder = config.templates
    if folder is None:
        return {}
    if not folder.is_dir():
        raise config.wrong(f"{shown(folder)}: there is no such folder", "templates")
    found = own(folder)
    recorded = records(folder)
    faults = [
        line
        for name, path in found.items()
        for line in _faults(shown(folder), name, shown(path), recorded, given)
    ]
    if faults:
        raise Misfit("templates that do not fit:\n" + "\n".join(faults))
    return found


def check_made(filled: Filled) -> None:
    """Raises Misfit where what a template of somebody's own gives can't be read."""
    for path, file in filled.own.items():
        text = filled.written.get(path, filled.copied.get(path, ""))
        try:
            if path.endswith(".py"):
                compile(text, path, "exec", dont_inherit=True)
            elif path.endswith(".toml"):
                tomllib.loads(text)
        except SyntaxError as error:
            line = (error.text or "").strip()
            words = f"is no Python: line {error.lineno}: {error.msg}: `{line}`"
            raise Misfit(f"{shown(file)}:1: what it gives for {path} {words}") from None
        except tomllib.TOMLDecodeError as error:
            words = f"is no TOML: {error}"
            raise Misfit(f"{shown(file)}:1: what it gives for {path} {words}") from None


def changed(name: str, recorded: Mapping[str, str]) -> bool:
    """Whether the original of a template is another one than it was made from."""
    return recorded.get(name) != digest(name)


def digest(name: str) -> str:
    """The SHA-256 of a shipped template."""
    return sha256((tree() / name).read_bytes()).hexdigest()


def records(folder: Path) -> dict[str, str]:
    """The hash of what each template of a folder was made from; raises Misfit."""
    path = folder / RECORD
    try:
        return {name: str(entry["sha256"]) for name, entry in _data(path).items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Misfit(
            f"{shown(path)} can't be read ({error}); restore it from version control"
        ) from error


def _data(path: Path) -> dict[str, dict[str, object]]:
    text = path.read_text("utf-8") if path.is_file() else "{}"
    return cast("dict[str, dict[str, object]]", json.loads(text))


def recorded(folder: Path, names: Iterable[str]) -> str:
    """The text of a record in which some templates are made from what is shipped now."""
    data = _data(folder / RECORD) if records(folder) else {}
    new: dict[str, dict[str, object]] = {
        name: {"calque": __version__, "sha256": digest(name)} for name in names
    }
    entries = sorted({**data, **new}.items())
    lines = (f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _faults(
    folder: Path,
    name: str,
    path: Path,
    recorded: Mapping[str, str],
    given: Collection[str],
) -> Iterator[str]:
    """What is wrong with a template, as lines that begin with its place."""
    if name not in sources():
        near = similar(name, sources())
        advice = f"did you mean `{near}`?" if near else "`calque templates` lists them"
        yield f"{path}:1: calque has no template of this name; {advice}"
        return
    if name not in recorded:
        yield (
            f"{path}:1: nothing says which original it was made from; `calque templates "
            f"accept {name}` takes that of calque {__version__}"
        )
    elif changed(name, recorded):
        yield (
            f"{folder / RECORD}:{_line(folder, name)}: the original of {name} has changed "
            f"since; look at `calque templates diff {name}`, and when yours has what it "
            f"needs of that, `calque templates accept {name}`"
        )
    for fault in _wrong(name, path, given):
        yield f"{path}:{fault.line}: {fault.words}"


def _line(folder: Path, name: str) -> int:
    """Where the record speaks of a template."""
    lines = (folder / RECORD).read_text("utf-8").splitlines()
    entry = json.dumps(name)
    return next((n for n, line in enumerate(lines, 1) if entry in line), 1)


def _wrong(name: str, path: Path, given: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the text of a template."""
    try:
        text = path.read_text("utf-8")
        if name.endswith(".py"):
            compile(text, path, "exec", dont_inherit=True)
        if not name.endswith(SUFFIX):
            return
        template = environment(path.parent).parse(text)
    except UnicodeDecodeError as error:
        yield Fault(1, f"it is no UTF-8: {error.reason}")
    except SyntaxError as error:
        yield Fault(error.lineno or 1, error.msg)
    except TemplateSyntaxError as error:
        yield Fault(error.lineno, error.message or "it can't be read")
    else:
        yield from offences(template)
        yield from _misplaced(name, template, given)


def _misplaced(
    name: str, template: nodes.Template, given: Collection[str]
) -> Iterator[Fault]:
    """The expressions that no template of calque's has in such a place."""
    reading = read(template, lexed=_kind(name) != ".md")
    yield from reading.faults
    roots = {*given, *PLACEHOLDER.findall(name)}
    known = {
        use
        for use in _known(_kind(name))
        if use[0].partition(".")[0].partition("[")[0] in roots
    }
    words = {expression for expression, _ in known}
    for use in reading.uses:
        if use.expression not in words:
            near = similar(use.expression, words)
            advice = f"; did you mean `{near}`?" if near else ""
            yield Fault(use.line, f"there is no `{use.expression}` here{advice}")
        elif not _allowed(use, known):
            yield Fault(use.line, f"`{use.expression}` can't stand {use.place}")


def _allowed(use: Use, known: Collection[tuple[str, Place]]) -> bool:
    if use.place is Place.FLAG:
        return True
    if use.place is Place.CODE and (use.expression, Place.BESIDE) in known:
        return True
    return (use.expression, use.place) in known


@cache
def _known(kind: str) -> frozenset[tuple[str, Place]]:
    """Which expressions the shipped templates of a kind have, and in which places."""
    found: set[tuple[str, Place]] = set()
    for name in sources():
        if name.endswith(SUFFIX) and _kind(name) == kind:
            template = environment(tree()).parse((tree() / name).read_text("utf-8"))
            uses = read(template, lexed=kind != ".md").uses
            found |= {(use.expression, use.place) for use in uses}
    return frozenset(found)


def _kind(name: str) -> str:
    """What a template makes: the suffix of its files."""
    return Path(name.removesuffix(SUFFIX)).suffix
