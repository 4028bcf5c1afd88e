"""Which version a package has after changes of its surface (Semantic Versioning 2.0.0).

Of a version 0.y.z anything may change at any time; by custom, y goes up where something
breaks, and z otherwise. A pre-release (`1.0.0b1`) promises nothing yet: only its number
goes up.
"""

from __future__ import annotations

import re

from calque.comparison.rule import Bump

_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.\d+)*(.*)")
_PRE_RELEASE = re.compile(r"(a|b|rc|\.dev)(\d+)")


def next_version(version: str, bump: Bump) -> str:
    """The version after a bump; what is no version (PEP 440) is left as it is."""
    found = _VERSION.fullmatch(version)
    if found is None or bump is Bump.NONE:
        return version
    major, minor, patch = (int(found[part] or 0) for part in (1, 2, 3))
    if (pre := _PRE_RELEASE.match(found[4])) is not None:
        head = version[: len(version) - len(found[4])]
        return f"{head}{pre[1]}{int(pre[2]) + 1}"
    if not major:
        bump = Bump.MINOR if bump is Bump.MAJOR else Bump.PATCH
    match bump:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case _:
            return f"{major}.{minor}.{patch + 1}"
