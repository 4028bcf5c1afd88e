"""What the user's own `custom/` folder adds to generated classes: bases that come first."""

from __future__ import annotations

from calque.naming import Names
from calque.render.code import Code, Import


def extension(names: Names, class_: str, up: str = "..") -> Code:
    """The base that extends a class, as it stands before the others; nothing if none does.

    It is imported under a name that nothing of a document can have.
    """
    place = names.extended.get(class_)
    if place is None:
        return Code("")
    module, _, base = place.rpartition(".")
    found = Import(f"{up}custom.{module}", base, f"_{base}")
    return Code(f"_{base}, ", frozenset({found}))
