"""The names that a package's maker has chosen in `calque.toml`: they are given as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from calque.config import Config, said
from calque.document.similar import similar
from calque.model.api import Api, Operation
from calque.model.declarations import Declaration, Enumeration, Record
from calque.naming.ids import class_of, like
from calque.naming.names import Names
from calque.naming.words import pascal

T = TypeVar("T")


def chosen(api: Api, config: Config) -> dict[str, str]:
    """The chosen names by Id; raises ConfigError for what the document does not have."""
    calls = {o.id: _method(o, config) for o in api.operations}
    return {
        **{id_: method for id_, method in calls.items() if method},
        **_resources(api, config),
        **_models(api, config),
    }


def extensible(api: Api, names: Names, config: Config) -> None:
    """Raises ConfigError where `[extend]` speaks of a class that is not generated."""
    found = [class_of(group.id) for group in api.groups]
    plain = [names.client, *(names[id_] for id_ in found)]
    classes = {name: name for name in (*plain, *(f"Async{name}" for name in plain))}
    records = (d for d in api.declarations if isinstance(d, Record))
    classes |= {names[class_of(d.id)]: d.id for d in records}
    for class_ in names.extended:
        _known(config, "extend", class_, classes)


def _method(operation: Operation, config: Config) -> str:
    call = said(config.calls, operation.keys, "")
    return call.partition(".")[2]


def _resources(api: Api, config: Config) -> dict[str, str]:
    by_hint = {group.hint: group.id for group in api.groups}
    found: dict[str, str] = {}
    for hint, attribute in config.resources.items():
        id_ = _known(config, "resources", hint, by_hint)
        found |= {id_: attribute, class_of(id_): pascal(attribute)}
    return found


def _models(api: Api, config: Config) -> dict[str, str]:
    by_hint = {d.hint[0]: d for d in api.declarations if len(d.hint) == 1}
    found: dict[str, str] = {}
    for hint, class_ in config.models.items():
        declaration: Declaration = _known(config, "models", hint, by_hint)
        found[class_of(declaration.id)] = class_
        if isinstance(declaration, Enumeration):
            found[like(declaration.id)] = f"{class_}Like"
    return found


def _known(config: Config, table: str, hint: str, found: Mapping[str, T]) -> T:
    if hint not in found:
        near = similar(hint, found)
        advice = f"; did you mean `{near}`?" if near else ""
        words = f"`[{table}]` names `{hint}`, which is not there{advice}"
        raise config.wrong(words, table, hint)
    return found[hint]
