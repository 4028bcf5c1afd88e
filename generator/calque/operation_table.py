"""What a table of `calque.toml` says of one operation: its keys, and the forms of values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias, cast

Form: TypeAlias = tuple[str, str]
"""What a text has to look like, as a pattern, and in words."""

HOST: Form = (r"[^/]+", '["a.example"]')


class WrongSetting(ValueError):
    """What is said of an operation makes no sense; `keys` lead to where, in its table."""

    def __init__(self, message: str, *keys: str) -> None:
        super().__init__(message)
        self.keys = keys


@dataclass(frozen=True, slots=True)
class OperationTable:
    """The table of an operation; `where` is its name, as messages have it.

    Each reading raises WrongSetting for a value of another form.
    """

    where: str
    values: Mapping[str, object]

    def text(self, key: str, form: Form) -> str | None:
        """A text, if there is one."""
        pattern, words = form
        value = self.values.get(key)
        if key not in self.values:
            return None
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise WrongSetting(f"{self.where}: `{key}` must be {words}, in quotes", key)
        return value

    def texts(self, key: str, form: Form) -> tuple[str, ...]:
        """A list of texts; the words of its form are an example."""
        pattern, example = form
        value = self.values.get(key, [])
        listed = cast("list[object]", value) if isinstance(value, list) else [value]
        found = [e for e in listed if isinstance(e, str) and re.fullmatch(pattern, e)]
        if len(found) != len(listed):
            words = f"`{key}` must be a list such as `{example}`"
            raise WrongSetting(f"{self.where}: {words}", key)
        return tuple(found)

    def flag(self, key: str) -> bool:
        """Whether something is so; it is not where nothing is said."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise WrongSetting(f"{self.where}: `{key}` must be `true` or `false`", key)
        return value

    def number(self, key: str, usual: int) -> int:
        """A whole number."""
        value = self.values.get(key, usual)
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongSetting(f"{self.where}: `{key}` must be a whole number", key)
        return value


def operation_table(
    name: str, value: object, keys: Collection[str]
) -> OperationTable | None:
    """What is said of an operation, or of `*`, all others; None where that is `false`.

    Raises WrongSetting for what is no table, or has another key; the text begins with the
    name.
    """
    where = f"{name}`"
    if value is False:
        return None
    if name == "*" or not isinstance(value, dict):
        raise WrongSetting(f"{where} must be `false`, or a table for one operation")
    table = cast("dict[str, object]", value)
    if unknown := [key for key in table if key not in keys]:
        raise WrongSetting(f"{where}: {unknown_key(unknown[0], keys)}", unknown[0])
    return OperationTable(where, table)


def unknown_key(key: str, known: Collection[str]) -> str:
    """What is said of a key that is none, with the one that may be meant."""
    near = get_close_matches(key, known, 1)
    advice = f"did you mean `{near[0]}`?" if near else f"known: {listed(known)}"
    return f"unknown key `{key}`; {advice}"


def listed(names: Collection[str]) -> str:
    """Names as a message has them."""
    return ", ".join(f"`{name}`" for name in names)
