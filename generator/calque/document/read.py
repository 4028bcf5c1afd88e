"""How the bytes of a file become plain data, whatever is in them."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from calque.codes import Code
from calque.diagnostics import Diagnostic, Position, Severity
from calque.document import json_faults, json_text
from calque.document.json_values import decoder, deeper_than
from calque.document.limits import MAX_DEPTH
from calque.document.node import ROOT, Json, Node, type_name
from calque.document.others import Other, by_beginning
from calque.document.outline import NONE, Extent, Outline, outline
from calque.document.similar import similar
from calque.document.source import Source, Syntax
from calque.document.span import Problem

_MARKS = (
    # Longer marks first: UTF-32's begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file as it was read: its root object, unless errors leave it without meaning.

    `url` is where it was found, after redirects, if it was fetched. Of JSON there is an
    `outline`: units of it whose text was known are not in the root.
    """

    source: Source
    url: str = ""
    root: Node | None = None
    outline: Outline | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def read(path: Path, known: Mapping[str, Extent] = NONE) -> Reading:
    """Reads a YAML or JSON file. Nothing in the file, or its absence, raises.

    Units whose texts are `known` are left out of the root.
    """
    name = str(path)
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        problem = _unreadable(path, error)
        return Reading(source=Source(file=name), diagnostics=(problem,))
    return parse(name, content, known=known)


def parse(
    name: str, content: bytes, url: str = "", known: Mapping[str, Extent] = NONE
) -> Reading:
    """Reads the content of the file called `name`, whose suffix tells YAML from JSON."""
    reading = replace(_parsed(name, content, known), url=url)
    other = by_beginning(content) if reading.root is None else None
    return replace(reading, diagnostics=(_other(reading, other),)) if other else reading


def _parsed(name: str, content: bytes, known: Mapping[str, Extent]) -> Reading:
    digest = hashlib.sha256(content).hexdigest()
    encoding, begin = _encoding(content)
    try:
        text = content[begin:].decode(encoding)
    except UnicodeDecodeError as error:
        return _not_text(name, content[begin:], error)
    if not text.strip():
        return _finish(Source(file=name, text=text, sha256=digest), None, ())
    if text.lstrip()[0] == "{" or name.lower().endswith(".json"):
        source = Source(file=name, text=text, syntax=Syntax.JSON, sha256=digest)
        reading = _read_json(source, known)
        if reading.root is not None or name.lower().endswith(".json"):
            return reading
        if not any(d.code == Code.JSON_SYNTAX for d in reading.diagnostics):
            return reading
    return _read_yaml(Source(file=name, text=text, sha256=digest))


def _encoding(content: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark names, and the length of the mark."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def _read_json(source: Source, known: Mapping[str, Extent]) -> Reading:
    found = outline(source.text, known)
    if found is not None:
        root = Node(ROOT, found.units.only(found.units.keys() - found.known))
        return Reading(
            source=replace(source, places=found.places), root=root, outline=found
        )
    text = json_text.without_lone_surrogates(source.text)
    doubts: list[str] = []
    try:
        value: Json = decoder(doubts).decode(text)
    except json.JSONDecodeError as error:
        return _finish(source, None, [json_faults.explain(error, text)])
    except (RecursionError, ValueError):
        return _finish(source, None, json_text.problems(text))
    if doubts or deeper_than(MAX_DEPTH, value):
        return _finish(source, value, json_text.problems(text))
    lone = json_text.lone_surrogates(source.text) if text != source.text else ()
    return _finish(source, value, (), lone)


def _read_yaml(source: Source) -> Reading:
    from calque.document import yaml_data, yaml_tree

    composed = yaml_tree.compose(source.text)
    if composed.problem is not None:
        return _finish(source, None, [composed.problem])
    if composed.tree is None:
        return _finish(source, None, ())
    built = yaml_data.build(composed.tree, source.text)
    return _finish(source, built.value, built.problems)


def _finish(
    source: Source,
    value: Json,
    errors: Sequence[Problem],
    warnings: Sequence[Problem] = (),
) -> Reading:
    """The outcome for what was read: an object, or why there is none."""
    diagnostics = [
        *(_diagnostic(problem, source, Severity.ERROR) for problem in errors),
        *(_diagnostic(problem, source, Severity.WARNING) for problem in warnings),
    ]
    # A key that stands twice is an error, yet what stands there first can be read on.
    readable = all(problem.code == Code.DUPLICATE_KEY for problem in errors)
    if readable and isinstance(value, dict):
        root = Node(ROOT, value)
        return Reading(source=source, root=root, diagnostics=tuple(diagnostics))
    if not errors:
        diagnostics.append(_empty() if value is None else _no_object(value))
    return Reading(source=source, diagnostics=tuple(diagnostics))


def _other(reading: Reading, other: Other) -> Diagnostic:
    """What there is to say of a file that is something else; nothing of what is in it."""
    codes = {diagnostic.code for diagnostic in reading.diagnostics}
    encoding = Code.ENCODING in codes
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.ENCODING if encoding else Code.NOT_AN_OBJECT,
        message=other.message,
        help=other.advice,
        position=Position(1, 1),
    )


