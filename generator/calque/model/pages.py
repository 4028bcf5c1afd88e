"""The pages of each operation: as the document has them, then as `calque.toml` does."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from calque.config import Config
from calque.document.node import Node
from calque.model.api import Answer, Api, Body, Operation, Parameter
from calque.model.arguments import declared
from calque.model.declarations import record_in
from calque.model.dropped import left_out
from calque.model.named import Unfit, check_names, name_in
from calque.model.page_body import Look
from calque.model.paged import Listing, recognised
from calque.model.paged_said import configured, extension
from calque.model.paging import Paging
from calque.model.schemas import Schemas


def paging(
    schemas: Schemas,
    node: Node,
    method: str,
    parameters: tuple[Parameter, ...],
    forms: tuple[Body, ...],
    answers: tuple[Answer, ...],
) -> Paging | None:
    """How the pages of an operation follow one another: as it says, or as it seems."""
    listing = Listing(
        method=method,
        parameters=parameters,
        bodies=forms,
        answers=answers,
        linked=_linked(schemas, node),
        look=schemas.record_of,
    )
    try:
        said = extension(node)
        return configured(listing, said[1]) if said else recognised(listing)
    except Unfit as unfit:
        words = f"its pages are not followed: {unfit}"
        schemas.diagnostics.append(left_out(node, words))
        return None


def with_pages(api: Api, config: Config) -> Api:
    """The API with the pages that `calque.toml` says, and without those it denies.

    Raises ConfigError for what an operation has no counterpart to.
    """
    if not config.pagination:
        return api
    check_names(api, config, "pagination", config.pagination)
    look = partial(record_in, declared(api))
    return replace(api, operations=tuple(_set(o, look, config) for o in api.operations))


def _set(operation: Operation, look: Look, config: Config) -> Operation:
    settings = config.pagination
    name = name_in(settings, operation)
    if not name:
        return replace(operation, paging=None) if "*" in settings else operation
    setting = settings[name]
    if setting is None:
        return replace(operation, paging=None)
    listing = Listing(
        method=operation.method,
        parameters=operation.parameters,
        bodies=operation.bodies,
        answers=operation.answers,
        linked=False,
        look=look,
    )
    try:
        return replace(operation, paging=configured(listing, setting))
    except Unfit as unfit:
        words = f"`pagination.{name}`: {unfit}"
        raise config.wrong(words, "pagination", name) from None


def _linked(schemas: Schemas, node: Node) -> bool:
    """Whether a successful answer declares the field `Link`."""
    for status, ref in node.below("responses").items():
        response = schemas.resolved.follow(ref)
        fields = (name.lower() for name, _ in response.below("headers").items())
        if status.startswith("2") and "link" in fields:
            return True
    return False
