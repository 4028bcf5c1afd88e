"""Each field of a document has its effect, or is told of, or is said to have none.

`everything.yaml` has every field of every object: each is taken out once, and then either the
package or what is said of the document has to be another one.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import yaml

from calque.config import Config
from calque.document.fields import fields
from calque.document.grammar import Kind, standing
from calque.document.grammar_3_2 import SHAPES_3_2
from calque.document.node import ROOT, Json, join, tokens
from calque.pipeline import package, understand

pytestmark = pytest.mark.once

HERE = Path(__file__).parent
EVERYTHING: Json = yaml.safe_load((HERE / "everything.yaml").read_text("utf-8"))
PAGE = (HERE.parents[1] / "docs" / "keywords.md").read_text("utf-8")
SAID = {*re.findall(r"`([^` :]+)", PAGE)}
"""What the page says has no effect, or none of its own."""


def objects(value: Json, pointer: str = ROOT) -> Iterator[tuple[Kind, str]]:
    """The objects of a document with their kinds, outer ones first."""
    there = standing(tokens(pointer), shapes=SHAPES_3_2)
    if isinstance(value, dict):
        if not there.member:
            yield there.kind, pointer
        for key, member in value.items():
            yield from objects(member, join(pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from objects(item, join(pointer, index))


def at(document: Json, pointer: str) -> dict[str, Json]:
    """The object at an Id."""
    here = document
    for token in tokens(pointer):
        here = (
            here[int(token)]
            if isinstance(here, list)
            else cast("dict[str, Json]", here)[token]
        )
    return cast("dict[str, Json]", here)


WHOLE = {
    *("not", "if", "then", "else", "dependentSchemas", "propertyNames", "contains"),
    *("contentSchema", "links", "callbacks"),
}
"""What is told of as a whole, if at all."""

SILENT = {
    "#/$self": "it is where the document is",
    "#/info/summary": "there is a description",
    "#/paths/~1pets/post/tags": "the path says the same",
    "#/paths/~1pets/post/responses/default/description": "the page says so",
}


def told(kind: Kind, pointer: str, key: str) -> bool:
    """Whether a field has to have an effect by itself; a type is told by other keywords, too."""
    implied = kind is Kind.SCHEMA and key == "type" and len(at(EVERYTHING, pointer)) > 1
    inside = not WHOLE.isdisjoint(tokens(pointer))
    return not implied and not inside and join(pointer, key) not in SILENT


PLACES = [
    (pointer, key)
    for kind, pointer in objects(EVERYTHING)
    for key in at(EVERYTHING, pointer)
    if key in fields(kind, SHAPES_3_2) and told(kind, pointer, key)
]

KINDS = (
    *(Kind.INFO, Kind.SERVER, Kind.SERVER_VARIABLE, Kind.OPERATION, Kind.PARAMETER),
    *(Kind.REQUEST_BODY, Kind.RESPONSE, Kind.TAG, Kind.SECURITY_SCHEME, Kind.SCHEMA),
    *(Kind.DISCRIMINATOR, Kind.XML, Kind.EXTERNAL_DOCS, Kind.OAUTH_FLOW),
)
"""The objects of which every field is in the document."""


def seen(document: Json, folder: Path) -> object:
    """All that comes of a document: its package, and what is said of it."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    result = understand(path)
    said = {(d.code, d.pointer, d.message) for d in result.diagnostics}
    if result.value is None:
        return said
    return said, package(result.value, Config(package="shown"), "").files


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> object:
    return seen(EVERYTHING, tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize(
    ("pointer", "key"), PLACES, ids=[f"{p}/{k}" for p, k in PLACES]
)
def test_a_field_has_an_effect_or_is_told_of(
    pointer: str, key: str, whole: object, tmp_path: Path
) -> None:
    without = copy.deepcopy(EVERYTHING)
    del at(without, pointer)[key]
    assert seen(without, tmp_path) != whole


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_there_or_is_said_to_have_no_effect(kind: Kind) -> None:
    there = {
        key
        for each, pointer in objects(EVERYTHING)
        if each is kind
        for key in at(EVERYTHING, pointer)
    }
    assert fields(kind, SHAPES_3_2) - there - SAID == set()
