"""`docs/wire.md`: the table of what a server received, written from the recording itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.wire.cell import Cell, Record
from tests.wire.styles import STYLES
from tests.wire.values import ABSENT, ALLOW_RESERVED, CONTENT, VALUES, WHOLE

PAGE = Path(__file__).parents[2] / "docs/wire.md"

CELLS = (*STYLES, *VALUES, *ALLOW_RESERVED, *CONTENT, *WHOLE, *ABSENT)

_HEAD = """\
# Parameters on the wire

What a recording server on loopback received from a generated package, for a parameter named
`color` in every style, location and kind of value that OpenAPI 3.2 defines. Each row is
compared with bytes written down from the specification: the tables of style examples
(OpenAPI 3.1.1, section 4.8.12.5), RFC 6570 for what they leave open, RFC 3986 for the
encoding. `tests/test_wire.py` fails if one differs, for the sync and for the async client;
`make golden` writes this page anew.

Where the specification has no answer, calque has these:

- An empty array or object is not sent, as RFC 6570 has it (section 3.2.1). A path would lead
  elsewhere without its parameter: there it is refused, and so is an empty string that leaves
  nothing behind.
- The delimiters of `spaceDelimited`, `pipeDelimited` and `deepObject` are percent-encoded,
  since RFC 3986 lets none of them stand in a query. Exploded, the first two are `form`.
- `allowReserved` lets stand what means itself in a query: not `#`, `[`, `]`, `&` and `+`. What
  is percent-encoded already stays as it is.
- Exploded values of a cookie are cookies of their own, joined by `; ` (RFC 6265, section 4.2.1);
  their values are percent-encoded. In the style `cookie` they stand as they are given: one that
  no cookie can carry is refused.
- A header field carries UTF-8 as it is, without percent-encoding; a line break is refused.
- What is nested deeper than its style knows is written as JSON.
"""

_GROUPS: tuple[tuple[str, Sequence[Cell]], ...] = (
    ("Styles", STYLES),
    ("Values", VALUES),
    ("`allowReserved`", ALLOW_RESERVED),
    ("`content`", CONTENT),
    ("The whole query", WHOLE),
    ("Absent and hostile values", ABSENT),
)


def page(found: Sequence[str]) -> str:
    """The whole page, for what was received of `CELLS` in their order."""
    parts = [_HEAD]
    rows = iter(zip(CELLS, found, strict=True))
    for title, cells in _GROUPS:
        parts.append(f"\n## {title}\n\n{_table([next(rows) for _ in cells])}")
    return "".join(parts)


def _table(rows: Sequence[tuple[Cell, str]]) -> str:
    head = "| in | style | explode | schema | value | received |\n|---|---|---|---|---|---|\n"
    return head + "".join(_row(cell, found) for cell, found in rows)


def _row(cell: Cell, found: str) -> str:
    explode = "" if cell.explode is None else str(cell.explode).lower()
    columns = [
        cell.location,
        cell.media or cell.style or "(default)",
        explode,
        _schema(cell),
        _code(_value(cell.value)),
        found if found.startswith("(") else _code(found),
    ]
    return f"| {' | '.join(columns)} |\n"


def _schema(cell: Cell) -> str:
    schema = cell.schema
    if "$ref" in schema:
        return "object, a class"
    if "format" in schema:
        return str(schema["format"])
    return str(schema.get("type", "enum" if schema else "any"))


def _value(value: object) -> str:
    if isinstance(value, Record):
        return f"Color(r={value.red}, g={value.green}, b={value.blue})"
    return repr(value).replace("datetime.", "dt.")


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|") if text else "(empty)"
