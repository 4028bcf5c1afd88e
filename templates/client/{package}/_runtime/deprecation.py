"""Names of old: they work, and say what is used in their place."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping

if sys.version_info >= (3, 13):
    from warnings import deprecated
else:
    from functools import wraps
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    T = TypeVar("T")

    def deprecated(message: str, /) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Warns with a message whenever what it decorates is called (PEP 702)."""

        def decorate(function: Callable[P, T]) -> Callable[P, T]:
            @wraps(function)
            def called(*args: P.args, **kwargs: P.kwargs) -> T:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            return called

        return decorate


__all__ = ["deprecated", "former"]


def former(
    package: str, getattr_: Callable[[str], object], names: Mapping[str, str]
) -> Callable[[str], object]:
    """The `__getattr__` of a package that also has names of old, for those of now."""

    def __getattr__(name: str) -> object:
        now = names.get(name)
        if now is None:
            return getattr_(name)
        warnings.warn(
            f"`{package}.{name}` is now `{package}.{now}`",
            DeprecationWarning,
            stacklevel=2,
        )
        return getattr_(now)

    return __getattr__
