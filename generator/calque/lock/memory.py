"""The memory of one generation, as a value: `Lock`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The memory of one generation.

    `files` maps each file that was written to the SHA-256 of its bytes, `names` each Id
    to the Python name it was given; `surface` is what callers see of the package, and
    `modules` the module of each model in it, by Id.
    `known` says by Id what a thing was in the document when it got its name, `aliases`
    maps a name that is no longer used to the Id of what it still means, and `adopted`
    are the files that were calque's, each with "user". `templates` are those that were
    not calque's own, each with the SHA-256 of what took its place.

    `text` is what it was read from, if it was; `dumped` says that it is calque's own, byte
    for byte, as an earlier run made it.
    """

    version: str = ""
    document: str = ""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    known: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    adopted: Mapping[str, str] = field(default_factory=dict[str, str])
    templates: Mapping[str, str] = field(default_factory=dict[str, str])
    modules: Mapping[str, str] = field(default_factory=dict[str, str])
    surface: Mapping[str, object] = field(default_factory=dict[str, object])
    text: bytes = field(default=b"", compare=False, repr=False)
    dumped: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Written:
    """A section whose entries are laid out, each by its key, as a lock's text has them, save
    for what begins their lines.
    """

    entries: Mapping[str, str]


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()
