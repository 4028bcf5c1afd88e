"""How a valid document is brought to the form of OpenAPI 3.1, by one rule after the other.

Every rule looks at one schema. Documents of 3.1 go through them too: what only 3.0 has
is still written there, and its meaning is no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import quote

from calque.diagnostics import Diagnostic
from calque.document.edit import Edit
from calque.document.files import Files
from calque.document.grammar import REFERABLE, Kind
from calque.document.moves import Moves
from calque.document.node import Json, Node, file_of, join
from calque.document.siblings import assertions, combined, ignored, place, unread
from calque.document.version import Version
from calque.document.walk import walk

Schema: TypeAlias = dict[str, Json]

_NULL: Json = {"type": "null"}

_IGNORED = "x-ignored"
"""Where keywords go that have no effect but may be referred to."""

_CHANGING = frozenset(
    {"$ref", "nullable", "format", "exclusiveMinimum", "exclusiveMaximum"}
)
"""What a rule is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """The files in the form of 3.1, what moved, and what 3.0 says is ignored."""

    files: Files
    moves: Moves
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Plan:
    """What the rules have decided so far."""

    edits: dict[str, list[Edit]] = field(default_factory=dict[str, "list[Edit]"])
    moves: dict[str, str] = field(default_factory=dict[str, str])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def edit(
        self, node: Node, change: Callable[[Schema], Schema], *, first: bool = False
    ) -> None:
        """Has `change` applied to the object at `node` after the others, or first."""
        edits = self.edits.setdefault(node.pointer, [])
        edits.insert(
            0 if first else len(edits),
            lambda value: change(value) if isinstance(value, dict) else value,
        )


def upgrade(files: Files) -> Upgraded:
    """Applies every rule to every schema that it concerns."""
    plan = _Plan()
    references: list[Node] = []
    for kind, node in walk(files):
        if kind in REFERABLE and "$ref" in node:
            references.append(node)
            if files.version(node.pointer) is Version.V3_0:
                plan.diagnostics.extend(unread(kind, node))
        if kind is Kind.MEDIA_TYPE and "$ref" in node:
            _media_type(files, node, plan)
        if kind is Kind.SCHEMA and isinstance(node.value, dict):
            schema = node.value
            if _CHANGING.isdisjoint(schema):
                continue
            old = files.version(node.pointer) is Version.V3_0
            if old and "$ref" in schema:
                schema = _ref_siblings(node, schema, plan)
            _exclusive_limits(node, schema, plan)
            _encodings(node, schema, plan)
            _nullable(node, schema, plan)
            _ref_combined(node, schema, plan)
    moves = Moves(plan.moves)
    for node in references if plan.moves else ():
        _redirected(files, node, moves, plan)
    return Upgraded(
        files=files.edited(plan.edits),
        moves=moves,
        diagnostics=tuple(plan.diagnostics),
    )


def _ref_siblings(node: Node, schema: Schema, plan: _Plan) -> Schema:
    """In 3.0, what stands beside a `$ref` is ignored (section 4.7.23); in 3.1, it counts.

    Annotations stay, `nullable` too: whoever writes them there means them.
    """
    extra = {key for key in assertions(schema) if key != "$ref"}
    if extra:
        plan.edit(node, lambda now: _aside(now, extra))
    for key in sorted(extra):
        plan.moves[join(node.pointer, key)] = f"{_IGNORED}/{key}"
        if key != "type":  # It only repeats what the reference says.
            plan.diagnostics.append(ignored(node, key))
    return {key: value for key, value in schema.items() if key not in extra}


def _ref_combined(node: Node, schema: Schema, plan: _Plan) -> None:
    """What counts beside a `$ref` joins it in `allOf`, unless it is there already."""
    now = place(schema, "$ref")
    if now == "$ref":
        return
    at = join(node.pointer, "$ref")
    if at not in plan.moves:
        plan.moves[at] = now
        plan.edit(node, combined)


def _media_type(files: Files, node: Node, plan: _Plan) -> None:
    """A media type that is a reference (OpenAPI 3.2) becomes what it names, with a
    reference to the schema there: it keeps its own name, which says what it is.
    """
    meant, text = files.follow(node), node.text("$ref") or ""
    if meant is None or meant == node:
        return
    same = file_of(meant.pointer) == file_of(node.pointer)
    file = "" if same else text.partition("#")[0]
    below = join(meant.pointer, "schema").partition("#")[2]
    rest = {k: v for k, v in meant.mapping().items() if k != "schema"}
    schema: Json = {"$ref": f"{file}#{quote(below, safe='/~')}"}
    now = {**rest, "schema": schema} if "schema" in meant else rest
    plan.edit(node, lambda _: now)


