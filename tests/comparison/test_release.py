"""How versions go up, and how a release is written down."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from calque.comparison import Bump
from calque.comparison.release import versioned
from calque.comparison.versions import next_version


@pytest.mark.parametrize(
    ("version", "bump", "following"),
    [
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("1.2", Bump.PATCH, "1.2.1"),
        ("1", Bump.MINOR, "1.1.0"),
        ("0.2.3", Bump.MAJOR, "0.3.0"),
        ("0.2.3", Bump.MINOR, "0.2.4"),
        ("1.0.0b1", Bump.MAJOR, "1.0.0b2"),
        ("2.0.0rc9", Bump.PATCH, "2.0.0rc10"),
        ("1.0.dev4", Bump.MINOR, "1.0.dev5"),
        ("1.2.3.post1", Bump.PATCH, "1.2.4"),
        ("1.2.3+local", Bump.MINOR, "1.3.0"),
        ("next", Bump.MAJOR, "next"),
    ],
)
def test_a_version_goes_up(version: str, bump: Bump, following: str) -> None:
    assert next_version(version, bump) == following


@pytest.mark.parametrize(
    "settings",
    [
        "",
        'package = "pets"\n',
        'version = "1.0.0"  # ours\npackage = "pets"\n',
        "package = \"pets\"\nversion='1.0.0'\n",
        '[calls]\nversion = "a.b"\n',
        'package = "pets"\n\n[calls]\nversion = "a.b"\n# the end\n',
        '# versions\n\nexclude = ["id:a"]\n[calls]\nget = "a.b"\n',
    ],
)
def test_the_version_is_all_that_changes_in_the_settings(settings: str) -> None:
    text = versioned(settings, "2.0.0")
    assert tomllib.loads(text) == tomllib.loads(settings) | {"version": "2.0.0"}
    kept = [line for line in settings.splitlines() if not line.startswith("version")]
    assert [line for line in kept if line and line not in text] == []
    assert versioned(text, "2.0.0") == text


SEVERAL = """[project]
version = "9"

[tool.calque]  # ours
strict = true

[[tool.calque.packages]]
spec = "a"
version = "1.0.0"

[[tool.calque.packages]]
[tool.calque.packages.calls]
"""


@pytest.mark.parametrize(
    ("settings", "table"),
    [
        (SEVERAL, ("tool", "calque", "packages", 0)),
        (SEVERAL, ("tool", "calque", "packages", 1)),
        (SEVERAL, ("tool", "calque")),
        ('[[ packages ]]\nspec = "a"', ("packages", 0)),
        ('packages = [{spec = "a"}, {spec = "b", strict = true}]', ("packages", 1)),
        ('packages = [\n  {spec = "a"}, # {one}\n]\n', ("packages", 0)),
        ('[tool]\ncalque = {spec = "a"}\n', ("tool", "calque")),
        ('[tool]\ncalque.spec = "a"\ncalque.output = "b"\n', ("tool", "calque")),
        ('"version" = "1"\nspec = "a"\n', ()),
        ('exclude = [\n  "id:a",\n]\n# the end', ()),
        ("# ours\n[calls]\na = 'b.c'\n", ()),
    ],
)
def test_the_version_is_written_where_the_settings_stand(
    settings: str, table: tuple[str | int, ...]
) -> None:
    before: Any = tomllib.loads(settings)
    after: Any = tomllib.loads(versioned(settings, "2.0.0", table))
    at = before
    for key in table:
        at = at[key]
    at["version"] = "2.0.0"
    assert after == before


def test_what_has_no_certain_place_is_not_written() -> None:
    with pytest.raises(ValueError, match="it has no sure place"):
        versioned("[tool.calque.calls]\na = 'b.c'\n", "2.0.0", ("tool", "calque"))
