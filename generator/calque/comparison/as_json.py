"""A report for programs: JSON."""

from __future__ import annotations

import json

from calque.comparison.change import Change, Report, Side
from calque.comparison.versions import next_version


def as_json(report: Report) -> str:
    """The text of a report; its keys stay as they are, others may join them."""
    version = report.old.client.version
    said = {
        "bump": report.bump.name.lower(),
        "version": {"old": version, "next": next_version(version, report.bump)},
        "counts": {effect.value: n for effect, n in report.counts().items()},
        "changes": [_change(change) for change in report.changes],
    }
    return json.dumps(said, indent=2, ensure_ascii=True)


def _change(change: Change) -> dict[str, object]:
    return {
        "code": change.rule.code,
        "effect": change.effect.value,
        "effects": [effect.value for effect in change.rule.effects],
        "bump": change.rule.bump.name.lower(),
        "subject": change.subject,
        "means": change.rule.means,
        "adapt": change.rule.adapt,
        "old": _side(change.old),
        "new": _side(change.new),
    }


def _side(side: Side | None) -> dict[str, str] | None:
    if side is None:
        return None
    return {"id": side.id, "place": side.place, "python": side.python}
