"""What `calque.toml` says of a repository, and what a run that has nothing to do leaves alone."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import tomllib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path

import jsonschema_rs
import pytest

import calque
from calque import cache
from calque.cli import main
from calque.config import PLACES, Config, ConfigError, read
from calque.page_settings import PageSetting
from calque.poll_settings import PollSetting
from calque.project import job, jobs

SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {/a: {get: {operationId: read, tags: [a], responses: {"200": {description: A.}}}}}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two documents, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(SPEC)
    monkeypatch.chdir(tmp_path)
    return tmp_path


BOTH = """
exclude = ["id:debug*"]
[[packages]]
spec = "one.yaml"
output = "clients/one"
package = "first"
[[packages]]
spec = "two.yaml"
output = "clients/two"
exclude = []
"""


@pytest.mark.parametrize("name", ["calque.toml", "pyproject.toml"])
def test_several_packages_have_settings_of_their_own(
    repository: Path, name: str
) -> None:
    head = "" if name == "calque.toml" else "[tool.calque]\n"
    packages = BOTH if not head else BOTH.replace("[[", "[[tool.calque.")
    (repository / name).write_text(head + packages)
    below = repository / "clients"
    below.mkdir()
    one, two = jobs(below)
    assert (one.config, two.config) == (
        Config(package="first", exclude=("id:debug*",)),
        Config(),
    )
    assert [j.output.resolve() for j in (one, two)] == [below / "one", below / "two"]
    assert job(repository / "one.yaml", None).config.package == "first"
    assert job(repository / "one.yaml", Path("x")).output == Path("x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names a document"),
        ('spec = "one.yaml"', "needs an `output`"),
        ('spec = 1\noutput = "x"', "`spec` must be a text"),
        ('packages = ["one.yaml"]', "must be tables"),
        ("[[packages]]\nspce = 'a'\nspec = 'b'\noutput = 'c'", "did you mean `spec`"),
    ],
)
def test_settings_that_say_too_little(
    repository: Path, text: str, message: str
) -> None:
    (repository / "calque.toml").write_text(text)
    with pytest.raises(ConfigError, match=message):
        jobs(repository)


def test_settings_that_are_named_hold_for_a_document_that_is_named(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "other.toml").write_text('package = "named"\n')
    (repository / "both.toml").write_text(BOTH.replace('"id:debug*"', ""))
    ways = (("other.toml", "named"), ("both.toml", "first"))
    for number, (file, package) in enumerate(ways):
        out = f"out{number}"
        assert main(["generate", "one.yaml", "-o", out, "--config", file]) == 0
        assert (repository / out / package).is_dir()
    (repository / "three.yaml").write_text(SPEC)
    assert main(["generate", "three.yaml", "-o", "x", "--config", "both.toml"]) == 2
    assert "both.toml speaks of other documents" in capsys.readouterr().err
    for named in (["one.yaml", "-o", "x"], []):
        assert main(["generate", *named, "--config", "nosuch.toml"]) == 2
        assert "there is no file `nosuch.toml`" in capsys.readouterr().err
    assert not (repository / "x").exists()


@pytest.mark.parametrize("folder", ["clients/one", "clients/../clients/one/."])
def test_a_folder_of_another_document_is_not_taken(
    repository: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (repository / "calque.toml").write_text(BOTH.replace('"id:debug*"', ""))
    assert main(["generate"]) == 0
    before = (repository / "clients/one/calque.lock").read_bytes()
    (repository / "three.yaml").write_text(SPEC)
    for spec in ("two.yaml", "three.yaml"):
        for command in ("generate", "check"):
            assert main([command, spec, "-o", folder]) == 2
        assert capsys.readouterr().err.startswith(
            f"calque.toml:5:10: error: `{Path(folder)}` is for the package of `one.yaml`;"
        )
    assert main(["generate", "one.yaml", "-o", folder]) == 0
    assert (repository / "clients/one/calque.lock").read_bytes() == before


def test_settings_hold_for_a_document_that_is_elsewhere(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = repository / "clients"
    clients.mkdir()
    settings = BOTH.replace('spec = "', 'spec = "../').replace('"clients/', '"')
    (clients / "calque.toml").write_text(settings)
    monkeypatch.chdir(clients)
    spec = Path("../one.yaml")
    assert job(spec, None).output == Path("one")
    assert job(spec, None).config.package == "first"
    monkeypatch.chdir(repository)
    assert job(Path("one.yaml"), Path("clients/one")).config.package == "first"
    with pytest.raises(ConfigError, match="in which folder"):
        job(Path("one.yaml"), None)


def test_several_packages_of_one_document_are_told_apart_by_their_folders(
    repository: Path,
) -> None:
    (repository / "calque.toml").write_text(BOTH.replace("two.yaml", "one.yaml"))
    packages = [
        job(Path("one.yaml"), output).config.package
        for output in (None, Path("clients/one"), Path("clients/two"), Path("other"))
    ]
    assert packages == ["first", "first", None, "first"]


def test_one_command_makes_all_packages_once(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "calque.toml").write_text(BOTH.replace('"id:debug*"', ""))
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert all("there is no package" in line for line in said.splitlines())
    assert main(["generate"]) == 0
    made = {p: p.stat() for p in (repository / "clients").rglob("*") if p.is_file()}
    assert {"first", "shown"} <= {path.parent.name for path in made}
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert {p: (s.st_mtime_ns, s.st_ino) for p, s in made.items()} == {
        p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in made
    }
    readme = repository / "clients/two/README.md"
    readme.write_text("mine\n")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "clients/two: edited: README.md" in said
    assert "-mine" in said
    (repository / "one.yaml").write_text(SPEC.replace("read", "fetch"))
    assert main(["check"]) == 1
    assert "clients/one: out of date" in capsys.readouterr().out


def test_a_run_with_nothing_to_do_reads_no_document(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, out = repository / "one.yaml", repository / "out"
    spec.write_text(SPEC + "webhooks: {a: {post: {}}}\n")
    generate = ["generate", str(spec), "-o", str(out)]
    assert main(generate) == 0
    warned = capsys.readouterr().err
    assert "no payload is read" in warned
    # A document that is not read can't be missed; its digest is that of the note.
    (note,) = (repository / "cache/calque/made").iterdir()
    held = cache.unsealed(note, ())
    assert held is not None
    data = json.load(held)
    cache.put_sealed(note, (), json.dumps(data | {"said": []}).encode())
    assert main(generate) == 0
    assert capsys.readouterr().err == ""
    cache.put_sealed(note, (), json.dumps(data).encode())
    assert main(generate) == 0
    assert capsys.readouterr().err == warned
    for path in (out / "README.md", out / "calque.lock"):
        path.write_text("{}")
        assert main(["check", *generate[1:]]) != 0
        assert main([*generate, "--overwrite", "--relock"]) == 0
    os.utime(spec)
    assert main(["check", *generate[1:]]) == 0


SCHEMA = json.loads((Path(calque.__file__).parent / "calque.schema.json").read_text())


def test_the_schema_names_what_settings_there_are() -> None:
    settings = {field.name for field in fields(Config)} - {"at"}
    assert SCHEMA["properties"].keys() == {*settings, *PLACES}
    pages = SCHEMA["$defs"]["pages"]["properties"]
    assert pages.keys() == {field.name for field in fields(PageSetting)}
    polls = SCHEMA["$defs"]["polls"]["properties"]
    assert polls.keys() == {field.name for field in fields(PollSetting)}
    package = SCHEMA["$defs"]["package"]["properties"]
    assert package.keys() == SCHEMA["properties"].keys() - {"packages"}


@pytest.mark.parametrize(
    "text",
    [
        *(BOTH, 'package = "a"', 'version = "1.0.0rc1"', "strict = true"),
        *('include = ["tag:a"]', '[calls]\na = "b.c"', '[models]\na = "B"'),
        *('package = "A"', 'version = "one"', 'strict = "yes"', 'include = ["a"]'),
        *('[calls]\na = "b"', '[models]\na = "b"', 'client = "A"', "packages = [1]"),
        *('templates = "a"', 'templates = ""', "templates = 1"),
        *(
            "[pagination]\na = false",
            "[pagination]\na = true",
            '[pagination]\n"*" = false',
        ),
        *('[pagination.a]\ncursor = "/a"', '[pagination.a]\nparameter = "a"'),
        *('[pagination.a]\ncursor = "/a"\nparameter = "b"', "[pagination.a]"),
        *('[pagination.a]\npage = "p"\noffset = "o"', '[pagination.a]\noffset = "o"'),
        *('[pagination.a]\nlink_header = true\nhosts = ["a.b"]', '[pagination."*"]'),
        *('[pagination.a]\npage = "p"\nfirst = true', '[pagination.a]\npage = ""'),
        *('[pagination.a]\nnext_link = "a"', '[pagination.a]\nnext_link = ""'),
        *('[pagination.a]\npage = "p"\nhosts = ["a/b"]', '[pagination.a]\npgae = "p"'),
        *("[pagination.a]\npage = 'p'\nhosts = ['']", "[streams]", "streams = 1"),
        *('[streams]\na = "[END]"', '[streams]\n"*" = "[END]"', "[streams]\na = 1"),
        *('[streams]\na = ""', "[streams.a]\nend = 'x'", "[streams]\na = false"),
        *("[polling]\na = false", '[polling]\n"*" = false', "[polling.a]"),
        *('[polling."*"]', "[polling.a]\nfinal = 'x'", "[polling.a]\nlink = '/a'"),
        *("[polling.a]\nfinal = 'location'", "[polling.a]\nstatus = 'a'"),
        *("[polling.a]\nhosts = ['a/b']", "[polling.a]\nfailed = ['']"),
        *("[polling.a]\nschema = 'A'", "[polling.a]\ninterval = 3"),
        *('spec = ""', "spec = 1", 'pakage = "a"', 'overlays = ["a.yaml", 1]'),
    ],
)
def test_the_schema_judges_settings_as_calque_does(tmp_path: Path, text: str) -> None:
    (tmp_path / "calque.toml").write_text(text)
    fits = jsonschema_rs.validator_for(SCHEMA).is_valid(tomllib.loads(text))
    assert fits == accepted(tmp_path)


def accepted(folder: Path) -> bool:
    """Whether the settings of a folder are right as far as they go."""
    try:
        read(folder)
        jobs(folder)
    except ConfigError as error:
        return "names a document" in str(error)
    return True


def test_a_program_gets_files_and_diagnostics(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = calque.generate("one.yaml", config=Config(package="shown"))
    assert found.errors == ()
    assert tomllib.loads(found.files["pyproject.toml"])["project"]["name"] == "shown"
    (repository / "one.yaml").write_text(SPEC.replace("responses", "respones"))
    wrong = calque.generate(Path("one.yaml"))
    assert not wrong.files
    assert "one.yaml:3:" in "\n".join(wrong.explained())
    assert capfd.readouterr() == ("", "")
    assert not (repository / "cache").exists()


def test_settings_are_written_from_the_command_line(repository: Path) -> None:
    assert main(["init", "--spec", "one.yaml"]) == 2
    assert main(["init", "--spec", "one.yaml", "--output", "x", "--package", "A"]) == 2
    assert main(["init", "--spec", "three.yaml", "--output", "x"]) == 2
    assert not (repository / "calque.toml").exists()
    assert main(["init", "--spec", "one.yaml", "-o", "x", "--package", "a"]) == 0
    text = (repository / "calque.toml").read_text()
    assert text.startswith("#:schema ./calque.schema.json\n")
    assert json.loads((repository / "calque.schema.json").read_text()) == SCHEMA
    (found,) = jobs(repository)
    assert (found.spec, found.output, found.config.package) == (
        Path("one.yaml"),
        Path("x"),
        "a",
    )
    assert main(["init", "--spec", "two.yaml", "--output", "y"]) == 2


def test_settings_are_written_by_asking(repository: Path) -> None:
    answers = ("onee.yaml", "one.yaml", "", "clients/one", "", "one", "OneClient")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "calque", "init"], stdin=theirs, stdout=subprocess.PIPE
    ) as process:
        os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        assert process.stdout is not None
        said = process.stdout.read().decode()
    for descriptor in (ours, theirs):
        os.close(descriptor)
    assert process.returncode == 0
    assert said.count("The document (a file): ") == 2
    assert "there is no file `onee.yaml`; did you mean `one.yaml`?\n" in said
    assert "`client` must be a class name" in said
    (found,) = jobs(repository)
    assert (found.spec, found.config.client) == (Path("one.yaml"), "OneClient")
    assert found.config.package is None


@pytest.mark.parametrize("sign", ["\x03", "\x04"])
def test_who_stops_answering_is_told_so(repository: Path, sign: str) -> None:
    """Control-C is an interrupt, and Control-D the end of what is typed."""
    command = [sys.executable, "-m", "calque", "init"]
    child, terminal = pty.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.execv(sys.executable, command)
    said = b""
    while not said.endswith(b"(a file): "):
        said += os.read(terminal, 1024)
    with suppress(OSError):  # The terminal is gone when the process is.
        while True:
            # Between asking and waiting for an answer Python is deaf to an interrupt.
            os.write(terminal, sign.encode())
            while select.select([terminal], [], [], 1)[0]:
                said += os.read(terminal, 1024)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    expected = (130, b"calque: interrupted") if sign == "\x03" else (2, b"not all was")
    assert (os.waitstatus_to_exitcode(status), expected[1] in said) == (
        expected[0],
        True,
    )
    assert b"Traceback" not in said
    assert not (repository / "calque.toml").exists()


NEEDS = "tags: [a], parameters: [{name: q, in: query, required: true, schema: {type: string}}]"


def test_a_program_compares_without_a_word(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(repository.rglob("*"))
    (repository / "two.yaml").write_text(SPEC.replace("read", "fetch"))
    report = calque.diff("one.yaml", Path("two.yaml"))
    assert [change.rule.code for change in report.changes] == []
    (repository / "two.yaml").write_text(SPEC.replace("tags: [a]", NEEDS))
    assert calque.diff("one.yaml", "two.yaml").breaking
    assert capfd.readouterr() == ("", "")
    assert sorted(repository.rglob("*")) == before


def lines_until(process: subprocess.Popen[str], wanted: str) -> list[str]:
    """What a process says until it says something."""
    assert process.stderr is not None
    found: list[str] = []
    while not found or wanted not in found[-1]:
        line = process.stderr.readline()
        assert line, found
        found.append(line)
    return found


@contextmanager
def watching(*words: str | Path) -> Generator[subprocess.Popen[str]]:
    """`calque watch` at work; it ends with the test, however that ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "calque", "watch", *words],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def saved(spec: Path, text: str) -> None:
    """Saves a document in one step, so that nobody sees the half of it."""
    half = spec.with_name(f".{spec.name}.half")
    half.write_text(text)
    half.replace(spec)


