"""Which models callers give and which they get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calque.comparison.annotations import models, options
from calque.surface import Enumeration, Model, Record, Surface, Union


@dataclass(frozen=True, slots=True)
class Positions:
    """The names of the models that are given, of those that are got, and of those whose
    members calls take instead of them.
    """

    given: frozenset[str]
    got: frozenset[str]
    flattened: frozenset[str]

    def of(self, model: Model) -> tuple[bool, bool]:
        """Whether a model is given, and whether it is got; both where no call says so."""
        names = {model.name}
        given, got = bool(names & self.given), bool(names & self.got)
        return (given, got) if given or got else (True, True)

    def only_flattened(self, model: Model) -> bool:
        """Whether calls take the members of a model, and nothing speaks of it itself."""
        known = self.given | self.got
        return model.name in self.flattened and model.name not in known


def positions(surface: Surface) -> Positions:
    """The positions of all models of a package."""
    calls = surface.calls.values()
    given = [a.type for call in calls for a in call.arguments]
    got = [call.returns for call in calls]
    got += [failure.type for call in calls for failure in call.failures.values()]
    got += [webhook.type for webhook in surface.webhooks.values()]
    headers = [each.headers for each in calls]
    headers += [each.headers for each in surface.webhooks.values()]
    got += [header.type for each in headers for header in each]
    bodies = frozenset(name for call in calls for name in models(options(call.body)))
    return Positions(_reached(given, surface), _reached(got, surface), bodies)


def _reached(types: Iterable[str], surface: Surface) -> frozenset[str]:
    by_name = {model.name: model for model in surface.models.values()}
    for model in surface.models.values():
        if isinstance(model, Enumeration):
            by_name[model.like] = model
    found: set[str] = set()
    pending = [name for type_ in types for name in models(options(type_))]
    while pending:
        reached = by_name.get(pending.pop())
        if reached is not None and reached.name not in found:
            found.add(reached.name)
            pending += [n for part in _parts(reached) for n in models(options(part))]
    return frozenset(found)


def _parts(model: Model) -> list[str]:
    match model:
        case Record():
            extra = [model.extra] if model.extra else []
            return [field.type for field in model.fields] + extra
        case Union():
            return [model.type]
        case Enumeration():
            return []
