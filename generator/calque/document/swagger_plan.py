"""What the rules for Swagger 2.0 have decided: edits, and which value goes where."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, field

from calque.diagnostics import Diagnostic
from calque.document.edit import Edit
from calque.document.moves import replaced
from calque.document.node import ROOT, Node, join
from calque.document.swagger_values import Object

MOVED = {
    f"{ROOT}/definitions": f"{ROOT}/components/schemas",
    f"{ROOT}/parameters": f"{ROOT}/components/parameters",
    f"{ROOT}/responses": f"{ROOT}/components/responses",
    f"{ROOT}/securityDefinitions": f"{ROOT}/components/securitySchemes",
}
"""Where the named objects of the main file go; those of other files stay."""


@dataclass(frozen=True, slots=True)
class Media:
    """A media type, and the Id at which it is listed (empty where it is assumed)."""

    name: str
    listed: str = ""


@dataclass(slots=True, kw_only=True)
class Plan:
    """What has been decided so far.

    `moved` says where named objects go, `targets` where all else does that may be
    referred to, `origins` where values come from. `produced` are the media types of the
    responses of operations, `inlined` the parameters that stand in lists.
    """

    moved: dict[str, str]
    edits: dict[str, list[Edit]] = field(default_factory=dict[str, "list[Edit]"])
    targets: dict[str, str] = field(default_factory=dict[str, str])
    origins: dict[str, str] = field(default_factory=dict[str, str])
    produced: dict[str, list[Media]] = field(default_factory=dict[str, "list[Media]"])
    inlined: set[str] = field(default_factory=set[str])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def edit(self, node: Node, change: Callable[[Object], Object]) -> None:
        """Has `change` applied to the object at `node`, after what is inside of it."""
        self.edits.setdefault(node.pointer, []).append(
            lambda value: change(value) if isinstance(value, dict) else value
        )

    def goes(self, written: str, now: str) -> None:
        """What is written at one Id has another one now."""
        self.targets[written] = now
        self.origins[now] = written

    def comes(self, now: str, written: str) -> None:
        """What has this Id now is made of what is written at another."""
        self.origins[now] = written

    def named(self, pointer: str) -> str:
        """The Id that a named object, or what is in it, has now."""
        return replaced(self.moved, pointer)

    def current(self, pointer: str) -> str:
        """The Id that anything written at an Id has now."""
        return replaced(ChainMap(self.targets, self.moved), pointer)

    def content(self, now: str, schema: str, media: list[Media]) -> None:
        """A schema goes into the content of what has the Id `now`, once a media type."""
        for number, each in enumerate(media):
            here = join(now, "content", each.name)
            if each.listed:
                self.comes(here, each.listed)
            self.comes(join(here, "schema"), schema)
            if number == 0:
                self.targets[schema] = join(here, "schema")
