"""How a document lists values: `enum`, `const`, and the extensions that name or open them."""

from __future__ import annotations

from calque.document.node import Json, Node, escape
from calque.model.declarations import Enumeration, Member
from calque.model.described import doc_of
from calque.model.types import Constant, Kind

# Extensions that name the members, by their index in `enum`.
_NAMES = ("x-enum-varnames", "x-enumNames")
_DESCRIPTIONS = ("x-enum-descriptions", "x-enumDescriptions")


def constants(node: Node) -> tuple[Constant | None, ...]:
    """The values that a schema lists, each once; those that are no scalars left out."""
    listed: list[Json] = (
        [node.mapping()["const"]] if "const" in node else values_of(node).sequence()
    )
    kept: dict[tuple[type, str], Constant | None] = {}
    for value in listed:
        if not isinstance(value, (list, dict)):
            kept.setdefault((type(value), str(value)), value)
    return tuple(kept.values())


def values_of(node: Node) -> Node:
    """The list of values: `enum`, or `x-extensible-enum` where that is a list itself."""
    return node.below("enum" if "enum" in node else "x-extensible-enum")


def lists_values(node: Node) -> bool:
    """Whether a schema says which values there are, and all of them are scalars."""
    one = [node.mapping()["const"]] if "const" in node else None
    listed = one or values_of(node).sequence()
    return bool(listed) and not any(isinstance(v, (list, dict)) for v in listed)


def opened(node: Node) -> Node | None:
    """The enumeration in `anyOf: [{type: string}, {enum: [...]}]`, which any text joins."""
    options = [*node.nodes("anyOf"), *node.nodes("oneOf")]
    some = [option for option in options if option.text("type") != "null"]
    listed = [option for option in some if len(constants(option)) > 1]
    free = [o for o in some if o.text("type") == "string" and not _limited(o)]
    if len(some) != 2 or len(listed) != 1 or len(free) != 1:
        return None
    alike = all(isinstance(value, str) for value in constants(listed[0]))
    return listed[0] if alike else None


def _limited(node: Node) -> bool:
    return lists_values(node) or bool(node.mapping().keys() & {"format", "pattern"})


def extensible(node: Node) -> bool:
    """Whether the service may send values that are not listed."""
    azure = node.below("x-ms-enum")
    return "x-extensible-enum" in node or azure.flag("modelAsString")


def is_named(node: Node, *, component: bool) -> bool:
    """Whether the listed values deserve a class: all text or all integers, and named."""
    values = [v for v in constants(node) if v is not None]
    alike = all(isinstance(v, str) for v in values) or all(
        isinstance(v, int) and not isinstance(v, bool) and has_literal(v)
        for v in values
    )
    return (
        alike
        and (component or "x-ms-enum" in node)
        and (len(values) > 1 or extensible(node))
    )


def has_literal(value: Constant) -> bool:
    """Whether a value can be a literal: text, or an integer of at most 64 bits."""
    if isinstance(value, (bool, float)):
        return False
    return isinstance(value, str) or -(2**63) <= value < 2**63


def enumeration(
    node: Node, hint: tuple[str, ...], *, owner: Node | None = None
) -> Enumeration:
    """The enumeration that a schema with listed values declares.

    `owner` is the schema that opens it to all text, and whose words it has.
    """
    values = [v for v in constants(node) if isinstance(v, (str, int))]
    azure = node.below("x-ms-enum").text("name")
    return Enumeration(
        id=(owner or node).pointer,
        hint=(azure,) if azure else hint,
        doc=(doc_of(owner) if owner else "") or doc_of(node),
        kind=Kind.STRING if isinstance(values[0], str) else Kind.INTEGER,
        members=tuple(
            _member(node, index, value) for index, value in enumerate(values)
        ),
        extensible=owner is not None or extensible(node),
        deprecated=(owner or node).flag("deprecated"),
    )


def _member(node: Node, index: int, value: str | int) -> Member:
    said = _azure_member(node, value)
    return Member(
        id=f"{node.pointer}/enum/{escape(str(value))}",
        value=value,
        hint=_listed(node, _NAMES, index) or (said and said.text("name")) or str(value),
        doc=_listed(node, _DESCRIPTIONS, index) or (said and doc_of(said)) or "",
    )


def _listed(node: Node, keys: tuple[str, ...], index: int) -> str:
    """What the first of some parallel lists says of the value at an index."""
    for key in keys:
        entry = node.below(key).get(index)
        if entry is not None and isinstance(entry.value, str):
            return entry.value
    return ""


def _azure_member(node: Node, value: str | int) -> Node | None:
    """What `x-ms-enum` says of a value: its `name` and `description`."""
    said = node.below("x-ms-enum").below("values").elements()
    return next(
        (entry for entry in said if entry.mapping().get("value") == value), None
    )
