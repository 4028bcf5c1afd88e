"""What a `stainless.yml` says instead of the document: where the service is, and as whom."""

from __future__ import annotations

from calque.document.node import Json, Node


def actions(root: Node, document: Node) -> list[Json]:
    """The actions of an OpenAPI Overlay that has the document say so too.

    There are none for Swagger 2.0, which says such things in other words.
    """
    if "openapi" not in document:
        return []
    return [
        *_schemes(root.object("security_schemes"), document),
        *_replaced("security", root.array("security"), document),
        *_replaced("servers", _servers(root, document), document),
    ]


def _schemes(schemes: dict[str, Json], document: Node) -> list[Json]:
    """Adds the schemes that the document has not, or has otherwise."""
    there = document.below("components").object("securitySchemes")
    new: Json = {n: s for n, s in schemes.items() if there.get(n) != s}
    changes: Json = {"components": {"securitySchemes": new}}
    return [{"target": "$", "update": changes}] if new else []


def _servers(root: Node, document: Node) -> list[Json]:
    """The environments as servers; none where the document has them, the first one first."""
    urls = [url for _, url in root.below("environments").items()]
    said = [url.value for url in urls if isinstance(url.value, str)]
    there = [server.text("url") for server in document.nodes("servers")]
    if said[:1] == there[:1] and set(said) == set(there):
        return []
    return [
        {"url": url.value, "description": url.key}
        for url in urls
        if isinstance(url.value, str)
    ]


def _replaced(key: str, values: list[Json], document: Node) -> list[Json]:
    """Puts a list in the place of the document's; an update alone would only add to it."""
    if not values or document.array(key) == values:
        return []
    gone: list[Json] = [{"target": f"$.{key}", "remove": True}]
    come: list[Json] = [{"target": "$", "update": {key: values}}]
    return [*(gone if key in document else []), *come]
