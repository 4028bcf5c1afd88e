"""Which generator a file is for, and what comes of it: settings, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from calque.codes import Code
from calque.config import FILE, ConfigError, parsed
from calque.diagnostics import Focus, Position, located, render
from calque.document.node import Json, Node, tokens
from calque.document.read import of_another, read
from calque.document.source import Source
from calque.foreign import openapi_generator, openapi_python_client, stainless
from calque.foreign.carried import Carrying, rest
from calque.foreign.known import Known
from calque.foreign.stainless_overlay import actions
from calque.lock import Lock
from calque.model.api import Api
from calque.model.selection import selected
from calque.pipeline import seen
from calque.whereabouts import Whereabouts

_KINDS = {
    "stainless": stainless,
    "openapi-python-client": openapi_python_client,
    "openapi-generator": openapi_generator,
}


_HERE = Whereabouts(Path(FILE))
"""Where the settings will stand."""


class NotCarried(ConfigError):
    """A file is for no generator that calque knows, or can't be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What came of a file: settings of calque's, and lines that tell what is left of it."""

    kind: str
    settings: Mapping[str, Json]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of another generator's settings, and which generator that is."""

    kind: str
    root: Node
    source: Source


def file_of(path: Path) -> File:
    """What a file holds; by its keys, not by its name. Raises NotCarried."""
    reading = read(path)
    root = reading.root
    unread = [d for d in reading.diagnostics if d.code == Code.UNREADABLE_FILE]
    if unread:
        raise NotCarried(f"{path}: {unread[0].message}; {unread[0].help}")
    if root is None or not isinstance(root.value, dict):
        told = (of_another(d, str(path)) for d in reading.diagnostics)
        found = [render(d, reading.source) for d in told]
        raise NotCarried("\n".join([f"{path} holds no settings", *found]))
    keys = root.value.keys()
    best = max(_KINDS, key=lambda kind: len(keys & _KINDS[kind].KEYS))
    place = located(str(path), reading.source.text, 0, 1)
    if any(isinstance(root.value.get(key), str) for key in ("openapi", "swagger")):
        raise NotCarried("this is a document, which is `--spec`", place)
    if not keys & _KINDS[best].KEYS:
        known = ", ".join(_KINDS)
        raise NotCarried(f"it has no key of any of {known}", place)
    return File(kind=best, root=root, source=reading.source)


def named(file: File) -> dict[str, str]:
    """The document and the folder of the package, where the file names them."""
    if file.kind != "openapi-generator":
        return {}
    names = {"spec": "inputSpec", "output": "outputDir"}
    found = {key: file.root.text(name) for key, name in names.items()}
    return {key: value for key, value in found.items() if value is not None}


def overlay(file: File, document: Node) -> str:
    """The text of an OpenAPI Overlay, for what is said in the place of the document.

    `document` is that as it is written. Nothing where nothing is said otherwise.
    """
    said = actions(file.root, document) if file.kind == "stainless" else []
    if not said:
        return ""
    title = f"What {Path(file.source.file).name} says of servers and security"
    info: Json = {"title": title, "version": "1.0.0"}
    data: Json = {"overlay": "1.0.0", "info": info, "actions": said}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def carried_over(file: File, api: Api) -> Settings:
    """The settings of calque's that a file has a counterpart for, for the API it is of.

    They are accepted by calque, with that document. Raises ConfigError where not.
    """
    carrying = _KINDS[file.kind].carry(file.root, Known(api))
    if file.kind == "openapi-generator":
        carrying.take(*(file.root.below(name) for name in ("inputSpec", "outputDir")))
    _fit(carrying, api)
    settings = {key: value for key, value in carrying.settings.items() if value != {}}
    seen(api, parsed(_HERE, settings), Lock())
    left = sorted(
        (_located(file, each.pointer), f"{_dotted(each.pointer)}: {each.words}")
        for each in rest(file.root, carrying)
    )
    lines = (f"{file.source.file}:{at.line}:{at.column}: {words}" for at, words in left)
    return Settings(kind=file.kind, settings=settings, left=tuple(lines))


def _fit(carrying: Carrying, api: Api) -> None:
    """Drops the settings that calque would not take."""
    for table, key in list(carrying.origins):
        entry: dict[str, Json] = {key: carrying.entries(table)[key]}
        try:
            parsed(_HERE, {table: entry} if table else entry)
        except ConfigError as error:
            carrying.drop(table, key, error.message)
    plain = {k: v for k, v in carrying.settings.items() if k != "models"}
    left = Known(selected(api, parsed(_HERE, plain)))
    for schema in list(carrying.table("models")):
        if left.schema(schema) != schema:
            carrying.drop("models", schema, "no operation that is left speaks of it")


def _located(file: File, pointer: str) -> Position:
    span = file.source.span(pointer, Focus.KEY)
    return file.source.position(span.start)


def _dotted(pointer: str) -> str:
    """A place of the file as one speaks of it: `resources.pets.methods.list`."""
    return ".".join(tokens(pointer)) or pointer
