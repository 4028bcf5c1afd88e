"""What schemas and operations are called by where they stand in a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import dropwhile

from calque.document.grammar import METHODS
from calque.document.node import Node, file_of, split, tokens
from calque.document.operations import operations
from calque.model.options import Options
from calque.resolve import Resolved

COMPONENTS = "#/components/schemas"

WEBHOOKS = ("webhooks", "x-webhooks")
"""Where webhooks stand in a document: since OpenAPI 3.1, and before."""

PAYLOAD = "payload"
"""The word for what a webhook sends."""

# The operationIds that say both: `Group_Method`.
_GROUP_METHOD = re.compile(r"([A-Z][A-Za-z0-9]*)_([A-Z][A-Za-z0-9]*)")

# Those that say where the method is in the code of the service: `PetsController_findAll`.
_CONTROLLER_METHOD = re.compile(r"([A-Za-z0-9]+)(?:Controller|Ctrl)[_.]([A-Za-z]\w*)")

# The version of an API, or that it is one, at the beginning of its paths.
_VERSION = re.compile(
    r"api|rest|(api[-_.]?)?v?\d+([-_.]?\d+)*([-_.]?(alpha|beta|preview|rc)\d*)?", re.I
)

# The keywords below which names or numbers stand, and what stands below those.
_KEYED = {
    *("properties", "patternProperties", "oneOf", "anyOf", "prefixItems", "$defs"),
    *("definitions", "schemas", "parameters", "responses", "requestBodies"),
    *("paths", "content", "headers", "callbacks", *WEBHOOKS),
}
_AFTER = {"paths": "path item"}
_WORDS = {"items": "item", "additionalProperties": "value", "requestBody": "request"}


def is_component(node: Node) -> bool:
    """Whether a schema stands where its key is its name: in the components."""
    return node.pointer.rpartition("/")[0] == COMPONENTS


def foreign_names(resolved: Resolved) -> dict[str, str]:
    """The names of the schemas in other files that references lead to, by Id.

    A schema is called what its key is there, or as its file where it is the whole of it;
    and before that, as a component of the main file that does no more than refer to it.
    """
    referred = (id_ for id_ in resolved.targets.values() if file_of(id_))
    names = {id_: resolved.node(id_).key for id_ in referred}
    for name, node in resolved.root.below("components").below("schemas").items():
        target = resolved.target(node)
        if target in names and len(node.mapping()) == 1:
            names[target] = name
    return names


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What a document as a whole says of how its operations are grouped."""

    badges: frozenset[str]
    """The tags that mark operations, and do not group them.

    OpenAPI 3.2, section 4.22.2: a `kind` other than `nav`, such as `badge`, `audience`.
    """

    shared: frozenset[str]
    """The words that the paths of several operations begin with."""


def grouping(resolved: Resolved) -> Grouping:
    """How the operations of a document are grouped where their ids do not say it."""
    begun = Counter[str]()
    for path, item in resolved.root.below("paths").items():
        methods = sum(1 for _ in operations(resolved.follow(item)))
        begun.update(dict.fromkeys(_telling(path)[:1], methods))
    return Grouping(
        badges=frozenset(
            tag.text("name") or ""
            for tag in resolved.root.below("tags").elements()
            if tag.text("kind") not in (None, "nav")
        ),
        shared=frozenset(word for word, times in begun.items() if times > 1),
    )


@dataclass(frozen=True, slots=True)
class Called:
    """What schemas are called: `names` are those that are so wherever they stand."""

    options: Options
    grouping: Grouping
    names: Mapping[str, str]

    def by_name(self, node: Node) -> bool:
        """Whether a schema has a name of its own."""
        return is_component(node) or node.pointer in self.names

    def hint(self, node: Node, target: Node, hint: tuple[str, ...]) -> tuple[str, ...]:
        """What a schema is called: by where it stands, whoever refers to it."""
        pointer = target.pointer
        if node.pointer == pointer and not is_component(target):
            return hint
        if pointer in self.names or file_of(pointer):
            return (self.names.get(pointer, target.key),)
        return hint_at(self.options, pointer, self.grouping)


