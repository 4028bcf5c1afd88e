"""What a place in a document is: its pointer and the JSON value that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

ROOT = "#"
"""The Id of a whole document."""


def escape(token: str) -> str:
    """One reference token as it is written in a JSON pointer (RFC 6901, section 3)."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def unescape(token: str) -> str:
    """The inverse of `escape` (RFC 6901, section 4: `~1` first, then `~0`)."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def tokens(pointer: str) -> list[str]:
    """The unescaped tokens of an Id: `#/paths/~1a/get` is `["paths", "/a", "get"]`."""
    _, _, path = pointer.partition("#")
    found = path.split("/")[1:]
    return [unescape(token) for token in found] if "~" in path else found


def join(pointer: str, *keys: str | int) -> str:
    """The Id of what stands below `pointer` under `keys`, from the outside in."""
    for key in keys:
        pointer = f"{pointer}/{escape(str(key))}"
    return pointer


def split(pointer: str) -> tuple[str, str]:
    """An Id's parent and its last token, unescaped; the root is its own parent."""
    file, mark, path = pointer.partition("#")
    parent, slash, last = path.rpartition("/")
    return (f"{file}{mark}{parent}", unescape(last)) if slash else (pointer, "")


def file_of(pointer: str) -> str:
    """The file of an Id, as it stands there: empty for the main one."""
    return pointer.partition("#")[0]


def type_name(value: Json) -> str:
    """What kind of JSON value this is, with its article, as it stands in messages."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int():
            return "an integer"
        case float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "an array"
        case dict():
            return "an object"


def _stem(file: str) -> str:
    """The name of a file without its folders and its suffix: `Pet` of `a/Pet.v1.yaml`."""
    return unquote(file.rpartition("/")[2]).partition(".")[0]


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and the Id of its place.

    An Id is the file (empty for the document itself), `#` and a JSON pointer:
    `#/components/schemas/Call`, `shared.yaml#/Call`. Two nodes are equal when they
    stand at the same place. Values are shared between nodes and are never changed.
    """

    pointer: str
    value: Json = field(compare=False)

    @property
    def key(self) -> str:
        """The last token of the pointer: the name this value has where it stands.

        A whole file has the file's name, without its suffix.
        """
        return split(self.pointer)[1] or _stem(file_of(self.pointer))

    def get(self, key: str | int) -> Node | None:
        """The member `key` of an object, or the item `key` of an array, if there."""
        value = self.value
        if isinstance(value, dict):
            name = str(key)
            if name in value:
                return Node(f"{self.pointer}/{escape(name)}", value[name])
        elif isinstance(value, list):
            index = _index(key)
            if index is not None and index < len(value):
                return Node(f"{self.pointer}/{index}", value[index])
        return None

    def below(self, key: str) -> Node:
        """The member `key`; where there is none, a node that holds nothing (`null`)."""
        value = self.value
        found = value.get(key) if isinstance(value, dict) else None
        return Node(f"{self.pointer}/{escape(key)}", found)

    def __truediv__(self, key: str | int) -> Node:
        """The member or item `key`; raises KeyError when there is none."""
        found = self.get(key)
        if found is None:
            raise KeyError(join(self.pointer, key))
        return found

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def items(self) -> Iterator[tuple[str, Node]]:
        """The members of an object in document order; nothing for other values."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(f"{self.pointer}/{escape(key)}", value)

    def elements(self) -> Iterator[Node]:
        """The items of an array in order; nothing for other values."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(f"{self.pointer}/{index}", value)

    def mapping(self) -> dict[str, Json]:
        """The value if it is an object, otherwise an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    def sequence(self) -> list[Json]:
        """The value if it is an array, otherwise an empty one."""
        return self.value if isinstance(self.value, list) else []

    def text(self, key: str) -> str | None:
        """The member `key` if it is a string."""
        value = self.value
        found = value.get(key) if isinstance(value, dict) else None
        return found if isinstance(found, str) else None

    def texts(self, key: str) -> list[str]:
        """The strings of the array member `key`, in order; [] when there is none."""
        return [item for item in self.array(key) if isinstance(item, str)]

    def array(self, key: str) -> list[Json]:
        """The array member `key`; [] when there is none."""
        value = self.value
        found = value.get(key) if isinstance(value, dict) else None
        return found if isinstance(found, list) else []

    def object(self, key: str) -> dict[str, Json]:
        """The object member `key`; {} when there is none."""
        value = self.mapping().get(key)
        return value if isinstance(value, dict) else {}

    def nodes(self, key: str) -> list[Node]:
        """The items of the array member `key`, in order; [] when there is none."""
        items = self.array(key)
        here = f"{self.pointer}/{escape(key)}" if items else ""
        return [Node(f"{here}/{index}", item) for index, item in enumerate(items)]

    def flag(self, key: str) -> bool:
        """True if the member `key` is the boolean `true`."""
        value = self.value
        return isinstance(value, dict) and value.get(key) is True


def _index(key: str | int) -> int | None:
    """`key` as an array index (RFC 6901, section 4: digits, no leading zero)."""
    if isinstance(key, int):
        return key if key >= 0 else None
    if key.isascii() and key.isdigit() and (key == "0" or key[0] != "0"):
        return int(key)
    return None
