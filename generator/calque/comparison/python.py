"""How the things of a surface are written in Python, for a person to compare.

What of them is not Python stands in comments, as literals: none of it can be more than that.
"""

from __future__ import annotations

from calque.render.literals import literal
from calque.surface import (
    Argument,
    Call,
    Client,
    Enumeration,
    Field,
    Member,
    Model,
    Record,
    Scheme,
    Union,
    Webhook,
)

_LONGEST = 72


def argument(it: Argument) -> str:
    """An argument as it stands in a signature."""
    return f"{it.name}: {it.type}{f' = {it.default}' if it.default else ''}"


def call(it: Call) -> str:
    """The signature of a call as it is reached from a client, with what it requests."""
    bare = sorted((a for a in it.arguments if a.position), key=lambda a: a.position)
    named = [a for a in it.arguments if not a.position]
    named.sort(key=lambda a: not a.required)
    given = [*map(argument, bare), *(["*"] if named else []), *map(argument, named)]
    said = [f"{it.method} {literal(it.path)}"]
    said += [f"sends {literal(name)}: {value}" for name, value in it.sent.items()]
    if it.security:
        said.append(f"as {literal(' or '.join(filter(None, it.security)))}")
    if it.repeatable:
        said.append(f"repeatable by {literal(it.repeatable)}")
    if it.deprecated:
        said.append("deprecated")
    signature = _signature(f"client.{it.call}", given, it.returns)
    return _comments(said) + signature


def argument_of(it: Argument, of: Call) -> str:
    """An argument in its call, the others left out."""
    before = "" if it.position else "*, "
    said = _noted(it.place, it.fallback, it.deprecated)
    return f"client.{of.call}(…, {before}{argument(it)}){said}"


def client(it: Client) -> str:
    """How a client is made."""
    given = [argument(a) for a in it.arguments]
    needs = "needs a credential" if it.requires_credential else ""
    said = [f"from {it.package} import {it.name}", literal(it.server), needs]
    said += [f"environment: {it.environment}_…", f"StatusError.error: {it.errors}"]
    return _comments(said) + _signature(it.name, given, "")


def client_argument(it: Argument, of: Client) -> str:
    """An argument of the client."""
    return f"{of.name}(…, {argument(it)}){_noted('', it.fallback, it.deprecated)}"


def field(it: Field) -> str:
    """A field as it stands in its class."""
    said = _noted("", it.fallback, it.deprecated)
    return f"{it.name}: {it.type}{f' = {it.default}' if it.default else ''}{said}"


def field_of(it: Field, of: str) -> str:
    """A field in its class, the others left out."""
    return f"class {of}:\n    {field(it)}"


def model(it: Model) -> str:
    """A model as it is declared."""
    said = [f"models/{it.module}.py", "deprecated" if it.deprecated else ""]
    return _comments(said) + _declared(it)


def _declared(it: Model) -> str:
    match it:
        case Record():
            base = "OpenModel" if it.extra else "Model"
            lines = [field(each) for each in it.fields]
            return _class(it.name, base, lines)
        case Enumeration():
            lines = [f"{each.name} = {each.value}" for each in it.members]
            return _class(it.name, it.kind, lines)
        case Union():
            return f"{it.name}: TypeAlias = {it.type}"


def member(it: Member, of: Enumeration) -> str:
    """A value of an enumeration, the others left out."""
    return f"class {of.name}({of.kind}):\n    {it.name} = {it.value}"


def scheme(it: Scheme) -> str:
    """How a client says who calls."""
    return f"{it.name}: {it.built}  # {it.variables}"


def webhook(it: Webhook) -> str:
    """A webhook as it is declared."""
    said = [literal(it.wire) if it.wire else "", "deprecated" if it.deprecated else ""]
    return f"{_comments(said)}webhooks.{it.name}: Webhook[{it.type}]"


def _comments(said: list[str]) -> str:
    return "".join(f"# {line}\n" for line in said if line)


def _noted(place: str, fallback: str, deprecated: bool) -> str:
    """What is said of an argument or field behind it."""
    notes = [literal(place) if place else "", f"else {fallback}" if fallback else ""]
    said = ", ".join(filter(None, [*notes, "deprecated" if deprecated else ""]))
    return f"  # {said}" if said else ""


def _signature(name: str, given: list[str], returns: str) -> str:
    arrow = f" -> {returns}" if returns else ""
    line = f"{name}({', '.join(given)}){arrow}"
    if len(line) <= _LONGEST or not given:
        return line
    inner = "".join(f"    {each},\n" for each in given)
    return f"{name}(\n{inner}){arrow}"


def _class(name: str, base: str, lines: list[str]) -> str:
    body = "".join(f"\n    {line}" for line in lines) or "\n    ..."
    return f"class {name}({base}):{body}"