def test_watching_goes_on_over_faults(repository: Path) -> None:
    spec, out = repository / "one.yaml", repository / "out"
    with watching(spec, "-o", out) as process:
        lines_until(process, "up to date")
        resource = out / "shown/resources/a.py"
        good = resource.read_text()
        saved(spec, SPEC.replace("responses", "respones"))
        said = lines_until(process, "still at fault")
        assert any("one.yaml:3:" in line for line in said)
        assert resource.read_text() == good
        saved(spec, SPEC.replace("tags: [a]", "tags: [a], summary: Hm"))
        lines_until(process, "up to date")
        assert "Hm" in resource.read_text()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


def test_updating_gets_judges_compares_and_generates(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upstream, spec = repository / "upstream.yaml", repository / "api/openapi.yaml"
    settings = (
        'spec = "api/openapi.yaml"\noutput = "out"\nsource = "../upstream.yaml"\n'
    )
    (repository / "calque.toml").write_text(settings)
    upstream.write_text(SPEC)
    spec.parent.mkdir()
    assert main(["update"]) == 0
    assert spec.read_text() == SPEC
    origin = json.loads((spec.parent / "openapi.yaml.origin.json").read_text())
    assert origin["source"] == "../upstream.yaml"
    upstream.write_text(
        SPEC.replace(
            "/a:",
            "/b: {get: {operationId: more, tags: [a], responses: {'200': {description: B.}}}}, /a:",
        )
    )
    before = (repository / "out/calque.lock").read_bytes()
    assert main(["update", "--dry-run"]) == 0
    assert "a.more" in capsys.readouterr().out
    assert (spec.read_text(), (repository / "out/calque.lock").read_bytes()) == (
        SPEC,
        before,
    )
    assert main(["update", "--quiet"]) == 0
    assert "def more(" in (repository / "out/shown/resources/a.py").read_text()
    good = spec.read_text()
    upstream.write_text(SPEC.replace("responses", "respones"))
    assert main(["update"]) == 1
    assert spec.read_text() == good
    (repository / "calque.toml").write_text(
        settings + f'sha256 = "{origin["sha256"]}"\n'
    )
    assert main(["update"]) == 2
    assert "is pinned, but has changed" in capsys.readouterr().err
    assert {path.name for path in spec.parent.iterdir()} == {
        "openapi.yaml",
        "openapi.yaml.origin.json",
    }
