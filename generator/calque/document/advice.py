"""What would be right in the place of a structural fault, in words."""

from __future__ import annotations

from typing import assert_never

from calque.document.belongs import right_field
from calque.document.faults import Fault, What
from calque.document.grammar import Kind, Shapes, Standing
from calque.document.node import Node
from calque.document.similar import similar

_OTHER_TYPES = {
    # What people write for `type`, and what it is called here.
    "any": "leave out `type` to allow any value",
    "bool": "did you mean `boolean`?",
    "date": "write `type: string` with `format: date`",
    "date-time": "write `type: string` with `format: date-time`",
    "datetime": "write `type: string` with `format: date-time`",
    "decimal": "did you mean `number`?",
    "dict": "did you mean `object`?",
    "double": "write `type: number` with `format: double`",
    "file": "write `type: string` with `format: binary`",
    "float": "write `type: number` with `format: float`",
    "int": "did you mean `integer`?",
    "int32": "write `type: integer` with `format: int32`",
    "int64": "write `type: integer` with `format: int64`",
    "list": "did you mean `array`?",
    "long": "write `type: integer` with `format: int64`",
    "map": "write `type: object` with `additionalProperties`",
    "null": "write `nullable: true` beside another `type`",
    "str": "did you mean `string`?",
    "text": "did you mean `string`?",
    "uuid": "write `type: string` with `format: uuid`",
}

_LOCATIONS = {
    "body": "OpenAPI 3 has `requestBody` for what Swagger 2.0 had parameters in `body`",
    "formData": "OpenAPI 3 has `requestBody` with `content` for form fields",
}

_TYPE_NAMES = {
    "array": "an array",
    "boolean": "a boolean",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


def advice(fault: Fault, there: Standing, node: Node, shapes: Shapes) -> str:
    """What would be right in the place of a fault of what stands there."""
    match fault.what:
        case What.MISSING:
            return "add one of them" if fault.expected else f"add `{fault.key}`"
        case What.UNKNOWN:
            return right_field(node, there.kind, fault.key, shapes)
        case What.WRONG_TYPE:
            return _right_type(fault, there, node)
        case What.NOT_ALLOWED:
            return _right_value(fault, there, node)
        case What.BAD_NAME if there.kind is Kind.PATH_ITEM:
            return "write a method of no spaces; `post` and its like have fields of their own"
        case What.BAD_NAME:
            return "such names have letters, digits, `.`, `-` and `_`"
        case What.EMPTY:
            return "fill it, or remove it"
        case What.TOO_MANY:
            return "keep one of them"
        case What.REPEATED:
            return "remove one of them"
        case What.OUT_OF_RANGE:
            return "use a number that is not negative"
        case What.CONFLICT:
            return "remove it" if len(fault.expected) == 1 else "remove one of them"
        case What.OTHER:
            return "compare it with the OpenAPI specification"
        case _:
            assert_never(fault.what)


def _right_type(fault: Fault, there: Standing, node: Node) -> str:
    if there.kind is Kind.SCHEMA and there.member == "required":
        return "let the object around it list its required properties in `required`"
    if there == Standing(Kind.SCHEMA, "type"):
        return "OpenAPI 3.0 allows one type, and `nullable: true` beside it"
    if node.value is None:
        return "give it a value, or remove it"
    if node.key == "items" and isinstance(node.value, list):
        return "OpenAPI 3.1 has `prefixItems` for items that have schemas of their own"
    if fault.expected == ("string",) and isinstance(node.value, int | float):
        return "put it in quotes"
    return f"write {expected_types(fault)}"


def _right_value(fault: Fault, there: Standing, node: Node) -> str:
    written = node.value if isinstance(node.value, str) else ""
    if there == Standing(Kind.SCHEMA, "type") and written.lower() in _OTHER_TYPES:
        return _OTHER_TYPES[written.lower()]
    if there == Standing(Kind.PARAMETER, "in") and written in _LOCATIONS:
        return _LOCATIONS[written]
    meant = similar(written, fault.expected)
    if meant is not None:
        return f"did you mean `{meant}`?"
    if len(fault.expected) == 1:
        return f"write `{fault.expected[0]}`"
    return f"it is one of {listed(fault.expected, ', ')}"


def expected_types(fault: Fault) -> str:
    """The JSON types that a value may be of, as a sentence has them."""
    return " or ".join(_TYPE_NAMES.get(each, each) for each in fault.expected)


def listed(words: tuple[str, ...], between: str) -> str:
    """Names as a sentence has them."""
    return between.join(f"`{word}`" for word in words)
