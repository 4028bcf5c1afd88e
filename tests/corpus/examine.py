"""A generated package looked at from inside: does all of it import, does it decode."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


def examine(folder: Path, package: str) -> tuple[int, list[str]]:
    """The number of operations that can be called, and what does not work.

    Imports the package into this process: use one process for each package.
    """
    sys.path.insert(0, str(folder))
    modules: list[ModuleType] = []
    faults: list[str] = []
    for name in sorted(_modules(folder, package)):
        try:
            modules.append(import_module(name))
        except Exception as error:
            faults.append(f"import {name}: {type(error).__name__}: {error}"[:300])
    if not faults:
        faults += [f for module in modules for f in _undecodable(module, package)]
    called = {each for module in modules for each in _called(module)}
    return len(called), faults


def _modules(folder: Path, package: str) -> list[str]:
    found = (path.relative_to(folder) for path in (folder / package).rglob("*.py"))
    return [".".join(p.with_suffix("").parts).removesuffix(".__init__") for p in found]


def _called(module: ModuleType) -> set[tuple[str, str]]:
    """The method and path of each operation that a method of a resource's class calls.

    One may have several methods: for its pages, or as a stream, of which there is a second
    statement; one with several forms of its body is called through these.
    """
    if ".resources." not in module.__name__:
        return set()
    operations = {
        name: value
        for name, value in vars(module).items()
        if "Operation" in {class_.__name__ for class_ in type(value).__mro__}
    }
    used = {
        called
        for class_ in vars(module).values()
        if inspect.isclass(class_) and class_.__module__ == module.__name__
        for method_name, method in vars(class_).items()
        if inspect.isfunction(method) and not inspect.iscoroutinefunction(method)
        if not method_name.startswith("_")
        for name in method.__code__.co_names
        for called in (name, name.removesuffix("_BODIES"))
    }
    found = (operations[name] for name in operations.keys() & used)
    return {(operation.method, operation.path) for operation in found}


def _undecodable(module: ModuleType, package: str) -> list[str]:
    """The types of a module that no decoder can be built for."""
    codec = import_module(f"{package}._runtime.codec")
    faults: list[str] = []
    for name, type_ in _types(module):
        try:
            codec.decode_lenient(b"{}", type_)
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
            faults.append(f"decode {module.__name__}.{name}: {message}"[:300])
    return faults


def _types(module: ModuleType) -> list[tuple[str, object]]:
    """The models of a module of models, the answers of a module of operations."""
    name = module.__name__
    if ".models." in name:
        own = (c for c in vars(module).values() if inspect.isclass(c))
        return [(c.__name__, c) for c in own if c.__module__ == name]
    if ".resources." in name:
        return [
            (f"{constant}.{status}", answer.type())
            for constant, operation in vars(module).items()
            if type(operation).__name__ == "Operation"
            for status, answer in operation.answers.items()
            if hasattr(answer, "type")
        ]
    return []
