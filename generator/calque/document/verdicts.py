"""Which faults leave the meaning of a document clear, and what is then done about them.

Every other fault is an error. What is done here is done before anything else reads the
document, so later stages only meet values of the form that OpenAPI gives them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from calque.document.faults import Fault, What
from calque.document.fields import CONSTRAINTS, TYPES, fields, typo
from calque.document.grammar import Kind, Shapes, Standing, standing
from calque.document.grammars import shapes_in
from calque.document.node import Json, Node, split, tokens
from calque.document.reference import lookup


@dataclass(frozen=True, slots=True)
class Refuse:
    """The meaning is not clear: an error."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The value stays; whoever reads it takes it as it stands."""


@dataclass(frozen=True, slots=True)
class Drop:
    """The value is taken as if it was not there."""


@dataclass(frozen=True, slots=True)
class Assume:
    """The field `key` (or the value itself, if empty) gets the value that is meant."""

    key: str
    value: Json


@dataclass(frozen=True, slots=True)
class AsText:
    """A number or boolean becomes the string it is written as."""


@dataclass(frozen=True, slots=True)
class AsBoolean:
    """`"true"`, or the `yes` of YAML 1.1, becomes `true`."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A value becomes the field `key` of an object."""

    key: str


@dataclass(frozen=True, slots=True)
class Called:
    """The field is called `key` since OpenAPI 3.1."""

    key: str


Remedy: TypeAlias = Refuse | Keep | Drop | Assume | AsText | AsBoolean | Inside | Called


