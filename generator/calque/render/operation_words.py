"""What the docstring of a method says: what it does, takes, returns and raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from calque.model.api import Body, Group, Location, Operation, Parameter
from calque.model.arguments import Argument, body_arguments
from calque.model.declarations import Field
from calque.model.types import Null
from calque.naming import headers_of
from calque.render.annotations import Scope, annotation
from calque.render.docstrings import ended, section
from calque.render.literals import literal
from calque.render.streaming import streams

INDENT = 8
"""How far the docstring of a method is indented."""


def group_words(group: Group) -> str:
    """The docstring of a resource: what the document says of it, or what it is called."""
    return group.doc or ended(group.hint[:1].upper() + group.hint[1:])


def words(
    operation: Operation, asked: tuple[Argument, ...], scope: Scope, returns: str
) -> str:
    """The docstring of a method: what it does, takes, returns and raises."""
    said = [*_doing(operation)]
    if operation.deprecated:
        said.append("Deprecated.")
    if operation.headers:
        class_ = scope.names[headers_of(operation.id)]
        said.append(f"`{class_}.of(...)` reads the header fields of its answers.")
    forms = _forms(operation, scope)
    entries = [(scope.names[a.id], _argument_words(a, forms)) for a in asked]
    if operation.other_bodies:
        named = ", ".join(f"`{body.content_type}`" for body in operation.bodies)
        entries.append(("content_type", f"How the body is written: {named}."))
    entries.append(("options", "Settings for this call alone."))
    said.append(section("Args", entries, INDENT))
    if returns != "None":
        said.append(section("Returns", [("", _returned(operation, returns))], INDENT))
    said.append(section("Raises", _raised(operation, scope), INDENT))
    return "\n\n".join(said)


def _doing(operation: Operation) -> Iterator[str]:
    """What an operation does, in the document's words; else what is sent, and where."""
    if operation.summary or not operation.doc:
        yield ended(operation.summary or f"{operation.method} {operation.path}")
    if operation.doc and operation.doc != operation.summary:
        yield operation.doc


def _returned(operation: Operation, returns: str) -> str:
    answers = dict.fromkeys(a.doc for a in operation.successes if a.doc)
    if operation.polling is not None:
        accepted = {a.doc for a in operation.successes if a.status == "202"}
        last = " Or: ".join(doc for doc in answers if doc not in accepted)
        return f"What waits for the operation, by its `result()`. {last}"
    answer = " Or: ".join(answers)
    if operation.paging is not None:
        return f"What to iterate over for the items, from page to page. {answer}"
    if streams(operation):
        return f"What to open, and iterate over for the items as they come. {answer}"
    if operation.switch:
        opened = "what to open, and iterate over for the items as they come."
        return f"{ended(answer)} Or {opened}" if answer else opened.capitalize()
    return answer or f"`{returns}`."


def _forms(operation: Operation, scope: Scope) -> Mapping[str, str]:
    """The media types of the forms of a body that ask for an argument, by its Id."""
    found: dict[str, str] = {}
    for form in operation.bodies:
        for argument in body_arguments(form, scope.declarations):
            listed = f"{found[argument.id]}, " if argument.id in found else ""
            found[argument.id] = f"{listed}`{form.content_type}`"
    return found


def _argument_words(argument: Argument, forms: Mapping[str, str]) -> str:
    said: list[str] = []
    source = argument.source
    if isinstance(source, Parameter) and source.managed:
        said.append("Made once for each call when not given.")
    if not isinstance(source, Body) and source.constraints:
        said.append(f"Constraints: {', '.join(source.constraints)}.")
    if argument.default is not None:
        said.append(f"When absent, the service takes `{literal(argument.default)}`.")
    if argument.deprecated:
        said.append("Deprecated.")
    words = argument.doc or _place(argument, forms)
    return " ".join([ended(words), *said]) if said else words


def _place(argument: Argument, forms: Mapping[str, str]) -> str:
    """What an argument is that the document has no words for: its place and name."""
    source = argument.source
    match source:
        case Parameter(location=Location.HEADER):
            return f"The header `{source.name}`."
        case Parameter(location=location):
            return f"The {location} parameter `{source.name}`."
        case Body():
            return f"The body, {forms[argument.id]}."
        case Field(name=name):
            return f"The member `{name}` of the body."
        case _:
            assert_never(source)


def _raised(operation: Operation, scope: Scope) -> list[tuple[str, str]]:
    types = dict.fromkeys(a.type for a in operation.errors if a.type != Null())
    texts = (annotation(type_, scope).text.replace("m.", "") for type_ in types)
    named = " or ".join(f"{_article(text)} `{text}`" for text in texts)
    error = f" Its `error` is {named}." if named else ""
    raised = [
        ("StatusError", f"The service answered, and the status says it failed.{error}"),
        ("ApiConnectionError", "The service could not be reached."),
        ("ApiTimeoutError", "The service did not answer in time."),
    ]
    if operation.polling is not None:
        raised.append(("PollingError", "The service does not say how it goes on."))
    if operation.paging is not None:
        raised.append(("PaginationError", "The pages lead back, or to another host."))
    return raised


def _article(noun: str) -> str:
    return "an" if noun[0] in "AEIOaeio" else "a"
