"""Which media types the bodies of Swagger 2.0 have, and where bodies stand in OpenAPI 3."""

from __future__ import annotations

from calque.document.files import Files
from calque.document.node import Json, Node, file_of, join
from calque.document.swagger_plan import Media, Plan
from calque.document.swagger_values import BINARY, JSON, Object, is_file


def media_types(files: Files, node: Node, key: str) -> list[Media]:
    """What is listed under `consumes` or `produces`: here, or for the whole file."""
    own = files.lookup(f"{file_of(node.pointer)}#")
    top = own if own is not None and "swagger" in own else files.root
    for owner in (node, top):
        if key in owner:
            found = owner.below(key).elements()
            return [
                Media(n.value, n.pointer) for n in found if isinstance(n.value, str)
            ]
    return []


def content(media: list[Media], schema: Json, examples: Json = None) -> Object:
    """A schema under each of its media types, with the example of that type."""
    shown = examples if isinstance(examples, dict) else {}
    found: Object = {}
    for each in media:
        held: Object = {"schema": schema}
        if each.name in shown:
            held["example"] = shown[each.name]
        found[each.name] = held
    return found


def response(node: Node, media: list[Media], plan: Plan) -> None:
    """Section "Response Object": without a schema, there is no content."""
    if "schema" not in node:
        plan.edit(node, _empty)
        return
    examples = node.below("examples").mapping()
    used = media or [Media(name) for name in examples] or [Media(JSON)]
    if is_file(node.mapping()["schema"]):
        used = [m for m in media if "json" not in m.name.lower()] or [Media(BINARY)]
    now = plan.named(node.pointer)
    plan.content(now, join(node.pointer, "schema"), used)
    for each in used:
        written = join(node.pointer, "examples", each.name)
        plan.comes(join(now, "content", each.name, "example"), written)

    def change(value: Object) -> Object:
        made = content(used, value["schema"], value.get("examples"))
        return {**_empty(value), "content": made}

    plan.edit(node, change)


def _empty(value: Object) -> Object:
    return {k: v for k, v in value.items() if k not in ("schema", "examples")}


def body_of(value: Object, media: list[Media]) -> Object:
    """The request body that a parameter in the body is."""
    gone = ("name", "in", "schema")
    rest = {key: member for key, member in value.items() if key not in gone}
    return {**rest, "content": content(consumed(media), value.get("schema", {}))}


def consumed(media: list[Media]) -> list[Media]:
    """The media types of a body; JSON where none is said."""
    return media or [Media(JSON)]
