"""The type of the body of an error answer: here, of an API that declares none."""

from __future__ import annotations

from typing import TypeAlias

ErrorBody: TypeAlias = object
