"""What a YAML tree means as plain data: the core schema of YAML 1.2, and merge keys."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import assert_never

from calque.codes import Code
from calque.document.node import Json
from calque.document.span import Problem, Span, duplicate_key
from calque.document.yaml_tree import (
    Alias,
    Items,
    Node,
    Pairs,
    Scalar,
    Yaml,
    is_merge,
    merge_sources,
)

_PREFIX = "tag:yaml.org,2002:"

# YAML 1.2.2, section 10.3.2. `yes`, `on`, dates and `1_000` are strings.
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MAX_DIGITS = 300
"""More digits than the largest float has; Python itself refuses 4,300."""


@dataclass(frozen=True, slots=True)
class Built:
    """The data of a tree, and what is wrong with it."""

    value: Json
    problems: tuple[Problem, ...]


def build(tree: Yaml, text: str) -> Built:
    """The plain data that `tree`, composed of `text`, stands for."""
    builder = _Builder(text)
    return Built(builder.value(tree), tuple(builder.problems))


@dataclass(slots=True)
class _Builder:
    text: str
    problems: list[Problem] = field(default_factory=list[Problem])
    shared: dict[int, Json] = field(default_factory=dict[int, Json])
    """What anchors stand for, so that aliases share it and it is judged once."""

    def value(self, node: Yaml) -> Json:
        match node:
            case Scalar():
                return self._scalar(node)
            case Alias():
                return self._alias(node.target)
            case Items():
                self._expect(node.tag, "seq", node.span)
                return [self.value(child) for child in node.children]
            case Pairs():
                self._expect(node.tag, "map", node.span)
                return self._object(node)
            case _:
                assert_never(node)

    def _alias(self, target: Node) -> Json:
        if id(target) not in self.shared:
            silent = _Builder(self.text, shared=self.shared)
            self.shared[id(target)] = silent.value(target)
        return self.shared[id(target)]

    def _object(self, node: Pairs) -> dict[str, Json]:
        result: dict[str, Json] = {}
        starts: dict[str, int] = {}
        merges: list[Yaml] = []
        for key, value in node.pairs():
            name = key.target if isinstance(key, Alias) else key
            if not isinstance(name, Scalar):
                self.problems.append(_no_text(key.span))
            elif is_merge(name):
                merges.append(value)
            elif name.text in starts:
                line = self.text.count("\n", 0, starts[name.text]) + 1
                self.problems.append(duplicate_key(name.text, key.span, line))
            else:
                starts[name.text] = key.span.start
                result[name.text] = self.value(value)
        for value in merges:
            self._merge(value, result)
        return result

    def _merge(self, value: Yaml, into: dict[str, Json]) -> None:
        """Adds the members that `<<: value` means; those that are there win."""
        sources = merge_sources(value)
        if not sources:
            self.problems.append(_no_merge(value.span))
        for source in sources:
            members = self._alias(source)
            if isinstance(members, dict):
                for key, member in members.items():
                    into.setdefault(key, member)

    def _scalar(self, node: Scalar) -> Json:
        tag = (node.tag or "").removeprefix(_PREFIX)
        if tag in ("str", "!") or (not tag and not node.plain):
            return node.text
        if tag and tag not in ("null", "bool", "int", "float"):
            self._expect(node.tag, "str", node.span)
            return node.text
        value = plain(node.text)
        if (tag and not _fits(value, tag)) or _NO_NUMBER.fullmatch(node.text):
            self.problems.append(_no_value(node))
        elif isinstance(value, str) and _INT.fullmatch(value):
            self.problems.append(_too_large(node))
        return value

    def _expect(self, tag: str | None, kind: str, span: Span) -> None:
        if tag not in (None, "!", _PREFIX + kind):
            self.problems.append(_unknown_tag(tag, span))


def plain(text: str) -> Json:
    """What a scalar without quotes and tag is (YAML 1.2.2, section 10.3.2)."""
    if not text or text[0] not in "~nNtTfF.+-0123456789":
        return text or None
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text) if len(text) <= _MAX_DIGITS else text
    if _OCTAL.fullmatch(text) or _HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _fits(value: Json, tag: str) -> bool:
    """Whether a value is of the type that its tag names."""
    match value:
        case None:
            return tag == "null"
        case bool():
            return tag == "bool"
        case int():
            return tag in ("int", "float")
        case float():
            return tag == "float"
        case _:
            return False


def _no_text(span: Span) -> Problem:
    return Problem(
        code=Code.KEY_NOT_TEXT,
        message="a key is a list or an object, but keys are texts",
        help="write the key in quotes if it is a text",
        span=span,
    )


def _no_merge(span: Span) -> Problem:
    return Problem(
        code=Code.YAML_MERGE,
        message="the merge key `<<` is given no object to take members from",
        help="write `<<: *name` where `&name` stands at an object",
        span=span,
    )


def _no_value(node: Scalar) -> Problem:
    return Problem(
        code=Code.NOT_JSON,
        message=f"`{node.text}` is not a value that JSON can hold",
        help="put it in quotes if it is text",
        span=node.span,
    )


def _too_large(node: Scalar) -> Problem:
    return Problem(
        code=Code.NOT_JSON,
        message="the number is too large",
        help="use a number that JSON can hold, or a string",
        span=node.span,
    )


def _unknown_tag(tag: str | None, span: Span) -> Problem:
    name = (tag or "").replace(_PREFIX, "!!")
    return Problem(
        code=Code.YAML_TAG,
        message=f"the tag `{name}` is not one that plain data has",
        help="remove the tag, or put the value in quotes",
        span=span,
    )
