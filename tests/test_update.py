"""`calque update` gets documents from where they come from, and takes over only what holds."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from calque.cli import main
from tests.document.test_remote import Site, send

SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {/a: {get: {operationId: read, tags: [a], responses: {"200": {description: A.}}}}}
"""
OVERLAY = """overlay: 1.0.0
info: {title: Ours, version: "1"}
actions: [{target: "$.paths['/a'].get", update: {summary: Said by us.}}]
"""


class Upstream:
    """A document at a URL, with an entity tag; what was asked, and how it was answered."""

    def __init__(self, site: Site) -> None:
        self.text = SPEC
        self.statuses: list[int] = []
        self.url = f"{site.url}/openapi.yaml"
        site.answers = {"/openapi.yaml": self.answer}

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        tag = f'"{hashlib.sha256(self.text.encode()).hexdigest()}"'
        if handler.headers["If-None-Match"] == tag:
            self.statuses.append(304)
            handler.send_response(304)
            handler.end_headers()
        else:
            self.statuses.append(200)
            send(handler, self.text.encode(), ETag=tag)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    site = Site()
    with site.serving():
        yield Upstream(site)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settle(folder: Path, source: str, more: str = "") -> None:
    settings = f'spec = "openapi.yaml"\noutput = "out"\nsource = "{source}"\n{more}'
    (folder / "calque.toml").write_text(settings)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files, with their times; the cache aside."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and "cache" not in path.parts
    }


def test_what_has_not_changed_at_a_url_is_not_sent_again(
    folder: Path, upstream: Upstream
) -> None:
    settle(folder, upstream.url)
    assert main(["update"]) == 0
    assert upstream.statuses == [200]
    before = state(folder)
    assert main(["update"]) == 0
    assert upstream.statuses == [200, 304]
    assert state(folder) == before
    origin = json.loads((folder / "openapi.yaml.origin.json").read_text())
    digest = hashlib.sha256(SPEC.encode()).hexdigest()
    assert origin == {"source": upstream.url, "sha256": digest, "etag": f'"{digest}"'}


