"""The model of an API as JSON, each object under the name of what it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import cast

from calque.model.api import Api
from calque.model.declarations import Fields


def dump(api: Api) -> str:
    """The JSON text of an API's model; the same for the same API."""
    return json.dumps(_plain(api), indent=2, ensure_ascii=False)


def _plain(value: object) -> object:
    if is_dataclass(value):
        members = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {"is": type(value).__name__, **members}
    if isinstance(value, (tuple, list, Fields)):
        return [_plain(item) for item in cast("Sequence[object]", value)]
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return {key: _plain(member) for key, member in members.items()}
    return value.value if isinstance(value, Enum) else value
