"""How `calque.toml` says that an operation goes on after it was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import cast

FINALS = ("azure-async-operation", "operation-location", "location", "original-uri")
"""Where a result can be: `final-state-via` of AutoRest."""

_POINTER = (r"/.+", "a JSON pointer into the answer, such as `/data/state`")
_TEXTS = {
    "final": ("|".join(FINALS), f"one of {', '.join(f'`{f}`' for f in FINALS)}"),
    "link": _POINTER,
    "status": _POINTER,
    "result": _POINTER,
    "schema": (r".+", "the name of a schema of the document"),
}
_LISTS = {
    "succeeded": (r".+", '["done"]'),
    "failed": (r".+", '["error"]'),
    "hosts": (r"[^/]+", '["a.example"]'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSetting:
    """How it is found out how far an operation is, and what it comes to.

    `final` says where the result is, if not at the usual place. JSON pointers into the
    answers lead to the URL that tells of the state, where no header has it (`link`), to
    the word for it (`status`), and to the `result`, whose `schema` may be named.
    `succeeded` and `failed` are words besides the usual ones. Links may lead to other
    `hosts` too, without credentials.
    """

    final: str = ""
    link: str = ""
    status: str = ""
    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    result: str = ""
    schema: str = ""
    hosts: tuple[str, ...] = ()


def poll_setting(name: str, value: object) -> PollSetting | None:
    """The setting of an operation, or of `*`, all others; None where it does not go on.

    Raises ValueError for one that makes no sense; the text begins with the name.
    """
    where = f"{name}`"
    if value is False:
        return None
    if name == "*" or not isinstance(value, dict):
        raise ValueError(f"{where} must be `false`, or a table for one operation")
    table = cast("dict[str, object]", value)
    known = [known_field.name for known_field in fields(PollSetting)]
    if unknown := [key for key in table if key not in known]:
        listed = ", ".join(f"`{key}`" for key in known)
        raise ValueError(f"{where}: unknown key `{unknown[0]}`; known: {listed}")
    texts = {key: _text(where, key, table[key]) for key in _TEXTS if key in table}
    return PollSetting(
        final=texts.get("final", ""),
        link=texts.get("link", ""),
        status=texts.get("status", ""),
        succeeded=_list(where, "succeeded", table),
        failed=_list(where, "failed", table),
        result=texts.get("result", ""),
        schema=texts.get("schema", ""),
        hosts=_list(where, "hosts", table),
    )


def _text(where: str, key: str, value: object) -> str:
    form, words = _TEXTS[key]
    if not isinstance(value, str) or not re.fullmatch(form, value):
        raise ValueError(f"{where}: `{key}` must be {words}, in quotes")
    return value


def _list(where: str, key: str, table: Mapping[str, object]) -> tuple[str, ...]:
    form, example = _LISTS[key]
    value = table.get(key, [])
    listed = cast("list[object]", value) if isinstance(value, list) else [value]
    texts = [each for each in listed if isinstance(each, str)]
    fit = len(texts) == len(listed) and all(re.fullmatch(form, text) for text in texts)
    if not fit:
        raise ValueError(f"{where}: `{key}` must be a list such as `{example}`")
    return tuple(texts)
