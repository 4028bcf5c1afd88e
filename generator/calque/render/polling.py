"""How it is stated that an operation goes on, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable

from calque.model.polling import Polling
from calque.render.annotations import Scope, annotation
from calque.render.code import Code, runtime
from calque.render.literals import literal


def polling(said: Polling, scope: Scope) -> dict[str, Code]:
    """What an operation states of how it goes on."""
    found = {"final": Code(literal(said.final))} if said.final else {}
    listed = {
        "link": said.link,
        "status": said.status,
        "succeeded": said.succeeded,
        "failed": said.failed,
        "result": said.result,
        "hosts": said.hosts,
    }
    found |= {key: _texts(values) for key, values in listed.items() if values}
    if said.own:
        head = Code("Json(lambda: ", runtime("operation", "Json"))
        found["end"] = head + annotation(said.type, scope.to_keep) + ")"
    return found


def _texts(values: Iterable[str | int]) -> Code:
    items = [literal(value) for value in values]
    return Code(f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})")
