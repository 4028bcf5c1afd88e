"""What each kind of security scheme asks of a caller: types, words, environment variables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import assert_never

from calque.model.api import Api
from calque.model.schemes import (
    ApiKeyScheme,
    BasicScheme,
    BearerScheme,
    HmacScheme,
    MutualTlsScheme,
    OAuth2Scheme,
    OpenIdScheme,
    SecurityScheme,
    SignedScheme,
)
from calque.render.code import Code, Import, runtime
from calque.render.docstrings import ended, plain
from calque.render.literals import literal


@dataclass(frozen=True, slots=True)
class Credential:
    """How a scheme is served.

    `scheme` builds it, `types` are those of what a caller gives (`{}` stands for `Async`
    in the asynchronous client, and for nothing in the other), `words` say what that is,
    and `variables` end the names of the environment variables that stand in for it:
    alternatives, each of one or several together. `offers` are what the package has
    besides the types.
    """

    name: str
    scheme: Code
    types: tuple[str, ...]
    imports: frozenset[Import]
    words: str
    variables: tuple[tuple[str, ...], ...] = ()
    offers: frozenset[Import] = frozenset()


SIGNING = runtime("auth", "Signer", up=".")
"""What serves every scheme."""


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
    """The environment variables that stand in for a credential: alternatives, as texts.

    Where several schemes are of one kind, the scheme's name tells them apart.
    """
    own = set(served.variables)
    alike = [c for c in credentials(api) if own & set(c.variables)]
    words = () if len(alike) == 1 else (served.name,)
    return tuple(
        " with ".join(environment_name(prefix, *words, end) for end in ends)
        for ends in served.variables
    )


def argument_types(api: Api, prefix: str) -> tuple[str, ...]:
    """What may be given as `credential`; nothing where none is used.

    A mapping from the names of schemes serves where one alone would not do.
    """
    found = dict.fromkeys(
        type_.format(prefix) for served in credentials(api) for type_ in served.types
    )
    if found:
        found |= {"Signer": found.pop("Signer", None)}
    if by_scheme(api):
        found[f"Mapping[str, {' | '.join(found)}]"] = None
    return tuple(found)


def _first(doc: str) -> str:
    """The first paragraph of what is said, in one line."""
    return plain(doc.partition("\n\n")[0])


def credential_words(api: Api, prefix: str) -> str:
    """What each scheme takes, and the environment variables that stand in for it."""
    said: dict[str, list[str]] = {}
    for served in credentials(api):
        said.setdefault(served.words, []).extend(variables(api, served, prefix))
    words = "; or ".join(
        f"{kind} ({', '.join(named)})" if named else kind
        for kind, named in said.items()
    )
    sentences = [f"{words[0].upper()}{words[1:]}."]
    if by_scheme(api):
        named = f"{literal(credentials(api)[0].name)}: ..."
        sentences.append(f"By scheme where several could be meant: `{{{named}}}`.")
    sentences += [
        f"`{plain(scheme.name)}`: {ended(_first(scheme.doc))}"
        for scheme in api.schemes
        if scheme.doc
    ]
    if any(said.values()):
        sentences.append("None: taken from the environment variable.")
    return " ".join(sentences)


def by_scheme(api: Api) -> bool:
    """Whether it must be said for which scheme a credential is: several are taken together,
    or what one takes another would take too.
    """
    types = Counter(t for served in credentials(api) for t in served.types)
    del types["Signer"]  # Serves every scheme.
    together = (names for o in api.operations for names in o.security)
    return max(types.values(), default=0) > 1 or any(len(n) > 1 for n in together)


def _credential(scheme: SecurityScheme) -> Credential:
    match scheme:
        case BearerScheme():
            return _told(
                scheme.name,
                _built("bearer", "Bearer", ""),
                "a token, or a function that is asked for a fresh one",
                "TOKEN",
            )
        case ApiKeyScheme(parameter=name, location=location):
            arguments = f"name={literal(name)}, location={literal(location)}"
            return _told(
                scheme.name,
                _built("api_key", "ApiKey", arguments),
                "an API key, or a function that is asked for it",
                "API_KEY",
            )
        case BasicScheme():
            return _basic(scheme.name)
        case HmacScheme():
            return _hmac(scheme.name)
        case OAuth2Scheme(token_url=token_url, refresh_url=refresh_url):
            urls = {"token_url": token_url, "refresh_url": refresh_url}
            given = [f"{k}={literal(v)}" for k, v in urls.items() if v is not None]
            return _bought(scheme.name, _built("oauth2", "OAuth2", ", ".join(given)))
        case OpenIdScheme(url=url):
            built = _built("open_id_connect", "OpenIdConnect", f"url={literal(url)}")
            return _bought(scheme.name, built)
        case SignedScheme(scheme=kind):
            return _signed(scheme.name, kind)
        case MutualTlsScheme():
            return _mutual_tls(scheme.name)
        case _:
            assert_never(scheme)


def _told(name: str, scheme: Code, words: str, variable: str) -> Credential:
    """A scheme whose credential is a text, given as it is or asked for."""
    return Credential(
        name=name,
        scheme=scheme,
        types=("str", "{}TokenProvider"),
        imports=_own("auth", "AsyncTokenProvider", "TokenProvider"),
        words=words,
        variables=((variable,),),
    )


def _basic(name: str) -> Credential:
    return Credential(
        name=name,
        scheme=_built("basic", "Basic", ""),
        types=("BasicCredentials",),
        imports=_own("basic", "BasicCredentials"),
        words="`BasicCredentials(username, password)`",
        variables=(("USERNAME", "PASSWORD"),),
    )


def _hmac(name: str) -> Credential:
    return Credential(
        name=name,
        scheme=_built("hmac_sha256", "HmacSha256", ""),
        types=("AccessKey",),
        imports=_own("hmac_sha256", "AccessKey"),
        words="an `AccessKey`, which signs each request",
        variables=(("ACCESS_KEY",),),
    )


def _mutual_tls(name: str) -> Credential:
    return Credential(
        name=name,
        scheme=_built("mutual_tls", "MutualTls", ""),
        types=("ClientCertificate",),
        imports=_own("network", "ClientCertificate"),
        words="a `ClientCertificate`",
        variables=(("CERTIFICATE_FILE", "KEY_FILE"), ("CERTIFICATE_FILE",)),
    )


def _signed(name: str, kind: str) -> Credential:
    return Credential(
        name=name,
        scheme=_built("signed", "Signed", f"scheme={literal(kind)}"),
        types=("Signer",),
        imports=frozenset(),
        words="a `Signer`, which signs each request",
    )


def _bought(name: str, scheme: Code) -> Credential:
    """A scheme whose tokens a client can buy itself."""
    return Credential(
        name=name,
        scheme=scheme,
        types=("ClientCredentials", "RefreshToken", "str", "{}TokenProvider"),
        imports=_own("auth", "AsyncTokenProvider", "TokenProvider")
        | _own("oauth2", "ClientCredentials", "RefreshToken"),
        words="`ClientCredentials(client_id, client_secret)` or a `RefreshToken`, to buy "
        "tokens with; or a token, or a function that is asked for a fresh one",
        variables=(("TOKEN",), ("CLIENT_ID", "CLIENT_SECRET")),
        offers=_own("tokens", "TokenError"),
    )


def _built(module: str, class_: str, arguments: str) -> Code:
    return Code(f"{class_}({arguments})", _own(module, class_))


def _own(module: str, *names: str) -> frozenset[Import]:
    return runtime(module, *names, up=".")
