"""Methods whose body may be sent in several media types: an overload and a maker for each."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from calque.model.api import Body, Operation
from calque.model.arguments import Argument, arguments, body_arguments
from calque.model.media import essence
from calque.naming.words import snake, spelled
from calque.render.annotations import Scope
from calque.render.body_writers import body_writer, given_for_bytes
from calque.render.calls import asked_for, body
from calque.render.code import Code, Import, needed, runtime
from calque.render.literals import literal
from calque.render.statements import sends_null

_OVERLOAD = frozenset({Import("typing", "overload")})
_LITERAL = frozenset({Import("typing", "Literal")})
_BODIES = runtime("body_forms", "Bodies", "BodyForm")


@dataclass(frozen=True, slots=True)
class FormView:
    """A form of a body: the function that makes it, and how it is told and written."""

    function: str
    keywords: tuple[str, ...]
    value: str
    media_type: str
    entry: str


@dataclass(frozen=True, slots=True)
class OverloadView:
    """A signature of a method, which stands for several.

    Of a form of the body, or of several that are asked for alike; or of one of the two
    ways to be answered.
    """

    positional: tuple[str, ...]
    keywords: tuple[str, ...]
    define: str = ""
    returns: str = ""


def made_of(operation: Operation, scope: Scope) -> Code:
    """How the body is made where all of its forms are asked for alike."""
    names = [
        scope.names[a.id]
        for a in body_arguments(operation.bodies[0], scope.declarations)
    ]
    return Code(f"chosen.body({', '.join(f'{name}={name}' for name in names)})")


def choice(operation: Operation) -> str:
    """The keyword that names a form, as the method itself takes it."""
    preferred = operation.bodies[0].content_type
    return f"content_type: str = {literal(preferred)}"


def every_argument(operation: Operation, scope: Scope) -> tuple[Argument, ...]:
    """The arguments of all forms, each once: what is required first, as in each of them."""
    forms = operation.bodies or (None,)
    found = [a for f in forms for a in arguments(operation, scope.declarations, f)]
    return tuple({argument.id: argument for argument in found}.values())


def forms(
    operation: Operation, scope: Scope
) -> tuple[tuple[FormView, ...], frozenset[Import]]:
    """The forms of a body of which there are several, and their imports."""
    if not operation.other_bodies:
        return (), frozenset()
    name = scope.names[operation.id]
    found = [_form(name, form, operation, scope) for form in operation.bodies]
    imports = _BODIES.union(*(code.imports for code, _ in found))
    return tuple(view for _, view in found), imports


def _form(
    name: str, form: Body, operation: Operation, scope: Scope
) -> tuple[Code, FormView]:
    told = scope.to_callers.taking(given_for_bytes(form, "AsyncContent"))
    asked = body_arguments(form, scope.declarations)
    asked = tuple(sorted(asked, key=lambda a: not a.required))
    texts = [asked_for(argument, told) for argument in asked]
    value = body(form, asked, scope)
    function = f"_{name}_as_{_word(form, operation)}"
    entry = Code(f"BodyForm({function}")
    if writer := body_writer(form):
        entry = entry + ", " + writer
    if sends_null(form, scope):
        entry = entry + ", sends_null=True"
    view = FormView(
        function=function,
        keywords=tuple(text.text for text in texts),
        value=value.text,
        media_type=literal(form.content_type),
        entry=f"{entry.text})",
    )
    return Code.join("", [*texts, value, entry]), view


def _word(form: Body, operation: Operation) -> str:
    """The word for a form: its subtype, the whole type, or that with its signs and its hash.

    The first of them that no other form of the operation has.
    """
    others = [_words(other) for other in operation.bodies if other is not form]
    taken = [set(alike) for alike in zip(*others, strict=True)]
    *told, last = _words(form)
    free = (word for word, there in zip(told, taken, strict=False) if word not in there)
    return next(free, last)


def _words(form: Body) -> tuple[str, ...]:
    """What a form may be called, the shortest first."""
    type_ = form.content_type
    # Hyphen and slash stand between words, as they do in other names.
    signs = snake(spelled(re.sub("[-/]", " ", type_)))
    hash_ = sha256(type_.encode()).hexdigest()[:6]
    subtype = snake(essence(type_).rpartition("/")[2])
    return subtype, snake(type_), signs, f"{signs}_{hash_}"


def overloads(
    operation: Operation, scope: Scope, content: str
) -> tuple[tuple[OverloadView, ...], frozenset[Import]]:
    """The signatures of a method, the preferred one first, and their imports.

    There is but one where all forms are asked for alike. Of a range of media types the
    caller names one: any text, and so the last of all.
    """
    if not operation.other_bodies:
        return (), frozenset()
    groups: dict[tuple[bool, tuple[Code, ...]], list[Body]] = defaultdict(list)
    for form in operation.bodies:
        texts = _signature(operation, form, scope, content)
        groups["*" in form.content_type, texts].append(form)
    found = [
        (*texts, _named(alike, operation))
        for (_, texts), alike in sorted(groups.items(), key=lambda entry: entry[0][0])
    ]
    asked = arguments(operation, scope.declarations)
    leading = sum(argument.positional for argument in asked)
    views = (
        OverloadView(
            positional=tuple(code.text for code in codes[:leading]),
            keywords=tuple(code.text for code in codes[leading:]),
        )
        for codes in found
    )
    imports = needed(code for codes in found for code in codes)
    return tuple(views), imports | _OVERLOAD if len(found) > 1 else imports


def _signature(
    operation: Operation, form: Body, scope: Scope, content: str
) -> tuple[Code, ...]:
    """The arguments of a method where a form is given."""
    giving = scope.taking(given_for_bytes(form, content))
    return tuple(
        asked_for(argument, giving if argument.place == "body" else scope)
        for argument in arguments(operation, scope.declarations, form)
    )


def _named(alike: list[Body], operation: Operation) -> Code:
    """The keyword that names one of some forms; it need not name the preferred one."""
    names = [literal(form.content_type) for form in alike]
    if any("*" in name for name in names):
        return Code("content_type: str")
    preferred = literal(operation.bodies[0].content_type)
    default = f" = {preferred}" if preferred in names else ""
    return Code(f"content_type: Literal[{', '.join(names)}]{default}", _LITERAL)
