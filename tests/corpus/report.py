"""The table of a run over a corpus, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.outcome import Row


def report(rows: list[Row]) -> str:
    """The summary, then every document that something is wrong with, with the reason."""
    return "\n".join([*_summary(rows), "", *_details(rows)]) + "\n"


def _summary(rows: list[Row]) -> Iterator[str]:
    generated = [row for row in rows if row.status == "generated"]
    checked = [row for row in generated if row.mypy is not None]
    yield "# Real documents"
    yield ""
    yield f"Written by `make corpus`, over {len(rows)} documents."
    yield ""
    yield "| | |"
    yield "|---|---|"
    for name, value in {
        "documents": len(rows),
        "generated": len(generated),
        "refused with located errors": sum(r.status == "refused" for r in rows),
        "crashed": sum(r.status == "crashed" for r in rows),
        "operations in the generated documents": sum(r.operations for r in generated),
        "operations in their packages": sum(r.methods for r in generated),
        "packages with a fault (import, decoder)": sum(
            bool(r.faults) for r in generated
        ),
        "packages type-checked": len(checked),
        "of those with an error of mypy --strict": sum(bool(r.mypy) for r in checked),
        "of those with an error of pyright strict": sum(
            bool(r.pyright) for r in checked
        ),
        "CPU seconds, generation alone": round(sum(r.seconds for r in rows)),
    }.items():
        yield f"| {name} | {value:,} |"


def _details(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        wrong = [
            *(row.reasons if row.status != "generated" else ()),
            *row.faults,
            *(row.mypy or ()),
            *(row.pyright or ()),
            *([f"{row.lost} operations lost"] if row.lost else ()),
        ]
        if wrong:
            yield f"- `{row.document}`, {row.status}:"
            yield from (f"    - `{line}`" for line in wrong[:6])
