"""What a configuration of openapi-generator says: names, and where things are."""

from __future__ import annotations

from calque.document.node import Node
from calque.foreign.carried import Carrying
from calque.foreign.known import Known
from calque.naming.words import pascal, snake

KEYS = frozenset(
    [
        "generatorName",
        "inputSpec",
        "outputDir",
        "templateDir",
        "additionalProperties",
        "globalProperties",
        "configOptions",
        "packageName",
        "projectName",
        "packageVersion",
        "packageUrl",
        "library",
        "nameMappings",
        "parameterNameMappings",
        "modelNameMappings",
        "enumNameMappings",
        "operationIdNameMappings",
        "schemaMappings",
        "inlineSchemaNameMappings",
        "inlineSchemaOptions",
        "importMappings",
        "typeMappings",
        "reservedWordsMappings",
        "openapiNormalizer",
        "removeOperationIdPrefix",
        "skipValidateSpec",
        "gitUserId",
        "gitRepoId",
        "httpUserAgent",
    ]
)
"""The keys of such a file."""

_NAMES = {
    "packageName": "package",
    "projectName": "distribution",
    "packageVersion": "version",
}
_FILTERS = {"operationId": "id", "tag": "tag", "path": "path"}
"""The filters of its normaliser that calque has patterns for."""


def carry(root: Node, known: Known) -> Carrying:
    """The settings that a file has a counterpart for."""
    carrying = Carrying()
    # What is said of Python alone may stand at the top, or in a table of its own.
    for place in (
        root,
        root.below("additionalProperties"),
        root.below("configOptions"),
    ):
        for name, key in _NAMES.items():
            node = place.below(name)
            if node.value is not None:
                value = str(node.value)
                carrying.set(node, key, snake(value) if key == "package" else value)
        library = place.below("library")
        if library.value is not None:
            carrying.leave(library, "clients are sync and async, over httpx2")
    generator = root.below("generatorName")
    if isinstance(generator.value, str) and generator.value.startswith("python"):
        carrying.take(generator)
    _models(root.below("modelNameMappings"), known, carrying)
    _calls(root.below("operationIdNameMappings"), known, carrying)
    _filter(root.below("openapiNormalizer").below("FILTER"), known, carrying)
    return carrying


def _models(mappings: Node, known: Known, carrying: Carrying) -> None:
    for name, node in mappings.items():
        schema = known.schema(name)
        if schema is None:
            carrying.leave(node, f"no class comes of a schema `{name}`")
        else:
            carrying.put(node, "models", schema, pascal(str(node.value)))


def _calls(mappings: Node, known: Known, carrying: Carrying) -> None:
    for name, node in mappings.items():
        operation = known.ids.get(name)
        if operation is None:
            carrying.leave(node, f"the document has no operationId `{name}`")
        else:
            call = f"{snake(operation.group_hint)}.{snake(str(node.value))}"
            carrying.put(node, "calls", name, call)


def _filter(node: Node, known: Known, carrying: Carrying) -> None:
    kind, _, wanted = str(node.value or "").partition(":")
    values = [value.strip() for value in wanted.split("|") if value.strip()]
    if kind not in _FILTERS or not values:
        return
    there = {
        "operationId": set(known.ids),
        "tag": {tag for operation in known.api.operations for tag in operation.tags},
        "path": {operation.path for operation in known.api.operations},
    }[kind]
    if missing := [value for value in values if value not in there]:
        carrying.leave(node, f"the document has no {kind} `{missing[0]}`")
        return
    carrying.set(node, "include", [f"{_FILTERS[kind]}:{value}" for value in values])
