"""How the tree of templates becomes the tree of a package's files.

A name in braces in a template's path means "once for each"; a file whose name ends in
`.jinja` is filled in, any other is copied byte for byte. Where both `NAME` and
`NAME.jinja` exist, the template is used: the plain file shows type checkers the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from calque.render.compiled import Compiled

SUFFIX = ".jinja"
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Each = Mapping[str, Mapping[str, object]]
"""For each name in braces: the names that take its place, and what is then filled in."""


NONE: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The files of a tree: those that were filled in, and those copied as they are.

    `kept` are those that were finished before. `own` says which were made from a file that
    took the place of a template, `places` where each name went that took that of braces.
    """

    written: dict[str, str] = field(default_factory=dict[str, str])
    copied: dict[str, str] = field(default_factory=dict[str, str])
    kept: dict[str, str] = field(default_factory=dict[str, str])
    own: dict[str, Path] = field(default_factory=dict[str, Path])
    places: dict[tuple[str, str], str] = field(
        default_factory=dict[tuple[str, str], str]
    )


def fill(
    each: Each, context: Mapping[str, object], own: Mapping[str, Path] = NONE
) -> Filled:
    """The files of the tree of templates, by their paths.

    A text in the place of a view is what becomes of it, and is not made again. `own` are
    files that take the place of templates, by the names of those.
    """
    filled = Filled()
    for source in sources():
        file = own.get(source, tree() / source)
        for place, taken in _places(source, each):
            path = place.removesuffix(SUFFIX)
            filled.own.update({path: file} if source in own else {})
            if source.endswith(SUFFIX):
                filled.places.update((name, path) for name in taken.items())
                views = {kind: each[kind][name] for kind, name in taken.items()}
                _fill(filled, path, file, {**context, **views}, views)
            else:
                filled.copied[path] = file.read_text("utf-8")
    return filled


def _fill(
    filled: Filled,
    path: str,
    file: Path,
    context: Mapping[str, object],
    views: Mapping[str, object],
) -> None:
    """Fills in a template, unless what would be filled in is finished."""
    finished = [view for view in views.values() if isinstance(view, str)]
    if finished:
        filled.kept[path] = finished[0]
    else:
        template = environment(file.parent).get_template(file.name)
        filled.written[path] = template.render(context)


def templates() -> Path:
    """The folder of the templates, wherever calque is installed."""
    return Path(str(files("calque.templates")))


def tree() -> Path:
    """The tree of templates that a package is made of."""
    return templates() / "client"


@cache
def sources() -> tuple[str, ...]:
    """The templates and plain files of the tree, without those that have a twin."""
    root = tree()
    below = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    found = {path.as_posix() for path in below if not any(map(_cache, path.parts))}
    return tuple(sorted(name for name in found if f"{name}{SUFFIX}" not in found))


def _cache(name: str) -> bool:
    """Whether a name is of those that tools leave behind among sources."""
    return name.startswith(".") or name == "__pycache__"


def _places(source: str, each: Each) -> Iterator[tuple[str, dict[str, str]]]:
    """The paths that a template's path stands for, and the name that each brace has there."""
    braced = PLACEHOLDER.search(source)
    if braced is None:
        yield source, {}
        return
    for name in each[braced[1]]:
        filled = source.replace(braced[0], PurePosixPath(name).name)
        for path, names in _places(filled, each):
            yield path, {braced[1]: name, **names}


@cache
def compiled() -> Compiled:
    """What templates are compiled to, in all folders."""
    return Compiled()


@cache
def environment(folder: Path) -> Environment:
    """What reads the templates of a folder."""
    # What comes out is Python, TOML and Markdown: HTML's escapes would only break it.
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=compiled(),
    )
