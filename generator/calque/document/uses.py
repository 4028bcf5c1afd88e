"""Which places of a document name others: references, and the values of mappings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from calque.document.files import Files
from calque.document.grammar import REFERABLE, Kind
from calque.document.node import Json, Node, file_of, join
from calque.document.reference import Reference, base_of
from calque.document.walk import walk

_REFERRING = ("$ref", "$dynamicRef")
_ANCHORING = ("$anchor", "$dynamicAnchor")
_TELLING = frozenset({*_REFERRING, *_ANCHORING})


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names another one. `node` is the reference, `at` holds its text.

    Without what an `optional` one names, the document still has its meaning.
    """

    kind: Kind
    node: Node
    at: Node
    text: str
    reference: Reference
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Uses:
    """Every place that names another one, in the order of the text.

    `anchors` are the Ids at which anchors stand, by their file, the Id of the
    schema with an `$id` around them (empty for the whole file), and their name.
    """

    uses: list[Use] = field(default_factory=list[Use])
    anchors: dict[tuple[str, str, str], str] = field(
        default_factory=dict[tuple[str, str, str], str]
    )


def collect(files: Files) -> Uses:
    """What names others, and the anchors that can be named."""
    found = Uses()
    for kind, node in walk(files):
        if kind is Kind.DISCRIMINATOR:
            for at, text, reference in files.mapped(node):
                use = Use(Kind.SCHEMA, at, at, text, reference, optional=True)
                found.uses.append(use)
        elif kind in REFERABLE and not _TELLING.isdisjoint(node.mapping()):
            _referable(files, kind, node, node.mapping(), found)
    return found


def outward(files: Files) -> Iterator[tuple[Kind, Reference]]:
    """What is named that may be in another file than the main one, and as what."""
    for kind, node in walk(files):
        if kind is Kind.DISCRIMINATOR:
            yield from ((Kind.SCHEMA, named) for _, _, named in files.mapped(node))
        elif kind in REFERABLE and (named := _naming(node.mapping())):
            _, text = named
            # The main file refers to itself like this, and mostly does.
            if not text.startswith("#") or file_of(node.pointer):
                yield kind, files.reference(text, node.pointer)


def _naming(value: dict[str, Json]) -> tuple[str, str] | None:
    """The keyword by which an object names another, and how it does."""
    for key in _REFERRING:
        text = value.get(key)
        if isinstance(text, str):
            return key, text
    return None


def _referable(
    files: Files, kind: Kind, node: Node, value: dict[str, Json], found: Uses
) -> None:
    """Adds what an object names in whose place a reference may stand, and its anchors."""
    if named := _naming(value):
        key, text = named
        reference = files.reference(text, node.pointer)
        at = Node(join(node.pointer, key), text)
        found.uses.append(Use(kind, node, at, text, reference))
    for key in _ANCHORING:
        name = value.get(key)
        if isinstance(name, str):
            file, scope = base_of(node.pointer), files.scope(node.pointer)
            found.anchors.setdefault((file, scope, name), node.pointer)
            found.anchors.setdefault((file, "", name), node.pointer)
