"""What an API is, read from its document: the types, and `build` that makes an `Api`."""

from __future__ import annotations

from calque.diagnostics import Diagnostic
from calque.model.about import about
from calque.model.api import Api
from calque.model.described import said
from calque.model.dropped import passed_over
from calque.model.families import extended
from calque.model.merge_patch import with_nulls
from calque.model.operations import groups, operations
from calque.model.read_only import with_read_only
from calque.model.schemas import Schemas
from calque.model.security import schemes
from calque.model.servers import servers
from calque.model.tags import with_tags
from calque.model.webhooks import webhooks
from calque.model.xml_names import only_of_xml
from calque.resolve import Resolved


def build(resolved: Resolved) -> tuple[Api, tuple[Diagnostic, ...]]:
    """The API that a resolved document describes, and what of it found no place."""
    root = resolved.root
    schemas = Schemas(resolved)
    components = root.below("components")
    schemas.diagnostics.extend(passed_over("document", root))
    schemas.diagnostics.extend(passed_over("components", components))
    for tag in root.below("tags").elements():
        schemas.diagnostics.extend(passed_over("tag", tag))
    for name, node in components.below("schemas").items():
        schemas.type_of(node, (name,))
    known, unserved = schemes(resolved)
    read, sent = operations(schemas, known), webhooks(schemas)
    payloads = [webhook.payload for webhook in sent]
    read, declarations = with_nulls(read, schemas.declarations(), payloads)
    declarations = with_tags(declarations, extended(resolved))
    declarations = only_of_xml(read, declarations)
    read = with_read_only(read, declarations)
    info = root.below("info")
    api = Api(
        title=info.text("title") or "",
        version=info.text("version") or "",
        summary=said(info, "summary"),
        doc=said(info, "description"),
        about=about(root),
        servers=servers(root),
        schemes=known,
        groups=groups(root, read),
        operations=read,
        declarations=declarations,
        webhooks=sent,
    )
    return api, (*schemas.diagnostics, *unserved)
