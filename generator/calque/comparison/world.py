"""Both surfaces side by side: what was renamed, and how an old type compares with a new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from calque.comparison.annotations import (
    NONE,
    OBJECT,
    UNSET,
    Option,
    Options,
    options,
)
from calque.surface import Enumeration, Model, Surface, Union

_DEEP = 12
"""How many aliases are looked into; unions may contain themselves."""

# What type checkers take for what (PEP 484, "The numeric tower"; `datetime` is a `date`).
_PROMOTED = {
    "float": {"int", "bool"},
    "int": {"bool"},
    "dt.date": {"dt.datetime"},
}


class Relation(Enum):
    """How the values of a new type compare with those of an old one."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class World:
    """Two surfaces; `renames` are the old names of models that have another one now."""

    old: Surface
    new: Surface
    renames: Mapping[str, str] = field(default_factory=dict[str, str])
    models: Mapping[str, Model] = field(default_factory=dict[str, Model])

    def relation(self, old: str, new: str) -> Relation:
        """How a new annotation compares with an old one."""
        return self.compared(options(old), options(new))

    def compared(self, old: Options, new: Options) -> Relation:
        """How new options compare with old ones."""
        before = frozenset(map(self._renamed, old)) if self.renames else old
        if before == new:
            return Relation.SAME
        takes_old = self._accepts(new, before, _DEEP)
        gives_old = self._accepts(before, new, _DEEP)
        if takes_old and gives_old:
            return Relation.SAME
        if takes_old:
            return Relation.WIDER
        return Relation.NARROWER if gives_old else Relation.OTHER

    def _renamed(self, option: Option) -> Option:
        bare = option.name.removeprefix("m.")
        name = f"m.{self.renames[bare]}" if bare in self.renames else option.name
        inner = tuple(
            frozenset(map(self._renamed, argument)) for argument in option.arguments
        )
        return Option(name, inner, option.value)

    def _accepts(self, wide: Options, narrow: Options, depth: int) -> bool:
        """Whether all values of `narrow` can stand where `wide` is asked for."""
        return OBJECT in wide or all(self._fits(wide, o, depth) for o in narrow)

    def _fits(self, wide: Options, option: Option, depth: int) -> bool:
        if any(self._takes(each, option, depth) for each in wide):
            return True
        if not depth:
            return False
        inside = frozenset(self._looked_into(option))
        if inside and self._accepts(wide, inside, depth - 1):
            return True
        aliases = [frozenset(self._looked_into(each)) for each in wide]
        return any(i and self._fits(i, option, depth - 1) for i in aliases)

    def _takes(self, wide: Option, narrow: Option, depth: int) -> bool:
        if wide == narrow:
            return True
        if wide.name != narrow.name or narrow.value:
            return _kind(narrow, self) in (wide.name, *_PROMOTED.get(wide.name, ()))
        both = zip(wide.arguments, narrow.arguments, strict=False)
        alike = len(wide.arguments) == len(narrow.arguments)
        # `tuple` alone is covariant; what can be changed can't be anything else.
        mutual = wide.name != "tuple"
        return alike and all(
            self._accepts(w, n, depth) and (not mutual or self._accepts(n, w, depth))
            for w, n in both
        )

    def _looked_into(self, option: Option) -> Iterator[Option]:
        """What an alias stands for; nothing for what is no alias."""
        name = option.name.removeprefix("m.")
        found = self.models.get(name)
        match found:
            case Union():
                yield from options(found.type)
            case Enumeration() if name == found.like:
                yield Option(f"m.{found.name}")
                for member in found.members:
                    yield from options(f"Literal[{member.value}]")
                if found.extensible:
                    yield Option("str" if "Str" in found.kind else "int")
            case _:
                return

    def still(self, former: str) -> bool:
        """Whether a name of old still works in the new package, as an alias."""
        return former in self.new.client.aliases


def world(old: Surface, new: Surface, renames: Mapping[str, str]) -> World:
    """Two surfaces, with their models by name: those of the new one count where both have it."""
    found: dict[str, Model] = {}
    for surface in (old, new):
        for model in surface.models.values():
            found[model.name] = model
            if isinstance(model, Enumeration):
                found[model.like] = model
    return World(old, new, renames, found)


def _kind(option: Option, world: World) -> str:
    """The builtin that an option is one of: of a literal, of a member of an enumeration."""
    if option.value:
        return "str" if option.value[0] in "'\"" else _plain(option.value)
    found = world.models.get(option.name.removeprefix("m."))
    if isinstance(found, Enumeration) and option.name == f"m.{found.name}":
        return "str" if "Str" in found.kind else "int"
    return option.name


def _plain(value: str) -> str:
    return "bool" if value in ("True", "False") else "int"


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where a thing stands: whether callers give it, get it, or both; both surfaces."""

    world: World
    given: bool = False
    got: bool = False

    def values(
        self, old: tuple[str, str], new: tuple[str, str], *, loosely: bool = True
    ) -> Relation:
        """How the values compare of two things, each an annotation and its default.

        Where one of them may be left out, what stands for that is no value.
        """
        before, after = options(old[0]), options(new[0])
        if loosely and (_optional(old[1]) or _optional(new[1])):
            before, after = before - {NONE, UNSET}, after - {NONE, UNSET}
        return self.world.compared(before, after)


def _optional(default: str) -> bool:
    return default in ("None", "UNSET")
