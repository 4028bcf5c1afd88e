"""Documents of several files: which are read, what references mean, where faults stand."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from tests.document.given import HEAD, HEAD_3_0, at, codes

from calque.diagnostics import Diagnostic, in_order, render
from calque.document import Document, Terms, load
from calque.resolve import Resolved, resolve

SCHEMAS = "#/components/schemas"
MAIN = "openapi.yaml"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes files into a folder; a main file without a head gets one."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / MAIN


def main(*lines: str, head: str = HEAD) -> str:
    """A main file with these schemas."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"{head}paths: {{}}\ncomponents:\n  schemas:\n{body}"


def read(folder: Path, files: dict[str, str]) -> Resolved:
    """The resolved document, without anything wrong."""
    loaded = load(write(folder, files))
    assert loaded.document is not None
    assert loaded.diagnostics == ()
    found = resolve(loaded.document)
    assert found.diagnostics == ()
    return found


def faults(
    folder: Path, files: dict[str, str]
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The document and all that is wrong with it, in order."""
    loaded = load(write(folder, files))
    assert loaded.document is not None
    found = (*loaded.diagnostics, *resolve(loaded.document).diagnostics)
    return loaded.document, in_order(found, loaded.locator)


def shown(folder: Path, files: dict[str, str]) -> list[str]:
    """What is printed of the faults, the first three lines of each."""
    document, found = faults(folder, files)
    texts = (render(d, document).replace(f"{folder}/", "") for d in found)
    return ["\n".join(text.splitlines()[:3]) for text in texts]


@pytest.mark.parametrize(
    ("reference", "id_"),
    [
        ("a.yaml", "a.yaml#"),
        ("a.yaml#", "a.yaml#"),
        ("./a.yaml#/x", "a.yaml#/x"),
        ("b/../a.yaml#/x", "a.yaml#/x"),
        ("b/c%20d.json", "b/c d.json#"),
        ("b/e%23f.json#/g~1h", "b/e%23f.json#/g~1h"),
        ("b/e%23f.json#here", "b/e%23f.json#/g~1h"),
        ("b/100%25.yaml#/x", "b/100%25.yaml#/x"),
    ],
)
def test_the_ways_to_name_a_place_in_another_file(
    tmp_path: Path, reference: str, id_: str
) -> None:
    part = "x: {type: string}"
    files = {
        MAIN: main(f"A: {{$ref: '{reference}'}}"),
        "a.yaml": part,
        "b/c d.json": '{"type": "string"}',
        "b/e#f.json": '{"g/h": {"$anchor": "here"}, "$defs": {"i": {"$ref": "#/g~1h"}}}',
        "b/100%.yaml": part,
    }
    loaded = load(write(tmp_path, files))
    assert loaded.document is not None
    found = resolve(loaded.document)
    node = found.node(f"{SCHEMAS}/A")
    assert found.diagnostics == ()
    assert found.target(node) == id_.replace("c d", "c d")
    assert found.follow(node).pointer == id_


def test_references_are_relative_to_their_own_file(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            MAIN: main("A: {$ref: 'a/b.yaml#/B'}", "M: {type: boolean}"),
            "a/b.yaml": "B: {allOf: [{$ref: '#/C'}, {$ref: c/d.yaml}]}\nC: {type: object}",
            "a/c/d.yaml": "{allOf: [{$ref: ../b.yaml#/C}, {$ref: '../../openapi.yaml#/components/schemas/M'}]}",
        },
    )
    assert dict(found.targets) == {
        f"{SCHEMAS}/A": "a/b.yaml#/B",
        "a/b.yaml#/B/allOf/0": "a/b.yaml#/C",
        "a/b.yaml#/B/allOf/1": "a/c/d.yaml#",
        "a/c/d.yaml#/allOf/0": "a/b.yaml#/C",
        "a/c/d.yaml#/allOf/1": f"{SCHEMAS}/M",
    }


def test_files_may_refer_to_each_other(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            MAIN: main("A: {$ref: a.yaml}"),
            "a.yaml": "{type: object, properties: {b: {$ref: b.yaml}, a: {$ref: '#'}}}",
            "b.yaml": "{type: object, properties: {a: {$ref: a.yaml}}}",
        },
    )
    assert found.targets["b.yaml#/properties/a"] == "a.yaml#"
    assert found.targets["a.yaml#/properties/a"] == "a.yaml#"


def test_other_files_are_brought_to_the_same_form(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            MAIN: main("A: {$ref: 'a.yaml#/A'}", head=HEAD_3_0),
            "a.yaml": "A: {nullable: true, allOf: [{$ref: '#/B'}]}\nB: {$ref: 'b.json#/x/A/allOf/0'}",
            "b.json": '{"x": {"A": {"nullable": true, "allOf": [{"type": "object"}]}}, "y": {"$ref": "#/x/A"}}',
        },
    )
    files = found.document.files
    moved = files.lookup("a.yaml#/A")
    assert moved is not None
    assert moved.value == {"anyOf": [{"$ref": "#/B"}, {"type": "null"}]}


def test_what_moved_in_another_file_is_found_where_it_is_now(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            MAIN: main(
                "A: {$ref: 'a.yaml#/A'}",
                "B: {$ref: 'a.yaml#/A/allOf/0'}",
                head=HEAD_3_0,
            ),
            "a.yaml": "A: {nullable: true, allOf: [{type: object}]}",
        },
    )
    assert found.targets[f"{SCHEMAS}/B"] == "a.yaml#/A/anyOf/0"


def test_a_file_may_say_its_own_version(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            MAIN: main("A: {$ref: 'a.yaml#/components/schemas/A'}"),
            "a.yaml": f"{HEAD_3_0}components: {{schemas: {{A: {{type: string, nullable: true}}}}}}",
        },
    )
    assert found.node("a.yaml#/components/schemas/A").value == {
        "type": ["string", "null"]
    }


def test_a_mapping_may_name_the_only_way_to_a_file(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            MAIN: main(
                "A: {type: object, discriminator: {propertyName: k, mapping: {b: b.yaml}}}"
            ),
            "b.yaml": "{type: object, properties: {a: {$ref: 'openapi.yaml#/components/schemas/A'}}}",
        },
    )
    assert found.targets[f"{SCHEMAS}/A/discriminator/mapping/b"] == "b.yaml#"
    assert found.targets["b.yaml#/properties/a"] == f"{SCHEMAS}/A"


def test_faults_stand_in_their_own_file(tmp_path: Path) -> None:
    files = {
        MAIN: main("A: {$ref: 'a.yaml#/A'}", "B: {$ref: 'a.yaml#/a/0'}"),
        "a.yaml": "A:\n  type: strng\n  allOf: [{$ref: '#/Nothing'}]\n  maxLength: x\n",
    }
    assert shown(tmp_path, files) == [
        "a.yaml:2:9: error: unknown type `strng` [unknown-type]\n"
        "    2 |   type: strng\n"
        "      |         ^^^^^",
        "a.yaml:3:18: error: `#/Nothing` does not exist [dangling-ref]\n"
        "    3 |   allOf: [{$ref: '#/Nothing'}]\n"
        "      |                  ^^^^^^^^^^^",
        "a.yaml:4:14: warning: `maxLength` is a string, but must be an integer [wrong-type]\n"
        "    4 |   maxLength: x\n"
        "      |              ^",
        "openapi.yaml:7:15: error: `a.yaml#/a/0` does not exist [dangling-ref]\n"
        "    7 |     B: {$ref: 'a.yaml#/a/0'}\n"
        "      |               ^^^^^^^^^^^^^",
    ]


def test_the_text_of_another_file_may_be_broken(tmp_path: Path) -> None:
    files = {
        MAIN: main(
            "A: {$ref: 'a.yaml#/A'}", "B: {$ref: 'b.json'}", "C: {$ref: c.yaml}"
        ),
        "a.yaml": "A:\n  - [1\n",
        "b.json": "",
        "c.yaml": "- 1",
    }
    assert [text.partition("\n")[0] for text in shown(tmp_path, files)] == [
        "a.yaml:3:1: error: the list that begins on line 2 is not closed here [yaml-syntax]",
        "b.json:1:1: error: the file is empty [empty]",
        "c.yaml:1:1: error: the file is an array [not-an-object]",
    ]


def test_only_what_is_referred_to_is_judged(tmp_path: Path) -> None:
    files = {
        MAIN: main("A: {$ref: 'a.yaml#/A'}"),
        "a.yaml": "A: {type: string}\nB: {type: strng, $ref: c.yaml}\n",
    }
    assert shown(tmp_path, files) == []


def test_an_anchor_in_another_file_names_no_more_of_it(tmp_path: Path) -> None:
    files = {
        MAIN: main("A: {$ref: 'a.yaml#/x/Pet'}"),
        "a.yaml": "type: strng\nx: {Pet: {$anchor: pet, type: string}}\n",
    }
    assert shown(tmp_path, files) == []


def test_an_empty_reference_names_the_whole_file(tmp_path: Path) -> None:
    _, found = faults(tmp_path, {MAIN: main("A: {$ref: ''}")})
    assert codes(found) == ["wrong-ref"]


def test_what_shares_a_file_with_an_object_is_no_part_of_it(tmp_path: Path) -> None:
    files = {
        MAIN: main("A: {$ref: a.yaml}"),
        "a.yaml": "openapi: 3.1.0\nitems: {$ref: '#/B'}\nB: {type: string}\nodd: 1\n",
    }
    document, found = faults(tmp_path, files)
    assert codes(found) == []
    whole = document.files.lookup("a.yaml#")
    assert whole is not None
    assert set(whole.mapping()) == {"openapi", "items", "B", "odd"}


def test_files_elsewhere_are_only_read_if_it_is_allowed(tmp_path: Path) -> None:
    files = {"in/openapi.yaml": main("A: {$ref: ../a.yaml}"), "a.yaml": "type: string"}
    write(tmp_path, files)
    path = tmp_path / "in" / MAIN
    refused = load(path).document
    assert refused is not None
    assert codes(resolve(refused).diagnostics) == ["ref-outside"]
    allowed = load(path, Terms(ref_root=tmp_path))
    assert allowed.diagnostics == ()
    assert allowed.document is not None
    assert at_id(allowed.document, "../a.yaml#") == {"type": "string"}


def at_id(document: Document, id_: str) -> object:
    node = document.files.lookup(id_)
    return node.value if node else None


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"secret.yaml": "type: string"})
    folder = tmp_path / "in"
    path = write(folder, {MAIN: main("A: {$ref: a.yaml}")})
    (folder / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    found = load(path).document
    assert found is not None
    assert codes(resolve(found).diagnostics) == ["ref-outside"]


def test_a_default_is_judged_through_other_files(tmp_path: Path) -> None:
    files = {
        "in/openapi.yaml": main("A: {$ref: '../a.yaml#/A'}", "I: {type: integer}"),
        "a.yaml": "A: {$ref: 'in/openapi.yaml#/components/schemas/I', default: x}",
    }
    write(tmp_path, files)
    loaded = load(tmp_path / "in" / MAIN, Terms(ref_root=tmp_path))
    assert codes(loaded.diagnostics) == ["default-misfit?"]
    location = loaded.locator.locate(loaded.diagnostics[0])
    assert location.file == str(tmp_path / "a.yaml")


def test_the_digest_is_that_of_all_files(tmp_path: Path) -> None:
    text = main("A: {type: string}")
    alone = load(write(tmp_path, {MAIN: text})).document
    assert alone is not None
    assert alone.digest == sha256(text.encode()).hexdigest()
    text = main("A: {$ref: a.yaml}")
    digests = set[str]()
    for part in ("type: string", "type: number"):
        found = load(write(tmp_path, {MAIN: text, "a.yaml": part})).document
        assert found is not None
        digests.add(found.digest)
    assert len(digests) == 2


def test_the_main_file_stands_under_its_own_id(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {MAIN: main("A: {$ref: './openapi.yaml#/components/schemas/B'}", "B: {}")},
    )
    assert at(found.document, f"{SCHEMAS}/B") == {}
    assert list(found.document.files.roots) == [""]
