"""Which version of OpenAPI a document says it is written in, and which ones are read."""

from __future__ import annotations

import re
from enum import StrEnum

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.node import ROOT, Node
from calque.document.others import by_keys

_VERSION = re.compile(r"(\d+)\.(\d+)(\.\d+)?(-.+)?")

_CONVERT = "convert the document to one of them first"


class Version(StrEnum):
    """The versions that are read. Patch releases change nothing for a document."""

    V2_0 = "2.0"
    V3_0 = "3.0"
    V3_1 = "3.1"
    V3_2 = "3.2"


def find_version(root: Node) -> tuple[Version | None, tuple[Diagnostic, ...]]:
    """The version the document names, or None and what is wrong with its naming.

    OpenAPI 3.1.1, section 4.8.1: `openapi` is required, and tools use major and minor.
    """
    for key in ("openapi", "swagger"):
        named = root.get(key)
        if named is not None:
            return _read(key, named)
    return None, (_missing(root),)


def _read(key: str, named: Node) -> tuple[Version | None, tuple[Diagnostic, ...]]:
    value = named.value
    if key == "swagger":
        return _swagger(named)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return None, (_number(named, value, key),)
    match = _VERSION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None, (_unreadable(named),)
    number = f"{match[1]}.{match[2]}"
    if number not in tuple(Version) or number == Version.V2_0:
        return None, (_unsupported("OpenAPI", named),)
    if match[3] is None:
        return Version(number), (_short(named, number),)
    return Version(number), ()


def _swagger(named: Node) -> tuple[Version | None, tuple[Diagnostic, ...]]:
    """Swagger 2.0: the value must be `"2.0"`; the number 2.0 can mean nothing else."""
    if named.value == Version.V2_0.value:
        return Version.V2_0, ()
    if isinstance(named.value, float) and named.value == 2.0:
        return None, (_number(named, named.value, "swagger"),)
    return None, (_unsupported("Swagger", named),)


def _missing(root: Node) -> Diagnostic:
    similar = [key for key in root.mapping() if key.lower().strip() == "openapi"]
    if not similar and (other := by_keys(root)):
        return Diagnostic(
            severity=Severity.ERROR,
            code=Code.VERSION_MISSING,
            message=other.message,
            help=other.advice,
            pointer=ROOT,
            focus=Focus.KEY,
        )
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.VERSION_MISSING,
        message="the document does not say which version of OpenAPI it is written in",
        help=(
            f"did you mean `openapi` instead of `{similar[0]}`?"
            if similar
            else "an OpenAPI document begins with a line such as `openapi: 3.1.0`"
        ),
        pointer=f"{ROOT}/{similar[0]}" if similar else ROOT,
        focus=Focus.KEY,
    )


def _number(named: Node, value: float, key: str) -> Diagnostic:
    meant = f"{value}.0" if str(value) in tuple(Version) else "3.1.0"
    if key == "swagger":
        meant = "2.0"
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.VERSION_NOT_TEXT,
        message=f"the version is written as the number {value}, but it is a string",
        help=f'write it in full and in quotes: `{key}: "{meant}"`',
        pointer=named.pointer,
    )


def _unreadable(named: Node) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.VERSION_UNKNOWN,
        message="the value of `openapi` is not a version",
        help="write the version in full, for example `openapi: 3.1.0`",
        pointer=named.pointer,
    )


def _unsupported(name: str, named: Node) -> Diagnostic:
    shown = named.value if isinstance(named.value, str | float) else "documents"
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.VERSION_UNSUPPORTED,
        message=f"{name} {shown} is not supported yet",
        help=f"Swagger 2.0 and OpenAPI 3.0 to 3.2 are; {_CONVERT}",
        pointer=named.pointer,
    )


def _short(named: Node, number: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING,
        code=Code.VERSION_SHORT,
        message=f'the version "{number}" has no third number',
        help=f"write the version in full, for example `openapi: {number}.0`",
        pointer=named.pointer,
    )
