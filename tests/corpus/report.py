"""The table of a run over a corpus, in Markdown: facts, and nothing of the documents' text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from tests.corpus.outcome import Row

NOT_CHECKED = """\
Not checked: the types of documents of 200 KB and more, but for a fixed random 60; modules of the
runtime that are calque's own, byte for byte (`make types` does that); examples of what packages
have no use for (forms, parameters that only go out), or that do not fit their own schema.
What has `properties` and no `type` is taken for an object, what has `items` for an array.
"""


def report(rows: list[Row]) -> str:
    """The summary, then every document that something is wrong with, with the reason."""
    return "\n".join([*_summary(rows), "", NOT_CHECKED, *_details(rows)]) + "\n"


def _summary(rows: list[Row]) -> Iterator[str]:
    yield "# Real documents"
    yield ""
    yield f"Written by `make corpus`, over {len(rows):,} documents."
    yield from _states(rows)
    yield ""
    yield "| | |"
    yield "|---|---|"
    for name, value in _figures(rows).items():
        yield f"| {name} | {value:,} |"


def _states(rows: list[Row]) -> Iterator[str]:
    """Which states of calque the figures are of, each told by the digest of its files."""
    states = Counter(row.code for row in rows).most_common()
    told = ", ".join(f"{state} ({count:,} documents)" for state, count in states)
    yield f"The state of calque, by the digest of its files: {told}."
    older = sum(row.mypy is not None and row.stale for row in rows)
    if older:
        yield f"The types of {older:,} packages were checked as an earlier state made them."


def _figures(rows: list[Row]) -> Mapping[str, int]:
    made = [row for row in rows if row.status == "generated"]
    checked = [row for row in made if row.mypy is not None]
    return {
        "documents": len(rows),
        "generated": len(made),
        "refused with located errors": sum(r.status == "refused" for r in rows),
        "crashed": sum(r.status == "crashed" for r in rows),
        "operations in the generated documents": sum(r.operations for r in made),
        "operations in their packages": sum(r.methods for r in made),
        "packages with a fault (import, decoder)": sum(bool(r.faults) for r in made),
        "packages type-checked": len(checked),
        "of those with an error of mypy --strict": sum(bool(r.mypy) for r in checked),
        "of those with an error of pyright strict": sum(map(_by_pyright, checked)),
        "examples read and written as they are": sum(r.kept for r in made),
        "examples that come out otherwise": sum(len(r.altered) for r in made),
        "examples that do not fit their own schema": sum(r.unfit for r in made),
        "examples of what packages have no use for": sum(r.untried for r in made),
        "CPU seconds, generation alone": round(sum(r.seconds for r in rows)),
    }


def _by_pyright(row: Row) -> bool:
    return bool(row.pyright)


def _details(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        refused = [_code(line) for line in row.reasons if row.status == "refused"]
        wrong = [*refused, *(_quiet(line) for line in row.wrong)]
        if wrong:
            yield f"- `{row.document}`, {row.status}:"
            yield from (f"    - {line}" for line in dict.fromkeys(wrong[:6]))


def _code(line: str) -> str:
    """Where an error stands, and which it is: `1:52, unknown-type`."""
    place = re.search(r":(\d+:\d+): ", line)
    code = re.search(r"\[([\w-]+)\]$", line)
    return f"{place[1] if place else '?'}, {code[1] if code else '?'}"


def _quiet(line: str) -> str:
    """A fault without the values that it quotes."""
    return re.sub(r"(['\"]).*", "...", line)[:160].replace("`", "")
