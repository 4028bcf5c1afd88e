"""What the options of a union are called that have no name of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from calque.document.node import Node
from calque.model.enumerations import constants
from calque.model.merge import Property, merge
from calque.model.plain import Hint, is_null, type_names
from calque.resolve import Resolved

# A value that makes a word of a name: no URL, no sentence.
_WORD = re.compile(r"(?=.*[^\W\d_])[\w.:-][\w .:-]{0,39}")

_HOLDING = {"properties", "allOf"}
"""What makes a class of a schema; of an array or a map the class is that of what it holds."""


class Options:
    """Names the options of unions, each list of them once."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self._known: dict[str, dict[str, Hint]] = {}

    def words(self, options: Node) -> dict[str, Hint]:
        """What each option of a `oneOf` or `anyOf` adds to the name of the union, by pointer.

        The name of what it refers to, or its title; nothing, if it is the only one besides
        null; the value of a property that no other has there (`kind: {const: cat}`); its
        JSON type, if no other has that and it needs a name; its only property; else its
        number.
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
    merged = {o.pointer: merge(resolved, o).properties for o in unnamed}
    told = _telling({p: _constants(resolved, own) for p, own in merged.items()})
    named = _telling({p: _only(own) for p, own in merged.items()})
    for number, option in enumerate(options, 1):
        pointer, kind = option.pointer, kinds[option.pointer]
        if words[pointer]:
            continue
        if pointer in told:
            words[pointer] = (told[pointer],)
        elif some[kind] == 1 and "" not in some:
            words[pointer] = (kind,) if _HOLDING & option.mapping().keys() else ()
        else:
            words[pointer] = (named.get(pointer, f"option {number}"),)
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


def _telling(words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The first of the words of each option that no other has for the same property."""
    times = Counter(said for own in words.values() for said in own.items())
    telling = {
        pointer: [word for name, word in own.items() if times[name, word] == 1]
        for pointer, own in words.items()
    }
    return {pointer: some[0] for pointer, some in telling.items() if some}


def _constants(resolved: Resolved, properties: tuple[Property, ...]) -> dict[str, str]:
    """The text that a property of an object always is, for each where it is a word."""
    values = {p.name: constants(resolved.follow(p.node)) for p in properties}
    only = {name: each[0] for name, each in values.items() if len(each) == 1}
    return {n: v for n, v in only.items() if isinstance(v, str) and _WORD.fullmatch(v)}


def _only(properties: tuple[Property, ...]) -> dict[str, str]:
    """The name of the one property of an object that has no other."""
    names = [p.name for p in properties]
    return {"": names[0]} if len(names) == 1 and _WORD.fullmatch(names[0]) else {}
