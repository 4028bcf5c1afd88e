"""Bodies that are more than JSON or text: what writes them, what is given for them."""

from __future__ import annotations

from typing import assert_never

from calque.model.api import Body, Media, Part
from calque.model.headers import Style
from calque.render.code import Code, runtime
from calque.render.literals import literal
from calque.render.xml_names import xml_name


def body_writer(body: Body) -> Code | None:
    """What writes a body: `Form(...)`, `Multipart(...)`, `Raw()`; None where nothing has to."""
    writer = _writer(body)
    if not body.read_only:
        return writer
    head = Code("WithoutReadOnly(", runtime("read_only", "WithoutReadOnly"))
    return head + (writer or "") + ")"


def _writer(body: Body) -> Code | None:
    match body.media:
        case Media.BINARY:
            return Code("Raw()", runtime("raw", "Raw"))
        case Media.URLENCODED:
            return _form(Code("Form", runtime("forms", "Form")), body)
        case Media.MULTIPART:
            return _form(Code("Multipart", runtime("multipart", "Multipart")), body)
        case Media.XML:
            assert body.xml is not None
            head = Code("XmlBody(", runtime("xml_bodies", "XmlBody"))
            return head + xml_name(body.xml) + ")"
        case Media.JSON | Media.TEXT:
            return None
        case _:
            assert_never(body.media)


def given_for_bytes(body: Body | None, content: str) -> Code | None:
    """What is given for raw bytes in a body; `content` where it is sent as it is."""
    match body:
        case Body(media=Media.BINARY):
            return Code(content, runtime("files", content))
        case Body(media=Media.MULTIPART):
            return Code("File", runtime("files", "File"))
        case Body(media=Media.JSON):
            return Code("str")  # As the models have it: JSON holds no bytes.
        case _:
            return None


def style(style: Style) -> Code:
    """A style, with what is not as it is by itself."""
    reserved = ", allow_reserved=True" if style.allow_reserved else ""
    text = f"Style({literal(style.style)}, explode={style.explode}{reserved})"
    return Code(text, runtime("operation", "Style"))


def _form(class_: Code, body: Body) -> Code:
    given: list[Code] = []
    if body.parts:
        entries = (Code(f"{literal(p.name)}: ") + _part(p) for p in body.parts)
        given.append(Code("{") + Code.join(", ", entries) + "}")
    if body.fields and not body.required:
        given.append(Code("optional=True"))
    return class_ + "(" + Code.join(", ", given) + ")"


def _part(part: Part) -> Code:
    given: list[Code] = []
    if part.file is not None:
        given.append(Code(f"file={part.file}"))
    if part.content_type is not None:
        given.append(Code(f"content_type={literal(part.content_type)}"))
    if part.style is not None:
        given.append(Code("style=") + style(part.style))
    if part.headers:
        given.append(Code(f"headers={literal(dict(part.headers))}"))
    return Code("Part(", runtime("forms", "Part")) + Code.join(", ", given) + ")"
