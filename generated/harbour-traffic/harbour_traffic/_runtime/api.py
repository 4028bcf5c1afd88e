"""The API as a whole, as its description has it: data that a generated package states."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .auth import Schemes, Security
from .server import Server


class Api(msgspec.Struct, frozen=True, kw_only=True):
    """What all operations of a package have in common.

    `package` also names the logger. `environment` is the prefix of the environment
    variables that a client reads. `server` is the template of the server's URL;
    `variables` gives each of its variables a default, or None if it has none. `servers`
    are those to choose from, by name, where there are several.
    `security` has the alternatives of all operations, each once.
    `requires_credential`: whether every operation needs one, so that a client without
    is refused when it is made.
    """

    package: str
    version: str
    environment: str
    server: str
    variables: Mapping[str, str | None] = {}
    servers: Mapping[str, Server] = {}
    schemes: Schemes = {}
    security: Security = ()
    requires_credential: bool = False
