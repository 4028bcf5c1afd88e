"""What is wrong with settings or with a lock is told at its place, and what to do."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import calque
from calque.cli import main
from calque.config import ConfigError

SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {/a: {get: {operationId: read, tags: [a], responses: {"200": {description: A.}}}}}
"""
SAID = 'spec = "one.yaml"\noutput = "out"\n'
OTHER = 'spec = "one.yaml"\noutput = "other"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "one.yaml").write_text(SPEC)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


SETTINGS = [
    # What there is to say of any settings.
    (
        'output = "out"\nspce = "one.yaml"\n',
        """calque.toml:2:1: error: unknown key `spce`; did you mean `spec`? [refused]
    2 | spce = "one.yaml"
      | ^^^^
""",
    ),
    (
        SAID + "# 1\nclient = 'pets'",
        """calque.toml:4:10: error: `client` must be a class name that ends in `Client`, such as `PetStoreClient`, in quotes [refused]
    4 | client = 'pets'
      |          ^^^^^^
""",
    ),
    (
        SAID + "package = 'class'",
        """calque.toml:3:11: error: `class` means something else in Python; try `class_client` [refused]
    3 | package = 'class'
      |           ^^^^^^^
""",
    ),
    (
        SAID + "package = 'msgspec'",
        """calque.toml:3:11: error: `msgspec` means something else in Python; try `msgspec_client` [refused]
    3 | package = 'msgspec'
      |           ^^^^^^^^^
""",
    ),
    (
        SAID + "strict = 1",
        """calque.toml:3:10: error: `strict` must be true or false [refused]
    3 | strict = 1
      |          ^
""",
    ),
    (
        SAID + 'include = [\n  "tag:a", # one\n  "a",\n]',
        """calque.toml:5:3: error: `include` must be a list of patterns such as `tag:pets`, `path:/pets/*` or `id:getPet*` [refused]
    5 |   "a",
      |   ^^^
""",
    ),
    (
        SAID + "overlays = [1]",
        """calque.toml:3:13: error: `overlays` must be a list of files such as "fix.yaml" [refused]
    3 | overlays = [1]
      |             ^
""",
    ),
    (
        SAID + "templates = []",
        """calque.toml:3:13: error: `templates` must be a folder such as "my-templates" [refused]
    3 | templates = []
      |             ^^
""",
    ),
    (
        f"[[packages]]\n{SAID}[[packages]]\nspec = 'two.yaml'\noutput = './out/'\n",
        """calque.toml:6:10: error: `./out/` is another package's `output`; each has its own [refused]
    6 | output = './out/'
      |          ^^^^^^^^
""",
    ),
    (
        f"[[package]]\n{SAID}",
        """calque.toml:1:3: error: several packages are `[[packages]]` [refused]
    1 | [[package]]
      |   ^^^^^^^
""",
    ),
    (
        f"[[packages]]\n{SAID}[[packages]]\noutput = 'other'",
        """calque.toml:4:3: error: this package needs a `spec`, its document [refused]
    4 | [[packages]]
      |   ^^^^^^^^
""",
    ),
    (
        f"[[packages]]\n{SAID}[[packages]]\noutput = 'other'\nspecs = 'one.yaml'",
        """calque.toml:6:1: error: unknown key `specs`; did you mean `spec`? [refused]
    6 | specs = 'one.yaml'
      | ^^^^^
""",
    ),
    (
        SAID + "calls = 'a.b'",
        """calque.toml:3:9: error: `calls` must be a table: `[calls]` [refused]
    3 | calls = 'a.b'
      |         ^^^^^
""",
    ),
    (
        SAID + '[calls]\n"GET /a" = "a.class"',
        """calque.toml:4:12: error: `calls.GET /a` must be a resource and a method, such as `pets.get`, in quotes [refused]
    4 | "GET /a" = "a.class"
      |            ^^^^^^^^^
""",
    ),
    (
        SAID + "pagination.read.page = true",
        """calque.toml:3:17: error: `pagination.read`: `page` must be the name of a parameter, in quotes [refused]
    3 | pagination.read.page = true
      |                 ^^^^
""",
    ),
    (
        SAID + "[polling.read]\nhosts = []\n[polling.'*']\nstatus = '/a'",
        """calque.toml:5:10: error: `polling.*` must be `false`, or a table for one operation [refused]
    5 | [polling.'*']
      |          ^^^
""",
    ),
    (
        SAID + 'polling = {read = {hosts = [], state = "/a"}}',
        """calque.toml:3:32: error: `polling.read`: unknown key `state`; did you mean `status`? [refused]
    3 | polling = {read = {hosts = [], state = "/a"}}
      |                                ^^^^^
""",
    ),
    (
        SAID + "[streams]\nread = ''",
        """calque.toml:4:1: error: `streams.read` must be the data of the last event, such as `[DONE]`, in quotes [refused]
    4 | read = ''
      | ^^^^
""",
    ),
    # What says which packages there are.
    (
        'spec = "one.yaml"\n',
        """calque.toml:1:8: error: `one.yaml` needs an `output`, the package's folder [refused]
    1 | spec = "one.yaml"
      |        ^^^^^^^^^^
""",
    ),
    (
        "output = 'out'\nspec = ['one.yaml']",
        """calque.toml:2:8: error: `spec` must be a text, in quotes [refused]
    2 | spec = ['one.yaml']
      |        ^^^^^^^^^^^^
""",
    ),
    (
        "packages = [\n  'one.yaml']",
        """calque.toml:2:3: error: `packages` must be tables: [[packages]] [refused]
    2 |   'one.yaml']
      |   ^^^^^^^^^^
""",
    ),
    (
        f"testing = false\n[[packages]]\n{SAID}[[packages]]\n{OTHER}testing = 0",
        """calque.toml:8:11: error: `testing` must be true or false [refused]
    8 | testing = 0
      |           ^
""",
    ),
    (
        f"testing = 0\n[[packages]]\n{SAID}",
        """calque.toml:1:11: error: `testing` must be true or false [refused]
    1 | testing = 0
      |           ^
""",
    ),
    # What does not go together with the document.
    (
        SAID + 'exclude = ["id:read", "tag:b"]',
        """calque.toml:3:23: error: `exclude`: no operation matches `tag:b` [refused]
    3 | exclude = ["id:read", "tag:b"]
      |                       ^^^^^^^
""",
    ),
    (
        SAID + '[calls]\nraed = "a.b"',
        """calque.toml:4:1: error: `calls`: no operation has the operationId `raed`, or is at that place; did you mean `read`? [refused]
    4 | raed = "a.b"
      | ^^^^
""",
    ),
    (
        SAID + "streams.read = 'x'",
        """calque.toml:3:9: error: `streams.read`: it answers with no events [refused]
    3 | streams.read = 'x'
      |         ^^^^
""",
    ),
    (
        SAID + "[pagination.read]\npage = 'p'",
        """calque.toml:3:13: error: `pagination.read`: its answer, or what it is sent, has more than one form [refused]
    3 | [pagination.read]
      |             ^^^^
""",
    ),
    (
        SAID + "[polling]\nread.schema = 'Pet'",
        """calque.toml:4:1: error: `polling.read`: there is no schema `Pet` [refused]
    4 | read.schema = 'Pet'
      | ^^^^
""",
    ),
    (
        SAID + "resources.b = 'c'",
        """calque.toml:3:11: error: `[resources]` names `b`, which is not there [refused]
    3 | resources.b = 'c'
      |           ^
""",
    ),
    (
        SAID + "[extend]\nShownCleint = 'a.B'",
        """calque.toml:4:1: error: `[extend]` names `ShownCleint`, which is not there; did you mean `ShownClient`? [refused]
    4 | ShownCleint = 'a.B'
      | ^^^^^^^^^^^
""",
    ),
    (
        SAID + "templates = 'mine'",
        """calque.toml:3:1: error: mine: there is no such folder [refused]
    3 | templates = 'mine'
      | ^^^^^^^^^
""",
    ),
    (
        'spec = "tow.yaml"\noutput = "out"',
        """calque.toml:1:1: error: there is no file `tow.yaml`; did you mean `one.yaml`? [refused]
    1 | spec = "tow.yaml"
      | ^^^^
""",
    ),
    (
        SAID + 'overlays = ["one.yaml", "onr.yaml"]',
        """calque.toml:3:25: error: there is no file `onr.yaml`; did you mean `one.yaml`? [refused]
    3 | overlays = ["one.yaml", "onr.yaml"]
      |                         ^^^^^^^^^^
""",
    ),
    # What is no TOML.
    (
        SAID + "package = shop",
        """calque.toml:3:11: error: Invalid value; a text stands in quotes [refused]
    3 | package = shop
      |           ^
""",
    ),
    (
        SAID + 'package = "shop\n',
        """calque.toml:3:16: error: Illegal character '\\n'; close the quotes on the line that they begin on [refused]
    3 | package = "shop
      |                ^
""",
    ),
    (
        SAID + 'spec = "two.yaml"',
        """calque.toml:3:18: error: Cannot overwrite a value; a key, or a table, is said once [refused]
    3 | spec = "two.yaml"
      |                  ^
""",
    ),
    (
        SAID + "include = [1",
        """calque.toml:3:13: error: Unclosed array; see toml.io [refused]
    3 | include = [1
      |             ^
""",
    ),
]


