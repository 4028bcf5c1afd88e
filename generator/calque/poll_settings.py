"""How `calque.toml` says that an operation goes on after it was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from calque.operation_table import HOST, Form, listed, operation_table

FINALS = ("azure-async-operation", "operation-location", "location", "original-uri")
"""Where a result can be: `final-state-via` of AutoRest."""

_POINTER = (r"/.+", "a JSON pointer into the answer, such as `/data/state`")
_FORMS: Mapping[str, Form] = {
    "final": ("|".join(FINALS), f"one of {listed(FINALS)}"),
    "link": _POINTER,
    "status": _POINTER,
    "result": _POINTER,
    "schema": (r".+", "the name of a schema of the document"),
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

    Raises WrongSetting for one that makes no sense; the text begins with the name.
    """
    table = operation_table(name, value, [each.name for each in fields(PollSetting)])
    if table is None:
        return None
    return PollSetting(
        **{key: table.text(key, form) or "" for key, form in _FORMS.items()},
        succeeded=table.texts("succeeded", (r".+", '["done"]')),
        failed=table.texts("failed", (r".+", '["error"]')),
        hosts=table.texts("hosts", HOST),
    )
