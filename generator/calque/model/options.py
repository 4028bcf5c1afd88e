"""What the options of a union are called that have no name of their own."""

from __future__ import annotations

import re
from collections import Counter

from calque.document.node import Node
from calque.model.enumerations import constants
from calque.model.merge import merge
from calque.model.plain import Hint, is_null, type_names
from calque.resolve import Resolved

# A value that makes a word of a name: no URL, no sentence.
_WORD = re.compile(r"(?=.*[^\W\d_])[\w.:-][\w .:-]{0,39}")


class Options:
    """Names the options of unions, each list of them once."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self._known: dict[str, dict[str, Hint]] = {}

    def words(self, options: Node) -> dict[str, Hint]:
        """What each option of a `oneOf` or `anyOf` adds to the name of the union, by pointer.

        The name of what it refers to, or its title; nothing, if it is the only one besides
        null; the value of a property that no other has there (`kind: {const: cat}`); its
        JSON type, if no other has that; else its number.
        """
        known = self._known.get(options.pointer)
        if known is None:
            known = _words(self.resolved, [*options.elements()])
            self._known[options.pointer] = known
        return known


def _words(resolved: Resolved, options: list[Node]) -> dict[str, Hint]:
    words = {option.pointer: _own(resolved, option) for option in options}
    unnamed = [option for option in options if not words[option.pointer]]
    kinds = {o.pointer: _kind(resolved.follow(o)) for o in options if unnamed}
    some = Counter(kind for kind in kinds.values() if kind != "null")
    if some.total() < 2:
        return words
    told = _told(resolved, unnamed)
    for number, option in enumerate(options, 1):
        pointer = option.pointer
        kind = kinds[pointer]
        alone = some[kind] == 1 and "" not in some
        plain = kind if alone else f"option {number}"
        words[pointer] = words[pointer] or (told.get(pointer, plain),)
    return words


def _own(resolved: Resolved, option: Node) -> Hint:
    target = resolved.follow(option)
    name = option.text("title") if target.pointer == option.pointer else target.key
    return (name,) if name else ()


def _kind(schema: Node) -> str:
    """The JSON type of a schema, empty where it may be of several or does not say."""
    if is_null(schema):
        return "null"
    names = [name for name in type_names(schema) if name != "null"]
    if names == ["anything"]:
        return "object" if "properties" in schema or "allOf" in schema else ""
    return names[0] if len(names) == 1 else ""


def _told(resolved: Resolved, options: list[Node]) -> dict[str, str]:
    """For those options that one of their properties tells from the others, its value."""
    every = {option.pointer: _constants(resolved, option) for option in options}
    times = Counter(said for own in every.values() for said in own.items())
    telling = {
        pointer: [value for name, value in own.items() if times[name, value] == 1]
        for pointer, own in every.items()
    }
    return {pointer: values[0] for pointer, values in telling.items() if values}


def _constants(resolved: Resolved, option: Node) -> dict[str, str]:
    """The text that a property of an object always is, for each where it is a word."""
    values = {
        property_.name: constants(resolved.follow(property_.node))
        for property_ in merge(resolved, option).properties
    }
    only = {name: each[0] for name, each in values.items() if len(each) == 1}
    return {n: v for n, v in only.items() if isinstance(v, str) and _WORD.fullmatch(v)}
