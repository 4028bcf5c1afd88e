"""The command as a person meets it: exit codes, what is printed, what is left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPEC = ROOT / "spec/acs-call-automation/openapi.yaml"
FAULTY = """openapi: 3.1.1
info: {title: A, version: "1"}
paths:
  /a:
    get:
      responses:
        "200":
          description: Fine.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Missing"}
        "404":
          $ref: "#/components/responses/Missing"
"""


def calque(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the command as its own process, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "calque", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A freshly generated package."""
    folder = tmp_path / "package"
    assert calque("generate", SPEC, "-o", folder).returncode == 0
    return folder


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A document with two references that lead nowhere."""
    path = tmp_path / "faulty.yaml"
    path.write_text(FAULTY)
    return path


def test_a_package_is_written_without_a_word(tmp_path: Path) -> None:
    done = calque("generate", SPEC, "-o", tmp_path / "new" / "package")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "new/package/acs_call_automation/py.typed").exists()


def test_a_second_run_writes_nothing(package: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    done = calque("generate", "--verbose", SPEC, "-o", package)
    assert "0 files written, 0 removed" in done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in package.rglob("*")}


def test_json_is_read_as_well(tmp_path: Path, package: Path) -> None:
    import yaml

    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(yaml.safe_load(SPEC.read_text("utf-8"))))
    folder = tmp_path / "from-json"
    assert calque("generate", document, "-o", folder).returncode == 0
    models = "models/server_calling.py"
    assert (folder / "call_automation" / models).read_bytes() == (
        package / "acs_call_automation" / models
    ).read_bytes()


def test_all_errors_are_shown_and_nothing_is_written(
    faulty: Path, tmp_path: Path
) -> None:
    done = calque("generate", faulty, "-o", tmp_path / "package")
    assert done.returncode == 1
    assert f"{faulty}:11:30: error: " in done.stderr
    assert f"{faulty}:13:17: error: " in done.stderr
    assert "2 errors; nothing comes of this document" in done.stderr
    assert not (tmp_path / "package").exists()


def test_a_package_survives_a_faulty_document(faulty: Path, package: Path) -> None:
    before = contents(package)
    assert calque("generate", faulty, "-o", package).returncode == 1
    assert contents(package) == before


def test_diagnostics_are_a_line_of_json_each(faulty: Path, tmp_path: Path) -> None:
    done = calque(
        "generate", "--diagnostics", "json", faulty, "-o", tmp_path / "package"
    )
    found = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(d["severity"], d["line"], d["column"]) for d in found] == [
        ("error", 11, 30),
        ("error", 13, 17),
    ]
    assert {d["file"] for d in found} == {str(faulty)}


def test_quiet_leaves_out_the_warnings(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(
        "openapi: 3.1.1\ninfo: {title: A, version: '1'}\npaths: {}\n"
        "webhooks: {gone: {post: {responses: {'200': {description: Fine.}}}}}\n"
    )
    loud = calque("generate", spec, "-o", tmp_path / "loud")
    quiet = calque("generate", "--quiet", spec, "-o", tmp_path / "quiet")
    assert (loud.returncode, quiet.returncode) == (0, 0)
    assert f"{spec}:4:19: warning: no payload is read" in loud.stderr
    assert quiet.stderr == ""


def test_warnings_that_are_alike_are_told_once(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    schema = "{type: string, not: {const: a}}"
    spec.write_text(
        "openapi: 3.1.1\ninfo: {title: A, version: '1'}\npaths: {}\n"
        f"components:\n  schemas:\n    A: {schema}\n    B: {schema}\n    C: {schema}\n"
    )
    told = calque("generate", spec, "-o", tmp_path / "a").stderr
    assert told.count("warning: `not`") == 1
    assert "and 2 more like it" in told
    every = calque("generate", "--verbose", spec, "-o", tmp_path / "b").stderr
    assert every.count("warning: `not`") == 3
    listed = calque("dump", "--diagnostics", "json", spec).stderr
    assert [json.loads(line)["line"] for line in listed.splitlines()] == [6, 7, 8]


@pytest.mark.parametrize("kind", ["folder with files", "file"])
def test_what_calque_did_not_write_is_refused(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    if kind == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    done = calque("generate", SPEC, "-o", target)
    assert done.returncode == 2
    assert str(target) in done.stderr
    assert contents(tmp_path) == before


def test_an_edited_file_is_not_overwritten(package: Path) -> None:
    edited = package / "README.md"
    edited.write_text("my own words\n")
    before = contents(package)
    done = calque("generate", SPEC, "-o", package)
    assert done.returncode == 2
    assert "-my own words" in done.stderr
    assert all(way in done.stderr for way in ("--overwrite", "custom/", "calque adopt"))
    assert contents(package) == before
    assert calque("generate", "--overwrite", SPEC, "-o", package).returncode == 0
    assert "my own words" not in edited.read_text()


def test_an_adopted_file_is_the_user_s(package: Path) -> None:
    adopted = package / "README.md"
    adopted.write_text("my own words\n")
    assert calque("adopt", adopted).returncode == 0
    assert calque("generate", SPEC, "-o", package).returncode == 0
    assert calque("generate", "--check", SPEC, "-o", package).returncode == 0
    assert adopted.read_text() == "my own words\n"
    assert calque("adopt", adopted).returncode == 2
    assert calque("adopt", "--undo", adopted).returncode == 0
    assert calque("generate", SPEC, "-o", package).returncode == 2
    assert calque("generate", "--overwrite", SPEC, "-o", package).returncode == 0
    assert "my own words" not in adopted.read_text()


def test_an_adopted_module_that_is_gone_is_told(package: Path) -> None:
    name = "acs_call_automation/resources/server_calling.py"
    module, words = package / name, package / "README.md"
    assert calque("adopt", module, words).returncode == 0
    module.unlink()
    words.unlink()
    for _ in range(2):
        told = calque("generate", SPEC, "-o", package)
        assert told.returncode == 0
        [line] = [line for line in told.stderr.splitlines() if "warning" in line]
        assert line.startswith(f"{module}: warning: `{name}` was adopted")
    assert calque("adopt", "--undo", module).returncode == 0
    assert calque("generate", SPEC, "-o", package).stderr == ""
    assert (module.exists(), words.exists()) == (True, False)


def test_what_refers_is_read_below_a_folder_that_is_there(tmp_path: Path) -> None:
    done = calque("generate", SPEC, "-o", tmp_path / "x", "--ref-root", tmp_path / "no")
    assert done.returncode == 2
    assert done.stderr.endswith(f"--ref-root: there is no folder `{tmp_path / 'no'}`\n")


def test_where_nothing_changes_that_is_said_once(package: Path) -> None:
    assert calque("diff", package, package).stdout == "Nothing changes.\n"


def test_only_files_of_calque_s_can_be_adopted(package: Path, tmp_path: Path) -> None:
    (package / "mine.txt").write_text("mine")
    assert "yours already" in calque("adopt", package / "mine.txt").stderr
    assert "no package" in calque("adopt", tmp_path / "other.txt").stderr
    assert "stays calque's" in calque("adopt", package / "calque.lock").stderr
    assert "there is no file" in calque("adopt", package / "nosuch.py").stderr


def test_a_package_in_conflict_is_made_anew(package: Path) -> None:
    lock, readme = package / "calque.lock", package / "README.md"
    before = contents(package)
    for file in (lock, readme):
        text = file.read_text("utf-8")
        file.write_text(f"<<<<<<< a\n{text}=======\n{text}>>>>>>> b\n", "utf-8")
    done = calque("generate", SPEC, "-o", package)
    assert (done.returncode, "--relock" in done.stderr) == (2, True)
    assert calque("generate", "--relock", SPEC, "-o", package).returncode == 0
    assert contents(package) == before


def test_only_stale_files_of_its_own_are_removed(package: Path, tmp_path: Path) -> None:
    own = package / "acs_call_automation/custom.py"
    own.write_text("mine = 1\n")
    text = SPEC.read_text("utf-8").replace("ServerCalling_", "Dialling_")
    renamed = tmp_path / "openapi.yaml"
    renamed.write_text(text)
    (tmp_path / "calque.toml").write_bytes((SPEC.parent / "calque.toml").read_bytes())
    accept = "--accept-renames"
    assert calque("generate", accept, renamed, "-o", package).returncode == 0
    resources = sorted(
        p.name for p in (package / "acs_call_automation/resources").glob("*")
    )
    assert resources == ["__init__.py", "dialling.py"]
    assert own.read_text() == "mine = 1\n"


def test_check_shows_what_is_stale(package: Path) -> None:
    assert calque("generate", "--check", SPEC, "-o", package).returncode == 0
    (package / "acs_call_automation/resources/server_calling.py").unlink()
    before = contents(package)
    done = calque("generate", "--check", SPEC, "-o", package)
    assert done.returncode == 1
    heads = [line for line in done.stdout.splitlines() if line.startswith("+++ ")]
    assert heads == ["+++ new/acs_call_automation/resources/server_calling.py"]
    assert contents(package) == before


def test_check_shows_the_lock_last(package: Path, tmp_path: Path) -> None:
    other = tmp_path / "openapi.yaml"
    text = SPEC.read_text("utf-8").replace("operationContext", "context")
    other.write_text(text, "utf-8")
    done = calque("generate", "--check", other, "-o", package)
    heads = [line for line in done.stdout.splitlines() if line.startswith("+++ ")]
    assert len(heads) > 1
    assert heads[-1] == "+++ new/calque.lock"


def test_check_shows_what_was_edited(package: Path) -> None:
    (package / "README.md").write_text("my own words\n")
    done = calque("generate", "--check", SPEC, "-o", package)
    assert done.returncode == 1
    assert "-my own words" in done.stdout


def test_a_refusal_is_json_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = calque("generate", "--diagnostics", "json", SPEC, "-o", tmp_path)
    assert done.returncode == 2
    assert json.loads(done.stderr)["code"] == "refused"


def test_the_model_is_printed_as_json() -> None:
    done = calque("dump", SPEC)
    assert done.returncode == 0
    model = json.loads(done.stdout)
    assert [o["operation_id"] for o in model["operations"]] == [
        "ServerCalling_CreateCall"
    ]
    assert len(model["declarations"]) == 16


def test_whoever_reads_the_output_may_stop() -> None:
    command = f"{sys.executable} -m calque dump {SPEC} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"{\n", b"")


@pytest.mark.parametrize("words", ["--version", f"dump {SPEC}"])
@pytest.mark.parametrize("output", ["| true", ">&-"])
def test_there_need_be_nobody_who_reads(words: str, output: str) -> None:
    command = f"(sleep 0.2; {sys.executable} -m calque {words}) {output}"
    bash = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(bash, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_output_is_whole_in_a_pipe_and_in_a_file(tmp_path: Path) -> None:
    told = calque("dump", SPEC).stdout
    file = tmp_path / "api.json"
    command = f"{sys.executable} -m calque dump {SPEC} > {file}"
    subprocess.run(command, shell=True, check=True)
    assert len(told) > 10_000
    assert file.read_text("utf-8") == told
    assert json.loads(told)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["generate", "--quiet", "--verbose", "openapi.yaml", "-o", "x"],
        ["generate", "--diagnostics", "xml", "openapi.yaml", "-o", "x"],
    ],
)
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    done = calque(*arguments)
    assert done.returncode == 2
    assert "usage: calque" in done.stderr


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("package = ", "Invalid value"),
        ('pakage = "a"', "did you mean `package`?"),
        ("package = 1", "`package` must be an import name"),
        ('package = "a; import os"', "`package` must be an import name"),
        ('client = "lower"', "`client` must be a class name"),
        ('client = "Billing"', "a class name that ends in `Client`"),
    ],
)
def test_settings_that_are_wrong_are_named(
    tmp_path: Path, settings: str, message: str
) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_bytes(SPEC.read_bytes())
    (tmp_path / "calque.toml").write_text(settings)
    done = calque("generate", spec, "-o", tmp_path / "package")
    assert done.returncode == 2
    assert message in done.stderr
    assert "calque.toml" in done.stderr


def test_the_version_is_told() -> None:
    from calque import __version__

    assert calque("--version").stdout == f"calque {__version__}\n"


SLIGHT = "openapi: 3.1.1\ninfo: {title: A, version: 1}\npaths: {}\n"


@pytest.mark.parametrize(
    ("setting", "options", "code"),
    [
        ("", [], 0),
        ("", ["--lenient"], 0),
        ("", ["--strict"], 1),
        ("strict = true", [], 1),
        ("strict = true", ["--lenient"], 0),
        ("strict = false", ["--strict"], 1),
    ],
)
@pytest.mark.parametrize("command", ["generate", "dump"])
def test_slight_faults_are_errors_on_demand(
    tmp_path: Path, command: str, setting: str, options: list[str], code: int
) -> None:
    (tmp_path / "openapi.yaml").write_text(SLIGHT)
    (tmp_path / "calque.toml").write_text(setting)
    output = ["-o", str(tmp_path / "package")] if command == "generate" else []
    done = calque(command, tmp_path / "openapi.yaml", *output, *options)
    assert done.returncode == code
    severity = "error" if code else "warning"
    assert f"openapi.yaml:2:27: {severity}: `version` is an integer" in done.stderr
    assert ('it is read as "1"' in done.stderr) is (code == 0)
    assert (tmp_path / "package").exists() is (command == "generate" and code == 0)
