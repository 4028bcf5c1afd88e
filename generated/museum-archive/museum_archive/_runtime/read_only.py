"""What of a body only the service sets: members that are read, and not sent back.

OpenAPI 3.1, Schema Object: a `readOnly` property should not be sent as part of a request.
A model that was read holds such members all the same; of one that is sent they are taken
out, wherever it stands in the body. The caller's own model stays as it is.
"""

from __future__ import annotations

from functools import cache

import msgspec
from msgspec import UNSET

from .bodies import Written, encode_body
from .json_values import as_array, as_object
from .models import Model, keep_unknown, replace, unknown_properties
from .operation import BodyWriter


class WithoutReadOnly(msgspec.Struct, frozen=True):
    """Writes bodies without what only the service sets; else as `writer` does, or as JSON."""

    writer: BodyWriter | None = None

    def write(self, value: object, content_type: str) -> Written | None:
        """The body of a value; raises as the writer does."""
        sent = writable(value)
        if self.writer is not None:
            return self.writer.write(sent, content_type)
        return Written(encode_body(sent, content_type), content_type)


def writable(value: object) -> object:
    """A value without its read-only members; the value itself where it has none."""
    if isinstance(value, Model):
        return _of_model(value)
    own = getattr(type(value), "__calque_writable__", None)
    if own is not None:
        return own(value, writable)
    items = as_array(value)
    if items is not None:
        return _of_items(items)
    members = as_object(value)
    return value if members is None else _of_members(members)


def _of_items(items: list[object]) -> list[object]:
    found = [writable(item) for item in items]
    same = all(new is old for new, old in zip(found, items, strict=True))
    return items if same else found


def _of_members(members: dict[str, object]) -> dict[str, object]:
    found = {name: writable(member) for name, member in members.items()}
    return members if all(found[name] is members[name] for name in found) else found


def _of_model(model: Model) -> Model:
    changes = _changes(model)
    unknown = unknown_properties(model)
    kept = {k: v for k, v in unknown.items() if k not in _wires(type(model))}
    if not changes and len(kept) == len(unknown):
        return model
    made = replace(model, **changes)
    if unknown:
        keep_unknown(made, kept)
    return made


def _changes(model: Model) -> dict[str, object]:
    """The fields of a model that are sent as something else than they are."""
    changes: dict[str, object] = {}
    for name, absent in _absences(type(model)):
        value: object = getattr(model, name, UNSET)
        sent = writable(value) if absent is _SENT else absent
        if sent is not value:
            changes[name] = sent
    return changes


_SENT = object()


@cache
def _absences(declared: type[Model]) -> tuple[tuple[str, object], ...]:
    """Each field, and what it is when it is absent, if it is not to be sent."""
    names = declared.__struct_fields__
    defaults = declared.__struct_defaults__
    stated = (*[UNSET] * (len(names) - len(defaults)), *defaults)
    return tuple(
        (name, _absent(default) if name in declared.__calque_read_only__ else _SENT)
        for name, default in zip(names, stated, strict=True)
        if not name.startswith("_")
    )


def _absent(default: object) -> object:
    return None if default is None else UNSET


@cache
def _wires(declared: type[Model]) -> frozenset[str]:
    """The names on the wire of what is not sent."""
    pairs = zip(
        declared.__struct_fields__, declared.__struct_encode_fields__, strict=True
    )
    return frozenset(w for name, w in pairs if name in declared.__calque_read_only__)