@pytest.mark.parametrize(("text", "said"), SETTINGS)
def test_what_is_wrong_with_settings_has_a_place(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (folder / "calque.toml").write_text(text)
    assert main(["generate"]) == 2
    assert capsys.readouterr().err == said
    assert not (folder / "out").exists()


def test_in_pyproject_it_has_its_place_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"[project]\nname = 'a'\n[[tool.calque.packages]]\n{SAID}name = 'b'\n"
    (folder / "pyproject.toml").write_text(text)
    assert main(["check"]) == 2
    place, words = capsys.readouterr().err.split(": error: ")
    assert place == "pyproject.toml:6:1"
    assert words.startswith("unknown key `name`; known: ")


def test_settings_that_are_no_utf_8_have_a_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "calque.toml").write_bytes(SAID.encode() + b"# \xc3\xbc \xff\n")
    assert main(["generate"]) == 2
    line = "it is no UTF-8: invalid start byte; save it as UTF-8 [refused]"
    assert capsys.readouterr().err.startswith(f"calque.toml:3:5: error: {line}\n")


def test_a_program_gets_the_place_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "calque.toml").write_text(f"{SAID}strict = 1\n")
    assert main(["generate", "--diagnostics", "json"]) == 2
    assert json.loads(capsys.readouterr().err) == {
        "severity": "error",
        "code": "refused",
        "message": "`strict` must be true or false",
        "file": "calque.toml",
        "line": 3,
        "column": 10,
    }
    with pytest.raises(ConfigError, match=r"^calque\.toml:3:10: `strict` must be true"):
        calque.generate("one.yaml")


