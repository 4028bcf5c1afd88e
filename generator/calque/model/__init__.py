"""What an API is, read from its document: its members each by itself, and the whole of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calque.diagnostics import Diagnostic
from calque.model.about import about
from calque.model.api import Api, Operation
from calque.model.declarations import Declaration
from calque.model.described import said
from calque.model.dropped import of_another_dialect, passed_over
from calque.model.families import extended
from calque.model.listed_tags import with_listed_tags
from calque.model.merge_patch import with_nulls
from calque.model.operations import groups, operations
from calque.model.read_only import with_read_only
from calque.model.schemas import Schemas
from calque.model.security import schemes
from calque.model.servers import servers
from calque.model.tags import with_tags
from calque.model.webhook import Webhook
from calque.model.webhooks import webhooks
from calque.model.xml_names import only_of_xml
from calque.resolve import Resolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What the parts of a document are, each by itself.

    `extended` says by component which schemas it extends; `diagnostics` what of the parts
    found no place.
    """

    operations: tuple[Operation, ...]
    webhooks: tuple[Webhook, ...]
    declarations: tuple[Declaration, ...]
    extended: Mapping[str, frozenset[str]]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def every(self) -> tuple[Operation | Declaration, ...]:
        """The operations and declarations."""
        return (*self.operations, *self.declarations)


def members(resolved: Resolved) -> Members:
    """The operations of a document and what they and its components declare."""
    root = resolved.root
    schemas = Schemas(resolved)
    components = root.below("components")
    schemas.diagnostics.extend(passed_over("document", root))
    schemas.diagnostics.extend(passed_over("components", components))
    schemas.diagnostics.extend(of_another_dialect(root))
    for tag in root.below("tags").elements():
        schemas.diagnostics.extend(passed_over("tag", tag))
    for name, node in components.below("schemas").items():
        schemas.type_of(node, (name,))
    known, unserved = schemes(resolved)
    read = operations(schemas, known)
    return Members(
        operations=read,
        webhooks=webhooks(schemas),
        declarations=schemas.declarations(),
        extended=extended(resolved),
        diagnostics=(*schemas.diagnostics, *unserved),
    )


def whole(resolved: Resolved, members: Members) -> Api:
    """The API of the members of a document: what each is in the light of all others."""
    root, sent = resolved.root, members.webhooks
    payloads = [type_ for webhook in sent for type_ in webhook.spoken]
    read, declarations = with_nulls(members.operations, members.declarations, payloads)
    extended = frozenset(id_ for ids in members.extended.values() for id_ in ids)
    declarations = with_tags(with_listed_tags(declarations), extended)
    declarations = only_of_xml(read, declarations)
    read = with_read_only(read, declarations)
    info = root.below("info")
    return Api(
        title=info.text("title") or "",
        version=info.text("version") or "",
        summary=said(info, "summary"),
        doc=said(info, "description"),
        about=about(root),
        servers=servers(root),
        schemes=schemes(resolved)[0],
        groups=groups(root, read),
        operations=read,
        declarations=declarations,
        webhooks=sent,
    )
