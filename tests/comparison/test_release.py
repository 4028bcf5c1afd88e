"""How versions go up, and how a release is written down."""

from __future__ import annotations

import tomllib

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


@pytest.mark.parametrize(
    ("header", "number"),
    [("[[packages]]", 0), ("[[packages]]", 1), ("[tool.calque]", 0)],
)
def test_the_version_is_written_where_the_settings_stand(
    header: str, number: int
) -> None:
    settings = (
        '[project]\nversion = "9"\n\n[tool.calque]  # ours\nstrict = true\n\n'
        '[[packages]]\nspec = "a"\nversion = "1.0.0"\n\n[[packages]]\n[packages.calls]\n'
    )
    before, after = (
        tomllib.loads(t)
        for t in (settings, versioned(settings, "2.0.0", header, number))
    )
    if header == "[tool.calque]":
        before["tool"]["calque"]["version"] = "2.0.0"
    else:
        before["packages"][number]["version"] = "2.0.0"
    assert after == before
    with pytest.raises(ValueError, match="no `"):
        versioned(settings, "2.0.0", header, 2)
