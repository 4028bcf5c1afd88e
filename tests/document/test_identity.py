"""Schemas that call themselves something: `$id`, and what references in and to them mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.document.given import HEAD, codes, schemas

from calque.document import load
from calque.resolve import resolve

SCHEMAS = "#/components/schemas"
OUTER = "$id: 'https://e.com/s/outer', $defs: {X: {$anchor: here, type: string}, I: {$id: inner, $defs: {X: {$anchor: here}}, properties: {a: {$ref: '%s'}}}}, properties: {a: {$ref: '%s'}}"


@pytest.mark.parametrize(
    ("reference", "inside", "outside"),
    [
        ("#/$defs/X", "Outer/$defs/I/$defs/X", "Outer/$defs/X"),
        ("#", "Outer/$defs/I", "Outer"),
        ("#here", "Outer/$defs/I/$defs/X", "Outer/$defs/X"),
        ("inner", "Outer/$defs/I", "Outer/$defs/I"),
        ("inner#here", "Outer/$defs/I/$defs/X", "Outer/$defs/I/$defs/X"),
        ("outer#/$defs/X", "Outer/$defs/X", "Outer/$defs/X"),
        ("/s/outer#/$defs/X", "Outer/$defs/X", "Outer/$defs/X"),
        ("https://e.com/s/inner#/$defs/X", *["Outer/$defs/I/$defs/X"] * 2),
        # Many write an `$id` and go on to refer to places of the whole file.
        ("#/components/schemas/Plain", "Plain", "Plain"),
        ("#plain", "Plain", "Plain"),
    ],
)
def test_references_are_relative_to_the_schema_that_has_an_id(
    tmp_path: Path, reference: str, inside: str, outside: str
) -> None:
    text = f"Outer: {{{OUTER % (reference, reference)}}}\nPlain: {{$anchor: plain}}"
    found = resolve(schemas(tmp_path, text, HEAD))
    assert found.diagnostics == ()
    inner = f"{SCHEMAS}/Outer/$defs/I/properties/a"
    assert found.targets[inner] == f"{SCHEMAS}/{inside}"
    assert found.targets[f"{SCHEMAS}/Outer/properties/a"] == f"{SCHEMAS}/{outside}"


def test_a_schema_is_named_by_its_id_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text(
        "A: {$id: 'urn:calls:a', type: string}\nB: {$ref: 'urn:calls:main'}\n"
    )
    text = (
        "M: {$id: 'urn:calls:main', type: object}\n"
        "P: {$ref: 'part.yaml#/B'}\nQ: {$ref: 'part.yaml#/A'}\n"
        "R: {$ref: 'urn:calls:a'}"
    )
    found = resolve(schemas(tmp_path, text, HEAD))
    assert found.diagnostics == ()
    assert found.targets["part.yaml#/B"] == f"{SCHEMAS}/M"
    assert found.targets[f"{SCHEMAS}/R"] == "part.yaml#/A"


def test_a_file_beside_a_schema_with_an_id_is_still_a_file(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text("type: string")
    text = "A: {$id: 'https://e.com/a', properties: {b: {$ref: part.yaml}}}"
    found = resolve(schemas(tmp_path, text, HEAD))
    assert found.diagnostics == ()
    assert found.targets[f"{SCHEMAS}/A/properties/b"] == "part.yaml#"


def test_an_id_in_an_example_is_data(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(
        f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n"
        "    A: {type: object, example: {$id: 'urn:a'}}\n    B: {$ref: 'urn:a'}\n"
    )
    found = load(path)
    assert found.document is not None
    assert codes(resolve(found.document).diagnostics) == ["remote-ref"]
