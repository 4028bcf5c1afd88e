"""What the bodies are that are written as forms: their fields, and how each is written."""

from __future__ import annotations

from dataclasses import replace

from calque.diagnostics import Diagnostic
from calque.document.node import Node
from calque.model.api import Media, Part
from calque.model.carried import style_of
from calque.model.declarations import Field
from calque.model.dropped import left_out, passed_over
from calque.model.enumerations import constants
from calque.model.media import is_json, is_text
from calque.model.merge import Property, merge
from calque.model.schemas import Schemas
from calque.model.types import (
    Anything,
    Kind,
    ListOf,
    MapOf,
    Scalar,
    Type,
    without_null,
)

FILE = Scalar(Kind.BINARY)

_STYLED = ("style", "explode", "allowReserved")


def fields(
    schemas: Schemas, media: Node, hint: tuple[str, ...], kind: Media
) -> tuple[Field, ...]:
    """The members of a form; none where it may have others than those declared.

    A form has no null: a member that may be null is one that may be absent.
    """
    schema = media.get("schema")
    if schema is None:
        return ()
    owner = schemas.resolved.follow(schema)
    merged = merge(schemas.resolved, owner, whole=True)
    if any(schema.value not in (True, {}) for schema in merged.additional):
        return ()
    schemas.diagnostics.extend(merged.diagnostics)
    if merged.additional and merged.properties:
        words = "a form is sent with the members that it declares"
        schemas.diagnostics.append(left_out(owner, words))
    return tuple(
        _field(schemas, schemas.field(owner, hint, p), p, media, kind)
        for p in merged.properties
    )


def carries_files(schemas: Schemas, schema: Node) -> bool:
    """Whether a member of an object, or an item of one, is raw bytes."""
    for member in merge(schemas.resolved, schemas.resolved.follow(schema)).properties:
        target = schemas.resolved.follow(member.node)
        target = schemas.resolved.follow(target.get("items") or target)
        if target.text("format") == "binary":
            return True
        if "contentMediaType" in target and "contentEncoding" not in target:
            return True
    return False


def whole(kind: Media, type_: Type) -> Type:
    """The type of a form that is given in one piece: an object of any members."""
    if kind == Media.URLENCODED or isinstance(type_, MapOf):
        return type_
    return MapOf(Anything())


def parts(
    schemas: Schemas, media: Node, fields: tuple[Field, ...], kind: Media
) -> tuple[Part, ...]:
    """How the members of a form are written, as far as it is not as usual."""
    encodings = media.below("encoding")
    typed = {f.name: f.type for f in fields} if kind == Media.MULTIPART else {}
    names = dict.fromkeys([*(f.name for f in fields), *encodings.mapping()])
    found = (
        _part(schemas, name, is_file(typed.get(name)), encodings.get(name))
        for name in names
    )
    return tuple(part for part in found if part != Part(name=part.name))


def is_file(type_: Type | None) -> bool | None:
    """Whether a member is a file, or several; None where bytes are none of its values."""
    match type_:
        case Scalar(Kind.BINARY) | ListOf(Scalar(Kind.BINARY)):
            return True
        case Scalar(Kind.BYTE) | ListOf(Scalar(Kind.BYTE)):
            return False
        case _:
            return None


def _field(
    schemas: Schemas, field: Field, property_: Property, media: Node, kind: Media
) -> Field:
    type_ = without_null(field.type)
    required = field.required and type_ == field.type
    if kind == Media.MULTIPART:
        encoding = media.below("encoding").get(field.name)
        said = encoding.text("contentType") if encoding else None
        type_ = _perhaps_file(schemas, property_.node, type_, said)
    return replace(field, type=type_, required=required)


def _perhaps_file(
    schemas: Schemas, node: Node, type_: Type, content_type: str | None
) -> Type:
    """The type of a member, which is a file if its content is neither text nor JSON.

    OpenAPI 3.1, section 4.8.14.3: `contentMediaType` without `contentEncoding`, or the
    Encoding Object, says what is in it.
    """
    target = schemas.resolved.follow(node)
    items = target.get("items")
    if isinstance(type_, ListOf) and items is not None:
        return ListOf(_perhaps_file(schemas, items, type_.item, content_type))
    kind = target.text("contentMediaType")
    if type_ == Anything():
        kind = kind or content_type
    if type_ not in (Anything(), Scalar(Kind.STRING)) or kind is None:
        return type_
    bare = "contentEncoding" not in target
    return FILE if bare and not is_text(kind) and not is_json(kind) else type_


def _part(
    schemas: Schemas, name: str, file: bool | None, encoding: Node | None
) -> Part:
    if encoding is None:
        return Part(name=name, file=file)
    schemas.diagnostics.extend(passed_over("encoding", encoding))
    if file:
        schemas.diagnostics.extend(not_of_files(encoding))
    styled = any(key in encoding for key in _STYLED)
    headers = _headers(schemas, encoding)
    if styled and not file:
        # The content type is ignored then (OpenAPI 3.1, Encoding Object).
        return Part(name=name, style=style_of(encoding, "form"), headers=headers)
    said = encoding.text("contentType")
    return Part(name=name, file=file, content_type=said, headers=headers)


def not_of_files(encoding: Node) -> list[Diagnostic]:
    """A warning for each way to write values that is none of files."""
    styled = (key for key in _STYLED if key in encoding)
    return [left_out(encoding / key, f"a file has no `{key}`") for key in styled]


def _headers(schemas: Schemas, encoding: Node) -> tuple[tuple[str, str], ...]:
    """The headers of a part that have one possible value; a file's caller gives others."""
    found: list[tuple[str, str]] = []
    for name, ref in encoding.below("headers").items():
        if name.lower() == "content-type":
            continue
        header = schemas.resolved.follow(ref)
        schema = header.get("schema")
        target = schemas.resolved.follow(schema) if schema else None
        values = constants(target) if target is not None else ()
        if len(values) == 1 and values[0] is not None:
            found.append((name, str(values[0])))
        else:
            words = f"the header `{name}` of this part is for its caller to send"
            schemas.diagnostics.append(left_out(ref, words))
    return tuple(found)
