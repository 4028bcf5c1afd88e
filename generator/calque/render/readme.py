"""The call that a package's README shows: an operation, filled from its own example, if any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calque.document.node import Json
from calque.model.api import Api, Content, Operation
from calque.model.arguments import Argument, arguments, body_record
from calque.model.types import Null
from calque.naming import Names
from calque.render.annotations import Scope, anywhere
from calque.render.client import has_connection_string
from calque.render.code import Code, Import, import_block
from calque.render.examples import Misfit, expression
from calque.render.literals import literal
from calque.render.manners import answer_type
from calque.render.samples import NoSample, Samples
from calque.render.streaming import streams


@dataclass(frozen=True, slots=True)
class CallView:
    """A whole program that makes one call."""

    imports: str
    client: str
    resource: str
    method: str
    arguments: tuple[str, ...]
    assigns: str
    shows: bool
    iterates: bool
    waits: str


def call_view(api: Api, names: Names) -> CallView | None:
    """An operation that the document's examples are enough to call, if there is one.

    Rather one whose body has an example than the first. Without examples, one that can be
    called with values that are made from its types.
    """
    scope = anywhere(api, names)
    shown = [operation for operation in api.operations if not streams(operation)]
    ranked = sorted(shown, key=lambda o: not (o.body and o.body.examples))
    for made in (None, Samples(scope.declarations)):
        for operation in ranked:
            given = _given(operation, scope, made)
            if given is not None:
                return _view(api, operation, given, names)
    return None


def paged_call(api: Api, names: Names) -> str:
    """The attribute chain to an operation that answers with pages; "" without one."""
    return _first(api, names, lambda operation: operation.paging is not None)


def polled_call(api: Api, names: Names) -> str:
    """The attribute chain to an operation that goes on; "" without one."""
    return _first(api, names, lambda operation: operation.polling is not None)


def streamed_call(api: Api, names: Names) -> str:
    """The attribute chain to an operation whose items come one by one; "" without one."""
    return _first(api, names, streams)


def uploaded_call(api: Api, names: Names) -> str:
    """The attribute chain to an operation whose form has a file; "" without one."""
    return _first(
        api, names, lambda o: any(part.file for b in o.bodies for part in b.parts)
    )


def downloaded_call(api: Api, names: Names) -> str:
    """The attribute chain to a call that is answered with bytes; "" without one."""

    def answers(operation: Operation) -> bool:
        found = (answer.content is Content.BINARY for answer in operation.successes)
        return operation.polling is None and any(found)

    return _first(api, names, answers)


def _first(api: Api, names: Names, which: Callable[[Operation], bool]) -> str:
    found = (f"{names[o.group]}.{names[o.id]}" for o in api.operations if which(o))
    return next(found, "")


def _view(
    api: Api, operation: Operation, given: tuple[Code, ...], names: Names
) -> CallView:
    client = _client(api, names)
    polling = operation.polling
    returns = (polling.type if polling else answer_type(operation)) != Null()
    return CallView(
        imports=import_block(client.imports.union(*(code.imports for code in given))),
        client=client.text,
        resource=names[operation.group],
        method=names[operation.id],
        arguments=tuple(code.text for code in given),
        assigns="result = " if returns else "",
        shows=returns and operation.paging is None,
        iterates=operation.paging is not None,
        waits=".result()" if polling else "",
    )


def _client(api: Api, names: Names) -> Code:
    """How the client is made: from the environment, as far as it says where and who."""
    class_ = Code(names.client, frozenset({Import(names.package, names.client)}))
    if has_connection_string(api):
        variable = literal(f"{names.environment}_CONNECTION_STRING")
        os = frozenset({Import("os")})
        return class_ + Code(f".from_connection_string(os.environ[{variable}])", os)
    return class_ + "()"


def _given(
    operation: Operation, scope: Scope, made: Samples | None
) -> tuple[Code, ...] | None:
    """The arguments of the call: all of an example of its body, and what is required."""
    values = _values(operation, scope)

    def value(argument: Argument) -> Json:
        if argument.name in values or made is None:
            return values[argument.name]
        return made.of(argument.type)

    try:
        return tuple(
            _argument(argument, value(argument), scope)
            for argument in arguments(operation, scope.declarations)
            if argument.required
            or (argument.place == "body" and argument.name in values)
        )
    except (Misfit, NoSample, KeyError):
        return None


def _values(operation: Operation, scope: Scope) -> dict[str, Json]:
    """What the document's examples give for the arguments, by their names there."""
    values: dict[str, Json] = {
        p.name: p.example for p in operation.parameters if p.example is not None
    }
    body = operation.body
    if body is None or not body.examples:
        return values
    example = body.examples[0].value
    if not body.fields and body_record(body, scope.declarations) is None:
        return {**values, "body": example}
    return {**values, **example} if isinstance(example, dict) else values


def _argument(argument: Argument, value: Json, scope: Scope) -> Code:
    code = expression(value, argument.type, scope)
    if argument.positional:
        return code
    return Code(f"{scope.names[argument.id]}=") + code
