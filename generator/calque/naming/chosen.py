"""The names that a package's maker has chosen in `calque.toml`: they are given as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from calque.config import Config
from calque.document.similar import similar
from calque.model.api import Api
from calque.model.declarations import Enumeration, Record
from calque.naming.ids import class_of, like
from calque.naming.names import Names
from calque.naming.reserved import CLASSES, METHODS, RESOURCE_CLASSES, RESOURCES
from calque.naming.words import pascal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """The name that an entry of a table of settings gives to an Id, within a scope."""

    table: str
    key: str
    scope: str
    id: str
    name: str


def choices(api: Api, config: Config) -> tuple[Choice, ...]:
    """The chosen names; raises ConfigError for what the document does not have, and for
    names that two have, or that the package has for itself.
    """
    found = (*_methods(api, config), *_resources(api, config), *_models(api, config))
    taken: dict[tuple[str, str], Choice] = {}
    for choice in found:
        _check(choice, config)
        other = taken.setdefault((choice.scope, choice.name), choice)
        if other.id != choice.id:
            words = f"`{choice.name}` is chosen for `{other.key}` too; each has its own"
            raise config.wrong(f"`[{choice.table}]`: {words}", choice.table, choice.key)
    return found


def _check(choice: Choice, config: Config) -> None:
    """Raises ConfigError for a name that generated code uses itself."""
    own = {"resources": RESOURCES, "models": CLASSES}.get(choice.table, METHODS)
    attribute = config.calls.get(choice.key, "").partition(".")[0]
    if choice.name in own or (choice.table == "calls" and attribute in RESOURCES):
        name = attribute if choice.name not in own else choice.name
        words = f"`[{choice.table}]`: `{name}` is a name of the package's own"
        raise config.wrong(f"{words}; choose another", choice.table, choice.key)


def extensible(api: Api, names: Names, config: Config) -> None:
    """Raises ConfigError where `[extend]` speaks of a class that is not generated."""
    found = [class_of(group.id) for group in api.groups]
    plain = [names.client, *(names[id_] for id_ in found)]
    classes = {name: name for name in (*plain, *(f"Async{name}" for name in plain))}
    records = (d for d in api.declarations if isinstance(d, Record))
    classes |= {names[class_of(d.id)]: d.id for d in records}
    for class_ in names.extended:
        _known(config, "extend", class_, classes)


def _methods(api: Api, config: Config) -> Iterator[Choice]:
    chosen = (
        (next((key for key in each.keys if key in config.calls), ""), each)
        for each in api.operations
    )
    operations = {key: operation for key, operation in chosen if key}
    for key, call in config.calls.items():
        if operation := operations.get(key):
            method = call.partition(".")[2]
            yield Choice("calls", key, operation.group, operation.id, method)


def _resources(api: Api, config: Config) -> Iterator[Choice]:
    by_hint = {group.hint: group.id for group in api.groups}
    for hint, attribute in config.resources.items():
        id_, class_ = _known(config, "resources", hint, by_hint), pascal(attribute)
        yield Choice("resources", hint, "attributes", id_, attribute)
        if class_ not in RESOURCE_CLASSES:
            yield Choice("resources", hint, "classes", class_of(id_), class_)


def _models(api: Api, config: Config) -> Iterator[Choice]:
    by_hint = {d.hint[0]: d for d in api.declarations if len(d.hint) == 1}
    for hint, class_ in config.models.items():
        declaration = _known(config, "models", hint, by_hint)
        yield Choice("models", hint, "models", class_of(declaration.id), class_)
        if isinstance(declaration, Enumeration):
            yield Choice(
                "models", hint, "models", like(declaration.id), f"{class_}Like"
            )


def _known(config: Config, table: str, hint: str, found: Mapping[str, T]) -> T:
    if hint not in found:
        near = similar(hint, found)
        advice = f"; did you mean `{near}`?" if near else ""
        words = f"`[{table}]` names `{hint}`, which is not there{advice}"
        raise config.wrong(words, table, hint)
    return found[hint]
