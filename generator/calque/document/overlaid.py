"""What a document becomes under an overlay's actions, and where each value was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from calque.codes import Code
from calque.diagnostics import Diagnostic, Severity
from calque.document.moves import Origins
from calque.document.node import ROOT, Json, Node, escape, join, type_name
from calque.document.overlay import Action

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery

_Held: TypeAlias = "dict[str, Json] | list[Json]"
_Path: TypeAlias = "Sequence[str | int]"


@dataclass(slots=True)
class _Places:
    """Where the entries of a changed object or array stand in the texts.

    Those of an array by index: an Id, or the index that the entry had in the array's own
    text. Those of an object by key: an Id, where it is not that of its own text.
    """

    held: _Held
    members: dict[str, str] = field(default_factory=dict[str, str])
    entries: list[str | int] = field(default_factory=list["str | int"])


class Conflict(Exception):
    """A change does not go together with what is there; the text says why."""

    def __init__(self, message: str, pointer: str) -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer


class Overlaid:
    """A document that actions are applied to, one after the other."""

    def __init__(self, root: Node) -> None:
        self._places: dict[int, _Places] = {}
        self._root = self._copy(root.value)

    @property
    def root(self) -> Node:
        """The document as it is now."""
        return Node(ROOT, self._root)

    def apply(self, action: Action) -> Diagnostic | None:
        """Carries out an action; what is wrong with it, if it cannot be."""
        nodes = action.target.find(self._root)
        found = list(dict.fromkeys(node.location for node in nodes))
        if not found:
            return _unmatched(action)
        try:
            if action.update is not None:
                self._update(found, action.update)
            elif action.copy is not None:
                self._update(found, self._source(action.copy, action.at))
            else:
                self._remove(found, action.at)
        except Conflict as conflict:
            return _conflicting(conflict)
        return None

    def origins(self) -> Origins:
        """Where the values stand that do not stand where they did in the document."""
        written: dict[str, str] = {}
        todo: list[tuple[str, str, Json]] = [(ROOT, ROOT, self._root)]
        while todo:
            now, origin, value = todo.pop()
            for key, child in _entries(value):
                inside = f"{now}/{escape(str(key))}"
                there = self._origin(value, key, origin)
                if there != f"{origin}/{escape(str(key))}":
                    written[inside] = there
                if isinstance(child, dict | list):
                    todo.append((inside, there, child))
        return Origins(written)

    def _origin(self, value: Json, key: str | int, origin: str) -> str:
        """The Id that an entry has in the text in which its object has the Id `origin`."""
        places = self._places.get(id(value))
        if places is None:
            return join(origin, key)
        if isinstance(key, str):
            return places.members.get(key) or join(origin, key)
        place = places.entries[key]
        return place if isinstance(place, str) else join(origin, place)

    def _copy(self, value: Json) -> Json:
        """A copy that shares nothing, and knows as well where its entries stand."""
        copy: Json
        match value:
            case dict():
                copy = {key: self._copy(member) for key, member in value.items()}
            case list():
                copy = [self._copy(item) for item in value]
            case _:
                return value
        places = self._places.get(id(value))
        if places is not None:
            self._places[id(copy)] = _Places(
                copy, dict(places.members), list(places.entries)
            )
        return copy

    def _of(self, held: _Held) -> _Places:
        """The places of an object or array that is about to change."""
        if id(held) not in self._places:
            places = _Places(held)
            if isinstance(held, list):
                places.entries.extend(range(len(held)))
            self._places[id(held)] = places
        return self._places[id(held)]

    def _walk(self, path: _Path) -> tuple[Json, str]:
        """What stands at a path, and its Id in the texts."""
        value, origin = self._root, ROOT
        for key in path:
            origin = self._origin(value, key, origin)
            value = _entry(value, key)
        return value, origin

    def _source(self, query: JSONPathQuery, at: Node) -> Node:
        """The only value that `copy` finds."""
        found = [node.location for node in query.find(self._root)]
        if len(found) != 1:
            many = "nothing" if not found else f"{len(found)} values"
            raise Conflict(
                f"`copy` finds {many}, but must find one", at.below("copy").pointer
            )
        value, origin = self._walk(found[0])
        return Node(origin, self._copy(value))

    def _update(self, found: Sequence[_Path], update: Node) -> None:
        targets = [(path, self._walk(path)[0]) for path in found]
        sorts = {_sort(value) for _, value in targets}
        if len(sorts) > 1:
            listed = " and ".join(sorted(sorts))
            raise Conflict(f"the target finds both {listed}", update.pointer)
        for path, value in targets:
            match value:
                case dict():
                    self._merge(value, update)
                case list():
                    self._append(value, update)
                case _:
                    self._replace(path, update)

    def _merge(self, into: dict[str, Json], update: Node) -> None:
        if not isinstance(update.value, dict):
            raise _unlike(into, update)
        for key, new in update.items():
            old = into.get(key)
            match old:
                case dict() if key in into:
                    self._merge(old, new)
                case list() if isinstance(new.value, list):
                    self._append(old, new)
                case _ if key not in into or _sort(old) == _sort(new.value):
                    into[key] = self._copy(new.value)
                    self._of(into).members[key] = new.pointer
                case _:
                    raise _unlike(old, new)

    def _append(self, into: list[Json], update: Node) -> None:
        several = isinstance(update.value, list)
        entries = self._of(into).entries
        for each in list(update.elements()) if several else [update]:
            into.append(self._copy(each.value))
            entries.append(each.pointer)

    def _replace(self, path: _Path, update: Node) -> None:
        if isinstance(update.value, dict | list):
            raise _unlike(self._walk(path)[0], update)
        holder = self._holder(path)
        places = self._of(holder)
        key = path[-1]
        if isinstance(holder, dict):
            holder[str(key)] = update.value
            places.members[str(key)] = update.pointer
        else:
            holder[int(key)] = update.value
            places.entries[int(key)] = update.pointer

    def _remove(self, found: Sequence[_Path], at: Node) -> None:
        if any(not path for path in found):
            raise Conflict("the document itself cannot be removed", at.pointer)
        gone = [(self._holder(path), path[-1]) for path in found]
        for holder, key in sorted(gone, key=lambda g: -_number(g[1])):
            places = self._of(holder)
            if isinstance(holder, dict):
                holder.pop(str(key), None)
                places.members.pop(str(key), None)
            else:
                del holder[int(key)]
                del places.entries[int(key)]

    def _holder(self, path: _Path) -> _Held:
        """The object or array that the value at a path is in."""
        holder = self._walk(path[:-1])[0]
        if not isinstance(holder, dict | list):
            raise TypeError(f"nothing holds {path}")
        return holder


def _entries(value: Json) -> Iterator[tuple[str | int, Json]]:
    match value:
        case dict():
            yield from value.items()
        case list():
            yield from enumerate(value)
        case _:
            return


def _entry(value: Json, key: str | int) -> Json:
    match value:
        case dict():
            return value[str(key)]
        case list():
            return value[int(key)]
        case _:
            raise TypeError(f"{type_name(value)} has no {key}")


def _number(key: str | int) -> int:
    return key if isinstance(key, int) else 0


def _sort(value: Json) -> str:
    match value:
        case dict():
            return "objects"
        case list():
            return "arrays"
        case _:
            return "single values"


def _unlike(old: Json, new: Node) -> Conflict:
    was, now = type_name(old), type_name(new.value)
    return Conflict(f"{now} cannot go into {was}, which is there", new.pointer)


def _conflicting(conflict: Conflict) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.OVERLAY_CONFLICT,
        message=conflict.message,
        help="remove what is there first, or name another target",
        pointer=conflict.pointer,
    )


def _unmatched(action: Action) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.OVERLAY_UNMATCHED,
        message=f"`{action.at.text('target')}` finds nothing in the document",
        help="correct the target, or remove the action",
        done="the action changes nothing",
        pointer=action.at.below("target").pointer,
    )
