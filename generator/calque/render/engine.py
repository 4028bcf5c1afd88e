"""How the tree of templates becomes the tree of a package's files.

A name in braces in a template's path means "once for each"; a file whose name ends in
`.jinja` is filled in, any other is copied byte for byte. Where both `NAME` and
`NAME.jinja` exist, the template is used: the plain file shows type checkers the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_SUFFIX = ".jinja"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Each = Mapping[str, Mapping[str, object]]
"""For each name in braces: the names that take its place, and what is then filled in."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The files of a tree: those that were filled in, and those copied as they are."""

    written: dict[str, str]
    copied: dict[str, str]


def fill(tree: str, each: Each, context: Mapping[str, object]) -> Filled:
    """The files of a tree of templates, by their paths."""
    root = templates() / tree
    written: dict[str, str] = {}
    copied: dict[str, str] = {}
    for source in _sources(root):
        for path, views in _places(source, each):
            if source.endswith(_SUFFIX):
                template = _environment().get_template(f"{tree}/{source}")
                text = template.render({**context, **views})
                written[path.removesuffix(_SUFFIX)] = text
            else:
                copied[path] = (root / source).read_text("utf-8")
    return Filled(written, copied)


def templates() -> Path:
    """The folder of the templates, wherever calque is installed."""
    return Path(str(files("calque.templates")))


def _sources(root: Path) -> list[str]:
    """The templates and plain files below a folder, without those that have a twin."""
    below = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    found = {path.as_posix() for path in below if not any(map(_cache, path.parts))}
    return sorted(name for name in found if f"{name}{_SUFFIX}" not in found)


def _cache(name: str) -> bool:
    """Whether a name is of those that tools leave behind among sources."""
    return name.startswith(".") or name == "__pycache__"


def _places(source: str, each: Each) -> Iterator[tuple[str, dict[str, object]]]:
    """The paths that a template's path stands for, and the view that belongs to each."""
    braced = _PLACEHOLDER.search(source)
    if braced is None:
        yield source, {}
        return
    for name, view in each[braced[1]].items():
        filled = source.replace(braced[0], PurePosixPath(name).name)
        for path, views in _places(filled, each):
            yield path, {braced[1]: view, **views}


@cache
def _environment() -> Environment:
    # What comes out is Python, TOML and Markdown: HTML's escapes would only break it.
    return Environment(
        loader=FileSystemLoader(templates()),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
