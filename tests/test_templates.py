"""Templates of somebody's own stand for calque's, as long as they fit; else it says where."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import calque
from calque.cli import main
from calque.config import Config, ConfigError
from calque.render.engine import sources, tree
from calque.render.shadow import RECORD
from tests.test_hostile import HOSTILE, document
from tests.test_projects import lines_until, saved, watching

pytestmark = pytest.mark.once

SPEC = """openapi: 3.1.1
info: {title: Shown, version: "1"}
paths: {/a: {get: {operationId: read, tags: [a], summary: Reads., responses: {"200": {description: A.}}}}}
"""
SETTINGS = 'spec = "one.yaml"\noutput = "out"\ntemplates = "mine"\n'
README = "README.md.jinja"
CLIENT = "{package}/_client.py.jinja"
MODELS = "{package}/models/{module}.py.jinja"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose settings name a folder of templates, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").write_text(SPEC)
    (tmp_path / "calque.toml").write_text(SETTINGS)
    return tmp_path


def eject(*names: str) -> None:
    assert main(["templates", "eject", *names]) == 0


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_all_templates_can_be_ejected_and_give_the_same(folder: Path) -> None:
    plain = calque.generate("one.yaml", config=Config()).files
    eject(*sources())
    mine = calque.generate("one.yaml").files
    assert {n: t for n, t in mine.items() if n != "calque.lock"} == {
        n: t for n, t in plain.items() if n != "calque.lock"
    }
    assert set(json.loads(mine["calque.lock"])["templates"]) == set(sources())
    assert "templates" not in json.loads(plain["calque.lock"])


def test_one_that_is_changed_shows_wherever_packages_are_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate"]) == 2
    assert "mine: there is no such folder" in capsys.readouterr().err
    eject(README, "{package}/_runtime/clock.py")
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    changed(folder / "mine" / README, "## Install", "## How to get it")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "other templates: README.md.jinja" in said
    assert "+## How to get it" in said
    assert main(["generate"]) == 0
    assert "## How to get it" in (folder / "out/README.md").read_text()
    changed(folder / "mine/{package}/_runtime/clock.py", '"""', '"""Ours: ')
    assert main(["generate"]) == 0
    assert '"""Ours: ' in (folder / "out/shown/_runtime/clock.py").read_text()
    eject(CLIENT)
    changed(folder / "mine" / CLIENT, "from __future__", "# Ours.\nfrom __future__")
    assert main(["check"]) == 1
    assert "other templates: {package}/_client.py.jinja" in capsys.readouterr().out
    (folder / "calque.toml").write_text(SETTINGS.replace("templates", "#"))
    assert main(["generate"]) == 0
    assert "## Install" in (folder / "out/README.md").read_text()


def test_packages_have_templates_of_their_own(folder: Path) -> None:
    entry = '[[packages]]\nspec = "one.yaml"\noutput = "out/{}"\ntemplates = "{}"\n'
    (folder / "calque.toml").write_text(entry.format("a", "x") + entry.format("b", "y"))
    for name in "xy":
        where, action = ["--folder", name], ["eject", README]
        words = [*where, *action] if name == "x" else [*action, *where]
        assert main(["templates", *words]) == 0
        changed(folder / name / README, "## Install", f"## {name}")
    assert main(["templates", "eject", CLIENT]) == 2
    assert main(["generate"]) == 0
    for package, name in ("a", "x"), ("b", "y"):
        assert f"## {name}" in (folder / "out" / package / "README.md").read_text()


def test_ejecting_overwrites_nothing_and_is_recorded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    eject(README)
    assert (folder / "mine" / README).read_bytes() == (tree() / README).read_bytes()
    record = json.loads((folder / "mine" / RECORD).read_text())
    assert record[README]["calque"] == calque.__version__
    (folder / "mine" / README).write_text("ours")
    assert main(["templates", "eject", CLIENT, README]) == 2
    assert (folder / "mine" / README).read_text() == "ours"
    assert not (folder / "mine" / CLIENT).exists()
    assert main(["templates", "eject", "READNE.md.jinja"]) == 2
    said = capsys.readouterr().err
    assert "mine/README.md.jinja is there already" in said
    assert f"did you mean `{README}`?" in said
    assert main(["templates", "eject", "_client.py"]) == 2
    assert f"did you mean `{CLIENT}`?" in capsys.readouterr().err
    (folder / "calque.toml").write_text('spec = "one.yaml"\noutput = "out"\n')
    assert main(["templates", "eject", README]) == 2
    assert 'say `templates = "my-templates"`' in capsys.readouterr().err


