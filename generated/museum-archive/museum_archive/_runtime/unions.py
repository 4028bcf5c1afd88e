"""Unions that msgspec cannot tell apart: several objects, several arrays, several strings.

To a type checker such a union is `A | B`. At run time it is a class like this:

    class Target(OneOf):
        tag = "kind"

        @staticmethod
        def table():
            return {"email": m.EmailTarget, "url": m.UrlTarget, "http": m.UrlTarget}

    class Filter(OneOf):
        @staticmethod
        def variants():
            return dt.date, str, list[str], list[int], m.Range

What decides of which variant a value is: the discriminator; the JSON type; the values that
properties may have (`const`, `enum`); the required properties; a trial of each variant
that is left, those that know most of the properties first, otherwise as declared. Where
no variant fits, the one with the fewest deviations is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from .hooks import convert
from .issue import Location, Report
from .models import Model, keep_unknown, unknown_properties, wire_names
from .shapes import JsonTypes, expected, is_object
from .unknown_variant import UnknownVariant
from .variants import Plan, by_tag, kinds_of, likely_kinds, plan_of

__all__ = ["OneOf", "UnknownVariant"]


class UnionMeta(type):
    """The class of unions: an instance of a variant is an instance of the union.

    msgspec asks that of whatever a hook gives it.
    """

    tag: str | None
    variants: Callable[[], tuple[object, ...]]
    table: Callable[[], Mapping[str | int, object]]
    fallback: Callable[[], object]

    def __instancecheck__(cls, instance: object) -> bool:
        kinds = plan_of(cls).classes
        return type(instance) in kinds or isinstance(instance, kinds)


class OneOf(metaclass=UnionMeta):
    """A union (`oneOf`, `anyOf`), declared as the module's docstring shows."""

    tag: ClassVar[str | None] = None
    """The wire name of the discriminator, if there is one."""

    open: ClassVar[bool] = False
    """Whether the discriminator may have values beyond those of the table.

    An object with such a value is then an `UnknownVariant` without deviating.
    """

    @staticmethod
    def variants() -> tuple[object, ...]:
        """The types of the union as declared, null apart; by default those of the table."""
        return ()

    @staticmethod
    def table() -> Mapping[str | int, object]:
        """The variant of each value of the discriminator."""
        return {}

    @staticmethod
    def fallback() -> object:
        """The variant of objects whose discriminator is not in the table, e.g. a base schema.

        None if the API has none: such an object is kept as an `UnknownVariant`.
        """
        return None

    @classmethod
    def __calque_json__(cls) -> JsonTypes:
        return plan_of(cls).json_types

    @classmethod
    def __calque_variants__(cls) -> tuple[object, ...]:
        return plan_of(cls).variants

    @classmethod
    def __calque_decode__(cls, value: object) -> object:
        plan = plan_of(cls)
        if type(value) in plan.plain:
            return value
        if plan.tag is not None and is_object(value):
            named = by_tag(plan, value)
            if named is not None:
                return convert(value, named)
        kinds = kinds_of(plan, value)
        if len(kinds) == 1:
            return _completed(plan, value, convert(value, kinds[0]))
        if not kinds:
            unknown = _unknown(cls, plan, value)
            if unknown is not None:
                return unknown
            raise ValueError(f"no variant of {cls.__name__}")
        from .lenient import build_best

        report = Report(exact=True)
        decoded = build_best(kinds, value, None, report)
        if len(report):
            raise ValueError(f"no variant of {cls.__name__}: {report.issues[0]}")
        return _completed(plan, value, decoded)

    @classmethod
    def __calque_build__(cls, value: object, at: Location, report: Report) -> object:
        from .lenient import builder

        plan = plan_of(cls)
        kind = _kind_of(cls, plan, value, at, report)
        if kind is not None:
            return _completed(plan, value, builder(kind)(value, at, report))
        if plan.tag is not None and is_object(value):
            tag = value.get(plan.tag)
            if _unknown(cls, plan, value) is None:
                words = f"unknown variant {tag!r} of {cls.__name__}"
                report.note((at, plan.tag), words)
            return UnknownVariant(value, tag)
        report.note(at, expected(plan.json_types, value))
        return value


def _unknown(union: type[OneOf], plan: Plan, value: object) -> UnknownVariant | None:
    """An object of a variant that may be, though nobody has told of it."""
    if not union.open or plan.tag is None or not is_object(value):
        return None
    tag = value.get(plan.tag)
    return UnknownVariant(value, tag) if isinstance(tag, str) else None


def _kind_of(
    union: type[OneOf], plan: Plan, value: object, at: Location, report: Report
) -> object:
    """The variant to read a value as, however it deviates; None if it is unknown."""
    kinds = kinds_of(plan, value)
    if not kinds or (is_object(value) and plan.tag is not None and plan.tag in value):
        return kinds[0] if kinds else None
    kind = report.choice(value, union)
    if kind is None:
        from .lenient import nearest

        kind, found = nearest(kinds, value, at, report)
        if found and is_object(value):
            kind, _ = nearest(likely_kinds(plan, value), value, at, report)
        report.choose(value, union, kind)
    return kind


def _completed(plan: Plan, value: object, decoded: object) -> object:
    """A variant with the properties that only others declare, or that a fallback lacks.

    A value may be of several variants of `anyOf` at once: none of it is lost.
    """
    if not isinstance(decoded, Model) or not is_object(value):
        return decoded
    if by_tag(plan, value) is not None:
        return decoded
    lost = value.keys() - wire_names(type(decoded))
    if plan.tag is None or plan.tag not in value:
        lost &= plan.names
    if lost:
        kept = {name: value[name] for name in value if name in lost}
        keep_unknown(decoded, {**unknown_properties(decoded), **kept})
    return decoded
