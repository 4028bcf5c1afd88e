"""What files hold, and what may be wrong with them before they are OpenAPI."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.document.given import codes

from calque.diagnostics import Position, render
from calque.document.node import Json
from calque.document.read import Reading, read

TEXT = 'openapi: 3.1.0\ninfo: {title: "Déjà vu 😀", version: "1"}\n'


def reading(folder: Path, content: bytes | str, name: str = "openapi.yaml") -> Reading:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def value(folder: Path, text: str, name: str = "openapi.yaml") -> Json:
    result = reading(folder, text, name)
    assert result.root is not None, result.diagnostics
    return result.root.value


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32"],
)
def test_encodings_with_and_without_mark(tmp_path: Path, encoding: str) -> None:
    found = reading(tmp_path, TEXT.encode(encoding))
    assert found.root is not None
    assert found.root / "info" / "title"
    assert (found.root / "info").text("title") == "Déjà vu 😀"
    assert found.source.position(0) == Position(1, 1)


def test_an_offset_is_counted_in_code_points(tmp_path: Path) -> None:
    found = reading(tmp_path, TEXT)
    offset = found.source.text.index("version")
    assert found.source.position(offset) == Position(2, 28)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("Null", None),
        ("2022-04-07", "2022-04-07"),
        ("2022-04-07T01:02:03Z", "2022-04-07T01:02:03Z"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0777", 777),
        ("0o17", 15),
        ("0x1F", 31),
        ("-12", -12),
        ("+3", 3),
        ("1.", 1.0),
        (".5e3", 500.0),
        ("1e3", 1000.0),
        ("1e", "1e"),
        (".", "."),
        ("=", "="),
        ("'5'", "5"),
        ('"true"', "true"),
        ("!!str 5", "5"),
        ("!!int 5", 5),
        ("!!float 5", 5),
        ("! 5", "5"),
        ("!!bool true", True),
        ("!!null ''", None),
        ("!!seq [1]", [1]),
        ("!!map {a: 1}", {"a": 1}),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
    ],
)
def test_scalars_of_the_core_schema(tmp_path: Path, text: str, meant: Json) -> None:
    found = value(tmp_path, f"a: {text}\n")
    assert isinstance(found, dict)
    assert (found["a"], type(found["a"])) == (meant, type(meant))


def test_keys_are_the_text_they_are_written_as(tmp_path: Path) -> None:
    text = "{200: a, true: b, ~: c, 1.50: d, 0o17: e, 2022-04-07: f, <: g, on: h}"
    keys = ["200", "true", "~", "1.50", "0o17", "2022-04-07", "<", "on"]
    found = value(tmp_path, f"a: {text}\n")
    assert found == {"a": dict(zip(keys, "abcdefgh", strict=True))}


def test_merge_keys(tmp_path: Path) -> None:
    text = """
