"""What each kind of security scheme asks of a caller: types, words, environment variables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from calque.model.api import (
    Api,
    ApiKeyScheme,
    BasicScheme,
    BearerScheme,
    HmacScheme,
    SecurityScheme,
)
from calque.render.code import Code, Import, runtime
from calque.render.literals import literal


@dataclass(frozen=True, slots=True)
class Credential:
    """How a scheme is served.

    `scheme` builds it, `types` are those of what a caller gives (`{}` stands for `Async`
    in the asynchronous client, and for nothing in the other), `words` say what that is,
    and `variables` end the names of the environment variables that stand in for it.
    """

    name: str
    scheme: Code
    types: tuple[str, ...]
    imports: frozenset[Import]
    words: str
    variables: tuple[str, ...]


def credentials(api: Api) -> tuple[Credential, ...]:
    """How the schemes of an API are served, in their order."""
    return tuple(_credential(scheme) for scheme in api.schemes)


def environment_name(prefix: str, *parts: str) -> str:
    """The environment variable for something, by the rule of the runtime."""
    return "_".join([prefix, *map(_shouted, parts)])


def _shouted(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").upper()


def variables(api: Api, served: Credential, prefix: str) -> tuple[str, ...]:
    """The environment variables that stand in for a credential.

    Where several schemes are of one kind, the scheme's name tells them apart.
    """
    alike = [c for c in credentials(api) if c.variables == served.variables]
    words = () if len(alike) == 1 else (served.name,)
    return tuple(environment_name(prefix, *words, v) for v in served.variables)


def argument_types(api: Api, prefix: str) -> tuple[str, ...]:
    """What may be given as `credential`; nothing where none is used.

    A mapping from the names of schemes serves where several are taken together.
    """
    found = dict.fromkeys(
        type_.format(prefix) for served in credentials(api) for type_ in served.types
    )
    if any(len(together) > 1 for o in api.operations for together in o.security):
        found[f"Mapping[str, {' | '.join(found)}]"] = None
    return tuple(found)


def _credential(scheme: SecurityScheme) -> Credential:
    match scheme:
        case BearerScheme():
            return Credential(
                name=scheme.name,
                scheme=_built("bearer", "Bearer", ""),
                types=("str", "{}TokenProvider"),
                imports=_own("auth", "AsyncTokenProvider", "TokenProvider"),
                words="a token, or a function that is asked for a fresh one",
                variables=("TOKEN",),
            )
        case BasicScheme():
            return Credential(
                name=scheme.name,
                scheme=_built("basic", "Basic", ""),
                types=("BasicCredentials",),
                imports=_own("basic", "BasicCredentials"),
                words="a user name and password",
                variables=("USERNAME", "PASSWORD"),
            )
        case ApiKeyScheme(parameter=name, location=location):
            arguments = f"name={literal(name)}, location={literal(location)}"
            return Credential(
                name=scheme.name,
                scheme=_built("api_key", "ApiKey", arguments),
                types=("str", "{}TokenProvider"),
                imports=_own("auth", "AsyncTokenProvider", "TokenProvider"),
                words="an API key, or a function that is asked for it",
                variables=("API_KEY",),
            )
        case HmacScheme():
            return Credential(
                name=scheme.name,
                scheme=_built("hmac_sha256", "HmacSha256", ""),
                types=("AccessKey",),
                imports=_own("hmac_sha256", "AccessKey"),
                words="an access key that signs each request",
                variables=("ACCESS_KEY",),
            )
        case _:
            assert_never(scheme)


def _built(module: str, class_: str, arguments: str) -> Code:
    return Code(f"{class_}({arguments})", _own(module, class_))


def _own(module: str, *names: str) -> frozenset[Import]:
    return runtime(module, *names, up=".")
