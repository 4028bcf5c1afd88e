"""How it is stated where the items of a page are, and where the next page is."""

from __future__ import annotations

from typing import assert_never

from calque.model.api import Operation
from calque.model.declarations import record_in
from calque.model.paging import (
    Cursor,
    LinkHeader,
    NextLink,
    Offset,
    PageNumber,
    Paging,
    Path,
    Sent,
)
from calque.model.types import ListOf, MapOf, Type, any_of, without_null
from calque.render.annotations import Scope
from calque.render.code import Code, runtime
from calque.render.literals import literal


def paging(operation: Operation, said: Paging, scope: Scope) -> dict[str, Code]:
    """What an operation states of its pages."""
    body = any_of(*(answer.type for answer in operation.successes))
    return {
        "items": Code(_path(said.items, body, scope)),
        "following": _Stating(operation, body, scope).following(said),
    }


class _Stating:
    """The words of one operation."""

    def __init__(self, operation: Operation, body: Type, scope: Scope) -> None:
        self._operation = operation
        self._body = body
        self._scope = scope

    def following(self, said: Paging) -> Code:
        """How the next page is had."""
        match said.following:
            case NextLink(path=path, hosts=hosts):
                return _call(
                    "next_link", "NextLink", path=self._at(path), hosts=_texts(hosts)
                )
            case LinkHeader(hosts=hosts):
                return _call("link_header", "LinkHeader", hosts=_texts(hosts))
            case Cursor(path=path, sent=sent, more=more):
                return _call(
                    "cursor",
                    "Cursor",
                    path=self._at(path),
                    **self._sent(sent),
                    more=self._at(more),
                )
            case Offset(sent=sent, more=more, total=total):
                return _call(
                    "counted",
                    "Offset",
                    **self._sent(sent),
                    more=self._at(more),
                    total=self._at(total),
                )
            case PageNumber(sent=sent, first=first, more=more, total=total):
                return _call(
                    "counted",
                    "PageNumber",
                    **self._sent(sent),
                    first=str(first) if first else "",
                    more=self._at(more),
                    total=self._at(total),
                )
            case _:
                assert_never(said.following)

    def _at(self, path: Path | None) -> str:
        return "" if path is None else _path(path, self._body, self._scope)

    def _sent(self, sent: Sent) -> dict[str, str]:
        if sent.location == "query":
            return {"name": literal(sent.name)}
        name = self._member(sent.name) if sent.location == "body" else sent.name
        return {"name": literal(name), "location": literal(sent.location)}

    def _member(self, name: str) -> str:
        """A member of the body as it is called there: by Python, or by a form."""
        body = self._operation.body
        assert body is not None
        return _attribute(body.type, name, self._scope)[0]


def _call(module: str, class_: str, **given: str) -> Code:
    """A call with those keywords that have a value."""
    said = ", ".join(f"{key}={value}" for key, value in given.items() if value)
    return Code(f"{class_}({said})", runtime(module, class_))


def _texts(values: tuple[str, ...]) -> str:
    return _tuple([literal(value) for value in values]) if values else ""


def _tuple(items: list[str]) -> str:
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _path(path: Path, type_: Type, scope: Scope) -> str:
    """A path with the names that members have in Python."""
    steps: list[str] = []
    for step in path:
        if isinstance(step, int):
            inner = without_null(type_)
            type_ = inner.item if isinstance(inner, ListOf) else inner
            steps.append(str(step))
        else:
            name, type_ = _attribute(type_, step, scope)
            steps.append(literal(name))
    return _tuple(steps)


def _attribute(type_: Type, name: str, scope: Scope) -> tuple[str, Type]:
    """How a member is reached from Python, and its type."""
    owner = without_null(type_)
    record = record_in(scope.declarations, owner)
    if record is not None:
        field = next(field for field in record.fields if field.name == name)
        return scope.names[field.id], field.type
    return name, owner.value if isinstance(owner, MapOf) else owner
