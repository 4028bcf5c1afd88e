"""What can be compared: documents, locks, packages, and what git has of them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import calque
from calque.cli import main
from calque.comparison import Bump, Effect
from calque.comparison.sides import Unreadable, origin
from calque.lock import Lock, LockError

OLD = """openapi: 3.1.1
info: {title: Pets, version: 1.2.0}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - $ref: "#/components/parameters/limit"
      responses:
        "200": {description: A pet., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}}
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, colour: {$ref: "#/components/schemas/Colour"}}}
    Colour: {type: string, enum: [red, green, blue]}
"""
NEW = (
    OLD.replace("operationId: getPet", "operationId: fetchPet")
    .replace("required: [name]", "required: [name, colour]")
    .replace("green, ", "")
    .replace(
        "limit: {name: limit, in: query,",
        "limit: {name: limit, in: query, required: true,",
    )
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with both documents, the old one committed under the new one's name."""
    (tmp_path / "api").mkdir()
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "api/openapi.yaml").write_text(OLD)
    assert (
        main(
            ["generate", "-q", str(tmp_path / "old.yaml"), "-o", str(tmp_path / "pets")]
        )
        == 0
    )
    monkeypatch.chdir(tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"]):
        subprocess.run([*git, *command], check=True)
    (tmp_path / "api/openapi.yaml").write_text(NEW)
    return tmp_path


NOBODY = {
    **os.environ,
    **{f"GIT_{who}_NAME": "a" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@b.c" for who in ("AUTHOR", "COMMITTER")},
}

SIDES = [
    "old.yaml",
    "pets",
    "pets/pets",
    "pets/calque.lock",
    "HEAD:api/openapi.yaml",
    "HEAD:./api/openapi.yaml",
    "HEAD:pets",
    "HEAD:pets/calque.lock",
]


@pytest.mark.parametrize("old", SIDES)
def test_all_forms_of_a_package_are_compared_alike(folder: Path, old: str) -> None:
    report = calque.diff(old, folder / "api/openapi.yaml")
    assert report.bump is Bump.MAJOR
    # The call keeps its name, although its operationId has changed.
    assert sorted((c.rule.code, c.subject) for c in report.changes) == [
        ("argument-required", "client.pets.get_pet(limit)"),
        ("enum-value-removed", "m.Colour.GREEN"),
        ("field-always-there", "m.Pet.colour"),
    ]


@pytest.mark.parametrize("old", SIDES)
def test_nothing_changes_from_a_package_to_itself(folder: Path, old: str) -> None:
    assert folder
    assert calque.diff(old, "old.yaml").changes == ()


@pytest.mark.parametrize(
    "old", ["HEAD:./openapi.yaml", "HEAD:api/openapi.yaml", "HEAD:pets"]
)
def test_git_is_asked_from_any_folder(
    folder: Path, old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "api")
    assert calque.diff(old, "openapi.yaml").bump is Bump.MAJOR


def test_each_change_has_its_place_in_both_documents(folder: Path) -> None:
    found = calque.diff("HEAD:api/openapi.yaml", folder / "api/openapi.yaml").changes
    places = {
        c.rule.code: (c.old and c.old.place, c.new and c.new.place) for c in found
    }
    assert places["argument-required"] == (
        "HEAD:api/openapi.yaml:10:11",
        f"{folder}/api/openapi.yaml:10:11",
    )
    assert places["enum-value-removed"] == ("HEAD:api/openapi.yaml:18:40", None)


def test_a_header_field_is_told_of_by_its_class_and_its_place(folder: Path) -> None:
    headers = (
        'description: A pet., headers: {X-Left: {$ref: "#/components/headers/Left"}}'
    )
    shared = "components:\n  headers: {Left: {schema: {type: integer}}}\n"
    with_header = OLD.replace("description: A pet.", headers)
    (folder / "with.yaml").write_text(with_header.replace("components:\n", shared))
    found = calque.diff("with.yaml", "old.yaml").changes
    lost = {c.subject: c.old and c.old.place for c in found}
    assert lost["GetPetHeaders.x_left"] == "with.yaml:12:48"


def test_what_is_said_of_answers_is_said_of_the_method(folder: Path) -> None:
    (folder / "told.yaml").write_text(OLD.replace("A pet.", "The pet."))
    found = calque.diff("old.yaml", "told.yaml").changes
    assert [(c.rule.code, c.subject) for c in found] == [
        ("call-documented", "client.pets.get_pet")
    ]


def test_surfaces_are_compared_without_a_disk(folder: Path) -> None:
    old, new = (origin(p, Lock()).surface for p in ("old.yaml", "api/openapi.yaml"))
    assert folder
    report = calque.diff(old, new)
    assert "call-renamed" in {c.rule.code for c in report.of(Effect.TYPE_CHECK)}
    assert calque.diff(old, old).changes == ()


@pytest.mark.parametrize(
    ("side", "said"),
    [
        ("nosuch.yaml", "no such file"),
        ("HEAD:nosuch.yaml", "no such file or folder in that revision"),
        ("nosuch:api/openapi.yaml", "no such revision"),
        ("--version:api", "no such revision"),
        ("api", "calque did not write it"),
        ("HEAD:api", "calque did not write it"),
    ],
)
def test_what_is_no_package_is_said_to_be_none(
    folder: Path, side: str, said: str
) -> None:
    assert folder
    with pytest.raises(Unreadable, match=said):
        calque.diff("old.yaml", side)


def test_where_there_is_no_git_it_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(Unreadable, match="no git to ask"):
        calque.diff("HEAD:api/openapi.yaml", "old.yaml")


def test_a_lock_of_an_older_calque_is_said_to_be_one(folder: Path) -> None:
    path = folder / "pets/calque.lock"
    data = json.loads(path.read_text())
    del data["client"]
    path.write_text(json.dumps(data))
    with pytest.raises(LockError, match=r"^pets/calque\.lock:1:1: .* older calque"):
        calque.diff("pets", "old.yaml")


def test_a_faulty_document_is_explained(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "api/openapi.yaml").write_text(NEW.replace("responses:", "respones:"))
    assert main(["diff", "old.yaml", "api/openapi.yaml"]) == 1
    assert "api/openapi.yaml:11:7: error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("never", 0),
        ("breaking", 1),
        ("type-check", 1),
        ("run-time", 1),
        ("behaviour", 0),
        ("addition", 1),
        ("documentation", 0),
    ],
)
def test_the_exit_code_is_by_choice(folder: Path, level: str, code: int) -> None:
    assert folder
    command = ["diff", "pets", "api/openapi.yaml", "--fail-on", level]
    assert main(command) == code


