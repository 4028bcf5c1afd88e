"""Overlays: what their actions make of a document, and where faults in them stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.document.given import HEAD, at

from calque.diagnostics import render
from calque.document import Json, Loaded, Terms, load

HEADER = 'overlay: 1.1.0\ninfo: {title: Fix, version: "1"}\nactions:\n'
DOCUMENT = f"""{HEAD}paths:
  /calls:
    get: {{tags: [a, b, c, d], summary: Old, responses: {{"200": {{description: ok}}}}}}
    put: {{tags: [], responses: {{"200": {{description: ok}}}}}}
"""
GET = "#/paths/~1calls/get"


def overlaid(folder: Path, *overlays: str, document: str = DOCUMENT) -> Loaded:
    """The document under overlays, each the text of a file."""
    (folder / "openapi.yaml").write_text(document)
    paths = [folder / f"{number}.yaml" for number, _ in enumerate(overlays)]
    for path, text in zip(paths, overlays, strict=True):
        path.write_text(text)
    return load(folder / "openapi.yaml", Terms(overlays=tuple(paths)))


def actions(*lines: str) -> str:
    return HEADER + "".join(f"  - {{{line}}}\n" for line in lines)


def said(loaded: Loaded, folder: Path) -> list[str]:
    """The first line of what is printed of each diagnostic."""
    texts = (render(d, loaded.locator) for d in loaded.diagnostics)
    return [text.partition("\n")[0].removeprefix(f"{folder}/") for text in texts]


@pytest.mark.parametrize(
    ("action", "place", "value"),
    [
        ("target: $..get.tags, update: [e]", f"{GET}/tags", ["a", "b", "c", "d", "e"]),
        ("target: $..get.tags, update: e", f"{GET}/tags", ["a", "b", "c", "d", "e"]),
        (
            "target: \"$..tags[?@ == 'b']\", remove: true",
            f"{GET}/tags",
            ["a", "c", "d"],
        ),
        ("target: '$..tags[0, 2, 0]', remove: true", f"{GET}/tags", ["b", "d"]),
        ("target: '$..tags[-1]', update: z", f"{GET}/tags", ["a", "b", "c", "z"]),
        ("target: $..summary, update: New", f"{GET}/summary", "New"),
        ("target: $, update: {info: {title: New}}", "#/info/title", "New"),
        ("target: $, update: {x-a: {b: 1}}", "#/x-a", {"b": 1}),
        ("target: $.paths.*.*, update: {x-a: 1}", "#/paths/~1calls/put/x-a", 1),
        ("target: $.info.version, copy: $..summary", "#/info/version", "Old"),
        ("target: $..put, copy: $..get", "#/paths/~1calls/put/summary", "Old"),
        ("target: $..put.tags, copy: $..get.tags", f"{GET}/tags", ["a", "b", "c", "d"]),
        (
            "target: $..summary, remove: true, update: New",
            f"{GET}/responses",
            {"200": {"description": "ok"}},
        ),
    ],
)
def test_an_action(tmp_path: Path, action: str, place: str, value: Json) -> None:
    loaded = overlaid(tmp_path, actions(action))
    assert said(loaded, tmp_path) == []
    assert loaded.document is not None
    assert at(loaded.document, place) == value


def test_actions_follow_each_other_and_overlays_too(tmp_path: Path) -> None:
    first = actions(
        "target: $..get.summary, remove: true", "target: $..get, update: {summary: A}"
    )
    second = actions("target: \"$..*[?@.summary == 'A']\", update: {summary: B}")
    loaded = overlaid(tmp_path, first, second)
    assert said(loaded, tmp_path) == []
    assert loaded.document is not None
    assert at(loaded.document, f"{GET}/summary") == "B"


def test_one_value_written_to_two_places_is_two_values(tmp_path: Path) -> None:
    loaded = overlaid(
        tmp_path,
        actions(
            "target: $.paths.*.*, update: {x-a: {b: 1}}",
            "target: \"$..get['x-a']\", update: {b: 2}",
        ),
    )
    assert loaded.document is not None
    assert at(loaded.document, "#/paths/~1calls/put/x-a") == {"b": 1}


def test_aliases_of_the_document_are_values_of_their_own(tmp_path: Path) -> None:
    document = f"{HEAD}paths: {{}}\nx-a: &a {{c: 1}}\nx-b: *a\n"
    loaded = overlaid(
        tmp_path, actions("target: \"$['x-a']\", update: {c: 2}"), document=document
    )
    assert loaded.document is not None
    assert at(loaded.document, "#/x-b") == {"c": 1}


@pytest.mark.parametrize(
    ("overlay", "where"),
    [
        ("info: {}\nactions: []", "0.yaml:1:1: error: the overlay has no `overlay`"),
        ("openapi: 3.1.1\npaths: {}", "0.yaml:1:1: error: this is no overlay"),
        (
            "overlay: 1.2.0\ninfo: {}\nactions: []",
            "0.yaml:1:10: error: overlays of version 1.2.0 are not supported yet",
        ),
        ("overlay: 1.0\ninfo: {}\nactions: []", "0.yaml:1:10: error: the value of"),
        (
            "overlay: 1.0.0\nactions: []",
            "0.yaml:1:1: warning: the overlay has no `info`",
        ),
        ("overlay: 1.0.0\ninfo: {}", "0.yaml:1:1: error: the overlay has no `actions`"),
        (actions("target: $"), "0.yaml:4:5: error: the action does nothing"),
        (actions("update: {}"), "0.yaml:4:5: error: the action has no `target`"),
        (
            actions("target: 5, update: {}"),
            "0.yaml:4:14: error: `target` is an integer",
        ),
        (
            actions("target: 'paths', update: {}"),
            "0.yaml:4:14: error: `target` is not a JSONPath: ",
        ),
        (
            actions("target: '$[?foo(@)]', update: {}"),
            "0.yaml:4:14: error: `target` is not a JSONPath: ",
        ),
        (
            actions("target: $, updates: {}"),
            "0.yaml:4:17: error: the action has an unknown field `updates`",
        ),
        (
            actions("target: $, copy: $.x").replace("1.1.0", "1.0.0"),
            "0.yaml:4:17: error: the action has an unknown field `copy`",
        ),
        (actions("target: $, remove: 1"), "0.yaml:4:25: error: `remove` is an integer"),
        (
            actions("target: $, remove: true"),
            "0.yaml:4:5: error: the document itself cannot be removed",
        ),
        (
            actions("target: $.info, update: [1]"),
            "0.yaml:4:22: error: an array cannot go into an object, which is there",
        ),
        (
            actions("target: $, update: {info: {title: [1]}}"),
            "0.yaml:4:33: error: an array cannot go into a string, which is there",
        ),
        (
            actions("target: $.*, update: {}"),
            "0.yaml:4:19: error: the target finds both objects and single values",
        ),
        (
            actions("target: $, copy: $..tags"),
            "0.yaml:4:23: error: `copy` finds 2 values, but must find one",
        ),
        (
            actions("target: $.pathz, remove: true"),
            "0.yaml:4:14: warning: `$.pathz` finds nothing in the document",
        ),
        ("- 1", "0.yaml:1:1: error: the file is an array"),
        ("overlay: [", "0.yaml:1:11: error: a value is missing here"),
    ],
)
def test_what_is_wrong_with_an_overlay_is_told_at_its_place(
    tmp_path: Path, overlay: str, where: str
) -> None:
    loaded = overlaid(tmp_path, overlay)
    assert len(loaded.diagnostics) == 1
    assert said(loaded, tmp_path)[0].startswith(where)
    assert (loaded.document is None) == (" error: " in where)


def test_an_overlay_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    terms = Terms(overlays=(tmp_path / "in" / "fix.yaml",))
    loaded = load(tmp_path / "openapi.yaml", terms)
    assert said(loaded, tmp_path) == [
        "in/fix.yaml: error: there is no such file [unreadable-file]"
    ]


FAULTY = f"""{HEAD}tags: [{{name: a}}, {{name: b}}]
paths:
  /calls:
    get:
      parameters:
        - {{name: a, in: query, schema: {{}}}}
        - {{name: b, in: querry, schema: {{}}}}
