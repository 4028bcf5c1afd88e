"""What the text of a `$ref` says: a file, and a JSON pointer or an anchor in it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urljoin

from calque.document.node import ROOT, Node, escape, file_of, join, tokens, unescape

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class Reference:
    """A URI reference taken apart (RFC 3986, section 4.1).

    `file` is what stands before the `#`, without percent-escapes and as seen from the
    folder of the main file: empty for that one itself. `pointer` is an Id within that
    file, without percent-escapes; None when `anchor` is given,
    which is then one of the schema at the Id `scope`, or of the whole file if empty.
    """

    file: str
    pointer: str | None = None
    anchor: str | None = None
    scope: str = ""

    @property
    def id(self) -> str | None:
        """The Id of what is named, where it is named by a pointer."""
        if self.pointer is None or not self.file:
            return self.pointer
        return f"{escape_file(self.file)}{self.pointer}"


@lru_cache(maxsize=10_000)
def parse(text: str, base: str = "") -> Reference:
    """The parts of a `$ref` that stands in the file `base`.

    RFC 6901, section 6: a pointer as a URI fragment. RFC 3986, section 5.2: a path is
    relative to the folder of the file that it stands in.
    """
    file, _, fragment = text.partition("#")
    fragment = unquote(fragment)
    within = joined(file, base) if file else base
    if fragment and not fragment.startswith("/"):
        return Reference(within, anchor=fragment)
    return Reference(within, pointer=_below(ROOT, fragment))


def within(id_: str, fragment: str) -> Reference:
    """What a fragment names that is relative to what stands at an Id."""
    file, fragment = base_of(id_), unquote(fragment)
    if fragment and not fragment.startswith("/"):
        return Reference(file, anchor=fragment, scope=id_)
    return Reference(file, pointer=_below(f"#{id_.partition('#')[2]}", fragment))


def _below(id_: str, pointer: str) -> str:
    """The Id of what a JSON pointer leads to from an Id."""
    # A bare `~` is not allowed but unmistakable; the Id has it escaped.
    steps = [escape(unescape(step)) for step in pointer.split("/")[1:]]
    return "/".join((id_, *steps))


def joined(file: str, base: str) -> str:
    """The name of a file that is called `file` in the file `base`.

    RFC 3986, section 5.2, for what is below a URL.
    """
    if is_remote(file):
        return file
    if is_remote(base):
        return urljoin(base, file)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(file)))


def is_remote(name: str) -> bool:
    """Whether a file is named by an absolute URI, such as `https://...`."""
    return _SCHEME.match(name) is not None


def escape_file(name: str) -> str:
    """The name of a file as it stands in an Id: before the `#`, so without one."""
    return name.replace("%", "%25").replace("#", "%23")


def base_of(pointer: str) -> str:
    """The name of the file that an Id is in, empty for the main one."""
    return unquote(file_of(pointer))


def lookup(root: Node, pointer: str) -> Node | None:
    """What stands at an Id of the file that `root` is the whole of."""
    value, path = root.value, tokens(pointer)
    for token in path:
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and (item := Node("", value).get(token)):
            value = item.value
        else:
            return None
    return Node(join(root.pointer, *path), value)
