"""What any of several webhooks carries: a union, where a property tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from calque.model.api import Api
from calque.model.arguments import declared
from calque.model.declarations import Declaration, Enumeration, Field, Record, Union
from calque.model.places import PAYLOAD
from calque.model.types import AnyOf, Constant, Literals, Ref, Type
from calque.model.webhook import Webhook

_ID = "#/webhooks"


def together(api: Api) -> Api:
    """The API with the type of what any of its webhooks carries, if that can be told.

    An address that is registered once gets all webhooks; callbacks are among them only
    where there is nothing else. A service may have webhooks tomorrow that the document does not
    know: the union is open.
    """
    webhooks = [w for w in api.webhooks if not w.callback_of] or [*api.webhooks]
    types = [*dict.fromkeys(webhook.payload for webhook in webhooks)]
    if len(types) < 2:
        return replace(api, any_payload=types[0] if types else None)
    union = _union(webhooks, declared(api))
    if union is None:
        return api
    return replace(api, any_payload=Ref(_ID), declarations=(*api.declarations, union))


def _union(
    webhooks: list[Webhook], declarations: Mapping[str, Declaration]
) -> Union | None:
    payloads = (webhook.payload for webhook in webhooks)
    records: dict[str, Record] = {}
    for found in (r for type_ in payloads for r in _records(type_, declarations)):
        if found is None:
            return None
        records[found.id] = found
    fields = next(iter(records.values())).fields
    for name in (field.name for field in fields):
        mapping = _mapping(name, records, declarations)
        if mapping is not None:
            return Union(
                id=_ID,
                hint=("webhook", PAYLOAD),
                doc="What any of the webhooks carries.",
                options=tuple(map(Ref, records)),
                discriminator=name,
                mapping=mapping,
                open=True,
            )
    return None


def _records(
    type_: Type, declarations: Mapping[str, Declaration]
) -> Iterator[Record | None]:
    """The records that a type is any of; None among them where it is something else."""
    match type_:
        case Ref(id_) if isinstance(found := declarations[id_], Record):
            yield found
        case Ref(id_) if isinstance(found := declarations[id_], Union):
            for option in found.options:
                yield from _records(option, declarations)
        case AnyOf(options):
            for option in options:
                yield from _records(option, declarations)
        case _:
            yield None


def _mapping(
    name: str, records: Mapping[str, Record], declarations: Mapping[str, Declaration]
) -> tuple[tuple[str, Type], ...] | None:
    """The record of each value of a property, if no value is that of two."""
    found: dict[str, Type] = {}
    for id_, record in records.items():
        field = next((f for f in record.fields if f.name == name), None)
        values = _values(field, declarations) if field else ()
        texts = [value for value in values if isinstance(value, str)]
        if not texts or len(texts) < len(values) or found.keys() & set(texts):
            return None
        found |= dict.fromkeys(texts, Ref(id_))
    return tuple(found.items())


def _values(
    field: Field, declarations: Mapping[str, Declaration]
) -> tuple[Constant, ...]:
    """The only values that a property has; none where it has others."""
    match field.type:
        case Literals(values):
            return values
        case Ref(id_):
            found = declarations[id_]
            if isinstance(found, Enumeration) and not found.extensible:
                return tuple(member.value for member in found.members)
            return ()
        case _:
            return ()
