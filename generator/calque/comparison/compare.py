"""How two surfaces are compared: each thing with its counterpart, under each of its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from calque.comparison import matching, python
from calque.comparison.change import Change, Report, Side
from calque.comparison.matching import Matched, matched
from calque.comparison.positions import Positions, positions
from calque.comparison.rule import Effect, Rule, Rules
from calque.comparison.rules.arguments import ARGUMENTS
from calque.comparison.rules.calls import CALLS
from calque.comparison.rules.client import CLIENT, CLIENT_ARGUMENTS, EXPORTS, SCHEMES
from calque.comparison.rules.failures import FAILURES, Raised
from calque.comparison.rules.fields import FIELDS
from calque.comparison.rules.headers import HEADERS
from calque.comparison.rules.members import MEMBERS, Listed
from calque.comparison.rules.models import MODELS
from calque.comparison.rules.webhooks import WEBHOOKS
from calque.comparison.world import At, World, world
from calque.surface import (
    Argument,
    Call,
    Client,
    Enumeration,
    Field,
    Model,
    Record,
    Scheme,
    Surface,
    Webhook,
)

T = TypeVar("T")

_ORDER = list(Effect)


@dataclass(frozen=True, slots=True)
class _Shown(Generic[T]):
    """How the things of one kind are told: by name, by Id, in Python, on either side."""

    subject: Callable[[T], str]
    id: Callable[[T], str]
    before: Callable[[T], str]
    after: Callable[[T], str]

    def old(self, it: T) -> Side:
        """A thing of the old package."""
        return Side(id=self.id(it), python=self.before(it))

    def new(self, it: T) -> Side:
        """A thing of the new package."""
        return Side(id=self.id(it), python=self.after(it))


def diff(old: Surface, new: Surface) -> Report:
    """What changes for the callers of a package when `new` takes the place of `old`."""
    models = matching.models(old, new)
    both = world(old, new, matching.renames(models))
    found = [
        *_clients(old.client, new.client, At(world=both)),
        *_calls(matching.calls(old, new), both),
        *_models(models, both),
        *_webhooks(old, new, both),
    ]
    found.sort(key=lambda c: (-c.rule.bump, _ORDER.index(c.effect)))
    return Report(old=old, new=new, changes=tuple(found))


def _judged(
    found: Matched[T], rules: Rules[T], at: At, shown: _Shown[T]
) -> Iterator[Change]:
    """The changes of matched things, under the rules for them."""
    for it in found.lost:
        for lost in rules.lost:
            if lost.when(it, at):
                yield _change(lost.rule, shown.subject(it), old=shown.old(it))
    for it in found.come:
        for come in rules.come:
            if come.when(it, at):
                yield _change(come.rule, shown.subject(it), new=shown.new(it))
    for old, new in found.kept:
        for kept in rules.kept:
            if kept.when(old, new, at):
                sides = shown.old(old), shown.new(new)
                yield _change(kept.rule, shown.subject(old), *sides)


def _change(
    rule: Rule, subject: str, old: Side | None = None, new: Side | None = None
) -> Change:
    return Change(rule=rule, subject=subject, old=old, new=new)


def _calls(found: Matched[Call], both: World) -> Iterator[Change]:
    shown: _Shown[Call] = _Shown(_called, lambda it: it.id, python.call, python.call)
    yield from _judged(found, CALLS, At(world=both), shown)
    for old, new in found.kept:
        yield from _arguments(old, new, At(world=both, given=True))
        yield from _failures(old, new, At(world=both, got=True))
        yield from _headers(old, new, both)


def _headers(
    old: Call | Webhook, new: Call | Webhook, both: World, package: str = ""
) -> Iterator[Change]:
    found = matching.fields(old.headers, new.headers)
    owners = old.headers_class, new.headers_class
    at = At(world=both, got=True)
    yield from _judged(found, HEADERS, at, _attributes(owners, package))


def _webhooks(old: Surface, new: Surface, both: World) -> Iterator[Change]:
    shown: _Shown[Webhook] = _Shown(
        lambda it: f"webhooks.{it.name}",
        lambda it: it.id,
        python.webhook,
        python.webhook,
    )
    found = matching.webhooks(old, new)
    yield from _judged(found, WEBHOOKS, At(world=both, got=True), shown)
    for before, after in found.kept:
        yield from _headers(before, after, both, "webhooks.")


def _called(call: Call) -> str:
    return f"client.{call.call}"


def _arguments(old: Call, new: Call, at: At) -> Iterator[Change]:
    shown: _Shown[Argument] = _Shown(
        lambda it: f"{_called(old)}({it.name})",
        lambda it: it.id,
        lambda it: python.argument_of(it, old),
        lambda it: python.argument_of(it, new),
    )
    yield from _judged(matching.arguments(old, new), ARGUMENTS, at, shown)


def _failures(old: Call, new: Call, at: At) -> Iterator[Change]:
    def text(it: Raised) -> str:
        return f"StatusError, {it[0]}: error: {it[1].type}"

    shown: _Shown[Raised] = _Shown(
        lambda it: f"{_called(old)} → {it[0]}", lambda it: it[1].id, text, text
    )
    found = matched(old.failures.items(), new.failures.items(), [lambda it: it[0]])
    yield from _judged(found, FAILURES, at, shown)


def _models(found: Matched[Model], both: World) -> Iterator[Change]:
    at, where = At(world=both), positions(both.old)
    shown: _Shown[Model] = _Shown(
        lambda it: f"m.{it.name}", lambda it: it.id, python.model, python.model
    )
    gone = Matched((), found.lost, found.come)
    yield from _judged(gone, MODELS, at, shown)
    for old, new in found.kept:
        given, got = where.of(old)
        there = replace(at, given=given, got=got)
        yield from _judged(Matched(((old, new),), (), ()), MODELS, there, shown)
        yield from _contents(old, new, there, where)


def _contents(old: Model, new: Model, at: At, where: Positions) -> Iterator[Change]:
    """What changed in a model, unless calls tell it already as their arguments."""
    match old, new:
        case Record(), Record() if not where.only_flattened(old):
            found = matching.fields(old.fields, new.fields)
            shown = _attributes((old.name, new.name), "m.")
            yield from _judged(found, FIELDS, at, shown)
        case Enumeration(), Enumeration() if old.kind[-7:] == new.kind[-7:]:
            yield from _members(old, new, at)
        case _:
            return


def _attributes(owners: tuple[str, str], package: str) -> _Shown[Field]:
    """How the attributes of a class are told, by its names on either side."""
    before, after = owners
    return _Shown(
        lambda it: f"{package}{before or after}.{it.name}",
        lambda it: it.id,
        lambda it: python.field_of(it, before),
        lambda it: python.field_of(it, after),
    )


def _members(old: Enumeration, new: Enumeration, at: At) -> Iterator[Change]:
    shown: _Shown[Listed] = _Shown(
        lambda it: f"m.{old.name}.{it.member.name}",
        lambda it: it.member.id,
        lambda it: python.member(it.member, old),
        lambda it: python.member(it.member, new),
    )
    found = matched(_listed(old), _listed(new), [lambda it: it.member.value])
    yield from _judged(found, MEMBERS, at, shown)


def _listed(enumeration: Enumeration) -> list[Listed]:
    return [Listed(each, enumeration.extensible) for each in enumeration.members]


def _clients(old: Client, new: Client, at: At) -> Iterator[Change]:
    shown: _Shown[Client] = _Shown(
        lambda it: it.name, lambda _: "#/servers", python.client, python.client
    )
    yield from _judged(Matched(((old, new),), (), ()), CLIENT, at, shown)
    yield from _client_arguments(old, new, replace(at, given=True))
    schemes = matched(old.schemes, new.schemes, [lambda it: it.name])
    told: _Shown[Scheme] = _Shown(
        lambda it: f"{old.name}(credential)",
        lambda it: it.id,
        python.scheme,
        python.scheme,
    )
    yield from _judged(schemes, SCHEMES, at, told)
    yield from _exports(old, new, at)


def _client_arguments(old: Client, new: Client, at: At) -> Iterator[Change]:
    shown: _Shown[Argument] = _Shown(
        lambda it: f"{old.name}({it.name})",
        lambda it: it.id,
        lambda it: python.client_argument(it, old),
        lambda it: python.client_argument(it, new),
    )
    found = matched(old.arguments, new.arguments, [lambda it: it.name])
    yield from _judged(found, CLIENT_ARGUMENTS, at, shown)


def _exports(old: Client, new: Client, at: At) -> Iterator[Change]:
    def names(client: Client) -> Iterable[str]:
        return client.exports.keys() - {client.name, f"Async{client.name}"}

    found = matched(sorted(names(old)), sorted(names(new)), [lambda it: it])
    shown: _Shown[str] = _Shown(
        lambda it: it,
        lambda _: "#",
        lambda it: f"from {old.package} import {it}",
        lambda it: f"from {new.package} import {it}",
    )
    yield from _judged(found, EXPORTS, at, shown)
