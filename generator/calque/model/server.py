"""What a server is: a URL with variables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A variable of a server's URL; `values` are the only ones allowed, if any."""

    id: str
    name: str
    default: str
    values: tuple[str, ...] = ()
    doc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the API is: a URL with `{variables}`."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    name: str = ""
    doc: str = ""
