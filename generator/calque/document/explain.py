"""Which of the many failures that a JSON Schema validator reports is the one that counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Reported

from calque.document.faults import Fault, What
from calque.document.node import ROOT, Node, join
from calque.document.reference import lookup

if TYPE_CHECKING:
    from jsonschema_rs import JsonValue

_Branch: TypeAlias = list[ValidationError]
_Path: TypeAlias = list[str | int]

_DECIDING = ("in", "type", "scheme", "flow")
"""The fields whose value says which of several forms an object has."""

_EITHER = ("schema", "content")
"""What a parameter or header has one of."""


def explain(error: ValidationError, root: Node) -> Iterator[Fault]:
    """The faults behind one failure: of a choice, those of the form that was meant."""
    match error.kind:
        case Reported.AnyOf(context) | Reported.OneOfNotValid(context):
            yield from _choice(error, context, root)
        case _:
            yield from _single(error, root)


def _choice(
    error: ValidationError, branches: list[_Branch], root: Node
) -> Iterator[Fault]:
    meant = _meant(branches, error.instance_path, root)
    path = error.instance_path
    together = _together(meant, path, root) if len(meant) > 1 else None
    if together is not None:
        yield together
        return
    # The form that fits furthest, and among equals the one that fits best.
    nearest = max(meant, key=lambda branch: (_depth(branch), -len(branch)))
    for each in nearest:
        yield from explain(each, root)


def _meant(branches: list[_Branch], path: _Path, root: Node) -> list[_Branch]:
    """The branches that the author may have meant; all, if nothing speaks for some."""
    value = lookup(root, _pointer(path, root))
    refers = value is not None and "$ref" in value
    tests: tuple[Callable[[_Branch], bool], ...] = (
        lambda branch: _is_reference(branch, path) is not refers,
        lambda branch: any(_is_wrong_type(each, path) for each in branch),
        lambda branch: any(_decides(each, path, ("type",)) for each in branch),
        lambda branch: any(_decides(each, path) for each in branch),
    )
    for excluded in tests:
        left = [branch for branch in branches if not excluded(branch)]
        branches = left or branches
    return branches


def _is_reference(branch: _Branch, path: _Path) -> bool:
    """Whether the form that failed is a Reference Object's."""
    for error in branch:
        match error.kind:
            case Reported.Required(property="$ref"):
                return True
            case Reported.Type() if error.instance_path == [*path, "$ref"]:
                return True
            case _:
                continue
    return False


def _is_wrong_type(error: ValidationError, path: _Path) -> bool:
    return isinstance(error.kind, Reported.Type) and error.instance_path == path


def _decides(
    error: ValidationError, path: _Path, fields: tuple[str, ...] = _DECIDING
) -> bool:
    """Whether a field that tells the forms apart has the value of another form."""
    return (
        isinstance(error.kind, Reported.Enum | Reported.Constant | Reported.Pattern)
        and error.instance_path[:-1] == path
        and error.instance_path[-1] in fields
    )


def _together(branches: list[_Branch], path: _Path, root: Node) -> Fault | None:
    """The one fault of branches that all fail in the same way: their union."""
    telling = [
        next((error for error in branch if _decides(error, path)), branch[0])
        for branch in branches
        if branch
    ]
    found = [fault for error in telling for fault in _single(error, root)]
    if len(found) < len(branches) or len({(f.what, f.pointer) for f in found}) > 1:
        return None
    what, pointer = found[0].what, found[0].pointer
    if what is What.MISSING:
        keys = tuple(dict.fromkeys(fault.key for fault in found))
        return Fault(what=what, pointer=pointer, expected=keys)
    if what in (What.WRONG_TYPE, What.NOT_ALLOWED):
        allowed = dict.fromkeys(each for fault in found for each in fault.expected)
        return Fault(what=what, pointer=pointer, expected=tuple(allowed))
    return None


def _depth(branch: _Branch) -> int:
    """How far into the value a form fits before it fails."""
    return max((_reach(error) for error in branch), default=0)


def _reach(error: ValidationError) -> int:
    match error.kind:
        case Reported.AnyOf(context) | Reported.OneOfNotValid(context):
            return max((_depth(branch) for branch in context), default=0)
        case _:
            return len(error.instance_path)


def _single(error: ValidationError, root: Node) -> Iterator[Fault]:
    """The faults that a failure without alternatives is."""
    pointer = _pointer(error.instance_path, root)
    match error.kind:
        case Reported.Required(property):
            yield Fault(what=What.MISSING, pointer=pointer, key=property)
        case Reported.AdditionalProperties(unexpected) | Reported.UnevaluatedProperties(
            unexpected
        ):
            for key in unexpected:
                yield Fault(what=What.UNKNOWN, pointer=pointer, key=key)
        case Reported.Type(types):
            yield Fault(what=What.WRONG_TYPE, pointer=pointer, expected=tuple(types))
        case Reported.Enum(options):
            allowed = tuple(_text(option) for option in options)
            yield Fault(what=What.NOT_ALLOWED, pointer=pointer, expected=allowed)
        case Reported.Constant(value):
            allowed = (_text(value),)
            yield Fault(what=What.NOT_ALLOWED, pointer=pointer, expected=allowed)
        case Reported.PropertyNames(inner):
            key = str(inner.instance)
            yield Fault(what=What.BAD_NAME, pointer=pointer, key=key)
        case Reported.Not(schema):
            keys = _required(schema)
            yield Fault(what=What.CONFLICT, pointer=pointer, expected=keys)
        case Reported.OneOfMultipleValid():
            here = lookup(root, pointer)
            if here is not None and all(key in here for key in _EITHER):
                yield Fault(what=What.CONFLICT, pointer=pointer, expected=_EITHER)
            else:
                yield Fault(what=What.OTHER, pointer=pointer, reported=error.message)
        case kind:
            what = _LIMITS.get(kind.name, What.OTHER)
            reported = error.message if what is What.OTHER else ""
            yield Fault(what=what, pointer=pointer, reported=reported)


_LIMITS = {
    "minItems": What.EMPTY,
    "minProperties": What.EMPTY,
    "maxItems": What.TOO_MANY,
    "maxProperties": What.TOO_MANY,
    "uniqueItems": What.REPEATED,
    "minimum": What.OUT_OF_RANGE,
    "maximum": What.OUT_OF_RANGE,
    "exclusiveMinimum": What.OUT_OF_RANGE,
    "exclusiveMaximum": What.OUT_OF_RANGE,
}


def _required(schema: JsonValue) -> tuple[str, ...]:
    """The fields that a schema requires: those which a `not` forbids together."""
    keys = schema.get("required") if isinstance(schema, dict) else None
    return tuple(map(str, keys)) if isinstance(keys, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _pointer(path: _Path, root: Node) -> str:
    """The Id of a path as the validator gives it: with `200` as a number, even a key."""
    here: Node | None = root
    pointer = ROOT
    for step in path:
        key = _key(here, step) if here else str(step)
        here = here.get(key) if here else None
        pointer = join(pointer, key)
    return pointer


def _key(node: Node, step: str | int) -> str:
    if str(step) in node or not isinstance(step, int):
        return str(step)
    digits = (key for key in node.mapping() if key.isdecimal() and int(key) == step)
    return next(digits, str(step))
