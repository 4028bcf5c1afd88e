"""For a random schema and a random value that fits it, to read and to write is nothing.

CALQUE_EXAMPLES sets how many documents are tried; by default it is a few, always the same.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from calque.config import Config
from calque.document.node import Json
from calque.pipeline import package, understand
from calque.render.engine import templates
from tests.corpus.fidelity import faults
from tests.properties.schemas import Drawn, schemas

NAME = "drawn"
FEW = 40
EXAMPLES = int(os.environ.get("CALQUE_EXAMPLES", FEW))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place for packages, with the whole runtime: it stays while models come and go."""
    place = tmp_path_factory.mktemp("drawn")
    runtime = templates() / "client" / "{package}" / "_runtime"
    shutil.copytree(runtime, place / NAME / "_runtime")
    sys.path.insert(0, str(place))
    yield place
    sys.path.remove(str(place))
    for module in [m for m in sys.modules if m.partition(".")[0] == NAME]:
        del sys.modules[module]


def models(folder: Path, document: Json) -> ModuleType:
    """The models of a document, imported anew."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    result = understand(path)
    assert result.value is not None, [d.message for d in result.diagnostics]
    shutil.rmtree(folder / NAME / "models", ignore_errors=True)
    for file, text in package(result.value, Config(package=NAME), "").files.items():
        if file.startswith(f"{NAME}/") and "/_runtime/" not in file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, "utf-8")
    for module in [m for m in sys.modules if m.startswith(f"{NAME}.models")]:
        del sys.modules[module]
    # Two files written within a second look the same to Python's cache.
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    return importlib.import_module(f"{NAME}.models")


def document(drawn: list[Drawn]) -> Json:
    """A document with a model for each schema, of which the last contains itself."""
    held: dict[str, Json] = {
        f"Holder{number}": {
            "type": "object",
            "required": ["value"],
            "properties": {
                "value": each.schema,
                "again": {"$ref": f"#/components/schemas/Holder{number}"},
            },
        }
        for number, each in enumerate(drawn)
    }
    info: Json = {"title": "Drawn", "version": "1"}
    components: Json = {"schemas": held}
    return {"openapi": "3.1.1", "info": info, "paths": {}, "components": components}


@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,
    deadline=None,
    # A shrinking of many packages takes minutes: the note says what was tried.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(schemas(), min_size=4, max_size=4), st.data())
def test_to_read_and_to_write_changes_nothing(
    folder: Path, drawn: list[Drawn], data: st.DataObject
) -> None:
    given_ = document(drawn)
    note(json.dumps(given_))
    made = models(folder, given_)
    for number, each in enumerate(drawn):
        holder: object = getattr(made, f"Holder{number}")
        for _ in range(3):
            value: dict[str, Json] = {"value": data.draw(each.values)}
            if data.draw(st.booleans()):
                value = {**value, "again": value}
            assert [*faults(NAME, holder, value)] == [], value