def operation_names(
    path: str, node: Node, grouping: Grouping
) -> tuple[str, tuple[str, ...]]:
    """The resource and the method's name: from the operationId, a tag, or the path."""
    whole = node.text("operationId") or ""
    operation_id = _own(whole, path)
    if operation_id == whole and (both := _GROUP_METHOD.fullmatch(whole)):
        return both[1], (both[2],)
    words = _telling(path)
    tags = (tag for tag in node.texts("tags") if tag not in grouping.badges)
    group = next(tags, "")
    if both := _CONTROLLER_METHOD.fullmatch(operation_id):
        return group or both[1], (both[2],)
    group = group or _resource(words, operation_id, grouping)
    rest = words[1:] if words[:1] == [group] else words
    return group, (operation_id,) if operation_id else (node.key, *rest)


def _own(operation_id: str, path: str) -> str:
    """What an operationId says that the path and a method after it do not.

    Frameworks make ids unique so: `read_pet_pets__pet_id__get` is `read_pet`.
    """
    named, _, method = operation_id.rpartition("_")
    own = named.removesuffix(re.sub(r"\W", "_", path))
    return (
        own.rstrip("_") if own and own != named and method in METHODS else operation_id
    )


def _telling(path: str) -> list[str]:
    """The segments of a path that say what it is about.

    That is no parameter, nor the version that comes first; nor a query or a fragment, by
    which some tell operations on one path apart.
    """
    segments = (segment for segment in re.split("[?#]", path)[0].split("/") if segment)
    words = [segment for segment in segments if not segment.startswith("{")]
    return [*dropwhile(_VERSION.fullmatch, words)]


def _resource(words: list[str], operation_id: str, grouping: Grouping) -> str:
    """The resource of a path; `operations` where it says no more than the method does."""
    if not words:
        return "operations"
    if words[0] in grouping.shared or _bare(words[0]) != _bare(operation_id):
        return words[0]
    return "operations"


def _bare(name: str) -> str:
    return re.sub("[-_. ]", "", name).lower()


def hint_at(options: Options, pointer: str, grouping: Grouping) -> tuple[str, ...]:
    """The words for a schema that a reference leads to, wherever in the document.

    They are those that it has without the reference, so that one more reference to it
    changes no name.
    """
    names, keyword, here = list[str](), "", options.resolved.root
    for token in tokens(pointer):
        around, here = here, here / token
        if keyword in ("oneOf", "anyOf"):
            words = options.words(around).get(here.pointer, ())
            names, keyword = [*names, *words], ""
        elif keyword:
            names, keyword = _named(grouping, names, keyword, here), _AFTER.get(
                keyword, ""
            )
        elif here.key in _KEYED:
            keyword = here.key
        elif here.key in _WORDS:
            names = [*names, PAYLOAD if _is_sent(here) else _WORDS[here.key]]
    return tuple(names) or (here.key,)


def _is_sent(node: Node) -> bool:
    """Whether a node is the body of a request that the service sends."""
    around = {*tokens(node.pointer)[:1], *tokens(node.pointer)[-5:-4]}
    return node.key == "requestBody" and bool(around & {*WEBHOOKS, "callbacks"})


def _named(grouping: Grouping, names: list[str], keyword: str, here: Node) -> list[str]:
    """The words down to the member `here` of a keyword that has schemas by key."""
    match keyword:
        case "properties":
            return [*names, here.key]
        case "prefixItems":
            return [*names, f"item {int(here.key) + 1}"]
        case "patternProperties":
            return [*names, "value"]
        case "responses":
            success = names and (here.key == "default" or here.key[0] == "2")
            return [*names, *([] if success else [here.key]), "response"]
        case "parameters":
            return [here.text("name") or here.key]
        case "path item":
            path = split(split(here.pointer)[0])[1]
            return [*operation_names(path, here, grouping)[1]]
        case "paths" | "content":
            return names
        case _:
            return [here.key]