class Given(Enum):
    """What kind of value stands at the place of a fault."""

    ANYTHING = "anything"
    NULL = "null"
    SCALAR = "a number or a boolean"
    BOOLEAN = "true or false"
    NUMBER = "a number"
    TEXT = "a string"
    TRUTH = "a word for true or false"
    TYPES = "an array of the names of types"
    NULL_TYPE = "the name of the type null"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table. Empty `kinds`, `keys`, `expected`: whichever."""

    what: What
    remedy: Remedy
    kinds: tuple[Kind, ...] = ()
    keys: tuple[str, ...] = ()
    given: Given = Given.ANYTHING
    expected: tuple[str, ...] = ()


_UNUSED = (
    Kind.CONTACT,
    Kind.LICENSE,
    Kind.EXTERNAL_DOCS,
    Kind.TAG,
    Kind.EXAMPLE,
    Kind.LINK,
)
"""Objects that only document, or that no code comes of."""

_WORDS = ("title", "summary", "description", "termsOfService", "bearerFormat")
_EXAMPLES = ("example", "examples", "externalDocs")
_FLOW = ("authorizationUrl", "tokenUrl", "scopes")
_EXCLUSIVE = ("exclusiveMinimum", "exclusiveMaximum")
_STATUS = re.compile("[1-5]xx|default", re.IGNORECASE)

# The first line that fits decides. Columns: what is wrong, what is done about it, in
# which objects, at which fields, when what stands there, when what is expected there.
_TABLE = (
    _Row(What.MISSING, Assume("description", ""), (Kind.RESPONSE,), ("description",)),
    _Row(What.MISSING, Assume("version", "0.0.0"), (Kind.INFO,), ("version",)),
    _Row(What.MISSING, Assume("required", True), (Kind.PARAMETER,), ("required",)),
    _Row(
        What.MISSING,
        Assume("schema", {}),
        (Kind.PARAMETER, Kind.HEADER),
        expected=("schema", "content"),
    ),
    _Row(What.MISSING, Keep(), (Kind.OPERATION,), ("responses",)),
    _Row(What.MISSING, Keep(), (Kind.RESPONSES,), ("default",)),
    _Row(What.MISSING, Keep(), (Kind.SERVER_VARIABLE,), ("default",)),
    _Row(What.MISSING, Keep(), (Kind.OAUTH_FLOW, *_UNUSED)),
    # Swagger 2.0 has no objects for the flows of OAuth, and no schemas of parameters.
    _Row(What.MISSING, Keep(), (Kind.SECURITY_SCHEME,), _FLOW),
    _Row(What.MISSING, Keep(), (Kind.PARAMETER, Kind.HEADER), ("type",)),
    _Row(What.MISSING, Drop(), (Kind.DISCRIMINATOR,)),
    # A path or a status that is not one would lose what stands there.
    _Row(What.UNKNOWN, Refuse(), (Kind.PATHS, Kind.RESPONSES)),
    _Row(What.UNKNOWN, Drop()),
    _Row(What.BAD_NAME, Refuse(), (Kind.PATH_ITEM,)),
    _Row(What.BAD_NAME, Keep()),
    _Row(What.WRONG_TYPE, Drop(), _UNUSED),
    _Row(What.WRONG_TYPE, Drop(), keys=_EXAMPLES),
    _Row(What.WRONG_TYPE, Keep(), (Kind.SCHEMA,), ("type",), Given.TYPES),
    _Row(What.WRONG_TYPE, Refuse(), (Kind.SCHEMA,), ("type",)),
    _Row(What.WRONG_TYPE, Refuse(), keys=("$ref",)),
    _Row(What.WRONG_TYPE, Drop(), given=Given.NULL),
    _Row(What.WRONG_TYPE, Keep(), (Kind.SCHEMA,), _EXCLUSIVE, Given.BOOLEAN),
    _Row(What.WRONG_TYPE, Keep(), (Kind.SCHEMA,), _EXCLUSIVE, Given.NUMBER),
    _Row(What.WRONG_TYPE, Drop(), (Kind.SCHEMA,), ("required",), Given.BOOLEAN),
    _Row(What.WRONG_TYPE, Drop(), (Kind.SCHEMA,), CONSTRAINTS),
    _Row(
        What.WRONG_TYPE,
        Inside("propertyName"),
        (Kind.DISCRIMINATOR,),
        given=Given.TEXT,
        expected=("object",),
    ),
    _Row(What.WRONG_TYPE, AsText(), given=Given.SCALAR, expected=("string",)),
    _Row(What.WRONG_TYPE, AsBoolean(), given=Given.TRUTH, expected=("boolean",)),
    _Row(
        What.WRONG_TYPE,
        AsBoolean(),
        given=Given.TRUTH,
        expected=("boolean", "object"),
    ),
    _Row(What.WRONG_TYPE, Drop(), keys=_WORDS),
    _Row(What.NOT_ALLOWED, Drop(), _UNUSED),
    _Row(What.NOT_ALLOWED, Assume("", True), (Kind.PARAMETER,), ("required",)),
    _Row(What.NOT_ALLOWED, Keep(), (Kind.SCHEMA,), ("type",), Given.NULL_TYPE),
    _Row(What.EMPTY, Keep(), (Kind.RESPONSES,)),
    _Row(What.EMPTY, Drop()),
    _Row(What.TOO_MANY, Keep()),
    _Row(What.REPEATED, Keep()),
    _Row(What.OUT_OF_RANGE, Drop()),
    _Row(What.CONFLICT, Refuse(), expected=("schema", "content")),
    _Row(What.CONFLICT, Keep()),
)


def judge(fault: Fault, root: Node) -> Remedy:
    """What is done about a fault of the document."""
    shapes = shapes_in(root)
    there = standing(tokens(fault.pointer), shapes=shapes)
    node = lookup(root, fault.pointer)
    key = fault.key or there.member
    if fault.what is What.UNKNOWN and node is not None and not there.member:
        if there.kind is Kind.SCHEMA and key in fields(Kind.SCHEMA):
            return Keep()  # A keyword of OpenAPI 3.1 in a document of 3.0.
        if there.kind is Kind.RESPONSES and (status := meant_status(key)):
            # Whoever reads it takes `4xx` for `4XX`, which can't be there twice.
            alike = [k for k in node.mapping() if meant_status(k) == status]
            return Refuse() if len(alike) > 1 else Keep()
        if there.kind not in _UNUSED and typo(there.kind, key, node.mapping(), shapes):
            return Refuse()
    if fault.what is What.WRONG_TYPE and node is not None and _is_tuple(node, shapes):
        return Called("prefixItems")
    for row in _TABLE:
        if (
            row.what is fault.what
            and (not row.kinds or there.kind in row.kinds)
            and (not row.keys or key in row.keys)
            and (not row.expected or set(row.expected) == set(fault.expected))
            and _is_given(row.given, node.value if node else None)
        ):
            return row.remedy
    return Refuse()


def _is_tuple(node: Node, shapes: Shapes) -> bool:
    """Whether a schema lists its items one by one in `items`, as JSON Schema once did."""
    owner, key = split(node.pointer)
    items = node.value if isinstance(node.value, list) else []
    schemas = bool(items) and all(isinstance(item, dict) for item in items)
    there = standing(tokens(owner), shapes=shapes)
    return schemas and key == "items" and there == Standing(Kind.SCHEMA)


def meant_status(key: str) -> str | None:
    """What is meant for a range of statuses, or all others, whatever the case of its letters."""
    if not _STATUS.fullmatch(key):
        return None
    return "default" if key.lower() == "default" else key.upper()


def _is_given(given: Given, value: Json) -> bool:
    match given:
        case Given.ANYTHING:
            return True
        case Given.NULL:
            return value is None
        case Given.SCALAR:
            return isinstance(value, int | float)
        case Given.BOOLEAN:
            return isinstance(value, bool)
        case Given.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Given.TEXT:
            return isinstance(value, str)
        case Given.TRUTH:
            return isinstance(value, str) and value.lower() in TRUTHS
        case Given.TYPES:
            items = value if isinstance(value, list) else []
            return bool(items) and all(item in TYPES for item in items)
        case Given.NULL_TYPE:
            return value == "null"


TRUTHS: Mapping[str, bool] = MappingProxyType(
    {
        "true": True,
        "yes": True,
        "on": True,
        "false": False,
        "no": False,
        "off": False,
    }
)
"""The strings that are read as booleans where one must stand: YAML 1.1 had six words."""