"""


def test_every_fault_stands_where_it_was_written(tmp_path: Path) -> None:
    overlay = actions(
        'target: "$..parameters[0]", remove: true',
        "target: $..parameters, update: [{name: c, in: cooky, schema: {}}]",
        "target: $.paths, update: {/more: {x-a: 1}}",
        "target: \"$.paths['/more']\", copy: \"$.paths['/calls']\"",
    )
    loaded = overlaid(tmp_path, overlay, document=FAULTY)
    assert said(loaded, tmp_path) == [
        "openapi.yaml:9:25: error: `in` cannot be `querry` [unknown-value]",
        "0.yaml:5:52: error: `in` cannot be `cooky` [unknown-value]",
        "openapi.yaml:9:25: error: `in` cannot be `querry` [unknown-value]",
        "0.yaml:5:52: error: `in` cannot be `cooky` [unknown-value]",
    ]


def test_references_of_an_overlay_are_those_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text("type: string")
    overlay = actions(
        "target: $, update: {components: {schemas: {A: {$ref: part.yaml}}}}"
    )
    loaded = overlaid(tmp_path, overlay)
    assert loaded.diagnostics == ()
    assert loaded.document is not None
    assert set(loaded.document.files.roots) == {"", "part.yaml"}


def test_the_digest_is_that_of_the_overlay_as_well(tmp_path: Path) -> None:
    digests = {
        loaded.document.digest
        for title in ("A", "B")
        for loaded in [
            overlaid(tmp_path, actions(f"target: $, update: {{x: {title}}}"))
        ]
        if loaded.document
    }
    assert len(digests) == 2


def test_swagger_documents_are_overlaid_as_they_are_written(tmp_path: Path) -> None:
    document = (
        'swagger: "2.0"\ninfo: {title: A, version: "1"}\npaths: {}\n'
        "definitions: {A: {type: string}}\n"
    )
    overlay = actions("target: $.definitions, update: {B: {type: strng}}")
    loaded = overlaid(tmp_path, overlay, document=document)
    assert said(loaded, tmp_path) == [
        "0.yaml:4:48: error: unknown type `strng` [unknown-type]"
    ]


def test_overlays_of_the_settings_come_before_those_of_the_command(
    tmp_path: Path,
) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    (tmp_path / "calque.toml").write_text('overlays = ["a.yaml"]')
    (tmp_path / "a.yaml").write_text(actions("target: $.info.title, update: A"))
    (tmp_path / "b.yaml").write_text(
        actions("target: \"$.info[?@ == 'A']\", update: From both")
    )
    command = [sys.executable, "-m", "calque", "dump", str(tmp_path / "openapi.yaml")]
    done = subprocess.run(
        [*command, "--overlay", str(tmp_path / "b.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert yaml.safe_load(done.stdout)["title"] == "From both"


def test_the_library_of_paths_is_only_loaded_with_an_overlay(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    code = (
        "import sys; from pathlib import Path; from calque.document import load; "
        "load(Path(sys.argv[1])); print('jsonpath_rfc9535' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "openapi.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "False\n"
