"""How a document of Swagger 2.0 becomes one of OpenAPI 3: what goes where.

The rules for single objects are in `swagger_values`, those for bodies and responses in
`swagger_operation` and `swagger_content`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document import swagger_values as values
from calque.document.files import Files
from calque.document.grammar import REFERABLE, Kind
from calque.document.moves import Origins
from calque.document.node import ROOT, Json, Node, file_of, join
from calque.document.swagger_content import body_of, consumed, media_types, response
from calque.document.swagger_operation import path_item
from calque.document.swagger_plan import MOVED, Plan
from calque.document.version import Version
from calque.document.walk import walk


@dataclass(frozen=True, slots=True)
class Converted:
    """The files in the form of OpenAPI 3.0, and where everything stands in the text."""

    files: Files
    origins: Origins
    diagnostics: tuple[Diagnostic, ...] = ()


def convert(files: Files) -> Converted:
    """Applies every rule to every object of a Swagger file."""
    if Version.V2_0 not in files.versions.values():
        return Converted(files, Origins())
    plan = Plan(moved=dict(MOVED) if _is_swagger(files, ROOT) else {})
    references: list[Node] = []
    for kind, node in walk(files):
        if kind in REFERABLE and "$ref" in node:
            references.append(node)
        elif _is_swagger(files, node.pointer) and isinstance(node.value, dict):
            _object(files, kind, node, node.value, plan)
    for node in references:
        _redirected(files, node, plan)
    versions = {
        name: Version.V3_0 if version is Version.V2_0 else version
        for name, version in files.versions.items()
    }
    moved = {now: written for written, now in plan.moved.items()}
    return Converted(
        replace(files.edited(plan.edits), versions=versions),
        Origins(moved | plan.origins),
        tuple(plan.diagnostics),
    )


def _is_swagger(files: Files, pointer: str) -> bool:
    return files.version(pointer) is Version.V2_0


def _object(
    files: Files, kind: Kind, node: Node, value: values.Object, plan: Plan
) -> None:
    """The rule for an object, if there is one for its kind."""
    match kind:
        case Kind.DOCUMENT:
            _document(files, node, plan)
        case Kind.PATH_ITEM:
            path_item(files, node, plan)
        case Kind.PARAMETER:
            _parameter(files, node, value, plan)
        case Kind.RESPONSE:
            usual = media_types(files, node, "produces")
            response(node, plan.produced.get(node.pointer, usual), plan)
        case Kind.HEADER:
            plan.edit(node, values.header)
            here = plan.named(node.pointer)
            plan.comes(join(here, "schema"), node.pointer)
        case Kind.SCHEMA:
            plan.edit(node, values.schema)
        case Kind.SECURITY_SCHEME:
            plan.edit(node, values.security_scheme)
            here = plan.named(node.pointer)
            plan.comes(join(here, "flows"), node.pointer)
        case _:
            return


def _parameter(files: Files, node: Node, value: values.Object, plan: Plan) -> None:
    """A parameter; one in the body that stands by itself becomes a body with a name.

    The bodies of operations, and fields of forms, are made where they are listed.
    """
    if not values.has_style(value):
        plan.diagnostics.append(_no_style(node, values.separator(value) or ""))
    inlined = node.pointer in plan.inlined
    if value.get("in") == "body" and not inlined:
        media = media_types(files, node, "consumes")
        now = plan.current(node.pointer)
        plan.content(now, join(node.pointer, "schema"), consumed(media))
        plan.edit(node, lambda held: body_of(held, media))
    elif value.get("in") not in ("body", "formData"):
        plan.edit(node, values.parameter)
        if not inlined:
            here = join(plan.named(node.pointer), "schema")
            plan.comes(here, node.pointer)
            plan.targets[join(node.pointer, "items")] = join(here, "items")


def _document(files: Files, root: Node, plan: Plan) -> None:
    """The document itself: servers, and components in one place."""
    if file_of(root.pointer):
        return
    plan.comes(f"{ROOT}/openapi", f"{ROOT}/swagger")
    plan.comes(f"{ROOT}/servers", f"{ROOT}/{'host' if 'host' in root else 'basePath'}")
    places = {
        name: (files.follow(node) or node).text("in")
        for name, node in root.below("parameters").items()
    }
    bodies = {name for name, place in places.items() if place == "body"}
    fields = {name for name, place in places.items() if place == "formData"}
    for name in bodies:
        now = join(f"{ROOT}/components/requestBodies", name)
        plan.goes(join(f"{ROOT}/parameters", name), now)
    plan.edit(root, lambda held: _as_3_0(held, bodies, fields))


def _as_3_0(root: values.Object, bodies: set[str], fields: set[str]) -> values.Object:
    kept = ("info", "security", "tags", "externalDocs", "paths")
    found: values.Object = {"openapi": "3.0.4"}
    found |= {k: v for k, v in root.items() if k in kept or k.startswith("x-")}
    if listed := values.servers(root):
        found["servers"] = listed
    held = root.get("parameters")
    named = held if isinstance(held, dict) else {}
    inside: values.Object = {k: named[k] for k in named if k in bodies}
    plain: values.Object = {k: v for k, v in named.items() if k not in bodies | fields}
    sections: dict[str, Json] = {
        "schemas": root.get("definitions"),
        "parameters": plain or None,
        "requestBodies": inside or None,
        "responses": root.get("responses"),
        "securitySchemes": root.get("securityDefinitions"),
    }
    components: values.Object = {
        name: section for name, section in sections.items() if section
    }
    return {**found, "components": components} if components else found


def _redirected(files: Files, node: Node, plan: Plan) -> None:
    """Lets a reference name the place to which what it names has moved."""
    text = node.text("$ref") or ""
    id_ = files.reference(text, node.pointer).id
    now = plan.current(id_) if id_ is not None else id_
    if now is None or id_ is None or files.lookup(id_) is None:
        return  # It dangles, and is shown as it was written.
    if now != id_:
        fragment = quote(now.partition("#")[2], safe="/~")
        moved: Json = f"{text.partition('#')[0]}#{fragment}"
        plan.edit(node, lambda held: {**held, "$ref": moved})


def _no_style(node: Node, named: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.COLLECTION_FORMAT,
        message=f"arrays with `collectionFormat: {named}` cannot be written here",
        help="their items are separated by commas",
        pointer=join(node.pointer, "collectionFormat"),
        focus=Focus.VALUE,
    )
