"""Elements of XML as the JSON values that they would be: by types, and by names of members."""

from __future__ import annotations

import typing

import msgspec

from .issue import Report
from .lenient import builder
from .shapes import ANY, json_types, options
from .texts import item_of, scalar
from .variants import model_of, plan_of
from .xml_elements import Element
from .xml_names import XmlName, names_of


def json_of(element: Element, kind: object, name: XmlName) -> object:
    """The JSON value of an element of a type; `name` says what items are called."""
    if element.nil:
        return None
    if json_types(kind) == ANY:
        return _anything(element)
    for each in options(kind):
        if each is type(None):
            continue
        if _fits(element, each):
            return _of_kind(element, each, name)
    return element.text


def _fits(element: Element, kind: object) -> bool:
    """Whether an element can be of a type: one with others in it is no scalar."""
    structured = bool({"object", "array"} & json_types(kind))
    return structured or not element.children


def _of_kind(element: Element, kind: object, name: XmlName) -> object:
    if hasattr(kind, "__calque_variants__"):
        return _of_union(element, kind, name)
    if model_of(kind) is not None:
        return _of_model(element, kind)
    if typing.get_origin(kind) is dict:
        value = typing.get_args(kind)[1]
        return {c.name: json_of(c, value, XmlName(c.name)) for c in element.children}
    if "array" in json_types(kind):
        return _items(element.children, kind, name)
    return scalar(element.text, kind)


def _items(elements: list[Element], kind: object, name: XmlName) -> list[object]:
    return [
        json_of(child, item_of(kind, place), name.item_name)
        for place, child in enumerate(elements)
    ]


def _of_union(element: Element, kind: object, name: XmlName) -> object:
    """An element as the variant that it names, or else as the one it is nearest to."""
    plan = plan_of(typing.cast("typing.Any", kind))
    tag = None if plan.tag is None else _said(element, plan.tag)
    if tag is not None and tag in plan.table:
        return json_of(element, plan.table[tag], name)
    best: tuple[int, object] | None = None
    for variant in plan.variants:
        value, trial = json_of(element, variant, name), Report(exact=True)
        builder(variant)(value, None, trial)
        if best is None or len(trial) < best[0]:
            best = len(trial), value
    return best[1] if best else element.text


def _said(element: Element, member: str) -> str | None:
    """The text of a member, an attribute or an element."""
    found = (child.text for child in element.children if child.name == member)
    return element.attributes.get(member, next(found, None))


def _of_model(element: Element, kind: object) -> dict[str, object]:
    model, hints = model_of(kind), names_of(kind)
    found: dict[str, object] = {}
    known: set[str] = set()
    for field in msgspec.structs.fields(model) if model else ():
        wire = field.encode_name
        hint = hints.get(wire) or XmlName(wire)
        known |= {hint.name, hint.item_name.name}
        value = _member(element, field.type, hint, required=field.required)
        if value is not msgspec.UNSET:
            found[wire] = value
    if kind is not model:
        # An open one has members that are not declared.
        extra = _extra(kind)
        rest = (child for child in element.children if child.name not in known)
        found |= {c.name: json_of(c, extra, XmlName(c.name)) for c in rest}
    return found


def _extra(kind: object) -> object:
    """The type of the undeclared members of an open model."""
    struct: type[msgspec.Struct] | None = getattr(kind, "__calque_additional__", None)
    if struct is None:
        return typing.Any
    members: object = msgspec.structs.fields(struct)[0].type
    return typing.get_args(members)[1]


def _member(element: Element, kind: object, hint: XmlName, *, required: bool) -> object:
    """The JSON value of a member; UNSET where it is absent."""
    if hint.text:
        return scalar(element.text, kind)
    if hint.attribute:
        text = element.attributes.get(hint.name)
        return msgspec.UNSET if text is None else scalar(text, kind)
    name = hint.name
    if _is_list(kind) and not hint.wrapped:
        inner = [c for c in element.children if c.name == hint.item_name.name]
        return _items(inner, kind, hint) if inner or required else msgspec.UNSET
    for child in element.children:
        if child.name == name:
            return json_of(child, kind, hint)
    return msgspec.UNSET


def _is_list(kind: object) -> bool:
    accepted = json_types(kind)
    return accepted != ANY and "array" in accepted


def _anything(element: Element) -> object:
    """What an element looks like where nothing is said of it."""
    if element.nil:
        return None
    if not element.children and not element.attributes:
        return element.text
    found: dict[str, object] = dict(element.attributes)
    for child in element.children:
        value, seen = _anything(child), found.get(child.name)
        if child.name not in found:
            found[child.name] = value
        else:
            found[child.name] = (
                [*seen, value] if isinstance(seen, list) else [seen, value]
            )
    return found
