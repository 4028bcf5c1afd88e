"""What is said to other generators is said to calque, and bears the same names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from calque.cli import main
from calque.document.node import Json, Node
from calque.foreign.stainless_pages import setting
from calque.project import jobs

DOCUMENT = """openapi: 3.1.0
info: {title: Acme Developer API, version: 1.0.0}
servers: [{url: "https://api.acme.example/v1"}]
security: [{ApiKeyAuth: []}]
paths:
  /status:
    get: {operationId: getStatus, responses: {"200": {description: Up.}}}
  /internal:
    get: {operationId: debug, responses: {"200": {description: Hm.}}}
  /accounts:
    get:
      operationId: accountsIndex
      tags: [Accounts And More]
      parameters:
        - {name: next, in: query, schema: {type: string}}
      responses:
        "200":
          description: All.
          content:
            application/json:
              schema:
                type: object
                required: [data, after]
                properties:
                  data: {type: array, items: {$ref: "#/components/schemas/AccountDto"}}
                  after: {type: [string, "null"]}
    post:
      tags: [Accounts And More]
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/AccountDto"}}}
      responses: {"201": {description: Made.}}
  /accounts/{account_id}/friends/{friend_id}:
    put:
      operationId: putFriend
      parameters:
        - {name: account_id, in: path, required: true, schema: {type: string}}
        - {name: friend_id, in: path, required: true, schema: {type: string}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    AccountDto: {type: object, properties: {name: {type: string}}}
  securitySchemes:
    ApiKeyAuth: {type: apiKey, in: header, name: X-Acme-Key}
"""
STAINLESS = """organization:
  name: acme
  docs: https://docs.acme.example
resources:
  $client:
    methods:
      status: get /status
  accounts:
    models:
      account: "#/components/schemas/AccountDto"
      ghost: "#/components/schemas/Ghost"
    methods:
      list:
        endpoint: get /accounts
        paginated: true
      create: post /accounts
      remove: delete /accounts
    subresources:
      friends:
        methods:
          update: put /accounts/{id}/friends/{friend}
unspecified_endpoints: [get /internal]
pagination:
  - name: cursor_page
    type: cursor
    request:
      next: {type: string, x-stainless-pagination-property: {purpose: next_cursor_param}}
    response:
      data: {type: array, items: {}}
      after: {type: string, x-stainless-pagination-property: {purpose: next_cursor_field}}
  - name: fakes
    type: fake_page
    request: {}
    response: {data: {type: array}}
client_settings:
  default_timeout: 30000
  opts:
    api_key:
      type: string
      nullable: true
      auth: {security_scheme: ApiKeyAuth}
      read_env: ACME_API_KEY
environments:
  production: https://api.acme.example/v1
  sandbox: https://sandbox.acme.example/v1
targets:
  go: {package_name: acme-go}
  python:
    package_name: acme
    project_name: acme-python
"""
LEFT = """stainless.yml:3:3: organization.docs: calque has no counterpart
stainless.yml:6:5: resources.$client.methods: calque's client has no methods of its own: they are in `api`
stainless.yml:11:7: resources.accounts.models.ghost: no class comes of the schema `Ghost`
stainless.yml:17:7: resources.accounts.methods.remove: the document has no operation `delete /accounts`
stainless.yml:20:9: resources.accounts.subresources.friends.methods: calque's resources have none below them: this one is `accounts_friends`
stainless.yml:31:5: pagination.1: calque follows no pages of this kind
stainless.yml:36:3: client_settings.default_timeout: calque has no counterpart
stainless.yml:47:3: targets.go: this is said of another language
"""
PROGRAM = """
from acme import AcmeClient, AsyncAcmeClient
from acme.models import Account
with AcmeClient() as client:
    print(client.accounts.list, client.accounts.create, client.accounts_friends.update)
    print(client.api.status, Account(name="a").name, type(client.accounts.list()).__name__)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the document, where commands are run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    return tmp_path


def taken(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    words = ["--from", name, "--spec", "openapi.yaml", "--output", "out"]
    assert main(["init", *words]) == 0


def test_a_client_of_stainless_has_its_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(folder, "stainless.yml", STAINLESS)
    said = capsys.readouterr().err
    assert said.startswith("taken over from stainless: ")
    assert said.partition("\n")[2] == LEFT
    text = (folder / "calque.toml").read_text()
    assert text.startswith("#:schema ./calque.schema.json\n")
    assert '"POST /accounts" = "accounts.create"' in text
    assert 'environment = "ACME"' in text
    assert main(["generate", "--quiet"]) == 0
    assert main(["check"]) == 0
    environment = {"PYTHONPATH": str(folder / "out"), "ACME_API_KEY": "secret"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "Accounts.list" in done.stdout
    assert done.stdout.endswith("a Pager\n")
    operations = json.loads((folder / "out/calque.lock").read_text())["operations"]
    assert {entry["call"] for entry in operations.values()} == {
        "accounts.create",
        "accounts.list",
        "accounts_friends.update",
        "api.status",
    }
    servers = (folder / "out/acme/_client.py").read_text()
    assert '"sandbox": Server("https://sandbox.acme.example/v1")' in servers


TOKENS = """resources:
  accounts: {methods: {list: get /accounts}}
security_schemes:
  TokenAuth: {type: http, scheme: bearer}
security: [{TokenAuth: []}]
client_settings:
  opts:
    token: {type: string, auth: {security_scheme: TokenAuth}, read_env: ACME_SDK_TOKEN}
"""


def test_what_stainless_says_of_security_is_an_overlay(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(folder, "stainless.yml", TOKENS)
    assert len(capsys.readouterr().err.splitlines()) == 1
    (job,) = jobs(folder)
    assert [path.name for path in job.config.overlays] == ["stainless.overlay.yaml"]
    assert job.config.environment == "ACME_SDK"
    assert main(["generate", "--quiet"]) == 0
    lock = json.loads((folder / "out/calque.lock").read_text())
    assert lock["operations"]["accountsIndex"]["security"] == ["TokenAuth"]
    text = (folder / "out/README.md").read_text()
    assert "`ACME_SDK_TOKEN`" in text
    (folder / "calque.toml").unlink()
    words = ["--from", "stainless.yml", "--spec", "openapi.yaml", "--output", "out"]
    assert main(["init", *words]) == 2
    assert "stainless.overlay.yaml is there already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["config.yaml", "config.json"])
def test_a_client_of_openapi_python_client_has_its_names(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data = {
        "project_name_override": "acme-sdk",
        "package_version_override": "2.1.0",
        "class_overrides": {
            "AccountDto": {"class_name": "Account", "module_name": "account"},
            "Ghost": {"class_name": "Spirit"},
        },
        "field_prefix": "attr_",
        "post_hooks": ["ruff check ."],
    }
    taken(folder, name, json.dumps(data, indent=1))
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("taken over from openapi-python-client: ")
    assert [line.split(": ")[:2] for line in said[1:]] == [
        [f"{name}:7:4", "class_overrides.AccountDto.module_name"],
        [f"{name}:10:4", "class_overrides.Ghost.class_name"],
        [f"{name}:13:2", "field_prefix"],
        [f"{name}:14:2", "post_hooks"],
    ]
    (job,) = jobs(folder)
    config = job.config
    assert (config.distribution, config.package) == ("acme-sdk", "acme_sdk")
    assert (config.version, config.models) == ("2.1.0", {"AccountDto": "Account"})
    assert main(["generate", "--quiet"]) == 0
    models = (folder / "out/acme_sdk/models/__init__.py").read_text()
    assert '"Account",' in models


GENERATOR = """generatorName: python
inputSpec: openapi.yaml
outputDir: made
library: asyncio
modelNameMappings: {AccountDto: Account}
operationIdNameMappings: {accountsIndex: list_all, nothing: some}
nameMappings: {_type: kind}
openapiNormalizer:
  FILTER: "operationId:accountsIndex|getStatus"
additionalProperties:
  packageName: acme_api
  projectName: acme-api
  packageVersion: 3.0.1
"""


def test_a_client_of_openapi_generator_has_its_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "og.yaml").write_text(GENERATOR)
    assert main(["init", "--from", "og.yaml"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[:2] for line in said[1:]] == [
        ["og.yaml:4:1", "library"],
        ["og.yaml:6:52", "operationIdNameMappings.nothing"],
        ["og.yaml:7:1", "nameMappings"],
    ]
    assert main(["generate", "--quiet"]) == 0
    code = (folder / "made/acme_api/resources/accounts_and_more.py").read_text()
    assert "def list_all(" in code
    assert '"Account",' in (folder / "made/acme_api/models/__init__.py").read_text()


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("a: 1", 2, "has no key of any of stainless, openapi-python-client"),
        ("- a", 2, "holds no settings"),
        ("openapi: 3.1.0", 2, "this is a document, which is `--spec`"),
        ("a: [", 2, "other.yaml:1:"),
        ("resources: {}", 0, "taken over from stainless: nothing"),
    ],
)
def test_what_is_no_file_of_a_generator(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, code: int, said: str
) -> None:
    (folder / "other.yaml").write_text(text)
    words = ["--spec", "openapi.yaml", "--output", "out"]
    assert main(["init", "--from", "other.yaml", *words]) == code
    assert said in capsys.readouterr().err
    assert (folder / "calque.toml").exists() == (code == 0)


def test_a_file_of_a_generator_that_is_not_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "stainless.yml").touch()
    assert main(["init", "--from", "stainles.yml"]) == 2
    assert capsys.readouterr().err == (
        "calque: stainles.yml: there is no such file; did you mean `stainless.yml`?\n"
    )


ODD = """organization: {name: 日本}
targets: {python: {package_name: Größe, project_name: -x-}}
resources:
  accounts:
    models: {account: AccountDto, 1st: AccountDto}
    methods: {größe: get /status}
unspecified_endpoints: [get /accounts, post /accounts, get /internal]
"""


def test_names_that_calque_does_not_take_are_left(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "openapi.yaml").read_text()
    (folder / "openapi.yaml").write_text(
        text.replace("    post:\n", "    post:\n      operationId: make\n")
    )
    taken(folder, "stainless.yml", ODD)
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2].partition(": ")[0] for line in said[1:]] == [
        "organization.name",
        "targets.python.package_name",
        "targets.python.project_name",
        "resources.accounts.models.account",
        "resources.accounts.models.1st",
        "resources.accounts.methods.größe",
    ]
    assert main(["generate", "--quiet"]) == 0


def test_a_document_at_fault_is_said_to_be(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "openapi.yaml").write_text(DOCUMENT.replace("paths:", "pahts:"))
    (folder / "stainless.yml").write_text(STAINLESS)
    assert main(["init", "--from", "stainless.yml", "--output", "out"]) == 2
    words = ["--spec", "openapi.yaml", "--output", "out"]
    assert main(["init", "--from", "stainless.yml", *words]) == 1
    assert "openapi.yaml:" in capsys.readouterr().err
    assert not (folder / "calque.toml").exists()
    assert not (folder / "stainless.overlay.yaml").exists()


def test_a_cursor_is_known_by_its_name_where_nothing_else_tells_of_it() -> None:
    response: Json = {
        "rows": {"type": "array"},
        "page": {"type": "object", "properties": {"next_cursor": {"type": "string"}}},
    }
    request: Json = {"after": {"type": "string"}}
    scheme: Json = {"type": "cursor", "request": request, "response": response}
    assert setting(Node("#", scheme)) == {
        "items": "/rows",
        "cursor": "/page/next_cursor",
        "parameter": "after",
    }
