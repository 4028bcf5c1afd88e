"""What can be structurally wrong at a place of a document, before words are found for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class What(Enum):
    """The ways in which a value does not have the form that OpenAPI gives it."""

    MISSING = "a required field is not there"
    UNKNOWN = "a field that such objects do not have"
    WRONG_TYPE = "a value of another JSON type"
    NOT_ALLOWED = "a value other than those that are allowed"
    BAD_NAME = "a name with characters that names do not have"
    EMPTY = "nothing in what must hold something"
    TOO_MANY = "more than one in what must hold one"
    REPEATED = "an array that holds the same item twice"
    OUT_OF_RANGE = "a number that is too small or too large"
    CONFLICT = "fields that exclude each other"
    OTHER = "anything else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault, and where it is.

    `pointer` is the object that lacks or has a field `key`, or else the value itself.
    `expected` are JSON types, allowed values, or the fields of which one is missing.
    """

    what: What
    pointer: str
    key: str = ""
    expected: tuple[str, ...] = ()
    reported: str = ""
