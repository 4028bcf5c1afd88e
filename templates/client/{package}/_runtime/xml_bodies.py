"""XML bodies: models as elements, by the names that the description gives them.

A member of an object is an element of its name, an item of an array one of the array's or
its own name; `__calque_xml__` of a model says what is otherwise (OpenAPI 3.1, XML Object).
Names are compared without their prefixes, whoever chose those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

import msgspec
from msgspec import UNSET

from .bodies import Written
from .hooks import encode_hook
from .issue import Issue, Report
from .json_values import as_array, as_object
from .lenient import builder
from .models import Model
from .styles import text
from .xml_elements import parse
from .xml_names import XmlName, names_of
from .xml_values import json_of

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'


class XmlReader(msgspec.Struct, frozen=True):
    """Reads an answer of XML as a type; `root` as that of `XmlBody`."""

    type: Callable[[], object]
    root: XmlName

    def read(self, content: bytes) -> tuple[object, list[Issue]]:
        """The value, and how it deviates. Raises DecodeError for what is no XML."""
        kind, report = self.type(), Report()
        value = json_of(parse(content), kind, self.root)
        return builder(kind)(value, None, report), report.issues

    def written(self, value: object) -> bytes:
        """The body that is read as a value. Raises TypeError for what XML has no form for."""
        return f"{_HEAD}{''.join(_elements(self.root, value, outermost=True))}".encode()


class XmlBody(msgspec.Struct, frozen=True):
    """Writes bodies of XML; `root` is what the outermost element is called."""

    root: XmlName

    def write(self, value: object, content_type: str) -> Written:
        """The body, in UTF-8. Raises TypeError for what XML has no form for."""
        parts = "".join(_elements(self.root, value, outermost=True))
        return Written(f"{_HEAD}{parts}".encode(), content_type)


def _elements(
    name: XmlName, value: object, *, outermost: bool = False
) -> Iterable[str]:
    """The elements of a member: several for an array that is not wrapped."""
    items = as_array(value)
    if items is None:
        return [_element(name, value)]
    found = [_element(name.item_name, item) for item in items]
    if not name.wrapped and not outermost:
        return found
    return [_tag(name, "", "".join(found))]


def _element(name: XmlName, value: object) -> str:
    if value is None:
        return _tag(name, _NIL, "")
    if as_array(value) is not None:
        return "".join(_elements(name, value, outermost=True))
    properties = _properties(value)
    if properties is None:
        return _tag(name, "", _escaped(value))
    attributes: list[str] = []
    content: list[str] = []
    hints = names_of(type(value))
    for wire, member in properties.items():
        hint = hints.get(wire) or XmlName(wire)
        if member is UNSET:
            continue
        if hint.attribute:
            declared = _declaration(hint)
            attributes.append(
                f"{declared} {hint.qualified}={quoteattr(text(member) or '')}"
            )
        elif hint.text:
            content.append(_escaped(member))
        else:
            content += _elements(hint, member)
    return _tag(name, "".join(attributes), "".join(content))


def _properties(value: object) -> Mapping[str, object] | None:
    """The members of an object by wire name; None for any other value."""
    if hasattr(type(value), "__calque_encode__"):
        value = encode_hook(value)
    if isinstance(value, Model):
        return value.__calque_properties__()
    return as_object(value)


def _tag(name: XmlName, attributes: str, content: str) -> str:
    opened = f"{name.qualified}{_declaration(name)}{attributes}"
    return f"<{opened}>{content}</{name.qualified}>" if content else f"<{opened}/>"


def _declaration(name: XmlName) -> str:
    """What tells the namespace of a name, where it has one."""
    if not name.namespace:
        return ""
    prefix = f"xmlns:{name.prefix}" if name.prefix else "xmlns"
    return f" {prefix}={quoteattr(name.namespace)}"


def _escaped(value: object) -> str:
    return escape(text(value) or "")