def of_another(diagnostic: Diagnostic, name: str) -> Diagnostic:
    """What is wrong with the text of another file than the document's own."""
    told = replace(diagnostic, file=name)
    if told.code in (Code.EMPTY, Code.NOT_AN_OBJECT):
        message = told.message.replace("the document", "the file").partition(",")[0]
        plain = told.message.startswith("the document")
        advice = "write an object, in YAML or JSON" if plain else told.help
        return replace(told, message=message, help=advice, severity=Severity.ERROR)
    return told


def _diagnostic(problem: Problem, source: Source, severity: Severity) -> Diagnostic:
    return Diagnostic(
        severity=severity,
        code=problem.code,
        message=problem.message,
        help=problem.help,
        position=source.position(problem.span.start),
        width=problem.span.end - problem.span.start,
    )


def _empty() -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.EMPTY,
        message="the document is empty",
        help="an OpenAPI document begins with a line such as `openapi: 3.1.0`",
        position=Position(1, 1),
    )


def _no_object(value: Json) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.NOT_AN_OBJECT,
        message=f"the document is {type_name(value)}, but an OpenAPI document is an object",
        help="begin it with a line such as `openapi: 3.1.0`",
        position=Position(1, 1),
    )


def _not_text(name: str, content: bytes, error: UnicodeDecodeError) -> Reading:
    before = content[: error.start].decode(error.encoding)
    text = content.decode(error.encoding, "replace")
    source = Source(file=name, text=text)
    diagnostic = Diagnostic(
        severity=Severity.ERROR,
        code=Code.ENCODING,
        message=(
            f"the byte 0x{content[error.start]:02x} does not belong to "
            f"{error.encoding.upper()} text"
        ),
        help="save the file as UTF-8",
        position=source.position(len(before)),
    )
    return Reading(source=source, diagnostics=(diagnostic,))


def _unreadable(path: Path, error: OSError | ValueError) -> Diagnostic:
    match error:
        case FileNotFoundError():
            message, advice = "there is no such file", meant(path)
        case IsADirectoryError():
            message = "this is a directory"
            advice = "name the OpenAPI document in it"
        case PermissionError():
            message = "the file must not be read"
            advice = "check the permissions of the file and its directories"
        case OSError():
            message = f"the file cannot be read: {error.strerror}"
            advice = "check the path"
        case ValueError():
            message, advice = "this cannot be the name of a file", "check the path"
    return Diagnostic(
        severity=Severity.ERROR, code=Code.UNREADABLE_FILE, message=message, help=advice
    )


def meant(path: Path) -> str:
    """A hint to the file that may have been meant by the path of one that is not there."""
    try:
        names = [each.name for each in path.parent.iterdir() if each.is_file()]
    except OSError:
        return f"there is no directory `{path.parent}` either"
    close = similar(path.name, names)
    return f"did you mean `{path.parent / close}`?" if close else "check the path"