def test_a_release_is_written_down(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["diff", "pets", "api/openapi.yaml", "--json", "--bump"]
    for _ in range(2):
        assert main(command) == 0
        assert json.loads(capsys.readouterr().out)["version"]["next"] == "2.0.0"
    assert (folder / "api/calque.toml").read_text() == 'version = "2.0.0"\n'
    text = (folder / "pets/CHANGELOG.md").read_text()
    assert text.startswith(
        "# Changelog\n\n## 2.0.0\n\n### Breaks at type-check\n\n- `client"
    )
    assert text.count("## 2.0.0") == 1
    assert main(["generate", "-q", "api/openapi.yaml", "-o", "pets"]) == 0
    assert 'version = "2.0.0"' in (folder / "pets/pyproject.toml").read_text()
    assert (folder / "pets/CHANGELOG.md").read_text() == text
    assert main(["diff", "pets", "api/openapi.yaml", "--fail-on", "documentation"]) == 0


def test_a_release_needs_a_package_and_a_document(folder: Path) -> None:
    assert folder
    assert main(["diff", "old.yaml", "api/openapi.yaml", "--bump"]) == 2
    assert main(["diff", "pets", "pets", "--bump"]) == 2
    assert not (folder / "api/calque.toml").exists()


ABOVE = """
[[packages]]
spec = "api/openapi.yaml"
output = "pets"
exclude = ["path:/more"]
"""
MORE = "  /more: {get: {operationId: more, responses: {'200': {description: More.}}}}\n"


def test_settings_above_a_document_count(folder: Path) -> None:
    (folder / "calque.toml").write_text(ABOVE)
    (folder / "api/openapi.yaml").write_text(
        OLD.replace("components:", MORE + "components:", 1)
    )
    assert calque.diff("pets", "api/openapi.yaml").changes == ()
    subprocess.run(["git", "commit", "-qam", "More"], check=True, env=NOBODY)
    assert calque.diff("HEAD:api/openapi.yaml", "api/openapi.yaml").changes == ()
    assert "more" not in "".join(calque.generate("api/openapi.yaml").files)
    assert main(["diff", "pets", "api/openapi.yaml", "--bump"]) == 0
    (folder / "api/openapi.yaml").write_text(
        NEW.replace("components:", MORE + "components:", 1)
    )
    assert main(["diff", "pets", "api/openapi.yaml", "--bump"]) == 0
    assert (folder / "calque.toml").read_text() == f'{ABOVE}version = "2.0.0"\n'