def test_templates_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    eject(README)
    assert main(["templates"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert {line.split("  ")[0] for line in listed} == set(sources())
    assert f"{README}  mine/{README}" in listed


def test_an_original_that_changed_is_told_of_until_it_is_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    eject(README, "pyproject.toml.jinja")
    record = folder / "mine" / RECORD
    data = json.loads(record.read_text())
    data[README] = {"calque": "0.0.9", "sha256": "0" * 64}
    lines = (f"{json.dumps(name)}: {json.dumps(e)}" for name, e in data.items())
    record.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    assert main(["generate"]) == 2
    said = capsys.readouterr().err
    assert f"mine/{RECORD}:2: the original of {README} has changed since" in said
    assert main(["templates"]) == 0
    assert f"mine/{README} (the original has changed)" in capsys.readouterr().out
    changed(folder / "mine" / README, "## Install", "## Ours")
    assert main(["templates", "diff", README]) == 0
    shown = capsys.readouterr().out
    assert f"--- calque/{README}\n+++ mine/{README}\n" in shown
    assert "-## Install\n+## Ours\n" in shown
    assert main(["templates", "accept", README]) == 0
    assert main(["generate"]) == 0
    record.write_text("{")
    assert main(["generate"]) == 2
    assert "restore it from version control" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("READNE.md.jinja", "", f":1: calque has no template of this name; did you mean `{README}`?"),
        ("{package}/new.py.jinja", "", ":1: calque has no template of this name"),
        (README, "# A\n\n{{ package.distributoin }}", ":3: there is no `package.distributoin` here; did you mean `package.distribution`?"),
        (README, "{{ resource.name }}", ":1: there is no `resource.name` here"),
        (README, "{{ package.__class__ }}", ":1: there is no `package.__class__` here"),
        (README, "a\n{{ package.name | upper }}", ":2: a template decides nothing: the filter `upper`"),
        (README, "{% for line in package.about %}\n{{ loop.first }}{% endfor %}", ":2: there is no `loop.first`"),
        (README, "a\n{% if package.a == package.b %}{% endif %}", ":2: a template decides nothing: a condition has to be a ready flag\n"),
        (README, "{% set a = 1 %}", ":1: a template decides nothing: Assign"),
        (README, '{% include "README.md.jinja" %}', ":1: Include is not allowed"),
        (README, "a\n\n{% if package.call %}", ":3: Unexpected end of template"),
        ("{package}/_runtime/clock.py", "a = 1\nb = (", ":2: '(' was never closed"),
        (CLIENT, "a = {{ client.version }} +", ":1: what it gives for shown/_client.py is no Python: line 1"),
        ("pyproject.toml.jinja", "a = ", ":1: what it gives for pyproject.toml is no TOML"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_by_file_and_line(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    if name in sources():
        eject(name)
    (folder / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "mine" / name).write_text(text)
    for command in (["generate"], ["check"]):
        assert main(command) == 2
        assert f"mine/{name}{said}" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_all_that_does_not_fit_is_said_at_once(folder: Path) -> None:
    eject(README)
    (folder / "mine" / README).write_bytes(b"\xff")
    (folder / "mine" / CLIENT).parent.mkdir()
    (folder / "mine" / CLIENT).write_text("{{ client.nname }}")
    with pytest.raises(ConfigError) as caught:
        calque.generate("one.yaml")
    lines = str(caught.value).splitlines()
    assert [line.partition(": ")[0] for line in lines[1:]] == [
        f"mine/{README}:1",
        f"mine/{CLIENT}:1",
        f"mine/{CLIENT}:1",
    ]
    assert "accept {package}/_client.py.jinja" in lines[2]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (MODELS, "# {{ module.docstring }}"),
        (MODELS, '"{{ module.docstring }}"'),
        (MODELS, '"""{{ module.docstring }}"""'),
        (MODELS, "f{{ module.docstring }}"),
        (MODELS, "''{{ module.docstring }}"),
        (MODELS, "{{ module.docstring }}{{ module.docstring }}"),
        (MODELS, "{% for a in module.records %}f{% endfor %}{{ module.docstring }}"),
        (MODELS, "{% for a in module.records %}{{ a.docstring }}{% endfor %}"),
        (MODELS, "{% for a in module.records %}{% for b in a.fields %}\n'{{ b.default }}'\n{% endfor %}{% endfor %}"),
        (MODELS, "{% if module.imports %}\n'{% endif %}{{ module.docstring }}"),
        (MODELS, "{% if module.imports %}# {% endif %}{{ module.docstring }}"),
        (CLIENT, "a = '{{ client.version }}'"),
        (CLIENT, "{{ package.description }}"),
        ("pyproject.toml.jinja", "a = '{{ package.toml_description }}'"),
        ("pyproject.toml.jinja", "{{ package.description }}"),
    ],
)  # fmt: skip
def test_words_of_a_document_stay_where_they_are_words(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, line: str
) -> None:
    eject(name)
    path = folder / "mine" / name
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    assert main(["generate"]) == 2
    said = capsys.readouterr().err
    assert "can't stand" in said or "do not end in it" in said or "no `package." in said


def written(text: str) -> dict[str, str]:
    """What changed templates make of a document with a text everywhere."""
    Path("one.yaml").write_text(json.dumps(document(text)))
    config = Config(package="hostile", client="C", templates=Path("mine"))
    return dict(calque.generate("one.yaml", config=config).files)


def test_a_hostile_document_meets_changed_templates(folder: Path) -> None:
    eject(CLIENT, MODELS)
    head = "({{ record.bases }}):\n"
    about = "    about = (\n        {{ record.docstring | indent(8) }}\n    )\n"
    more = f"{{% if record.docstring %}}\n{about}{{% endif %}}\n"
    changed(folder / "mine" / MODELS, head, head + more)
    changed(
        folder / "mine" / CLIENT, "_API = ", "VERSION = {{ client.version }}\n_API = "
    )
    harmless = written("word")
    assert any('about = """word' in text for text in harmless.values())
    # Those that end a text, a line or an expression.
    for text in HOSTILE[:6]:
        for path, code in written(text).items():
            if path.endswith(".py") and "/_runtime/" not in path:
                assert not calls(code) & {"os", "os.system"}, (text, path)


def calls(code: str) -> set[str]:
    """What a module calls and imports."""
    found = set[str]()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_watching_sees_templates(folder: Path) -> None:
    eject(README)
    with watching() as process:
        lines_until(process, "up to date")
        saved(folder / "mine" / README, "# {{ package.nname }}\n")
        said = lines_until(process, "still at fault")
        assert any(f"mine/{README}:1: there is no" in line for line in said)
        assert "## Install" in (folder / "out/README.md").read_text()
        saved(folder / "mine" / README, "# {{ package.distribution }}\n")
        lines_until(process, "up to date")
        assert (folder / "out/README.md").read_text() == "# shown\n"
