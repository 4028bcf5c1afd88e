"""Where black puts parentheses around what gets too long: types, values, what is returned."""

from __future__ import annotations

from collections.abc import Iterator

from calque.layout.leaf import Kind, Leaf, Owner, Unknown
from calque.layout.reader import Parsed, Place


def with_optional(parsed: Parsed, place: Place) -> list[Leaf]:
    """The leaves of a line, with the parentheses that are there if it breaks at them."""
    leaves = parsed.leaves
    match place:
        case Place.ELEMENT:
            return leaves
        case Place.TAIL:
            return _returned(leaves)
        case Place.PARAMETER:
            return _parameters(leaves, 0)
        case Place.STATEMENT:
            return _statement(parsed)


def _statement(parsed: Parsed) -> list[Leaf]:
    leaves = parsed.leaves
    match parsed.first:
        case "return":
            return [leaves[0], *_wrapped(leaves[1:])]
        case "from":
            names = next(i for i, leaf in enumerate(leaves) if leaf.text == "import")
            wrapped = _around(leaves[names + 1 :], Owner.IMPORT)
            return [*leaves[: names + 1], *wrapped]
        case "def" | "async":
            return _returned(_parameters(leaves, 1))
        case "with":
            return _managed(leaves)
        case "for":
            return _looped(leaves)
        case "if" | "else" | "import":
            raise Unknown(f"a long line that begins with {parsed.first}")
        case "class" | "@":
            return leaves
        case _:
            return _assigned(leaves)


def _assigned(leaves: list[Leaf]) -> list[Leaf]:
    """An assignment: parentheses around its type, and around its value."""
    equals = [i for i, leaf in _outside(leaves, 0) if leaf.text == "="]
    colons = [i for i, leaf in _outside(leaves, 0) if leaf.text == ":"]
    if len(equals) > 1:
        raise Unknown("an assignment to several targets")
    end = equals[0] if equals else len(leaves)
    target, value = leaves[:end], leaves[end:]
    # A colon after the sign of equality is that of a lambda.
    if colons and colons[0] < end:
        target = [*target[: colons[0] + 1], *_wrapped(target[colons[0] + 1 :])]
    elif equals and any(leaf.text == "," for _, leaf in _outside(target, 0)):
        target = _around(target, Owner.OPTIONAL)
    return [*target, *value[:1], *(_wrapped(value[1:]) if value else [])]


def _managed(leaves: list[Leaf]) -> list[Leaf]:
    """What a `with` enters: parentheses around it with its name."""
    if any(leaf.text == "," for _, leaf in _outside(leaves, 0)):
        raise Unknown("several context managers")
    return [leaves[0], *_around(leaves[1:-1], Owner.OPTIONAL), leaves[-1]]


def _looped(leaves: list[Leaf]) -> list[Leaf]:
    """A loop over one name: parentheses around the name, and around what it loops over."""
    if len(leaves) < 5 or leaves[2].text != "in":
        raise Unknown("a loop over several names")
    name, over = leaves[1:2], leaves[3:-1]
    return [
        *(leaves[0], *_around(name, Owner.OPTIONAL), leaves[2]),
        *(*_around(over, Owner.OPTIONAL), leaves[-1]),
    ]


def _parameters(leaves: list[Leaf], depth: int) -> list[Leaf]:
    """Parameters at a depth of brackets: parentheses around each union of types."""
    result: list[Leaf] = []
    start: int | None = None
    places = dict(_outside(leaves, depth))
    for index, leaf in enumerate(leaves):
        ends = leaf.text in (",", "=") and index in places
        ends |= leaf.owner is Owner.PARAMETERS and leaf.kind is Kind.CLOSE
        if start is not None and ends:
            union = any(
                leaves[i].text == "|" for i in range(start, index) if i in places
            )
            type_ = leaves[start:index]
            result += _around(type_, Owner.OPTIONAL) if union else type_
            start = None
        if start is None:
            result.append(leaf)
            if leaf.text == ":" and index in places:
                start = index + 1
    return result + (leaves[start:] if start is not None else [])


def _returned(leaves: list[Leaf]) -> list[Leaf]:
    arrow = next((i for i, leaf in enumerate(leaves) if leaf.text == "->"), None)
    if arrow is None:
        return leaves
    # A function that is a stub ends with `: ...`.
    end = len(leaves) - (1 if leaves[-1].text == ":" else 2)
    type_ = _around(leaves[arrow + 1 : end], Owner.OPTIONAL)
    return [*leaves[: arrow + 1], *type_, *leaves[end:]]


def _wrapped(leaves: list[Leaf]) -> list[Leaf]:
    """What is returned or assigned; a tuple in parentheses has its own."""
    if not leaves:
        return []
    closed = next((i for i, leaf in _outside(leaves, 0) if leaf.kind is Kind.CLOSE), -1)
    if leaves[0].owner is Owner.TUPLE and closed == len(leaves) - 1:
        return leaves
    return _around(leaves, Owner.OPTIONAL)


def _around(leaves: list[Leaf], owner: Owner) -> list[Leaf]:
    opening = Leaf(Kind.OPEN, "", leaves[0].space, owner)
    leaves[0].space = ""
    return [opening, *leaves, Leaf(Kind.CLOSE, "", "", owner)]


def _outside(leaves: list[Leaf], depth: int) -> Iterator[tuple[int, Leaf]]:
    """The leaves, with their places, that stand in so many brackets; closing ones too."""
    level = 0
    for index, leaf in enumerate(leaves):
        level -= leaf.kind is Kind.CLOSE
        if level == depth:
            yield index, leaf
        level += leaf.kind is Kind.OPEN
