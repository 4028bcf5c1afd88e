"""Templates are compiled by the first run, and taken as they were by those after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.bccache import bc_magic

import calque
from calque.render import engine

SPEC = Path(__file__).parents[2] / "spec/acs-call-automation/openapi.yaml"


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "calque/templates"


def compiled(monkeypatch: pytest.MonkeyPatch, *, kept: bool = True) -> list[str]:
    """Makes a package as a process does that has just begun: the templates it compiled."""
    names: list[str] = []
    compile_ = Environment.compile

    def noted(self: Environment, source: str, name: str, filename: str) -> object:
        names.append(name)
        return compile_(self, source, name, filename)

    engine.environment.cache_clear()
    engine.compiled.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(Environment, "compile", noted)
        calque.generate(SPEC)
    if kept:
        engine.compiled().keep()
    return names


def test_a_template_is_compiled_once(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compiled(monkeypatch)
    assert names
    assert len(names) == len(list(cached.iterdir()))
    assert not compiled(monkeypatch)


def test_a_program_takes_what_there_is_and_leaves_nothing(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compiled(monkeypatch, kept=False)
    assert not cached.exists()
    compiled(monkeypatch)
    there = {path: path.stat().st_mtime_ns for path in cached.iterdir()}
    assert not compiled(monkeypatch, kept=False)
    assert {path: path.stat().st_mtime_ns for path in cached.iterdir()} == there


def turned(held: bytes) -> bytes:
    return held[:-9] + bytes([held[-9] ^ 1]) + held[-8:]


def cut(held: bytes) -> bytes:
    """Ends where what it is of would be read."""
    return held[: held.index(b"j2") + len(bc_magic)]


def halved(held: bytes) -> bytes:
    return held[: len(held) // 2]


def replaced(_: bytes) -> bytes:
    return b"something else"


@pytest.mark.parametrize("damage", [turned, cut, halved, replaced])
def test_what_is_not_what_was_compiled_is_left_alone(
    cached: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[bytes], bytes],
) -> None:
    names = compiled(monkeypatch)
    for file in cached.iterdir():
        file.write_bytes(damage(file.read_bytes()))
    assert compiled(monkeypatch) == names


def test_a_cache_that_cannot_be_written_is_done_without(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached.parent.write_text("a file where a folder would be", "utf-8")
    assert compiled(monkeypatch) == compiled(monkeypatch)
