"""The client: what `templates/client/{package}/_client.py` is filled with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calque.model.api import Api, Group
from calque.model.schemes import HmacScheme
from calque.model.server import Server, ServerVariable
from calque.naming import Names, class_of
from calque.naming.words import snake
from calque.render.aliases import FormerView, marking, resources
from calque.render.code import Code, Import, import_block, runtime
from calque.render.credentials import (
    SIGNING,
    argument_types,
    credential_words,
    credentials,
)
from calque.render.docstrings import docstring, plain, section
from calque.render.extensions import extension
from calque.render.literals import literal
from calque.render.operation_words import group_words
from calque.render.servers import (
    choices,
    is_variable,
    server_code,
    server_variables,
)
from calque.render.statements import security

_ALWAYS = (
    runtime("api", "Api", up=".")
    | runtime("client", "AsyncClient", "Client", up=".")
    | runtime("options", "DEFAULT_TIMEOUT", "Timeout", up=".")
    | runtime("middleware", "AsyncMiddleware", "Middleware", up=".")
    | runtime("network", "Network", up=".")
    | runtime("transport", "AsyncHttpClient", "HttpClient", up=".")
    | runtime("transport", "AsyncTransport", "Transport", up=".")
    | {Import("collections.abc", "Mapping"), Import("collections.abc", "Sequence")}
)
_LAZY = {Import("functools", "cached_property"), Import("typing", "TYPE_CHECKING")}


@dataclass(frozen=True, slots=True)
class VariableView:
    """A variable of the server's URL, as an argument of the client."""

    name: str
    wire: str
    annotation: str
    default: str
    positional: bool


@dataclass(frozen=True, slots=True)
class ResourceAttributeView:
    """A resource, as an attribute of the client."""

    name: str
    class_: str
    docstring: str


@dataclass(frozen=True, slots=True)
class ClientFlavourView:
    """One of the two client classes."""

    name: str
    base: str
    prefix: str
    docstring: str
    credential: str
    http_client: str
    transport: str
    middleware: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """The module of the clients."""

    imports: str
    plain_name: str
    package: str
    version: str
    environment: str
    server: str
    defaults: str
    servers: str
    choice: str
    variables: tuple[VariableView, ...]
    given: str
    schemes: str
    security: str
    based: bool
    requires_credential: bool
    connection_string: bool
    flavours: tuple[ClientFlavourView, ...]
    resources: tuple[ResourceAttributeView, ...]
    former: tuple[FormerView, ...]

    @property
    def leading(self) -> tuple[VariableView, ...]:
        """The variables that come first, and may be given without their name."""
        return tuple(v for v in self.variables if v.positional)

    @property
    def named(self) -> tuple[VariableView, ...]:
        """The variables that are given by name."""
        return tuple(v for v in self.variables if not v.positional)


def client_view(api: Api, names: Names, version: str) -> ClientView:
    """The clients of an API."""
    server = api.servers[0]
    whole = is_variable(server)
    variables = tuple(variable_view(v, whole) for v in server_variables(api))
    servers = [(literal(k), server_code(v).text) for k, v in choices(api).items()]
    schemes = (
        (literal(scheme.name), served.scheme.text)
        for scheme, served in zip(api.schemes, credentials(api), strict=True)
    )
    return ClientView(
        imports=import_block(_imports(api, names)),
        plain_name=names.client,
        package=literal(names.package),
        version=literal(version),
        environment=literal(names.environment),
        server=literal(server.url),
        defaults=_defaults(server),
        servers=_dict(servers) if servers else "",
        choice=f"Literal[{', '.join(name for name, _ in servers)}]" if servers else "",
        variables=variables,
        given=_dict((v.wire, v.name) for v in variables),
        schemes=_dict(schemes),
        security=_security(api),
        based=not whole,
        requires_credential=requires_credential(api),
        connection_string=has_connection_string(api),
        flavours=(_flavour(api, names, ""), _flavour(api, names, "Async")),
        resources=tuple(
            _resource(group, names)
            for group in sorted(api.groups, key=lambda group: names[group.id])
        ),
        former=resources(api, names),
    )


def _defaults(server: Server) -> str:
    """The defaults of a server's variables; none where it is all variable."""
    whole = is_variable(server)
    return _dict(
        (literal(v.name), "None" if whole else literal(v.default))
        for v in server.variables
    )


def requires_credential(api: Api) -> bool:
    """Whether no operation can be called without a credential."""
    every = (o.security and () not in o.security for o in api.operations)
    return bool(api.operations) and all(every)


