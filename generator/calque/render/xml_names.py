"""What things are called in XML, as generated code states it."""

from __future__ import annotations

from calque.model.declarations import Record, XmlName
from calque.render.code import Code, runtime
from calque.render.literals import literal

_SAID = ("attribute", "text", "wrapped", "namespace", "prefix")


def xml_name(name: XmlName) -> Code:
    """`XmlName(...)`, with what is not as usual."""
    said = {key: getattr(name, key) for key in _SAID}
    given = [literal(name.name)]
    given += [f"{key}={literal(value)}" for key, value in said.items() if value]
    if name.item is not None:
        given.append(f"item={xml_name(name.item).text}")
    return Code(f"XmlName({', '.join(given)})", runtime("xml_names", "XmlName"))


def xml_names(record: Record) -> Code | None:
    """The names of the members of a record; None where all are as usual."""
    entries = [
        Code(f"{literal(field.name)}: ") + xml_name(field.xml)
        for field in record.fields
        if field.xml is not None
    ]
    return Code("{") + Code.join(", ", entries) + "}" if entries else None
