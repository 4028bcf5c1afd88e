"""Which defaults and examples do not fit the schemas they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import jsonschema_rs
from jsonschema_rs import Draft202012Validator as _Validator
from jsonschema_rs import ValidationErrorKind as Reported

from calque.codes import Code
from calque.diagnostics import Diagnostic, Severity
from calque.document.files import Files
from calque.document.grammar import Kind
from calque.document.node import Json, Node, file_of, join
from calque.document.reference import base_of, is_remote
from calque.document.walk import walk

_BASE = "calque://document/"
_JSON = re.compile(r"[^;]*[/+]json\s*(;.*)?", re.IGNORECASE)
_LONGEST = 120
_TELLING = frozenset({"default", "example", "examples", "readOnly", "writeOnly"})
"""What a schema has values in, or says of when there are any."""

_WORDS = _TELLING | {"title", "description", "deprecated"}
"""What of a schema no value has to fit."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A value, and the schema that it should fit."""

    code: Code
    value: Node
    schema: Node


def check(files: Files, one_way: frozenset[str] = frozenset()) -> list[Diagnostic]:
    """A warning for each default and example that its schema does not admit.

    JSON Schema 2020-12, validation, sections 9.2 and 9.5: they should be valid. `one_way`
    are names of members that some schema elsewhere calls read-only or write-only.
    """
    claims: list[_Claim] = []
    judge = _Judge(files, set(one_way))
    for kind, node in walk(files):
        if kind is Kind.SCHEMA and _TELLING.isdisjoint(node.mapping()):
            continue
        claims.extend(_claims(files, kind, node))
        if kind is Kind.SCHEMA and (node.flag("readOnly") or node.flag("writeOnly")):
            judge.one_way.add(node.key)
    judged = ((claim, judge.misfit(claim)) for claim in claims)
    return [_misfit(claim, error) for claim, error in judged if error is not None]


def _claims(files: Files, kind: Kind, node: Node) -> Iterator[_Claim]:
    """The values in an object that are meant to fit a schema."""
    match kind:
        case Kind.SCHEMA:
            if (default := node.get("default")) is not None:
                yield _Claim(Code.DEFAULT_MISFIT, default, node)
            examples = node.nodes("examples")
            example = node.get("example")
            for value in (*examples, example) if example else examples:
                yield _Claim(Code.EXAMPLE_MISFIT, value, node)
        case Kind.MEDIA_TYPE if _JSON.fullmatch(node.key):
            yield from _examples(files, node)
        case Kind.PARAMETER | Kind.HEADER:
            # OpenAPI 3.0, section 4.7.12: a string may be the value as it is sent.
            for claim in _examples(files, node):
                if not isinstance(claim.value.value, str):
                    yield claim
        case _:
            return


def _examples(files: Files, owner: Node) -> Iterator[_Claim]:
    schema = owner.get("schema")
    if schema is None:
        return
    if (example := owner.get("example")) is not None:
        yield _Claim(Code.EXAMPLE_MISFIT, example, schema)
    for name in owner.below("examples").mapping():
        entry = owner / "examples" / name
        value = (files.follow(entry) or entry).get("value")
        if value is not None:
            yield _Claim(Code.EXAMPLE_MISFIT, value, schema)


@dataclass(slots=True)
class _Judge:
    """The files under URLs that lie to each other as they do, those above included.

    `one_way` has the names of members that only requests or only answers have; values
    for the others lack them, required or not. Large documents repeat themselves:
    `validators` are those of schemas by their file and what they ask for, None where there is
    none.
    """

    files: Files
    one_way: set[str] = field(default_factory=set[str])
    registry: jsonschema_rs.Registry | None = None
    validators: dict[tuple[str, str], _Validator | None] = field(
        default_factory=dict["tuple[str, str]", "_Validator | None"]
    )

    def misfit(self, claim: _Claim) -> jsonschema_rs.ValidationError | None:
        """What is wrong with a value, if it can be judged."""
        validator, value = self._validator(claim.schema), claim.value.value
        if validator is None or validator.is_valid(value):
            return None
        errors = validator.iter_errors(value)
        return next((each for each in errors if not self._is_one_way(each)), None)

    def _validator(self, schema: Node) -> _Validator | None:
        """What judges values by a schema: by any of a file that asks for the same.

        Where schemas have an `$id`, it depends on their place what they refer to.
        """
        place = schema.pointer if self.files.identities else repr(_asked(schema.value))
        known = base_of(schema.pointer), place
        if known not in self.validators:
            self.validators[known] = self._made(schema)
        return self.validators[known]

    def _made(self, schema: Node) -> _Validator | None:
        name = base_of(schema.pointer) if file_of(schema.pointer) else ""
        fragment = quote(schema.pointer.partition("#")[2], safe="/~")
        self.registry = self.registry or jsonschema_rs.Registry(
            [(self._url(name), root.value) for name, root in self.files.roots.items()]
        )
        try:
            return _Validator(
                {"$ref": f"{self._url(name)}#{fragment}"},
                registry=self.registry,
                validate_formats=False,
                mask="the value",
            )
        except (ValueError, jsonschema_rs.ReferencingError):
            return None  # A pattern of another dialect, or a reference that dangles.

    def _url(self, name: str) -> str:
        if is_remote(name or self.files.main):
            return name or self.files.main
        above = max(name.split("/").count("..") for name in self.files.roots)
        folder, ups = _BASE + "_/" * above, name.split("/").count("..")
        below = folder[: len(folder) - 2 * ups]
        return below + quote((name or self.files.main).removeprefix("../" * ups))

    def _is_one_way(self, error: jsonschema_rs.ValidationError) -> bool:
        match error.kind:
            case Reported.Required(property):
                return property in self.one_way
            case Reported.AnyOf(context) | Reported.OneOfNotValid(context):
                return any(all(map(self._is_one_way, branch)) for branch in context)
            case _:
                return False


def _asked(schema: Json) -> Json:
    """What a schema asks of values: what is left of it without words and examples."""
    if not isinstance(schema, dict):
        return schema
    return {keyword: said for keyword, said in schema.items() if keyword not in _WORDS}


def _misfit(claim: _Claim, error: jsonschema_rs.ValidationError) -> Diagnostic:
    what = "default" if claim.code is Code.DEFAULT_MISFIT else "example"
    reason = error.message if len(error.message) < _LONGEST else "it is another value"
    return Diagnostic(
        severity=Severity.WARNING,
        code=claim.code,
        message=f"the {what} does not fit its schema",
        help=f"{reason}; correct the {what} or the schema",
        done=f"the {what} is only documented",
        pointer=join(claim.value.pointer, *error.instance_path),
    )
