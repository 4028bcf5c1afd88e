"""What operations are called in resources whose names all of their operationIds repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from calque.model.api import Operation
from calque.naming.words import words


def without_resource(operations: Sequence[Operation]) -> dict[str, str]:
    """The names without it, by the Ids of operations: `books_list` of `books` is `list`.

    One operation alone may begin so by chance, as `searchUsers` of `search` does. It
    counts where most operations of the document begin so.
    """
    members: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        members[operation.group].append(operation)
    found = [_rests(each) for each in members.values()]
    habit = 2 * sum(map(len, found)) > len(operations)
    told = (rests for rests in found if habit or len(rests) > 1)
    return {id_: rest for rests in told for id_, rest in rests.items()}


def _rests(operations: list[Operation]) -> dict[str, str]:
    """What is left of each name; nothing where one does not begin with the resource."""
    rests = {each.id: _rest(each) for each in operations}
    return rests if all(rests.values()) else {}


def _rest(operation: Operation) -> str:
    """The words of a name after those of the whole path, or of the resource.

    Empty: it does not begin so.
    """
    if operation.operation_id is None or len(operation.hint) != 1:
        return ""
    name = words(operation.hint[0])
    rest = _after(name, words(operation.path))
    if rest and rest.lower() != operation.method.lower():
        return rest
    return _after(name, words(operation.group_hint))


def _after(name: tuple[str, ...], begin: tuple[str, ...]) -> str:
    """What follows `begin`, where that is what the name begins with."""
    rest = " ".join(name[len(begin) :])
    return rest if rest[:1].isidentifier() and all(map(_same, name, begin)) else ""


def _same(one: str, other: str) -> bool:
    """Whether two words are one, whatever their case, and whether of one or of many."""
    return one.lower().removesuffix("s") == other.lower().removesuffix("s")
