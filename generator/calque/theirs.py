"""What a package takes from files that are the user's, and which of it is not there."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from calque.codes import Code
from calque.config import FILE, Config
from calque.diagnostics import Diagnostic, Location, Severity
from calque.document.similar import similar
from calque.whereabouts import shown

_STAR = re.compile(r"^\s*from\s.+\simport\s+\*", re.MULTILINE)
"""Brings names into a module that only running it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What is not there, at its place outside of the document."""

    diagnostic: Diagnostic
    location: Location

    def locate(self, diagnostic: Diagnostic) -> Location:
        """The place of it, whatever diagnostic is asked for."""
        return self.location


def lacks(package: Path, adopted: Iterable[str], config: Config) -> Iterator[Lack]:
    """What the modules of a package, in its folder, would be imported in vain for.

    `adopted` are files of the package that are the user's, as seen from the folder around.
    """
    for path in adopted:
        file = package.parent / path
        # What stands beside the modules, such as a README, may be given up.
        if file.is_relative_to(package) and not file.exists():
            yield _lack(
                Code.ADOPTED_MISSING,
                Location(file=str(shown(file))),
                f"`{path}` was adopted, so calque does not write it; it is not there",
                f"put it back, or say `calque adopt --undo {shown(file)}` and generate",
            )
    for class_, place in config.extend.items():
        message, advice = _absent(package, *place.split(".")) or ("", "")
        if message:
            at = config.at.location("extend", class_) if config.at else None
            at = at or Location(file=FILE)
            yield _lack(Code.EXTENSION_MISSING, at, message, advice)


def extending(package: Path, config: Config) -> Iterator[Path]:
    """The modules of `custom/` that a package derives from, wherever they may be."""
    for place in config.extend.values():
        yield from _files(package, place.partition(".")[0])


def _files(package: Path, module: str) -> tuple[Path, Path]:
    folder = package / "custom"
    return folder / f"{module}.py", folder / module / "__init__.py"


def _lack(code: Code, at: Location, message: str, advice: str) -> Lack:
    told = Diagnostic(
        severity=Severity.WARNING, code=code, message=message, help=advice
    )
    return Lack(diagnostic=told, location=at)


def _absent(package: Path, module: str, class_: str) -> tuple[str, str] | None:
    """What is wrong where `custom/` has no such class in such a module, and what to do."""
    there = [path for path in _files(package, module) if path.is_file()]
    if not there:
        path = shown(_files(package, module)[0])
        near = similar(module, [each.stem for each in path.parent.glob("*.py")])
        advice = (
            f"did you mean `{near}`?" if near else f"write it, with `{class_}` in it"
        )
        return f"there is no module `{path}` for the package to import", advice
    file = there[0]
    try:
        text = file.read_text("utf-8")
        table = symtable.symtable(text, str(file), "exec")
    except (SyntaxError, ValueError, OSError) as error:
        return f"`{shown(file)}` can't be read: {error}", "mend it"
    bound = [s.get_name() for s in table.get_symbols() if _bound(s)]
    if class_ in bound or _STAR.search(text):
        return None
    near = similar(class_, bound)
    advice = f"did you mean `{near}`?" if near else "write it there"
    return f"`{shown(file)}` has no class `{class_}`", advice


def _bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()
