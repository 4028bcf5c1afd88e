"""The modules of models: what `templates/client/{package}/models/` is filled with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import assert_never

from calque.model.api import Api
from calque.model.declarations import Declaration, Enumeration, Record, Union
from calque.model.types import Kind, references
from calque.naming import Names, class_of, like
from calque.render.annotations import Scope, annotation, either, is_formatted
from calque.render.code import Code, Import, import_block, needed, runtime
from calque.render.docstrings import docstring
from calque.render.extensions import extension
from calque.render.fields import FieldView, documented, fields
from calque.render.literals import literal
from calque.render.xml_names import xml_names

_TYPE_CHECKING = Import("typing", "TYPE_CHECKING")
_ALIAS = frozenset({_TYPE_CHECKING, Import("typing", "TypeAlias")})
_LITERAL = Import("typing", "Literal")


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as a class."""

    name: str
    bases: str
    docstring: str
    xml: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of an enumeration."""

    name: str
    value: str
    docstring: str


@dataclass(frozen=True, slots=True)
class EnumerationView:
    """An enumeration as a class, and the alias of what may stand for it."""

    name: str
    base: str
    docstring: str
    members: tuple[MemberView, ...]
    like: str
    plain: str


@dataclass(frozen=True, slots=True)
class UnionView:
    """A union: an alias to type checkers, a class that tells its values apart to Python."""

    name: str
    type: str
    docstring: str
    variants: str
    tag: str
    open: bool
    table: str
    fallback: str


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module of models."""

    docstring: str
    imports: str
    records: tuple[RecordView, ...]
    enumerations: tuple[EnumerationView, ...]
    unions: tuple[UnionView, ...]

    @property
    def aliases(self) -> bool:
        """Whether anything in it is one thing to type checkers and another to Python."""
        return bool(self.enumerations or self.unions)


def model_modules(api: Api, names: Names) -> dict[str, list[Declaration]]:
    """The declarations of every module of models, by name; in each, by theirs."""
    contents: dict[str, list[Declaration]] = defaultdict(list)
    for declaration in sorted(api.declarations, key=lambda d: names[class_of(d.id)]):
        contents[names.module_of[declaration.id]].append(declaration)
    return dict(sorted(contents.items()))


def model_module(file: str, members: list[Declaration], there: Scope) -> ModuleView:
    """The module of some declarations."""
    scope = replace(there, module=file, kept=True)
    imports: set[Import] = set()
    records: list[RecordView] = []
    enumerations: list[EnumerationView] = []
    unions: list[UnionView] = []
    for declaration in members:
        match declaration:
            case Record():
                records.append(_record(declaration, scope, imports))
            case Enumeration():
                enumerations.append(_enumeration(declaration, scope, imports))
            case Union():
                unions.append(_union(declaration, scope, imports))
            case _:
                assert_never(declaration)
    return ModuleView(
        docstring=docstring(f"The models of `{file}`.", 0),
        imports=import_block(imports),
        records=tuple(records),
        enumerations=tuple(enumerations),
        unions=tuple(unions),
    )


def _record(record: Record, scope: Scope, imports: set[Import]) -> RecordView:
    bases = extension(scope.names, scope.names[class_of(record.id)]) + _bases(
        record, scope
    )
    imports |= bases.imports
    views, renamed = fields(record, scope)
    xml = xml_names(record) or Code("")
    imports |= xml.imports | needed(code for code, _ in views)
    return RecordView(
        name=scope.names[class_of(record.id)],
        bases=f'{bases.text}, rename="camel"' if renamed else bases.text,
        docstring=documented(about(record), 4),
        xml=xml.text,
        fields=tuple(view for _, view in views),
    )


def about(declaration: Declaration) -> str:
    """All that the document says of a declaration, in words."""
    notes = "Deprecated." if declaration.deprecated else ""
    return "\n\n".join(filter(None, [declaration.doc, notes]))


def _bases(record: Record, scope: Scope) -> Code:
    """What a record derives from: by whether it is open, and has formats of its own."""
    types = [field.type for field in record.fields]
    types += [record.extra] if record.extra else []
    formatted = any(is_formatted(type_, scope.unions) for type_ in types)
    closed = Code("FormattedModel", runtime("formatted", "FormattedModel"))
    if record.extra is None:
        base = closed if formatted else Code("Model", runtime("models", "Model"))
        return base + ", kw_only=True"
    open_ = Code("OpenModel", runtime("open_model", "OpenModel"))
    return open_ + ", base=" + closed if formatted else open_


def _enumeration(
    enumeration: Enumeration, scope: Scope, imports: set[Import]
) -> EnumerationView:
    kind = "Str" if enumeration.kind == Kind.STRING else "Int"
    base = enumeration_base(enumeration)
    imports |= {*runtime("models", base), _LITERAL, *_ALIAS}
    name = scope.names[class_of(enumeration.id)]
    values = ", ".join(literal(member.value) for member in enumeration.members)
    more = f" | {kind.lower()}" if enumeration.extensible else ""
    return EnumerationView(
        name=name,
        base=base,
        docstring=documented(about(enumeration), 4),
        members=tuple(
            MemberView(
                name=scope.names[member.id],
                value=literal(member.value),
                docstring=documented(member.doc, 4),
            )
            for member in enumeration.members
        ),
        like=scope.names[like(enumeration.id)],
        plain=f"Literal[{values}]{more}",
    )


def enumeration_base(enumeration: Enumeration) -> str:
    """The class that an enumeration derives from."""
    kind = "Str" if enumeration.kind == Kind.STRING else "Int"
    return f"{'Open' if enumeration.extensible else 'Closed'}{kind}Enum"


def _union(union: Union, scope: Scope, imports: set[Import]) -> UnionView:
    options = [annotation(option, scope) for option in union.options]
    table = [(value, annotation(type_, scope)) for value, type_ in union.mapping]
    imports |= needed([*options, *(code for _, code in table)])
    imports |= {*runtime("unions", "OneOf"), *_ALIAS}
    name = scope.names[class_of(union.id)]
    fallback = annotation(union.fallback, scope) if union.fallback else None
    told = {type_ for _, type_ in union.mapping}.issuperset(union.options)
    entries = ", ".join(f"{literal(value)}: {code.text}" for value, code in table)
    types = [*options]
    if union.open:
        imports |= runtime("unknown_variant", "UnknownVariant")
        types.append(Code("UnknownVariant"))
    return UnionView(
        name=name,
        type=_alias(union, either(types).text, scope),
        docstring=documented(about(union), 8),
        variants="" if told else _returned([option.text for option in options]),
        tag=literal(union.discriminator) if union.discriminator else "",
        open=union.open,
        table=f"{{{entries}}}",
        fallback=fallback.text if fallback else "",
    )


def _alias(union: Union, text: str, scope: Scope) -> str:
    """The right-hand side of an alias, quoted where it names one that may come later."""
    named = {id_ for option in union.options for id_ in references(option)}
    forward = any(id_ in scope.unions for id_ in named)
    return literal(text) if forward else text


def _returned(items: list[str]) -> str:
    """A tuple, as it is written after `return`."""
    return f"({items[0]},)" if len(items) == 1 else ", ".join(items)
