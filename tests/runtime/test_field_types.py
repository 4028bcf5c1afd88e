"""The annotations of models are evaluated once, to what they mean, and only where a type reaches."""

from __future__ import annotations

import subprocess
import sys
from typing import Literal

import pytest
from _runtime import field_types
from _runtime.codec import decode, decode_lenient, encode
from _runtime.field_types import resolve
from _runtime.models import UNSET, Model, UnsetType, const, field, read_only

PACKAGES = ["acs_call_automation", "harbour_traffic", "museum_archive"]


class Inner(Model, kw_only=True):
    name: str | None = None
    kind: Literal["a | b", "c"] | None | UnsetType = UNSET


class Outer(Model, kw_only=True):
    type_: Literal["outer"] = field(default=const("outer"), name="type")
    id: int = read_only()
    parts: dict[str, list[Inner]] | None | UnsetType = UNSET
    outer: Outer | None = None


class Apart(Model, kw_only=True):
    inner: Inner


def test_what_a_type_reaches_states_types_and_nothing_else_does() -> None:
    resolve(list[Outer])
    assert Outer.__annotations__ == {
        "type_": Literal["outer"],
        "id": int,
        "parts": dict[str, list[Inner]] | None,
        "outer": Outer,
    }
    assert Inner.__annotations__ == {
        "name": str,
        "kind": Literal["a | b", "c", None],
    }
    assert Apart.__annotations__ == {"inner": "Inner"}


def test_a_text_is_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class First(Model, kw_only=True):
        at: tuple[bytes, int] | None | UnsetType = UNSET
        to: tuple[bytes, int] | None | UnsetType = UNSET

    class Second(Model, kw_only=True):
        at: tuple[bytes, int] | None | UnsetType = UNSET

    resolve(Model)
    evaluated: list[str] = []
    evaluate = field_types.meaning

    def counted(text: str, names: dict[str, object]) -> object:
        evaluated.append(text)
        return evaluate(text, names)

    monkeypatch.setattr(field_types, "meaning", counted)
    resolve(dict[str, First | Second])
    assert evaluated == ["tuple[bytes, int] | None | UnsetType"]
    assert First.__annotations__["to"] is Second.__annotations__["at"]


def test_a_decoder_finds_types() -> None:
    class Met(Model, kw_only=True):
        inner: Apart

    assert decode(b'{"inner": {"inner": {"name": "x"}}}', Met) == Met(
        inner=Apart(inner=Inner(name="x"))
    )
    assert Apart.__annotations__ == {"inner": Inner}


SCRIPT = """
import sys
from importlib import import_module
from types import NoneType
from typing import Literal, Union, get_args, get_origin, get_type_hints
from {package} import models as m
from {package}._runtime.field_types import resolve
from {package}._runtime.models import Model, UnsetType

def read(kind):
    kinds = get_args(kind)
    if UnsetType not in kinds:
        return kind
    rest = [k for k in kinds if k is not UnsetType]
    if NoneType in rest and get_origin(rest[0]) is Literal:
        return Literal[*get_args(rest[0]), None]
    return Union[*rest]

found = [m, *(getattr(m, name) for name in m.__all__)]
found = [each for each in found if isinstance(each, type) and issubclass(each, Model)]
told = [get_type_hints(each, include_extras=True) for each in found]
assert any(isinstance(text, str) for each in found for text in each.__annotations__.values())
for each in found:
    resolve(each)
for each, hints in zip(found, told, strict=True):
    own = {{name: read(hints[name]) for name in each.__annotations__}}
    assert each.__annotations__ == own, each
print(len(found))
"""


@pytest.mark.parametrize("package", PACKAGES)
def test_it_means_what_typing_says(package: str) -> None:
    script = SCRIPT.format(package=package)
    path = [each for each in sys.path if each]
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ":".join(path)},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


class Shade(Model, kw_only=True):
    tone: Literal["light", "dark"] | None
    depth: Literal["deep"] | None | UnsetType = UNSET


def test_a_literal_that_may_be_null_tells_of_its_values_alone() -> None:
    shade, issues = decode_lenient(b'{"tone": "grey", "depth": 1}', Shade)
    assert [str(issue) for issue in issues] == [
        "$.tone: unknown value 'grey', expected 'light' or 'dark'",
        "$.depth: expected a string, got an integer",
    ]
    assert encode(shade) == b'{"tone":"grey","depth":1}'
    sent = b'{"tone":null,"depth":null}'
    assert encode(decode(sent, Shade)) == sent
