"""The operations that tables of `calque.toml` name."""

from __future__ import annotations

from collections.abc import Iterable

from calque.config import Config
from calque.document.similar import similar
from calque.model.api import Api


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