def test_what_changed_at_a_url_is_compared_under_overlays_and_generated(
    folder: Path, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fix.yaml").write_text(OVERLAY)
    settle(folder, upstream.url, 'overlays = ["fix.yaml"]\n')
    assert main(["update"]) == 0
    code = folder / "out/shown/resources/a.py"
    assert "Said by us." in code.read_text()
    upstream.text = SPEC.replace(
        "operationId: read", "operationId: read, deprecated: true"
    )
    before = state(folder)
    assert main(["update", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "client.a.read" in said
    assert "call-deprecated" in said
    assert "call-documented" not in said
    assert state(folder) == before
    assert main(["update"]) == 0
    assert "Said by us." in code.read_text()
    assert "deprecated: true" in (folder / "openapi.yaml").read_text()


def test_an_exit_code_tells_of_changes_that_are_not_wanted(
    folder: Path, upstream: Upstream
) -> None:
    settle(folder, upstream.url)
    assert main(["update", "--fail-on", "breaking"]) == 0
    upstream.text = SPEC.replace("operationId: read", "operationId: read, summary: Hm")
    assert main(["update", "--dry-run", "--fail-on", "breaking"]) == 0
    before = state(folder)
    assert main(["update", "--dry-run", "--fail-on", "documentation", "-q"]) == 1
    assert state(folder) == before
    assert main(["update", "--fail-on", "documentation"]) == 1
    assert "Hm" in (folder / "out/shown/resources/a.py").read_text()
    assert main(["update", "--fail-on", "documentation"]) == 0


def test_the_places_of_before_are_those_of_the_document_that_the_lock_is_of(
    folder: Path, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fix.yaml").write_text(OVERLAY)
    argument = "{name: limit, in: query, required: false, schema: {type: integer}}"
    upstream.text = SPEC.replace(
        "{operationId", f"{{parameters: [{argument}], operationId"
    )
    settle(folder, upstream.url, 'overlays = ["fix.yaml"]\n')
    assert main(["update"]) == 0
    upstream.text = f"# Later.\n{upstream.text.replace('false', 'true')}"
    capsys.readouterr()
    assert main(["update", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "before: openapi.yaml:3:33\n    now: openapi.yaml:4:33\n" in said, said
    (folder / "openapi.yaml").write_text(f"# By hand.\n{SPEC}")
    assert main(["update", "--dry-run"]) == 0
    assert (
        "before: out #/paths/~1a/get/parameters/query/limit\n"
        in capsys.readouterr().out
    )


def test_what_is_pinned_does_not_change_silently(
    folder: Path, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = hashlib.sha256(SPEC.encode()).hexdigest()
    settle(folder, upstream.url, f'sha256 = "{digest}"\n')
    assert main(["update"]) == 0
    upstream.text = SPEC.replace("Shown", "Other")
    before = state(folder)
    for options in ([], ["--dry-run"]):
        assert main(["update", *options]) == 2
        said = capsys.readouterr().err
        assert "is pinned, but has changed" in said
        assert hashlib.sha256(upstream.text.encode()).hexdigest() in said
    assert state(folder) == before


def test_what_is_not_there_changes_nothing(
    folder: Path, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(folder, upstream.url)
    assert main(["update"]) == 0
    settle(folder, f"{upstream.url}.gone")
    before = state(folder)
    assert main(["update"]) == 2
    assert "404" in capsys.readouterr().err
    assert state(folder) == before


ARGUMENT = "parameters: [{name: q, in: query, required: true, schema: {type: string}}]"


def test_what_comes_is_told_of_where_it_will_be(
    folder: Path, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(folder, upstream.url)
    assert main(["update"]) == 0
    before = state(folder)
    upstream.text = SPEC.replace("responses", f"{ARGUMENT}, responses")
    assert main(["update", "--dry-run"]) == 0
    assert "now: openapi.yaml:3:" in capsys.readouterr().out
    upstream.text = SPEC.replace("responses", "respones")
    assert main(["update"]) == 1
    assert capsys.readouterr().err.startswith("openapi.yaml:3:")
    assert state(folder) == before


def test_what_is_at_fault_is_told_once_and_where_it_came_from(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(folder, "theirs.yaml")
    slight = SPEC.replace('version: "1"', "version: 1")
    (folder / "theirs.yaml").write_text(slight)
    assert main(["update"]) == 0
    told = capsys.readouterr().err
    assert told.count("warning: `version` is an integer") == 1
    (folder / "theirs.yaml").write_text("<html>")
    before = state(folder)
    assert main(["update"]) == 1
    assert state(folder) == before
    said = capsys.readouterr().err
    assert said.startswith("openapi.yaml:1:1: error: this is an HTML page")
    assert said.endswith(
        "calque: that came from theirs.yaml; openapi.yaml stays as it is\n"
    )
    (folder / "theirs.yaml").write_text(slight.replace("A.", "B."))
    assert main(["update", "--dry-run"]) == 0
    assert capsys.readouterr().err == told


def test_files_that_lead_back_to_a_document_mean_what_comes(
    folder: Path, upstream: Upstream
) -> None:
    upstream.text = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {}
components:
  schemas:
    Old: {type: object}
    Box: {$ref: "box.yaml"}
"""
    (folder / "box.yaml").write_text(
        "type: object\nproperties: {a: {$ref: 'openapi.yaml#/components/schemas/Old'}}\n"
    )
    settle(folder, upstream.url)
    assert main(["update"]) == 0
    upstream.text = upstream.text.replace("Old:", "New:")
    assert main(["update"]) == 1
    (folder / "box.yaml").write_text(
        "type: object\nproperties: {a: {$ref: 'openapi.yaml#/components/schemas/New'}}\n"
    )
    assert main(["update"]) == 0


def test_a_lock_without_a_surface_is_told_of(
    folder: Path, upstream: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(folder, upstream.url)
    assert main(["update"]) == 0
    lock = folder / "out/calque.lock"
    lock.write_text(lock.read_text().replace('"returns"', '"gives"'))
    upstream.text = SPEC.replace("Shown", "Other")
    assert main(["update"]) == 2
    assert "generate the package again" in capsys.readouterr().err


def test_a_document_comes_from_git(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = folder / "there"
    (there / "api").mkdir(parents=True)
    git = ["git", "-C", str(there), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    for text, tag in ((SPEC, "v1"), (SPEC.replace("read", "fetch"), "v2")):
        (there / "api/openapi.yaml").write_text(text)
        for command in (["add", "."], ["commit", "-qm", tag], ["tag", tag]):
            subprocess.run([*git, *command], check=True)
    for place, revision, method in (
        (f"file://{there}", "v1", "read"),
        ("there", "v2", "fetch"),
        (there, "main", "fetch"),
    ):
        settle(folder, f"git+{place}@{revision}#api/openapi.yaml")
        assert main(["update", "--accept-renames"]) == 0
        assert f"def {method}(" in (folder / "out/shown/resources/a.py").read_text()
    before = state(folder)
    settle(folder, f"git+file://{there}@v3#api/openapi.yaml")
    assert main(["update"]) == 2
    assert "git fetch" in capsys.readouterr().err
    after = state(folder)
    assert {n: s for n, s in after.items() if "calque.toml" not in n} == {
        n: s for n, s in before.items() if "calque.toml" not in n
    }
