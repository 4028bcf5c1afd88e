"""What a YAML text says before its scalars are given a type: a tree with offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from calque.document import yaml_faults
from calque.document.limits import MAX_ALIASED, MAX_DEPTH
from calque.document.span import Place, Problem, Span, too_deep


@dataclass(slots=True)
class Scalar:
    """A scalar. `tag` is only there when it is written; `plain` means not quoted."""

    text: str
    tag: str | None
    plain: bool
    span: Span


@dataclass(slots=True)
class Items:
    """A YAML sequence."""

    tag: str | None
    span: Span
    children: list[Yaml] = field(default_factory=list["Yaml"])


@dataclass(slots=True)
class Pairs:
    """A YAML mapping: keys and values in turn."""

    tag: str | None
    span: Span
    children: list[Yaml] = field(default_factory=list["Yaml"])

    def pairs(self) -> Iterator[tuple[Yaml, Yaml]]:
        """The keys, each with its value."""
        return zip(self.children[::2], self.children[1::2], strict=True)


@dataclass(slots=True)
class Alias:
    """`*name`, and the node that `&name` stands at."""

    target: Node
    span: Span


Node: TypeAlias = Scalar | Items | Pairs
Yaml: TypeAlias = Node | Alias


@dataclass(frozen=True, slots=True)
class Composed:
    """The tree of the only document in a text, or the problem that prevents one.

    An empty text has neither.
    """

    tree: Yaml | None
    problem: Problem | None = None


def compose(text: str) -> Composed:
    """Reads a text with libyaml's parser, which does not recurse; nor does this."""
    composer = _Composer()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            problem = composer.take(event)
            if problem is not None:
                return Composed(None, problem)
    except yaml.YAMLError as error:
        return Composed(None, yaml_faults.explain(error, text))
    return Composed(composer.tree)


def find(tree: Yaml | None, path: list[str]) -> Place:
    """The place `path` leads to, as far as it exists."""
    if tree is None:
        return Place(None, Span(0, 1), True)
    key: Span | None = None
    here = tree
    for token in path:
        child = _child(_target(here), token)
        if child is None:
            break
        key, here = child
    return Place(key, _shown(here), isinstance(_target(here), Items | Pairs))


def _child(node: Node, token: str) -> tuple[Span | None, Yaml] | None:
    """The member or item of a node that a reference token names."""
    match node:
        case Items():
            within = token.isdecimal() and int(token) < len(node.children)
            return (None, node.children[int(token)]) if within else None
        case Pairs():
            return _member(node, token)
        case Scalar():
            return None


def _member(node: Pairs, token: str) -> tuple[Span | None, Yaml] | None:
    merged: list[Yaml] = []
    for key, value in node.pairs():
        name = _target(key)
        if not isinstance(name, Scalar):
            continue
        if is_merge(name):
            merged.append(value)
        elif name.text == token:
            return key.span, value
    for source in merged:
        for each in merge_sources(source):
            found = _child(each, token)
            if found is not None:
                return found
    return None


def is_merge(key: Scalar) -> bool:
    """Whether a key is the merge key `<<` (YAML 1.1 type repository, still in use)."""
    return key.plain and key.tag is None and key.text == "<<"


def merge_sources(value: Yaml) -> list[Pairs]:
    """The mappings that a merge key takes members from, the strongest first."""
    target = _target(value)
    if isinstance(target, Pairs):
        return [target]
    items = target.children if isinstance(target, Items) else []
    return [item for item in map(_target, items) if isinstance(item, Pairs)]


def _target(node: Yaml) -> Node:
    return node.target if isinstance(node, Alias) else node


def _shown(node: Yaml) -> Span:
    """What is underlined of a value: of a block, the first thing in it."""
    while isinstance(node, Items | Pairs) and node.span.start == node.span.end:
        if not node.children:
            break
        node = node.children[0]
    return node.span


@dataclass(slots=True)
class _Anchored:
    """An anchor's node, how many values it holds (0 while it is open), and how deep."""

    node: Node
    size: int = 0
    height: int = 0


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen yet, with its measures so far."""

    node: Items | Pairs
    anchored: _Anchored | None
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class _Composer:
    """Builds the tree from parser events, counting the values that aliases repeat."""

    tree: Yaml | None = None
    open: list[_Open] = field(default_factory=list[_Open])
    anchors: dict[str, _Anchored] = field(default_factory=dict[str, _Anchored])
    aliased: int = 0

    def take(self, event: yaml.Event) -> Problem | None:
        """Adds what an event begins or ends; returns what is wrong with it."""
        match event:
            case yaml.ScalarEvent():
                node = Scalar(event.value, event.tag, not event.style, _span(event))
                if event.anchor is not None:
                    self.anchors[event.anchor] = _Anchored(node, 1)
                self._add(node, 1, 0)
            case yaml.SequenceStartEvent():
                return self._start(Items(event.tag, _span(event)), event.anchor)
            case yaml.MappingStartEvent():
                return self._start(Pairs(event.tag, _span(event)), event.anchor)
            case yaml.CollectionEndEvent():
                self._end()
            case yaml.AliasEvent():
                return self._alias(event.anchor or "", _span(event))
            case yaml.DocumentStartEvent() if self.tree is not None:
                return yaml_faults.second_document(_span(event))
            case _:
                pass
        return None

    def _add(self, node: Yaml, size: int, height: int) -> None:
        if self.open:
            parent = self.open[-1]
            parent.node.children.append(node)
            parent.size += size
            parent.height = max(parent.height, height + 1)
        else:
            self.tree = node

    def _start(self, node: Items | Pairs, anchor: str | None) -> Problem | None:
        if len(self.open) == MAX_DEPTH:
            return too_deep(node.span)
        anchored = None
        if anchor is not None:
            anchored = self.anchors[anchor] = _Anchored(node)
        self.open.append(_Open(node, anchored))
        return None

    def _end(self) -> None:
        closed = self.open.pop()
        if closed.anchored is not None:
            closed.anchored.size = closed.size
            closed.anchored.height = closed.height
        self._add(closed.node, closed.size, closed.height)

    def _alias(self, name: str, span: Span) -> Problem | None:
        anchored = self.anchors.get(name)
        if anchored is None:
            return yaml_faults.unknown_alias(name, list(self.anchors), span)
        if anchored.size == 0:
            return yaml_faults.alias_in_itself(name, span)
        if len(self.open) + anchored.height > MAX_DEPTH:
            return too_deep(span)
        self.aliased += anchored.size
        if self.aliased > MAX_ALIASED:
            return yaml_faults.alias_bomb(name, span)
        self._add(Alias(anchored.node, span), anchored.size, anchored.height)
        return None


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.index if start else 0, end.index if end else 0)