def _security(api: Api) -> str:
    """The alternatives of all operations, each once; nothing where none needs a credential."""
    alternatives = dict.fromkeys(a for o in api.operations for a in o.security if a)
    return security(tuple(alternatives)) if alternatives else ""


def has_connection_string(api: Api) -> bool:
    """Whether where and as whom can be said in one text, as Azure services have it."""
    hmac = any(isinstance(scheme, HmacScheme) for scheme in api.schemes)
    return hmac and is_variable(api.servers[0])


def _imports(api: Api, names: Names) -> frozenset[Import]:
    found = _ALWAYS.union(*(c.imports | c.scheme.imports for c in credentials(api)))
    found |= _extension(names, "").imports | _extension(names, "Async").imports
    if resources(api, names):
        found |= marking(".")
    if api.schemes:
        found |= SIGNING
    if api.groups:
        found |= _LAZY
    if has_connection_string(api):
        found |= runtime("hmac_sha256", "parse_connection_string", up=".")
        found |= {Import("typing", "Self")}
    if choices(api):
        found |= runtime("server", "Server", up=".")
    if choices(api) or any(v.values for v in server_variables(api)):
        found |= {Import("typing", "Literal")}
    return found


def _resource(group: Group, names: Names) -> ResourceAttributeView:
    words = docstring(group_words(group), 8)
    return ResourceAttributeView(names[group.id], names[class_of(group.id)], words)


def _dict(entries: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries)}}}"


def variable_view(variable: ServerVariable, whole: bool) -> VariableView:
    values = ", ".join(literal(v) for v in variable.values)
    type_ = f"Literal[{values}]" if values else "str"
    return VariableView(
        name=snake(variable.name),
        wire=literal(variable.name),
        annotation=f"{type_} | None",
        default="None" if whole else literal(variable.default),
        positional=whole,
    )


def _flavour(api: Api, names: Names, prefix: str) -> ClientFlavourView:
    types = argument_types(api, prefix)
    return ClientFlavourView(
        name=f"{prefix}{names.client}",
        base=f"{_extension(names, prefix).text}{prefix}Client",
        prefix=prefix,
        docstring=docstring(_words(api, names, prefix), 4),
        credential=" | ".join((*types, "None")) if types else "",
        http_client=f"{prefix}HttpClient",
        transport=f"{prefix}Transport",
        middleware=f"Sequence[{prefix}Middleware]",
    )


def _extension(names: Names, prefix: str) -> Code:
    return extension(names, f"{prefix}{names.client}", ".")


def _words(api: Api, names: Names, prefix: str) -> str:
    entries = [
        (snake(v.name), v.doc or f"The variable `{v.name}` of the server's URL.")
        for v in server_variables(api)
    ]
    if not is_variable(api.servers[0]):
        entries.append(("base_url", _server_words(api)))
    if choices(api):
        words = f"Which of the servers, by name ({names.environment}_SERVER)."
        entries.append(("server", words))
    if api.schemes:
        entries.append(("credential", credential_words(api, names.environment)))
    entries += _SETTINGS
    title = api.title or names.client
    return "\n\n".join(
        [
            f"A client of {title}." if not title.endswith(".") else title,
            "Safe to share between threads and tasks; close it, or use it in "
            f"{'an `async with`' if prefix else 'a `with`'}.",
            section("Args", entries, 4),
        ]
    )


_SETTINGS = [
    ("timeout", "Seconds to wait for each step of an attempt, or a `Timeout`."),
    ("max_retries", "How many times a failed attempt is repeated where that is safe."),
    ("deadline", "Seconds that a call may take with all its attempts; None: no limit."),
    ("headers", "Headers sent with every call."),
    ("strict_responses", "Raise where an answer deviates from the document."),
    ("keep_unknown", "Keep the properties that the document does not declare."),
    ("follow_redirects", "Go on where a redirect leads, if that is safe."),
    ("network", "How connections are made: proxy, trust, certificate, HTTP/2."),
    ("http_client", "Your own `httpx2` client; it is used as it is, and not closed."),
    ("transport", "What sends requests in the place of all that."),
    ("middleware", "What stands around each call and each attempt, outermost first."),
]


def _server_words(api: Api) -> str:
    """The servers of the document: the one that is used, and those that could be."""
    first, *others = (
        f"`{server.url}`" + (f" ({plain(server.doc)})" if server.doc else "")
        for server in api.servers
    )
    also = f" The document also names {', '.join(others)}." if others else ""
    return f"Where the API is; None: {first}.{also}"
