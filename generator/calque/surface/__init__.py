"""What of a package its callers see: `Surface`, as a value and as `calque.lock` keeps it."""

from __future__ import annotations

from calque.surface.entry import SurfaceError
from calque.surface.restored import restored
from calque.surface.stored import stored, stored_call, stored_model
from calque.surface.values import (
    Argument,
    Call,
    Client,
    Enumeration,
    Failure,
    Field,
    Member,
    Model,
    Record,
    Scheme,
    Surface,
    Union,
    Webhook,
)

__all__ = [
    "Argument",
    "Call",
    "Client",
    "Enumeration",
    "Failure",
    "Field",
    "Member",
    "Model",
    "Record",
    "Scheme",
    "Surface",
    "SurfaceError",
    "Union",
    "Webhook",
    "restored",
    "stored",
    "stored_call",
    "stored_model",
]
