"""Who may call: the security schemes of a document and what each operation requires."""

from __future__ import annotations

from typing import Literal

from calque.diagnostics import Diagnostic
from calque.document.node import Node
from calque.model.described import doc_of
from calque.model.dropped import left_out
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
from calque.resolve import Resolved

# The flows that a user takes part in, and that end in a refresh token.
_BY_USERS = ("authorizationCode", "password", "deviceAuthorization")


def schemes(resolved: Resolved) -> tuple[tuple[SecurityScheme, ...], list[Diagnostic]]:
    """The schemes that calque can serve, and a warning for each that it can't."""
    components = resolved.root.below("components")
    found: list[SecurityScheme] = []
    diagnostics: list[Diagnostic] = []
    for name, ref in components.below("securitySchemes").items():
        node = resolved.follow(ref)
        scheme = _scheme(name, node)
        if scheme is None:
            what = f"security schemes like `{name}` are not supported yet"
            diagnostics.append(left_out(node, what))
        else:
            found.append(scheme)
    return tuple(found), diagnostics


def requirements(
    node: Node, known: tuple[SecurityScheme, ...]
) -> tuple[tuple[str, ...], ...]:
    """The alternatives of a `security` list, as names of schemes.

    An alternative with a scheme that is not served can't be met, and is left out; the
    empty requirement `{}` stays as the empty alternative.
    """
    names = {scheme.name for scheme in known}
    alternatives = (
        tuple(requirement.mapping())
        for requirement in node.below("security").elements()
    )
    return tuple(a for a in alternatives if names.issuperset(a))


def scopes(
    node: Node, known: tuple[SecurityScheme, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The scopes that a token must have, by scheme: those of its first alternative."""
    buying = {s.name for s in known if isinstance(s, OAuth2Scheme | OpenIdScheme)}
    found: dict[str, tuple[str, ...]] = {}
    for requirement in node.below("security").elements():
        for name in requirement.mapping():
            listed = tuple(requirement.texts(name))
            if name in buying and listed:
                found.setdefault(name, listed)
    return tuple(found.items())


def _scheme(name: str, node: Node) -> SecurityScheme | None:
    id_, doc = node.pointer, _doc(node)
    match node.text("type"), (node.text("scheme") or "").lower():
        case "http", "bearer":
            return BearerScheme(id=id_, name=name, doc=doc)
        case "oauth2", _:
            return _oauth2(name, node)
        case "openIdConnect", _:
            url = node.text("openIdConnectUrl") or ""
            return OpenIdScheme(id=id_, name=name, url=url, doc=doc)
        case "http", "basic":
            return BasicScheme(id=id_, name=name, doc=doc)
        case "http", "hmac-sha256":
            return HmacScheme(id=id_, name=name, doc=doc)
        case "apiKey", _:
            return ApiKeyScheme(
                id=id_,
                name=name,
                parameter=node.text("name") or "",
                location=_location(node),
                doc=doc,
            )
        case "mutualTLS", _:
            return MutualTlsScheme(id=id_, name=name, doc=doc)
        case "http", scheme:
            return SignedScheme(id=id_, name=name, scheme=scheme, doc=doc)
        case _:
            return None


def _doc(node: Node) -> str:
    """What is said of a scheme (`deprecated`; OpenAPI 3.2, Security Scheme Object)."""
    marked = "Deprecated." if node.flag("deprecated") else ""
    return " ".join(filter(None, (marked, doc_of(node))))


def _oauth2(name: str, node: Node) -> SecurityScheme:
    """As far as its flows have endpoints for tokens; otherwise the token is given."""
    id_, doc = node.pointer, _doc(node)
    flows = node.below("flows")
    token_url = flows.below("clientCredentials").text("tokenUrl")
    by_users = [flows.below(flow) for flow in _BY_USERS]
    urls = [flow.text("refreshUrl") or flow.text("tokenUrl") for flow in by_users]
    refresh_url = next(filter(None, urls), None)
    if not token_url and not refresh_url:
        return BearerScheme(id=id_, name=name, doc=doc)
    return OAuth2Scheme(
        id=id_,
        name=name,
        token_url=token_url,
        refresh_url=None if refresh_url == token_url else refresh_url,
        doc=doc,
    )


def _location(node: Node) -> Literal["header", "query", "cookie"]:
    match node.text("in"):
        case "query":
            return "query"
        case "cookie":
            return "cookie"
        case _:
            return "header"
