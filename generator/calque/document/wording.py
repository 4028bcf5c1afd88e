"""How a structural fault is put into words: what is wrong, and what calque does about it."""

from __future__ import annotations

import json
from typing import assert_never

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.advice import advice, expected_types, listed
from calque.document.faults import Fault, What
from calque.document.fields import TYPES, fields
from calque.document.grammar import Kind, Shapes, Standing, standing
from calque.document.grammars import shapes_in
from calque.document.node import Json, Node, join, split, tokens, type_name
from calque.document.reference import lookup
from calque.document.verdicts import (
    TRUTHS,
    AsBoolean,
    Assume,
    AsText,
    Called,
    Drop,
    Inside,
    Keep,
    Refuse,
    Remedy,
)

_CODES = {
    What.MISSING: Code.MISSING_FIELD,
    What.UNKNOWN: Code.UNKNOWN_FIELD,
    What.WRONG_TYPE: Code.WRONG_TYPE,
    What.NOT_ALLOWED: Code.UNKNOWN_VALUE,
    What.BAD_NAME: Code.COMPONENT_NAME,
    What.EMPTY: Code.EMPTY_VALUE,
    What.TOO_MANY: Code.TOO_MANY,
    What.REPEATED: Code.REPEATED_ITEM,
    What.OUT_OF_RANGE: Code.OUT_OF_RANGE,
    What.CONFLICT: Code.CONFLICTING_FIELDS,
    What.OTHER: Code.INVALID,
}

_IGNORED = "it is ignored"
_LONGEST = 60


def describe(fault: Fault, root: Node, remedy: Remedy) -> Diagnostic:
    """The diagnostic of a fault about which `remedy` is done."""
    shapes = shapes_in(root)
    there = standing(tokens(fault.pointer), shapes=shapes)
    node = lookup(root, fault.pointer) or Node(fault.pointer, None)
    refused = isinstance(remedy, Refuse)
    name = _name(root, fault.pointer)
    right = advice(fault, there, node, shapes)
    done = _done(remedy, fault, node, there)
    keyed = fault.what in (What.UNKNOWN, What.BAD_NAME)
    return Diagnostic(
        severity=Severity.ERROR if refused else Severity.WARNING,
        code=_code(fault, there),
        message=_message(fault, there, name, node.value, shapes),
        help=right,
        done=done,
        pointer=join(fault.pointer, fault.key) if keyed else fault.pointer,
        focus=Focus.KEY if keyed else Focus.VALUE,
    )


def _message(
    fault: Fault, there: Standing, name: str, value: Json, shapes: Shapes
) -> str:
    noun = there.kind.noun
    match fault.what:
        case What.MISSING if fault.expected:
            return f"the {noun} has neither {listed(fault.expected, ' nor ')}"
        case What.MISSING:
            return f"the {noun} has no `{fault.key}`"
        case What.UNKNOWN:
            return _unknown(fault, there, shapes)
        case What.WRONG_TYPE:
            return f"{name} is {type_name(value)}, but must be {expected_types(fault)}"
        case What.NOT_ALLOWED if there == Standing(Kind.SCHEMA, "type"):
            known = "OpenAPI 3.0 has no" if value in TYPES else "unknown"
            return f"{known} type `{_shown(value)}`"
        case What.NOT_ALLOWED:
            return f"{name} cannot be `{_shown(value)}`"
        case What.BAD_NAME if there.kind is Kind.PATH_ITEM:
            return f"`{fault.key}` is not a method that can stand here"
        case What.BAD_NAME:
            return f"`{fault.key}` is not a name for a component"
        case What.EMPTY:
            return f"{name} is empty"
        case What.TOO_MANY:
            return f"{name} has more than one entry"
        case What.REPEATED:
            return f"{name} holds the same item twice"
        case What.OUT_OF_RANGE:
            return f"{name} cannot be {_shown(value)}"
        case What.CONFLICT if len(fault.expected) == 1:
            return f"the {noun} cannot have `{fault.expected[0]}`"
        case What.CONFLICT:
            return f"the {noun} has both {listed(fault.expected, ' and ')}"
        case What.OTHER:
            return f"{name} is not valid: {fault.reported[:200]}"
        case _:
            assert_never(fault.what)


def _code(fault: Fault, there: Standing) -> Code:
    match fault.what, there:
        case What.UNKNOWN, Standing(Kind.PATHS):
            return Code.PATH_NAME
        case What.UNKNOWN, Standing(Kind.RESPONSES):
            return Code.UNKNOWN_STATUS
        case What.NOT_ALLOWED, Standing(Kind.SCHEMA, "type"):
            return Code.UNKNOWN_TYPE
        case _:
            return _CODES[fault.what]


def _unknown(fault: Fault, there: Standing, shapes: Shapes) -> str:
    match there.kind:
        case Kind.PATHS:
            return f"the path `{fault.key}` does not begin with `/`"
        case Kind.RESPONSES:
            return f"`{fault.key}` is not a status code"
        case kind if fault.key in fields(kind, shapes) and kind is not Kind.SCHEMA:
            return f"`{fault.key}` does not apply to this {kind.noun}"
        case kind:
            return f"the {kind.noun} has an unknown field `{fault.key}`"


def _done(remedy: Remedy, fault: Fault, node: Node, there: Standing) -> str:
    """What calque does about the fault, where the author may not expect it."""
    match remedy:
        case Refuse():
            return ""
        case Keep():
            if there.kind is Kind.RESPONSES and fault.what is What.UNKNOWN:
                return "it is read as that"
            if fault.what is What.NOT_ALLOWED:
                return "it is read as in OpenAPI 3.1"
            return "it is used as it stands" if fault.what is What.BAD_NAME else ""
        case Drop():
            noun = there.kind.noun
            return f"the {noun} is ignored" if fault.what is What.MISSING else _IGNORED
        case Assume(key, value):
            field = key or tokens(fault.pointer)[-1]
            return f"`{field}: {json.dumps(value)}` is assumed"
        case AsText():
            return f'it is read as "{_shown(node.value)}"'
        case AsBoolean():
            truth = TRUTHS.get(str(node.value).lower(), False)
            return f"it is read as `{json.dumps(truth)}`"
        case Inside(key):
            return f"it is read as the `{key}` of one"
        case Called(key):
            return f"it is read as `{key}`"
        case _:
            assert_never(remedy)


def _name(root: Node, pointer: str) -> str:
    """What the value at an Id is called in a sentence."""
    parent, key = split(pointer)
    if parent == pointer:
        return "the document"
    owner = lookup(root, parent)
    if owner is not None and isinstance(owner.value, list):
        return f"an item of `{split(parent)[1]}`"
    return f"`{key}`"


def _shown(value: Json) -> str:
    """A value as it is written, cut when it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
