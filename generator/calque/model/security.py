"""Who may call: the security schemes of a document and what each operation requires."""

from __future__ import annotations

from calque.diagnostics import Diagnostic
from calque.document.node import Node
from calque.model.api import (
    ApiKeyScheme,
    BasicScheme,
    BearerScheme,
    HmacScheme,
    Location,
    SecurityScheme,
)
from calque.model.described import doc_of
from calque.model.dropped import left_out
from calque.resolve import Resolved

_SCHEMES = "#/components/securitySchemes"


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
            diagnostics.extend(_flows(node))
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


def _scheme(name: str, node: Node) -> SecurityScheme | None:
    id_, doc = node.pointer, doc_of(node)
    match node.text("type"), (node.text("scheme") or "").lower():
        case ("http", "bearer") | ("oauth2", _) | ("openIdConnect", _):
            return BearerScheme(id=id_, name=name, doc=doc)
        case ("http", "basic"):
            return BasicScheme(id=id_, name=name, doc=doc)
        case ("http", "hmac-sha256"):
            return HmacScheme(id=id_, name=name, doc=doc)
        case ("apiKey", _):
            return ApiKeyScheme(
                id=id_,
                name=name,
                parameter=node.text("name") or "",
                location=Location(node.text("in") or "header"),
                doc=doc,
            )
        case _:
            return None


def _flows(node: Node) -> list[Diagnostic]:
    """OAuth2 and OpenID Connect are served as far as the token goes, not its issue."""
    return [
        left_out(node / key, f"the token is asked of the caller; `{key}` is not used")
        for key in ("flows", "openIdConnectUrl")
        if key in node
    ]
