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

SUFFIX = ".jinja"
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Each = Mapping[str, Mapping[str, object]]
"""For each name in braces: the names that take its place, and what is then filled in."""


NONE: Mapping[str, Path] = {}


@dataclass(frozen=True, slots=True)
class Filled:
    """The files of a tree: those that were filled in, and those copied as they are.

    `own` says which of them were made from a file that took the place of a template.
    """

    written: dict[str, str]
    copied: dict[str, str]
    own: dict[str, Path] = field(default_factory=dict[str, Path])


def fill(
    each: Each, context: Mapping[str, object], own: Mapping[str, Path] = NONE
) -> Filled:
    """The files of the tree of templates, by their paths.

    `own` are files that take the place of templates, by the names of those.
    """
    written: dict[str, str] = {}
    copied: dict[str, str] = {}
    made: dict[str, Path] = {}
    for source in sources():
        file = own.get(source, tree() / source)
        for place, views in _places(source, each):
            path = place.removesuffix(SUFFIX)
            if source.endswith(SUFFIX):
                template = environment(file.parent).get_template(file.name)
                written[path] = template.render({**context, **views})
            else:
                copied[path] = file.read_text("utf-8")
            made |= {path: file} if source in own else {}
    return Filled(written, copied, made)


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


def _places(source: str, each: Each) -> Iterator[tuple[str, dict[str, object]]]:
    """The paths that a template's path stands for, and the view that belongs to each."""
    braced = PLACEHOLDER.search(source)
    if braced is None:
        yield source, {}
        return
    for name, view in each[braced[1]].items():
        filled = source.replace(braced[0], PurePosixPath(name).name)
        for path, views in _places(filled, each):
            yield path, {braced[1]: view, **views}


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
    )