def test_settings_of_a_revision_have_their_place_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "api").mkdir()
    (folder / "api/one.yaml").write_text(SPEC)
    (folder / "api/calque.toml").write_text("strict = 1\n")
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    for command in (("init", "-q"), ("add", "api"), (*who, "commit", "-qm", "a")):
        subprocess.run(["git", *command], check=True)
    assert main(["diff", "HEAD:api/one.yaml", "one.yaml"]) == 2
    assert capsys.readouterr().err.startswith("HEAD:api/calque.toml:1:10: error: ")


def test_what_a_source_does_not_give_is_told_where_it_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for more, place in (("", "4:1"), ("sha256 = '0'\n", "5:1")):
        source = "source = 'two.yaml'\n"
        (folder / "calque.toml").write_text(f"{SAID}\n{source}{more}")
        assert main(["update"]) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"calque.toml:{place}: error: "), said
        (folder / "two.yaml").write_text(SPEC)


LOCKS = [
    (
        '{\n  "calque": "1",\n  "files": {,}\n}\n',
        "3:13: error: it can't be read (Expecting property name enclosed in double quotes",
    ),
    ("[]", "1:1: error: it can't be read (an object is expected); "),
    ('{"calque": "1"}', "1:1: error: it can't be read (there is no 'document'); "),
    (
        '{\n  "calque": "1",\n  "document": "",\n  "files": {\n    "../a": "0"\n  }\n}\n',
        "5:5: error: it can't be read (`../a: 0` is not a path below it); ",
    ),
    (
        '{\n  "calque": "1",\n<<<<<<< HEAD\n  "document": "",\n=======\n',
        "3:1: error: it has the marks of a merge conflict; `calque generate --relock` ",
    ),
]


@pytest.mark.parametrize(("text", "said"), LOCKS)
def test_what_is_wrong_with_a_lock_has_a_place(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (folder / "out").mkdir()
    (folder / "out/calque.lock").write_text(text)
    assert main(["generate", "one.yaml", "-o", "out"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"out/calque.lock:{said}"), err
    assert "--relock" in err


def test_what_a_lock_does_not_tell_has_a_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "one.yaml", "-o", "out"]) == 0
    path = folder / "out/calque.lock"
    text = path.read_text()
    line = next(n for n, each in enumerate(text.split("\n"), 1) if '"read": {' in each)
    path.write_text(text.replace('"read": {', '"read": {"body": 1, ', 1))
    capsys.readouterr()
    assert main(["diff", "out", "one.yaml"]) == 2
    said = "the lock does not tell the surface (`operations.read.body` is no text); "
    place, words = capsys.readouterr().err.split(": error: ")
    assert place.startswith(f"out/calque.lock:{line}:")
    assert words.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "other.yaml:1:1: error: the file is an array [not-an-object]"),
        ("a: 1", "other.yaml:1:1: error: it has no key of any of stainless, "),
        ("a: [", "other.yaml:1:5: error: a value is missing here"),
    ],
)
def test_what_is_wrong_with_settings_of_others_has_a_place(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (folder / "other.yaml").write_text(text)
    assert main(["init", "--from", "other.yaml"]) == 2
    assert any(line.startswith(said) for line in capsys.readouterr().err.splitlines())
