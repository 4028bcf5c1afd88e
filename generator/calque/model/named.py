"""What tables of `calque.toml` say of operations: by which names, and whether it fits them."""

from __future__ import annotations

from collections.abc import Container, Iterable

from calque.config import Config
from calque.document.similar import similar
from calque.model.api import Api, Operation


class Unfit(ValueError):
    """What is said does not fit the operation; the text says in what."""


def name_in(table: Container[str], operation: Operation) -> str:
    """The name by which a table speaks of an operation; "" where it does not."""
    return next((key for key in operation.keys if key in table), "")


def check_names(api: Api, config: Config, table: str, names: Iterable[str]) -> None:
    """Raises ConfigError where no operation goes by a name; `*` is none."""
    known = {key for operation in api.operations for key in operation.keys}
    for name in names:
        if name != "*" and name not in known:
            near = similar(name, known)
            advice = f"; did you mean `{near}`?" if near else ""
            raise config.wrong(
                f"`{table}`: no operation has the operationId `{name}`, or is at that "
                f"place{advice}",
                *(table, name),
            )
