"""What the files of a document are, and what a reference in one of them leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from calque.codes import Code
from calque.document.edit import Edit, apply
from calque.document.grammar import Kind
from calque.document.node import ROOT, Node, file_of, join
from calque.document.reference import (
    Reference,
    base_of,
    is_remote,
    lookup,
    parse,
    within,
)
from calque.document.version import Version

_SCHEMAS = f"{ROOT}/components/schemas"
_NAME = re.compile(r"[\w-]+")
"""What can only be a component's name; with a dot, it may be a file's as well."""

_MAX_STEPS = 100
"""References that only lead to references; longer chains are circles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Why a file that is referred to was not read."""

    code: Code
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files of a document.

    `roots` has what each of them holds, by its name as seen from the folder of the main
    file, whose own is empty. `main` is the name by which others refer to that one.
    `versions` are what they are written in; a file that does not say takes after the
    main one. `unread` are those that are referred to and were not read: None where what
    is wrong with them is told by itself. `bases` are the URLs at which files were found
    that are referred to by others, which redirect there. `identities` are the URIs of
    schemas with an `$id`, by their Ids, and `identified` the Ids by those.
    """

    roots: Mapping[str, Node]
    versions: Mapping[str, Version]
    main: str = ""
    unread: Mapping[str, Unread | None] = field(
        default_factory=dict[str, "Unread | None"]
    )
    bases: Mapping[str, str] = field(default_factory=dict[str, str])
    identities: Mapping[str, str] = field(default_factory=dict[str, str])
    identified: Mapping[str, str] = field(default_factory=dict[str, str])
    walked: list[tuple[Kind, Node]] = field(
        init=False, repr=False, default_factory=list["tuple[Kind, Node]"]
    )
    """Every object, once somebody has walked over them: several stages do."""
    found: dict[str, Node | None] = field(
        init=False, repr=False, compare=False, default_factory=dict[str, "Node | None"]
    )
    """What stands at Ids that somebody asked for: most are named many times."""

    @property
    def root(self) -> Node:
        """The main file as a whole."""
        return self.roots[""]

    def lookup(self, id_: str) -> Node | None:
        """What stands at an Id, if it is there."""
        if id_ not in self.found:
            root = self.roots.get(base_of(id_)) if file_of(id_) else self.root
            self.found[id_] = lookup(root, id_) if root else None
        return self.found[id_]

    def reference(self, text: str, pointer: str) -> Reference:
        """What the text of a `$ref` names that stands at, or below, an Id."""
        name = base_of(pointer) if file_of(pointer) else ""
        if self.identities and (own := self._by_identity(text, pointer, name)):
            return own
        base = name if text.startswith("#") else self._base(name)
        reference = parse(text, base)
        return replace(reference, file="") if self._is_main(reference) else reference

    def _by_identity(self, text: str, pointer: str, name: str) -> Reference | None:
        """What a `$ref` names in a schema that has an `$id`: in its own, or the one that
        its URI is that of. None if nothing is there: many write an `$id`, and go on to
        refer to places of the whole file.
        """
        uri, _, fragment = text.partition("#")
        scope = self.scope(pointer)
        base = self.identities[scope] if scope else self._base(name)
        there = self.identified.get(urljoin(base, uri)) if uri else scope
        if not there:
            return None
        found = within(there, fragment)
        return found if found.id is None or self.lookup(found.id) else None

    def scope(self, pointer: str) -> str:
        """The Id of the schema with an `$id` that is at an Id or around it, if any."""
        here, slash = pointer, "/"
        while self.identities and slash:
            if here in self.identities:
                return here
            here, slash, _ = here.rpartition("/")
        return here if here in self.identities else ""

    def _base(self, name: str) -> str:
        """What references in a file are relative to."""
        held = name or (self.main if is_remote(self.main) else "")
        return self.bases.get(held, held)

    def leads_to(self, text: str, pointer: str) -> str | None:
        """The Id that has to be visited for a `$ref`: for the anchor in another file, that
        of the whole file, as it may stand anywhere in there.
        """
        reference = self.reference(text, pointer)
        return reference.id or (whole(reference.file) if reference.file else None)

    def mapped(self, discriminator: Node) -> Iterator[tuple[Node, str, Reference]]:
        """The values of a discriminator's `mapping` and its `defaultMapping` (OpenAPI
        3.2), their texts and what they name.
        """
        named = [at for _, at in discriminator.below("mapping").items()]
        if (default := discriminator.get("defaultMapping")) is not None:
            named.append(default)
        for at in named:
            if isinstance(at.value, str):
                yield at, at.value, self._meant(at.value, at)

    def _meant(self, text: str, at: Node) -> Reference:
        """The name of a schema, or a reference (OpenAPI 3.1, section 4.8.25)."""
        named = join(_SCHEMAS, text)
        if self.lookup(named) is not None or _NAME.fullmatch(text):
            return Reference("", named)
        return self.reference(text, at.pointer)

    def version(self, pointer: str) -> Version:
        """The version that the file of an Id is written in."""
        return self.versions[base_of(pointer) if file_of(pointer) else ""]

    def edited(self, edits: Mapping[str, list[Edit]]) -> Files:
        """The files with the values at the given Ids edited."""
        if not edits:
            return self
        grouped: dict[str, dict[str, list[Edit]]] = {}
        for pointer, each in edits.items():
            grouped.setdefault(base_of(pointer), {})[pointer] = each
        changed = {n: apply(self.roots[n], each) for n, each in grouped.items()}
        return replace(self, roots={**self.roots, **changed})

    def follow(self, node: Node) -> Node | None:
        """What a node means if it is a reference, else the node.

        None if the reference leads nowhere, to an anchor or in a circle.
        """
        for _ in range(_MAX_STEPS):
            text = node.text("$ref")
            if text is None:
                return node
            id_ = self.reference(text, node.pointer).id
            found = self.lookup(id_) if id_ is not None else None
            if found is None:
                return None
            node = found
        return None

    def _is_main(self, reference: Reference) -> bool:
        """Whether the main file is named: as others see it, or by its `$self` (OpenAPI
        3.2, section 4.1.2.2.1).
        """
        return bool(reference.file) and (
            reference.file in (self.main, self.root.text("$self"))
        )


def whole(name: str) -> str:
    """The Id of a whole file."""
    return Reference(name, ROOT).id or ROOT
