"""XML documents as trees of elements; what can harm whoever reads it is refused.

A document type declaration is never read: it is where entities come from, those that
grow without bound and those that fetch files (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

from xml.parsers import expat

import msgspec

from .issue import DecodeError, Issue


class Element(msgspec.Struct):
    """An element: its name and attributes without prefixes, what is in it."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = []
    text: str = ""

    @property
    def nil(self) -> bool:
        """Whether it says that it is null (XML Schema, section 2.6.2)."""
        return self.attributes.get("xsi:nil") in ("true", "1")


class _Refused(Exception):
    """What is in a document that is not read."""


def parse(content: bytes) -> Element:
    """The outermost element. Raises DecodeError for what is no XML, or harmful."""
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = tree.refuse
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.characters
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except _Refused as error:
        raise DecodeError([Issue("$", str(error))]) from None
    except (expat.ExpatError, ValueError) as error:
        raise DecodeError([Issue("$", f"not XML: {error}")]) from None
    return tree.root


class _Tree:
    """Grows while a document is read."""

    def __init__(self) -> None:
        self.root = Element("", {})
        self._open: list[Element] = []

    def refuse(self, *_: object) -> None:
        """Raises, as there is a document type declaration."""
        raise _Refused("the XML has a document type declaration, which is not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if len(self._open) >= _DEEPEST:
            raise _Refused("nested too deeply")
        plain = {_key(key): value for key, value in attributes.items()}
        element = Element(_local(name), plain, [])
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        """An element ends."""
        self._open.pop()

    def characters(self, data: str) -> None:
        """Text, or a part of it."""
        self._open[-1].text += data


_DEEPEST = 200


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _key(name: str) -> str:
    return "xsi:nil" if name.endswith(":nil") else _local(name)
