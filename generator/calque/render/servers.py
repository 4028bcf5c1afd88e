"""Which of several servers a client talks to: their names, and the variables of all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from calque.model.api import Api
from calque.model.server import Server, ServerVariable
from calque.naming.words import snake
from calque.render.code import Code, runtime
from calque.render.literals import literal

# A description of more words is no name.
_MOST_WORDS = 3


def is_variable(server: Server) -> bool:
    """Whether a server's URL is one variable and nothing else.

    Such a server has no URL of its own: the default of the variable is an example, and
    each caller has to give theirs.
    """
    return (
        len(server.variables) == 1 and server.url == f"{{{server.variables[0].name}}}"
    )


def choices(api: Api) -> dict[str, Server]:
    """The servers to choose from, by name; none where there is but one."""
    if len(api.servers) < 2 or is_variable(api.servers[0]):
        return {}
    wished = [_spoken(server) or _host(server) for server in api.servers]
    once = Counter(wished)
    names = [
        wish if once[wish] == 1 else server.url
        for wish, server in zip(wished, api.servers, strict=True)
    ]
    return dict(zip(names, api.servers, strict=True))


def server_variables(api: Api) -> tuple[ServerVariable, ...]:
    """The variables of the servers to choose from, or of the only one: each once.

    One that several have may be all that it is in any of them.
    """
    found: dict[str, ServerVariable] = {}
    for server in [*choices(api).values()] or api.servers[:1]:
        for variable in server.variables:
            known = found.get(variable.name)
            found[variable.name] = _both(known, variable) if known else variable
    return tuple(found.values())


def server_code(server: Server) -> Code:
    """A server as the runtime takes it."""
    url = literal(server.url)
    if not server.variables:
        return Code(f"Server({url})", runtime("server", "Server"))
    entries = (f"{literal(v.name)}: {literal(v.default)}" for v in server.variables)
    text = f"Server({url}, {{{', '.join(entries)}}})"
    return Code(text, runtime("server", "Server"))


def _both(one: ServerVariable, other: ServerVariable) -> ServerVariable:
    limited = one.values and other.values
    values = dict.fromkeys(one.values + other.values) if limited else ()
    return replace(one, values=tuple(values))


def _spoken(server: Server) -> str:
    """The name that the document gives it; its description, if that is short."""
    words = server.name or server.doc.strip().rstrip(".")
    short = re.sub(r"(?i)\b(the|server|environment|api|url)\b", " ", words).split()
    return snake(" ".join(short)) if 0 < len(short) <= _MOST_WORDS else ""


def _host(server: Server) -> str:
    parts = urlsplit(server.url)
    return snake(f"{parts.netloc} {parts.path}") if parts.netloc else server.url
