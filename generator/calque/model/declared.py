"""What the schemas of a document have declared so far, and what a reference to it means."""

from __future__ import annotations

from dataclasses import dataclass, field

from calque.model.declarations import Declaration, Record, record_in
from calque.model.types import Ref, Type, or_null


@dataclass(slots=True)
class Declared:
    """What has been declared so far; None: a record or union that is still being read.

    `null` are those that may be null wherever they are referred to, `open` the records
    with undeclared properties, `whole` what is more than the record at its Id.
    """

    by_id: dict[str, Declaration | None] = field(
        default_factory=dict[str, Declaration | None]
    )
    null: set[str] = field(default_factory=set[str])
    open: set[str] = field(default_factory=set[str])
    whole: dict[str, Type] = field(default_factory=dict[str, Type])

    def add(self, declaration: Declaration, *, null: bool) -> Type:
        """Declares something, which may be null or not; what a reference to it means."""
        self.by_id[declaration.id] = declaration
        if null:
            self.null.add(declaration.id)
        return self.reference(declaration.id)

    def reference(self, id_: str) -> Type:
        """What a reference means; `null`, if that may be, belongs to the type."""
        ref = self.whole.get(id_, Ref(id_))
        return or_null(ref, null=id_ in self.null)

    def record(self, type_: Type) -> Record | None:
        """The record that a type refers to, if it is one."""
        return record_in(self.by_id, type_)