one: &one {a: 1, b: 1}
two: &two {b: 2, c: 2}
mine: {<<: *one, a: 0}
late: {a: 0, <<: [*one, *two]}
quoted: {"<<": *one}
inline: {<<: {z: 1}}
"""
    found = value(tmp_path, text)
    assert isinstance(found, dict)
    assert found["mine"] == {"a": 0, "b": 1}
    assert found["late"] == {"a": 0, "b": 1, "c": 2}
    assert found["quoted"] == {"<<": {"a": 1, "b": 1}}
    assert found["inline"] == {"z": 1}


def test_an_anchor_can_be_given_again(tmp_path: Path) -> None:
    text = "a: &x 1\nb: *x\nc: &x 2\nd: *x\n"
    assert value(tmp_path, text) == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_a_merge_without_object_is_an_error(tmp_path: Path) -> None:
    assert codes(reading(tmp_path, "a: {<<: 5}\n").diagnostics) == ["yaml-merge"]


@pytest.mark.parametrize(
    "tag", ["!!timestamp 2022-04-07", "!!binary aGk=", "!!set {a}", "!own 5", "!!int x"]
)
def test_tags_that_plain_data_does_not_have(tmp_path: Path, tag: str) -> None:
    found = reading(tmp_path, f"a: {tag}\n")
    assert found.root is None
    assert codes(found.diagnostics)[0] in ("yaml-tag", "not-json")


def test_aliases_share_and_are_counted(tmp_path: Path) -> None:
    links = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    found = reading(tmp_path, f"a0: &a0 {{x: 1}}\n{links}")
    assert codes(found.diagnostics) == ["alias-bomb"]


def test_aliases_cannot_be_used_to_nest_without_end(tmp_path: Path) -> None:
    deep = "".join(f"a{n}: &a{n} {'[' * 90}*a{n - 1}{']' * 90}\n" for n in range(1, 20))
    found = reading(tmp_path, f"a0: &a0 {{x: 1}}\n{deep}")
    assert codes(found.diagnostics) == ["too-deep"]


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
@pytest.mark.parametrize("depth", [250, 5_000, 200_000])
def test_nesting_without_end(tmp_path: Path, name: str, depth: int) -> None:
    found = reading(tmp_path, '{"a": ' + "[" * depth + "]" * depth + "}", name)
    assert codes(found.diagnostics) == ["too-deep"]


def test_nesting_as_deep_as_is_allowed(tmp_path: Path) -> None:
    text = '{"a": ' + "[" * 199 + "]" * 199 + "}"
    assert value(tmp_path, text, "a.json") == value(tmp_path, text, "a.yaml")


@pytest.mark.parametrize("text", ["", "   \n", "# Nothing.\n", "---\n", "null\n"])
def test_an_empty_document(tmp_path: Path, text: str) -> None:
    assert codes(reading(tmp_path, text).diagnostics) == ["empty"]


@pytest.mark.parametrize("text", ["[]", "5", '"text"', "true"])
@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_what_is_not_an_object(tmp_path: Path, text: str, name: str) -> None:
    assert codes(reading(tmp_path, text, name).diagnostics) == ["not-an-object"]


def test_json_is_recognised_whatever_the_file_is_called(tmp_path: Path) -> None:
    text = '{\n\t"a":\t["\\ud83d\\ude00", {"b": 1}]\n}'
    for name in ("a.yaml", "a", "a.txt"):
        assert value(tmp_path, text, name) == {"a": ["😀", {"b": 1}]}


def test_a_flow_mapping_is_yaml(tmp_path: Path) -> None:
    assert value(tmp_path, "{a: [b], c: d}\n") == {"a": ["b"], "c": "d"}


def test_half_a_surrogate_pair_is_replaced_with_a_warning(tmp_path: Path) -> None:
    text = r'{"pattern": "[\ud800-\udbff]", "fine": "\ud83d\ude00 \\ud800"}'
    found = reading(tmp_path, text, "a.json")
    assert found.root is not None
    assert found.root.value == {"pattern": "[\ufffd-\ufffd]", "fine": "😀 \\ud800"}
    assert codes(found.diagnostics) == ["lone-surrogate?"] * 2
    places = [d.position for d in found.diagnostics]
    assert places == [Position(1, 15), Position(1, 22)]


def test_a_long_integer_is_refused(tmp_path: Path) -> None:
    for name in ("a.json", "a.yaml"):
        found = reading(tmp_path, '{"a": ' + "1" * 5000 + "}", name)
        assert codes(found.diagnostics) == ["not-json"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(TEXT)
    found = read(tmp_path / "openapi.yml")
    assert codes(found.diagnostics) == ["unreadable-file"]
    (missing,) = found.diagnostics
    assert render(missing, found.source) == (
        f"{tmp_path}/openapi.yml: error: there is no such file [unreadable-file]\n"
        f"      = help: did you mean `{tmp_path}/openapi.yaml`?"
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (missing,) = read(tmp_path / "nowhere/openapi.yaml").diagnostics
    assert missing.help == f"there is no directory `{tmp_path}/nowhere` either"


def test_a_directory(tmp_path: Path) -> None:
    (wrong,) = read(tmp_path).diagnostics
    assert wrong.message == "this is a directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(TEXT)
    path.chmod(0)
    (wrong,) = read(path).diagnostics
    assert wrong.message == "the file must not be read"


def test_a_name_that_no_file_has() -> None:
    (wrong,) = read(Path("a\0b")).diagnostics
    assert wrong.code == "unreadable-file"


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    found = reading(tmp_path, json.dumps({"a": 1}), "a.json")
    assert found.source.sha256.startswith("f9d86028c6e0d64e225186f96acb6933")
