"""What the document has of that which another generator's settings speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from calque.config import Config, ConfigError
from calque.document.node import Json
from calque.model.api import Api, Operation
from calque.model.pages import with_pages
from calque.naming.words import pascal
from calque.page_settings import page_setting
from calque.render.credentials import credentials, variables

_NAMED = re.compile(r"\{[^}]*\}")

_ROLES = {
    "username": "USERNAME",
    "password": "PASSWORD",
    "client_id": "CLIENT_ID",
    "client_secret": "CLIENT_SECRET",
}
"""How the variable of a part of a credential ends."""


@dataclass(frozen=True)
class Known:
    """An API, to be asked for what it has."""

    api: Api

    def operation(self, endpoint: str) -> Operation | None:
        """The operation at `get /pets/{id}`, whatever its parameters are called."""
        method, _, path = endpoint.strip().partition(" ")
        return self._endpoints.get((method.upper(), _NAMED.sub("{}", path.strip())))

    @cached_property
    def _endpoints(self) -> dict[tuple[str, str], Operation]:
        return {
            (o.method.upper(), _NAMED.sub("{}", o.path)): o for o in self.api.operations
        }

    @cached_property
    def ids(self) -> dict[str, Operation]:
        """The operations by their operationIds."""
        return {o.operation_id: o for o in self.api.operations if o.operation_id}

    def schema(self, name: str) -> str | None:
        """The schema of a name that has a class; a generator may have spelled it so too."""
        if name in self._schemas:
            return name
        alike = [own for own in self._schemas if pascal(own) == pascal(name)]
        return alike[0] if len(alike) == 1 else None

    @cached_property
    def _schemas(self) -> frozenset[str]:
        declared = self.api.declarations
        return frozenset(d.hint[0] for d in declared if len(d.hint) == 1)

    def misfit(self, operation: Operation, setting: Json) -> str:
        """Why an operation has no such pages; nothing if it has."""
        try:
            self._paged(operation, setting)
        except (ConfigError, ValueError) as error:
            return str(error).rpartition("`: ")[2]
        return ""

    def same(self, operation: Operation, setting: Json) -> bool:
        """Whether an operation has these pages by itself."""
        return self._paged(operation, setting).paging == operation.paging

    def _paged(self, operation: Operation, setting: Json) -> Operation:
        key = operation.keys[0]
        config = Config(pagination={key: page_setting(key, setting)})
        alone = replace(self.api, operations=(operation,))
        return with_pages(alone, config).operations[0]

    def variable(self, scheme: str, role: str, prefix: str) -> str | None:
        """The environment variable that a part of a credential is read from."""
        for served in credentials(self.api):
            if served.name == scheme:
                ways = variables(self.api, served, prefix)
                parts = [part for way in ways for part in way.split(" with ")]
                end = _ROLES.get(role, "")
                return next((part for part in parts if part.endswith(end)), None)
        return None
