"""The form of a proof: two documents, and programs of callers that show what a rule claims.

A proof is one text file, `NAME.proof`: a sentence on what it shows, then sections that are
each headed by a line `==> TITLE`:

- `old`, `new`: the documents in YAML. Without `paths:`, a fragment: its paths, and `schemas`.
  All fragments are put into one document; `TAG` and `Our` stand for what sets this apart;
- `old config`, `new config`: `calque.toml` as YAML, for whole documents;
- `over`: the new package is generated over the old one, and renames are accepted;
- `answer`: the JSON that the service answers with, or `{"status": ..., "body": ...}`, with
  `headers` where there are any;
- `also`: the codes of other changes that the two documents make;
- `program CODE`: what a caller of the old package wrote, about the rule CODE.

In fragments, `answers`, `body` and `fails` are short for the schema of a 200 answer, of a
JSON body and of all other answers, and `OurPet` for a reference to that schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from calque import lock
from calque.comparison import Report, diff
from calque.config import Config
from calque.document.node import Json
from calque.format import Formatted
from calque.lock import Lock
from calque.pipeline import package, understand
from calque.surface import Surface, restored

HERE = Path(__file__).parent
PROOFS = sorted(HERE.glob("proofs/*.proof"))
SIDES = ("old", "new")
HEAD = """from __future__ import annotations
from shown import UNSET, ShownClient, StatusError, models as m
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as it stands in its file."""

    name: str
    intent: str
    sections: dict[str, str]

    @property
    def whole(self) -> bool:
        """Whether its documents are whole, each the package of its own."""
        return "paths:" in self.sections["old"]

    @property
    def tag(self) -> str:
        """The resource of a fragment."""
        return self.name.replace("-", "_")

    @property
    def prefix(self) -> str:
        """What the schemas of a fragment begin with."""
        return "".join(map(str.capitalize, self.name.split("-")))

    @property
    def also(self) -> set[str]:
        """The codes of the changes that the proof is not about."""
        return set(self.sections.get("also", "").split())

    def programs(self) -> Iterator[tuple[str, str]]:
        """The programs, by the codes of the rules that they are about."""
        for title, text in self.sections.items():
            if title.startswith("program "):
                head = "" if self.whole else HEAD
                yield title.removeprefix("program "), head + self.named(text)

    def named(self, text: str) -> str:
        """A text with the names that set a fragment apart."""
        if self.whole:
            return text
        return re.sub(r"\bOur", self.prefix, text.replace("TAG", self.tag))


def read(path: Path) -> Proof:
    """The proof in a file."""
    intent, *parts = re.split(r"^==> (.*)\n", path.read_text("utf-8"), flags=re.M)
    bodies = [f"{body.strip(chr(10))}\n" for body in parts[1::2]]
    return Proof(path.stem, intent.strip(), dict(zip(parts[::2], bodies, strict=True)))


def documents(proofs: list[Proof], side: str) -> dict[str, tuple[Json, Config]]:
    """The documents of one side by the names of their packages, all fragments in one."""
    paths: dict[str, Json] = {}
    schemas: dict[str, Json] = {}
    found: dict[str, tuple[Json, Config]] = {}
    for proof in proofs:
        data = cast(
            "dict[str, Json]", yaml.safe_load(proof.named(proof.sections[side]))
        )
        if proof.whole:
            said = yaml.safe_load(proof.sections.get(f"{side} config", "{}"))
            name = f"shown_{proof.tag}"
            found[name] = _document(data), Config(**({"package": name} | said))
        else:
            schemas |= _mapping(_formed(data.pop("schemas", {}), proof.prefix, True))
            for path, item in data.items():
                paths[f"/{proof.name}{path}"] = _path(item, proof)
    fragments: Json = {"paths": paths, "components": {"schemas": schemas}}
    found["shown"] = _document(_mapping(fragments)), Config(package="shown")
    return found


def _document(body: dict[str, Json]) -> Json:
    info: Json = {"title": "Shown", "version": "1.0.0"}
    return {"openapi": "3.1.1", "info": info, **body}


def _mapping(value: Json) -> dict[str, Json]:
    assert isinstance(value, dict)
    return value


def _path(item: Json, proof: Proof) -> Json:
    return {method: _operation(o, proof) for method, o in _mapping(item).items()}


def _operation(value: Json, proof: Proof) -> Json:
    said = _mapping(_formed(value, proof.prefix, False))
    id_ = str(said["operationId"])
    said["operationId"] = id_ if "_" in id_ else f"{proof.prefix}_{id_.capitalize()}"
    responses: dict[str, Json] = {"200": _response(said.pop("answers", None))}
    if "fails" in said:
        responses["default"] = _response(said.pop("fails"))
    if "body" in said:
        said["requestBody"] = {"required": True, "content": _json(said.pop("body"))}
    return {**said, "responses": responses}


def _response(schema: Json) -> Json:
    content: dict[str, Json] = {"content": _json(schema)} if schema else {}
    return {"description": "What comes."} | content


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


_SCHEMAS = {"answers", "body", "fails", "schema", "items", "additionalProperties"}
_NAMED = {"const", "propertyName", "description", "default"}


def _formed(value: Json, prefix: str, schema: bool) -> Json:
    """A value in which the names of the proof's schemas are references to them.

    `schema`: whether a schema may stand here, or schemas by names of their own.
    """
    match value:
        case str() if schema and value.startswith(prefix):
            return {"$ref": f"#/components/schemas/{value}"}
        case dict():
            below = schema and "type" not in value
            return {
                key: _formed(
                    each, prefix, _holds_schemas(key) or (below and key not in _NAMED)
                )
                for key, each in value.items()
            }
        case list():
            return [_formed(each, prefix, schema) for each in value]
        case _:
            return value


def _holds_schemas(key: str) -> bool:
    return key in _SCHEMAS or key == "properties"


def surfaces(proofs: list[Proof], side: str, folder: Path) -> dict[str, Surface]:
    """Generates the packages of one side into a folder; their surfaces, of their locks."""
    before = documents(proofs, "old")
    over = {f"shown_{proof.tag}" for proof in proofs if "over" in proof.sections}
    found: dict[str, Surface] = {}
    for name, document in documents(proofs, side).items():
        memory = Lock()
        if side == "new" and name in over:
            memory = _lock(_generated(*before[name], folder / f"{name}.json", Lock()))
        files = _generated(*document, folder / f"{name}.json", memory)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        found[name] = restored(_lock(files).surface)
    return found


def _lock(files: Mapping[str, str]) -> Lock:
    return lock.parsed(files[lock.FILE].encode(), lock.FILE)


def _generated(
    document: Json, config: Config, spec: Path, memory: Lock
) -> Mapping[str, str]:
    """The package of a document, over the one of which there is a memory."""
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(json.dumps(document), "utf-8")
    result = understand(spec)
    assert result.value is not None, [d.message for d in result.diagnostics]
    assert not result.diagnostics, [d.message for d in result.diagnostics]
    return package(
        result.value, config, "", memory, layout=Formatted, accept=True
    ).files


def reports(old: dict[str, Surface], new: dict[str, Surface]) -> dict[str, Report]:
    """What is said of each pair of packages."""
    return {name: diff(old[name], new[name]) for name in old}
