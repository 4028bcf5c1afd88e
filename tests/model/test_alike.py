"""Properties that say the same are read once, and are what they would be anywhere."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from calque.document.node import Json, Node
from calque.model.declarations import Field, Record
from calque.model.schemas import Schemas
from calque.model.types import Anything, Kind, Literals, Ref, Scalar, Type, any_of
from calque.pipeline import Result, understand


def read(folder: Path, *properties: dict[str, Json]) -> Result:
    """Schemas `S0`, `S1`... with these properties, all of which an operation answers."""
    schemas: dict[str, Json] = {
        f"S{number}": {"type": "object", "properties": each}
        for number, each in enumerate(properties)
    }
    names: list[Json] = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    body: Json = {"schema": {"type": "array", "items": {"anyOf": names}}}
    answer: Json = {"description": "It.", "content": {"application/json": body}}
    document: Json = {
        "openapi": "3.1.0",
        "info": {"title": "Ships", "version": "1"},
        "paths": {"/ships": {"get": {"responses": {"200": answer}}}},
        "components": {"schemas": schemas},
    }
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    return understand(path)


def fields(result: Result) -> list[Field]:
    assert result.value is not None, result.diagnostics
    records = [d for d in result.value.declarations if isinstance(d, Record)]
    return [field for record in records for field in record.fields]


def test_they_differ_by_place_and_name_alone(tmp_path: Path) -> None:
    said: Json = {"type": "string", "format": "date", "description": "Launched."}
    one, other = fields(read(tmp_path, {"built": said}, {"sunk": said}))
    assert (one.id, one.name) == ("#/components/schemas/S0/properties/built", "built")
    assert (other.id, other.name) == ("#/components/schemas/S1/properties/sunk", "sunk")
    assert one.type == other.type == Scalar(Kind.DATE)
    assert one.doc == other.doc == "Launched."


def test_all_that_is_said_is_said_of_each(tmp_path: Path) -> None:
    said: Json = {
        "type": "string",
        "maxLength": 9,
        "description": "A name.",
        "default": "a",
        "example": "b",
        "deprecated": True,
        "readOnly": True,
        "writeOnly": True,
    }
    first = read(tmp_path, {"a": said}, {"b": said})
    _, other = fields(first)
    alone = fields(read(tmp_path, {"a": {}}, {"b": said}))[1]
    usual = fields(read(tmp_path, {"a": {}}, {"b": {}}))[1]
    assert other == alone
    # Whatever a field has besides, it has to be said here; XML is said of in an object.
    same = {f.name for f in dataclasses.fields(Field) if is_as(f.name, alone, usual)}
    assert same == {"id", "name", "required", "xml"}


def is_as(name: str, one: Field, other: Field) -> bool:
    return bool(getattr(one, name) == getattr(other, name))


def test_what_is_wrong_with_them_is_said_of_each(tmp_path: Path) -> None:
    said: Json = {"type": "string", "minContains": 1}
    result = read(tmp_path, {"a": said}, {"b": said})
    places = [d.pointer for d in result.diagnostics]
    assert "#/components/schemas/S0/properties/a/minContains" in places
    assert "#/components/schemas/S1/properties/b/minContains" in places


@pytest.mark.parametrize(
    ("one", "other", "types"),
    [
        ({}, True, (Anything(), Anything())),
        ({"enum": [1]}, {"enum": [True]}, (Literals((1,)), Scalar(Kind.BOOLEAN))),
        ({"enum": [1]}, {"enum": ["1"]}, (Literals((1,)), Literals(("1",)))),
        (
            {"type": ["string", "null"]},
            {"type": ["null", "string"]},
            (any_of(Scalar(Kind.STRING)), any_of(Scalar(Kind.STRING))),
        ),
    ],
)
def test_what_python_takes_for_the_same_is_not(
    tmp_path: Path, one: Json, other: Json, types: tuple[Type, Type]
) -> None:
    found = [f.type for f in fields(read(tmp_path, {"a": one}, {"a": other}))]
    for type_, wanted in zip(found, types, strict=True):
        assert type_ == wanted or wanted in getattr(type_, "options", ())


def test_what_is_declared_stands_where_it_stands(tmp_path: Path) -> None:
    inner: Json = {"type": "object", "properties": {"n": {"type": "integer"}}}
    result = read(tmp_path, {"a": inner}, {"a": inner})
    refs = [f.type for f in fields(result) if f.name == "a"]
    places = [f"#/components/schemas/S{n}/properties/a" for n in (0, 1)]
    assert refs == [Ref(place) for place in places]


def test_they_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Counter[str]()
    type_of: Callable[[Schemas, Node, tuple[str, ...]], Type] = Schemas.type_of

    def counted(self: Schemas, node: Node, hint: tuple[str, ...]) -> Type:
        seen[node.pointer.rpartition("/")[2]] += 1
        return type_of(self, node, hint)

    monkeypatch.setattr(Schemas, "type_of", counted)
    said: dict[str, Json] = {"name": {"type": "string", "description": "A name."}}
    read(tmp_path, *[said] * 50)
    assert seen["name"] == 1


def test_literals_of_other_types_are_others() -> None:
    assert Literals((1,)) != Literals((True,))
    assert len({Literals((1,)), Literals((True,)), Literals((1.0,))}) == 3
