"""What callers see of the client: its arguments, where it goes and as whom, its exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calque.config import Config
from calque.model.api import Api
from calque.naming import Names
from calque.render.annotations import anywhere
from calque.render.client import (
    has_connection_string,
    requires_credential,
    variable_view,
)
from calque.render.credentials import argument_types, credentials, variables
from calque.render.digest import digest
from calque.render.literals import literal
from calque.render.package import error_body, package_exports, package_version
from calque.render.servers import choices, is_variable, server_variables
from calque.surface import Argument, Client, Scheme

_SERVER, _SCHEMES = "#/servers/0", "#/components/securitySchemes"


def client(api: Api, names: Names, config: Config) -> Client:
    """The client of an API."""
    scope = replace(anywhere(api, names), plain=True)
    served = zip(api.schemes, credentials(api), strict=True)
    exports = package_exports(api, names).exports
    return Client(
        name=names.client,
        package=names.package,
        distribution=names.distribution,
        version=package_version(api, config),
        environment=names.environment,
        server=api.servers[0].url,
        arguments=tuple(_arguments(api)),
        schemes=tuple(
            Scheme(
                id=scheme.id,
                name=scheme.name,
                built=each.scheme.text,
                variables=", ".join(variables(api, each, names.environment)),
            )
            for scheme, each in served
        ),
        requires_credential=requires_credential(api),
        connection_string=has_connection_string(api),
        errors=error_body(api, scope).text,
        exports={export.name: export.module for export in exports},
        aliases=dict(names.aliases),
    )


def _arguments(api: Api) -> Iterator[Argument]:
    server = api.servers[0]
    whole = is_variable(server)
    for position, variable in enumerate(server_variables(api), 1):
        view = variable_view(variable, whole)
        yield Argument(
            id=variable.id,
            name=view.name,
            wire=view.name,
            type=view.annotation,
            default="None",
            position=position if view.positional else 0,
            fallback="" if whole else literal(variable.default),
            doc=digest(variable.doc),
        )
    if not whole:
        yield _optional("base_url", "str", _SERVER)
    if named := choices(api):
        yield _optional("server", f"Literal[{', '.join(map(literal, named))}]", _SERVER)
    if types := argument_types(api, ""):
        yield _optional("credential", " | ".join(types), _SCHEMES)


def _optional(name: str, type_: str, id_: str) -> Argument:
    return Argument(
        id=id_, name=name, wire=name, type=f"{type_} | None", default="None"
    )
