"""The forms that one body can take: what each media type is made of, and what writes it.

_CREATE_PET_BODIES = Bodies(
    _CREATE_PET,
    {
        "application/json": BodyForm(_create_pet_as_json),
        "text/csv": BodyForm(_create_pet_as_csv),
    },
)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import msgspec

from .media_types import essence
from .operation import BodyWriter, Operation

Op = TypeVar("Op", bound=Operation[object])


class BodyForm(msgspec.Struct, frozen=True):
    """A form: what makes the body of its keywords; the rest is as in `Operation`."""

    made_by: Callable[..., object]
    writer: BodyWriter | None = None
    sends_null: bool = False


class Chosen(msgspec.Struct, Generic[Op], frozen=True):
    """The operation with one of its forms, and what makes the body of that."""

    operation: Op
    body: Callable[..., object]


class Bodies(msgspec.Struct, Generic[Op], frozen=True):
    """The forms of the body of an operation, by media type."""

    operation: Op
    forms: Mapping[str, BodyForm]

    def of(self, content_type: str) -> Chosen[Op]:
        """The form of a media type; of several that fit, the one that says most of it.

        Raises ValueError if none fits.
        """
        form = self._form(content_type)
        operation = msgspec.structs.replace(
            self.operation,
            content_type=content_type,
            body=form.writer,
            sends_null=form.sends_null,
        )
        return Chosen(operation, form.made_by)

    def _form(self, content_type: str) -> BodyForm:
        bare = essence(content_type)
        bases = {essence(name): form for name, form in self.forms.items()}
        found = [self.forms.get(content_type)]
        found += map(bases.get, (bare, f"{bare.partition('/')[0]}/*"))
        for form in found:
            if form is not None:
                return form
        known = ", ".join(self.forms)
        raise ValueError(f"content_type is one of {known}, not {content_type!r}")
