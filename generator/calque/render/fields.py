"""The fields of a record: how each is annotated, what it defaults to, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from calque.document.node import Json
from calque.model.arguments import constant
from calque.model.declarations import Field, Record
from calque.model.types import Anything, Literals, nullable
from calque.naming.reserved import ADDITIONAL
from calque.render.annotations import Scope, annotation
from calque.render.code import Code, Import, runtime
from calque.render.docstrings import docstring
from calque.render.literals import literal

_LONGEST_EXAMPLE = 60

_MEMORY = 1 << 14
"""How many names are remembered: large documents call many fields the same."""

_NONE = Code("None")
_UNSET = Code("UNSET", runtime("models", "UNSET"))
_OR_UNSET = Code(" | UnsetType", runtime("models", "UnsetType"))
_READ_ONLY = Code("read_only(", runtime("models", "read_only"))


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field: `name: annotation default`, and its docstring."""

    name: str
    annotation: str
    default: str
    docstring: str


def fields(record: Record, scope: Scope) -> tuple[list[tuple[Code, FieldView]], bool]:
    """The fields of a record, and whether its class renames them as msgspec's `camel`."""
    names = [(scope.names[field.id], field.name) for field in record.fields]
    camel = sum(_camel(name) == wire for name, wire in names)
    renamed = camel > sum(name == wire for name, wire in names)
    views = [
        _field(field, name, scope, renamed)
        for field, (name, _) in zip(record.fields, names, strict=True)
    ]
    return [*views, *_extra(record, scope)], renamed


def _extra(record: Record, scope: Scope) -> list[tuple[Code, FieldView]]:
    """The undeclared properties, as a field of their own where they have a type."""
    if record.extra is None or record.extra == Anything():
        return []
    type_ = Code("dict[str, ") + annotation(record.extra, scope) + "]"
    needs = type_ + Code("", runtime("models", "field"))
    view = FieldView(
        name=ADDITIONAL,
        annotation=type_.text,
        default=" = field(default_factory=dict)",
        docstring=docstring("The properties that are not declared, by name.", 4),
    )
    return [(needs, view)]


def _field(
    field: Field, name: str, scope: Scope, renamed: bool
) -> tuple[Code, FieldView]:
    wire = _camel(name) if renamed else name
    type_, default = held(field, scope)
    value = _assigned(default, None if wire == field.name else field.name)
    view = FieldView(
        name=name,
        annotation=type_.text,
        default=f" = {value.text}" if value else "",
        docstring=documented(words(field), 4),
    )
    return (type_ + (value or "") if value else type_, view)


def held(field: Field, scope: Scope) -> tuple[Code, Code | None]:
    """What a field may hold, and what it holds if nothing is given; None: it has to be."""
    told = field.type, field.required, field.read_only, field.write_only
    found = scope.held.get(told)
    if found is None:
        found = scope.held[told] = _held(field, scope)
    return found


def _held(field: Field, scope: Scope) -> tuple[Code, Code | None]:
    type_ = annotation(field.type, scope)
    default = _default(field)
    absent = nullable(field.type) if not field.required else field.write_only
    if absent:
        type_ = type_ + _OR_UNSET
    elif not field.required:
        type_ = type_ + " | None"
    return type_, default


def _default(field: Field) -> Code | None:
    """What the field is when nobody gives it: absent, or its one possible value."""
    if field.read_only:
        return _READ_ONLY + ("" if field.required else _absence(field)) + ")"
    if constant(field) and isinstance(field.type, Literals):
        value = literal(field.type.values[0])
        return Code(f"const({value})", runtime("models", "const"))
    return None if field.required else _absence(field)


def _absence(field: Field) -> Code:
    """What stands for an optional field that is absent: None, unless that is its null."""
    return _UNSET if nullable(field.type) else _NONE


def _assigned(default: Code | None, wire: str | None) -> Code | None:
    """The right-hand side of a field: its default, with its JSON name if that differs."""
    if wire is None:
        return default
    name = f"name={literal(wire)}"
    given = f"default={default.text}, " if default else ""
    imports = default.imports if default else frozenset[Import]()
    return Code(f"field({given}{name})", imports | runtime("models", "field"))


def words(field: Field) -> str:
    """All that the document says of a field, in words."""
    if field.example is None and field.default is None and not _is_marked(field):
        return field.doc
    notes = (
        [f"Constraints: {', '.join(field.constraints)}."] if field.constraints else []
    )
    if field.default is not None:
        notes.append(f"Default: `{literal(field.default)}`.")
    if example := _short(field.example):
        notes.append(f"Example: `{example}`.")
    if field.read_only:
        notes.append("Set by the service only.")
    if field.write_only:
        notes.append("Never in an answer.")
    if field.deprecated:
        notes.append("Deprecated.")
    return "\n\n".join(filter(None, [field.doc, " ".join(notes)]))


def _is_marked(field: Field) -> bool:
    """Whether there is something to say of a field beside its own words and values."""
    return bool(
        field.constraints or field.read_only or field.write_only or field.deprecated
    )


def _short(value: Json) -> str:
    """A value as a literal, where it is short enough to stand in a sentence."""
    text = "" if value is None else literal(value)
    return text if len(text) <= _LONGEST_EXAMPLE else ""


def documented(said: str, indent: int) -> str:
    """The docstring of something, where the document has words for it."""
    return docstring(said, indent) if said else ""


@lru_cache(_MEMORY)
def _camel(name: str) -> str:
    """What msgspec's `rename="camel"` makes of a field's name."""
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
