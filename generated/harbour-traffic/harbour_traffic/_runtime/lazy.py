"""Lazy packages: which submodule each public name of a package lives in.

A package that names a thousand models must not import them all because one is wanted
(PEP 562). The eager form of the same names stands under `TYPE_CHECKING`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from sys import modules


def lazy(
    package: str, names: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package whose names live in submodules.

    `names` gives the submodule, relative to `package`, of each name. A name is looked up
    once: it then stands in the package itself, as if it had been imported there.
    """

    def __getattr__(name: str) -> object:
        module = names.get(name)
        if module is None:
            raise AttributeError(
                f"module {package!r} has no attribute {name!r}",
                name=name,
                obj=modules.get(package),
            )
        value: object = getattr(import_module(f".{module}", package), name)
        setattr(modules[package], name, value)
        return value

    def __dir__() -> list[str]:
        return sorted({*names, *vars(modules[package])})

    return __getattr__, __dir__
