"""The words for classes of changes and for versions, the same in every form of a report."""

from __future__ import annotations

from calque.comparison.change import Report
from calque.comparison.rule import Bump, Effect
from calque.comparison.versions import next_version

TITLES = {
    Effect.TYPE_CHECK: "Breaks at type-check",
    Effect.RUN_TIME: "Breaks at run time",
    Effect.BEHAVIOUR: "Behaves differently",
    Effect.ADDITION: "Additions",
    Effect.DOCUMENTATION: "Documentation",
}

_BUMPS = {
    Bump.NONE: "nothing that callers see has changed",
    Bump.PATCH: "a patch release: only words have changed",
    Bump.MINOR: "a minor release: programs go on as they are",
    Bump.MAJOR: "a major release: programs break, or silently do something else",
}


def verdict(report: Report) -> str:
    """Which release the changes ask for, in a sentence."""
    version = report.old.client.version
    following = next_version(version, report.bump)
    to = f" ({version} → {following})" if following != version else ""
    return f"This is {_BUMPS[report.bump]}{to}." if report.bump else "Nothing changes."


def tally(report: Report) -> str:
    """How many changes there are of each class."""
    said = [f"{TITLES[e]}: {n}" for e, n in report.counts().items() if n]
    return ". ".join(said) or "No changes"
