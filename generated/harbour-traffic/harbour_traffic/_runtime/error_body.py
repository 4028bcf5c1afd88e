"""The type of the body of an error, over all operations of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from .. import models as m

ErrorBody: TypeAlias = "m.Refusal"
