"""The header fields of answers as classes: `response_headers.py` of a package."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calque.model.api import Api, Operation
from calque.model.headers import TypedHeader
from calque.naming import Names, headers_of
from calque.render.annotations import Scope, annotation, anywhere
from calque.render.body_writers import style
from calque.render.code import Code, Import, import_block, runtime
from calque.render.docstrings import docstring
from calque.render.fields import FieldView, documented
from calque.render.literals import literal

MODULE = "response_headers"
"""The name of the module, without which is a package that declares no such fields."""


@dataclass(frozen=True, slots=True)
class HeadersView:
    """Header fields that come together, as a class."""

    name: str
    docstring: str
    styles: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class HeadersModuleView:
    """The module of all of them."""

    docstring: str
    imports: str
    classes: tuple[HeadersView, ...]


def headers_module(api: Api, names: Names) -> HeadersModuleView | None:
    """The module of a package; None where no answer declares a header field."""
    # In no module of models: what is said of those is said as `m.Name`.
    scope = replace(anywhere(api, names), module="")
    found = [_headers(o, scope) for o in api.operations if o.headers]
    if not found:
        return None
    found.sort(key=lambda entry: entry[1].name)
    needed = frozenset[Import]().union(*(code.imports for code, _ in found))
    used = needed | runtime(MODULE, "ResponseHeaders")
    words = "The header fields of answers, typed: `NAME.of(response)` reads them."
    return HeadersModuleView(
        docstring=docstring(words, 0),
        imports=import_block(map(_nearer, used)),
        classes=tuple(view for _, view in found),
    )


def header_classes(api: Api, names: Names) -> list[str]:
    """The names of the classes."""
    return [names[headers_of(o.id)] for o in api.operations if o.headers]


def _nearer(import_: Import) -> Import:
    """An import as it is written in a module that stands beside the folder of models."""
    return replace(import_, module=import_.module.removeprefix("."))


def _headers(operation: Operation, scope: Scope) -> tuple[Code, HeadersView]:
    call = f"{scope.names[operation.group]}.{scope.names[operation.id]}"
    words = f"The header fields of answers to `client.{call}`."
    return headers_class(operation.id, operation.headers, words, scope)


def headers_class(
    owner: str, headers: tuple[TypedHeader, ...], words: str, scope: Scope
) -> tuple[Code, HeadersView]:
    """The class of the fields that come with what has an Id, and what that needs."""
    fields = [_field(header, scope) for header in headers]
    styles = [
        Code(f"{literal(header.name)}: ") + style(header.style)
        for header in headers
        if header.style is not None
    ]
    written = Code("{") + Code.join(", ", styles) + "}"
    view = HeadersView(
        name=scope.names[headers_of(owner)],
        docstring=docstring(words, 4),
        styles=written.text if styles else "",
        fields=tuple(field for _, field in fields),
    )
    return Code.join("", [written, *(code for code, _ in fields)]), view


def said(header: TypedHeader) -> str:
    """What is said of a field to callers."""
    words = f"{header.doc} Deprecated." if header.deprecated else header.doc
    return words.strip()


def _field(header: TypedHeader, scope: Scope) -> tuple[Code, FieldView]:
    type_ = annotation(header.type, scope) + " | None"
    name = f"field(default=None, name={literal(header.name)})"
    value = Code(name, runtime("models", "field"))
    view = FieldView(
        name=scope.names[header.id],
        annotation=type_.text,
        default=f" = {value.text}",
        docstring=documented(said(header), 4),
    )
    return type_ + value, view
