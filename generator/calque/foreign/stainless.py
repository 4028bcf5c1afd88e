"""What a `stainless.yml` says: resources, methods, models, names, and who is let in."""

from __future__ import annotations

from dataclasses import dataclass, field

from calque.document.node import Node
from calque.foreign.carried import Carrying
from calque.foreign.known import Known
from calque.foreign.stainless_client import client
from calque.foreign.stainless_pages import pages
from calque.model.api import Operation
from calque.naming.words import pascal, snake

KEYS = frozenset(
    [
        "organization",
        "targets",
        "environments",
        "resources",
        "readme",
        "settings",
        "query_settings",
        "security",
        "security_schemes",
        "client_settings",
        "pagination",
        "unspecified_endpoints",
        "errors",
        "codeflow",
        "custom_casings",
        "openapi",
        "diagnostics",
        "streaming",
        "edition",
    ]
)
"""The keys of such a file."""

_ROOT, _CLIENT = "api", "$client"


@dataclass(frozen=True, slots=True)
class _Method:
    """A method of a resource, and the operation that it calls."""

    node: Node
    operation: Operation


@dataclass(slots=True)
class _Reading:
    known: Known
    carrying: Carrying
    methods: list[_Method] = field(default_factory=list[_Method])


def carry(root: Node, known: Known) -> Carrying:
    """The settings that a file has a counterpart for."""
    carrying = Carrying()
    reading = _Reading(known, carrying)
    client(root, known, carrying)
    for name, resource in root.below("resources").items():
        _resource(reading, resource, (name,))
    for endpoint in root.below("unspecified_endpoints").elements():
        _exclude(reading, endpoint, str(endpoint.value))
    called = [(method.node, method.operation) for method in reading.methods]
    pages(root, known, carrying, called)
    return carrying


def _resource(reading: _Reading, node: Node, path: tuple[str, ...]) -> None:
    carrying = reading.carrying
    called = _ROOT if path == (_CLIENT,) else "_".join(map(snake, path))
    methods = list(node.below("methods").items())
    if methods and path == (_CLIENT,):
        words = f"calque's client has no methods of its own: they are in `{called}`"
        carrying.leave(node.below("methods"), words)
    elif methods and len(path) > 1:
        words = f"calque's resources have none below them: this one is `{called}`"
        carrying.leave(node.below("methods"), words)
    for name, method in methods:
        _method(reading, method, f"{called}.{snake(name)}")
    for name, model in node.below("models").items():
        _model(reading, model, name)
    for name, below in node.below("subresources").items():
        _resource(reading, below, (*path, name))


def _method(reading: _Reading, node: Node, call: str) -> None:
    carrying = reading.carrying
    at = node.below("endpoint") if node.mapping() else node
    endpoint = at.value
    if not isinstance(endpoint, str):
        return
    operation = reading.known.operation(endpoint)
    if operation is None:
        carrying.leave(at, f"the document has no operation `{endpoint}`")
        return
    key = operation.keys[0]
    if _skipped(node):
        _exclude(reading, at, endpoint)
        return
    if key in carrying.table("calls"):
        words = f"`{endpoint}` is called `{carrying.table('calls')[key]}` already"
        carrying.leave(at, words)
        return
    carrying.put(at, "calls", key, call)
    carrying.take(*(node.below(name) for name in ("type", "skip", "only")))
    reading.methods.append(_Method(node, operation))


def _skipped(node: Node) -> bool:
    """Whether a method is not for Python."""
    skip, only = node.mapping().get("skip"), node.mapping().get("only")
    if skip is True or (isinstance(skip, list) and "python" in skip):
        return True
    return isinstance(only, list) and "python" not in only


def _exclude(reading: _Reading, node: Node, endpoint: str) -> None:
    operation = reading.known.operation(endpoint)
    if operation is None:
        reading.carrying.leave(node, f"the document has no operation `{endpoint}`")
    elif operation.operation_id is None:
        words = f"`{endpoint}` has no operationId that it could be left out by"
        reading.carrying.leave(node, words)
    else:
        excluded = reading.carrying.settings.setdefault("exclude", [])
        assert isinstance(excluded, list)
        excluded.append(f"id:{operation.operation_id}")
        reading.carrying.take(node)


def _model(reading: _Reading, node: Node, name: str) -> None:
    carrying = reading.carrying
    if not isinstance(node.value, str):
        return
    said = node.value.rpartition("/")[2]
    schema, class_ = reading.known.schema(said), pascal(name)
    classes = carrying.table("models")
    if schema is None:
        carrying.leave(node, f"no class comes of the schema `{said}`")
    elif class_ in classes.values() or schema in classes:
        carrying.leave(
            node, f"`{class_}` would be a class of two schemas, or `{schema}` two"
        )
    elif class_ == pascal(schema):
        carrying.take(node)
    else:
        carrying.put(node, "models", schema, class_)