def _aside(schema: Schema, extra: set[str]) -> Schema:
    """The schema with keywords where nobody reads them, except references into them."""
    kept = {key: value for key, value in schema.items() if key not in extra}
    return {**kept, _IGNORED: {key: schema[key] for key in schema if key in extra}}


def _redirected(files: Files, node: Node, moves: Moves, plan: _Plan) -> None:
    """Lets a reference name the place to which what it names has moved."""
    text = node.text("$ref") or ""
    id_ = files.reference(text, node.pointer).id
    if id_ is not None and moves.current(id_) != id_:
        fragment = moves.current(id_).partition("#")[2]
        moved: Json = f"{text.partition('#')[0]}#{quote(fragment, safe='/~')}"
        plan.edit(node, lambda now: {**now, "$ref": moved}, first=True)


def _exclusive_limits(node: Node, schema: Schema, plan: _Plan) -> None:
    """`minimum: 5` with `exclusiveMinimum: true` is `exclusiveMinimum: 5`."""
    for exclusive, limit in (
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ):
        if isinstance(schema.get(exclusive), bool):
            plan.edit(node, _as_limit(exclusive, limit))


def _as_limit(exclusive: str, limit: str) -> Callable[[Schema], Schema]:
    def change(schema: Schema) -> Schema:
        gone = {exclusive, limit} if schema[exclusive] is True else {exclusive}
        rest = {key: value for key, value in schema.items() if key not in gone}
        if schema[exclusive] is True and limit in schema:
            rest[exclusive] = schema[limit]
        return rest

    return change


_CONTENT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "byte": ("contentEncoding", "base64"),
        "binary": ("contentMediaType", "application/octet-stream"),
    }
)


def _encodings(node: Node, schema: Schema, plan: _Plan) -> None:
    """`format: byte` and `binary` say what 3.1 has keywords for (section 4.8.24.4)."""
    name = schema.get("format")
    said = _CONTENT.get(name) if isinstance(name, str) else None
    if said is not None and said[0] not in schema:
        keyword, value = said
        plan.edit(node, lambda now: {**now, keyword: value})


def _nullable(node: Node, schema: Schema, plan: _Plan) -> None:
    """`nullable: true` becomes the type `null`, wherever the schema can say it."""
    if "nullable" not in schema:
        return
    plan.edit(node, _without_nullable)
    if schema["nullable"] is not True:
        return
    if _is_one_part(schema):
        plan.moves[join(node.pointer, "allOf")] = "anyOf"
        plan.edit(node, _one_or_null)
    elif "type" in schema:
        plan.edit(node, _null_as_type)
    elif "properties" in schema or "items" in schema:
        implied = "object" if "properties" in schema else "array"
        plan.edit(node, lambda now: _null_as_type({"type": implied, **now}))
    elif "anyOf" not in schema and "oneOf" not in schema:
        _null_beside(node, schema, plan)
    if "enum" in schema:
        plan.edit(node, _null_in("enum", None))
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            plan.edit(node, _null_in(choice, _NULL))


def _without_nullable(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "nullable"}


def _null_as_type(schema: Schema) -> Schema:
    named = schema["type"]
    names: list[Json] = named if isinstance(named, list) else [named]
    return {**schema, "type": names if "null" in names else [*names, "null"]}


def _null_in(keyword: str, null: Json) -> Callable[[Schema], Schema]:
    def change(schema: Schema) -> Schema:
        listed = schema[keyword]
        items = listed if isinstance(listed, list) else []
        return {**schema, keyword: items if null in items else [*items, null]}

    return change


def _is_one_part(schema: Schema) -> bool:
    """Whether a schema is an `allOf` of one part alone, which may repeat its `type`."""
    parts = schema.get("allOf")
    alone = isinstance(parts, list) and len(parts) == 1
    return alone and {*assertions(schema)} <= {"allOf", "type"}


def _null_beside(node: Node, schema: Schema, plan: _Plan) -> None:
    """What only refers to others, by `$ref` or `allOf`, becomes a choice with `null`."""
    moving = assertions(schema)
    if "$ref" in schema or "allOf" in schema:
        for key in moving:
            plan.moves[join(node.pointer, key)] = f"anyOf/0/{place(schema, key)}"
        plan.edit(node, _all_or_null(frozenset(moving)))


def _one_or_null(schema: Schema) -> Schema:
    parts = schema["allOf"]
    rest = {k: v for k, v in schema.items() if k not in ("allOf", "type")}
    return {**rest, "anyOf": [*(parts if isinstance(parts, list) else []), _NULL]}


def _all_or_null(moving: frozenset[str]) -> Callable[[Schema], Schema]:
    def change(schema: Schema) -> Schema:
        inner: Schema = {key: schema[key] for key in schema if key in moving}
        outer = {key: schema[key] for key in schema if key not in moving}
        return {**outer, "anyOf": [combined(inner), _NULL]}

    return change
