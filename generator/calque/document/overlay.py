"""What an overlay says: its actions in their order (OpenAPI Overlay Specification 1.0, 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calque.codes import Code
from calque.diagnostics import Diagnostic, Focus, Severity
from calque.document.limits import MAX_DEPTH
from calque.document.node import Node, join, type_name
from calque.document.similar import similar

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery

_VERSION = re.compile(r"1\.([01])(\.\d+)?")
_TOP = ("overlay", "info", "extends", "actions")
_ACTION = ("target", "description", "update", "remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A change of whatever `target` finds, which is one of `update`, `copy` and removal.

    `update` is the new value where it stands in the overlay. `copy` finds the value in
    the document. If neither is given, what is found is removed.
    """

    at: Node
    target: JSONPathQuery
    update: Node | None = None
    copy: JSONPathQuery | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """The actions of an overlay that can be understood, and what is wrong with it."""

    actions: tuple[Action, ...]
    diagnostics: tuple[Diagnostic, ...]


def understood(root: Node) -> Overlay:
    """The overlay that is the whole of a file, section 4.4.1."""
    if "overlay" not in root and "actions" not in root:
        advice = "an overlay begins with `overlay: 1.1.0`, and has `actions`"
        return Overlay((), (_invalid(root, "this is no overlay", advice),))
    found = [*_unknown(root, "overlay", _TOP)]
    version = root.text("overlay")
    match = _VERSION.fullmatch(version or "")
    if match is None:
        found.append(_version(root, version))
    if "info" not in root:
        found.append(_missing(root, "overlay", "info", Severity.WARNING))
    listed = root.get("actions")
    if listed is None:
        found.append(_missing(root, "overlay", "actions"))
    elif not isinstance(listed.value, list):
        found.append(_wrong_type(listed, "an array"))
    actions: list[Action] = []
    fields = (*_ACTION, "copy") if match is None or match[1] == "1" else _ACTION
    for entry in listed.elements() if listed else ():
        action = _action(entry, fields)
        if isinstance(action, Action):
            actions.append(action)
        else:
            found.extend(action)
    return Overlay(tuple(actions), tuple(found))


def _action(entry: Node, fields: tuple[str, ...]) -> Action | list[Diagnostic]:
    """An action, section 4.4.3, or what is wrong with it."""
    if not isinstance(entry.value, dict):
        return [_wrong_type(entry, "an object")]
    wrong = [*_unknown(entry, "action", fields)]
    target = _query(entry, "target")
    copy = _query(entry, "copy") if "copy" in entry and "copy" in fields else None
    wrong.extend(found for found in (target, copy) if isinstance(found, Diagnostic))
    removed = entry.get("remove")
    if removed is not None and not isinstance(removed.value, bool):
        wrong.append(_wrong_type(removed, "a boolean"))
    changes = [key for key in ("update", "copy") if key in entry and key in fields]
    if entry.flag("remove"):
        changes = []
    elif len(changes) != 1 and not wrong:
        wrong.append(_no_change(entry, both=bool(changes)))
    if wrong or isinstance(target, Diagnostic) or isinstance(copy, Diagnostic):
        return wrong
    update = entry.get("update") if changes == ["update"] else None
    copied = copy if changes == ["copy"] else None
    return Action(at=entry, target=target, update=update, copy=copied)


def _query(entry: Node, key: str) -> JSONPathQuery | Diagnostic:
    """The JSONPath (RFC 9535) that a member is, or what is wrong with it."""
    # Most runs have no overlay, and should not wait for the library.
    from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError

    class Environment(JSONPathEnvironment):
        max_recursion_depth = MAX_DEPTH + 1

    written = entry.get(key)
    if written is None:
        return _missing(entry, "action", key)
    if not isinstance(written.value, str):
        return _wrong_type(written, "a string")
    try:
        return Environment().compile(written.value)
    except JSONPathError as error:
        said = error.args[0] if error.args else "it cannot be read"
        return _invalid(
            written,
            f"`{key}` is not a JSONPath: {said}",
            "write one of RFC 9535, such as `$.paths['/calls'].get`",
        )


def _unknown(node: Node, what: str, fields: tuple[str, ...]) -> Iterator[Diagnostic]:
    for key in node.mapping():
        if key in fields or key.startswith("x-"):
            continue
        meant = similar(key, [f for f in fields if f not in node])
        advice = f"did you mean `{meant}`?" if meant else "remove it"
        if key == "copy":
            advice = "write `overlay: 1.1.0`, which has it"
        yield _invalid(
            Node(join(node.pointer, key), None),
            f"the {what} has an unknown field `{key}`",
            advice,
            focus=Focus.KEY,
        )


def _version(root: Node, version: str | None) -> Diagnostic:
    if version is None and "overlay" not in root:
        return _missing(root, "overlay", "overlay")
    known = re.fullmatch(r"\d+(\.\d+)+", version or "")
    return _invalid(
        root.below("overlay"),
        (
            f"overlays of version {version} are not supported yet"
            if known
            else "the value of `overlay` is not a version"
        ),
        "write `overlay: 1.1.0`, in quotes if it is shorter",
    )


def _missing(
    node: Node, what: str, key: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(
        severity=severity,
        code=(
            Code.OVERLAY_INVALID if severity is Severity.ERROR else Code.MISSING_FIELD
        ),
        message=f"the {what} has no `{key}`",
        help=f"add `{key}`",
        pointer=node.pointer,
    )


def _wrong_type(node: Node, right: str) -> Diagnostic:
    name = "an action" if node.key.isdecimal() else f"`{node.key}`"
    return _invalid(
        node,
        f"{name} is {type_name(node.value)}, but must be {right}",
        f"write {right}",
    )


def _no_change(entry: Node, *, both: bool) -> Diagnostic:
    return _invalid(
        entry,
        (
            "the action has both `update` and `copy`"
            if both
            else "the action does nothing"
        ),
        "keep one of them" if both else "give it `update`, `copy` or `remove: true`",
    )


def _invalid(
    node: Node, message: str, advice: str, focus: Focus = Focus.VALUE
) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code=Code.OVERLAY_INVALID,
        message=message,
        help=advice,
        pointer=node.pointer,
        focus=focus,
    )
