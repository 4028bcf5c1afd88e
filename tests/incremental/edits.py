"""Edits of OpenAPI documents as people make them, drawn at random: any document, any place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import TypeAlias, cast

Object: TypeAlias = dict[str, object]

METHODS = ("get", "put", "post", "delete", "patch")
_WORDS = ("Alpha", "beta", "Gamma ray", "delta_one", "Épsilon", "class", "zeta-2")
_TYPES: tuple[Object, ...] = (
    {"type": "string"},
    {"type": "integer", "default": 1},
    {"type": "integer", "default": 1.0},
    {"type": "boolean", "default": True},
    {"type": "string", "format": "date-time"},
    {"type": "array", "items": {"type": "number"}},
    {"type": "string", "enum": ["one", "two"]},
    {"type": "object", "properties": {"inner": {"type": "string"}}},
    {"enum": [1, 2]},
    {"type": ["string", "null"]},
)


def edited(document: Object, random: Random) -> tuple[str, Object]:
    """A copy of a document with one edit, and the name of that."""
    changed = copy.deepcopy(document)
    edit = random.choice(EDITS)
    edit(changed, random)
    return edit.__name__, changed


def member(value: object, *keys: str) -> Object:
    """The object at some keys; an empty one where there is none."""
    found = cast("Object", value) if isinstance(value, dict) else {}
    return member(found.get(keys[0]), *keys[1:]) if keys else found


def operations(document: Object) -> list[tuple[Object, str, Object]]:
    """Each operation, with the path item it is in and its method."""
    items = [cast("Object", item) for item in member(document, "paths").values()]
    return [(i, m, member(i, m)) for i in items for m in METHODS if m in i]


def objects(value: object) -> Iterator[Object]:
    """Every object in a value, outer ones first."""
    inner: list[object] = []
    if isinstance(value, dict):
        found = cast("Object", value)
        yield found
        inner = list(found.values())
    elif isinstance(value, list):
        inner = cast("list[object]", value)
    for each in inner:
        yield from objects(each)


def _schemas(document: Object) -> list[Object]:
    """Every schema that is an object with properties."""
    return [o for o in objects(document) if member(o, "properties")]


def describe(document: Object, random: Random) -> None:
    """Changes the words of an object that has some."""
    there = [o for o in objects(document) if isinstance(o.get("description"), str)]
    if there:
        random.choice(there)["description"] = f"{random.choice(_WORDS)} is said here."


def retype(document: Object, random: Random) -> None:
    """Gives a property another type."""
    if owners := _schemas(document):
        properties = member(random.choice(owners), "properties")
        properties[random.choice(list(properties))] = dict(random.choice(_TYPES))


def rename_property(document: Object, random: Random) -> None:
    """Gives a property another name; who requires it requires nothing then."""
    if owners := _schemas(document):
        owner = random.choice(owners)
        properties = member(owner, "properties")
        old = random.choice(list(properties))
        properties[f"{old}{random.choice(_WORDS)}"] = properties.pop(old)
        owner.pop("required", None)


def add_property(document: Object, random: Random) -> None:
    """Adds a property, often of a schema that there is."""
    if owners := _schemas(document):
        properties = member(random.choice(owners), "properties")
        names = list(member(document, "components", "schemas"))
        choices = [*_TYPES, *_refs(names)]
        properties[random.choice(_WORDS)] = dict(random.choice(choices))


def _refs(names: list[str]) -> list[Object]:
    return [{"$ref": f"#/components/schemas/{name}"} for name in names]


def remove_property(document: Object, random: Random) -> None:
    """Removes a property that nothing requires."""
    if owners := [o for o in _schemas(document) if "discriminator" not in o]:
        owner = random.choice(owners)
        properties = member(owner, "properties")
        properties.pop(random.choice(list(properties)))
        owner.pop("required", None)


def require(document: Object, random: Random) -> None:
    """Requires another choice of properties."""
    if owners := [o for o in _schemas(document) if "discriminator" not in o]:
        owner = random.choice(owners)
        names = list(member(owner, "properties"))
        owner["required"] = random.sample(names, random.randint(1, len(names)))


def rename_schema(document: Object, random: Random) -> None:
    """Gives a component another name, wherever it is referred to."""
    schemas = member(document, "components", "schemas")
    if schemas:
        old = random.choice(list(schemas))
        new = old.swapcase() if random.random() < 0.3 else f"{old}Again"
        text = json.dumps(document)
        document.clear()
        document |= json.loads(text.replace(f'schemas/{old}"', f'schemas/{new}"'))
        found = member(document, "components", "schemas")
        renamed = {new if key == old else key: value for key, value in found.items()}
        found.clear()
        found |= renamed


def add_schema(document: Object, random: Random) -> None:
    """Adds a component that is like one there is, or extends it."""
    schemas = member(document, "components", "schemas")
    if schemas:
        name = random.choice(list(schemas))
        ref: Object = {"$ref": f"#/components/schemas/{name}"}
        more: Object = {"type": "object", "properties": {"more": {"type": "string"}}}
        choices: list[object] = [copy.deepcopy(schemas[name]), {"allOf": [ref, more]}]
        choices.append({**ref, **more})
        choices.append({"oneOf": [ref, {"type": "array", "items": ref}]})
        schemas[f"{name}{random.choice(_WORDS)[:5].strip()}"] = random.choice(choices)


def remove_schema(document: Object, random: Random) -> None:
    """Removes a component that nothing refers to."""
    schemas = member(document, "components", "schemas")
    text = json.dumps(document)
    if alone := [name for name in schemas if f'schemas/{name}"' not in text]:
        schemas.pop(random.choice(alone))


def rename_operation(document: Object, random: Random) -> None:
    """Gives an operation another operationId."""
    if there := operations(document):
        *_, operation = random.choice(there)
        operation["operationId"] = f"called{random.choice(_WORDS)}"


def move(document: Object, random: Random) -> None:
    """Moves an operation to another tag."""
    if there := operations(document):
        *_, operation = random.choice(there)
        tags = {str(t) for *_, o in there for t in cast("list[str]", o.get("tags", []))}
        operation["tags"] = [random.choice([*sorted(tags), "elsewhere"])]


def add_operation(document: Object, random: Random) -> None:
    """Adds an operation that is like one there is, under another path."""
    if there := operations(document):
        _, method, operation = random.choice(there)
        again = copy.deepcopy(operation)
        again["operationId"] = f"again{random.choice(_WORDS)}"
        own = cast("list[Object]", again.get("parameters", []))
        again["parameters"] = [p for p in own if p.get("in") == "query"]
        path = f"/again/{random.choice(_WORDS).lower()}".replace(" ", "-")
        member(document, "paths")[path] = {method: again}


def remove_operation(document: Object, random: Random) -> None:
    """Removes an operation; its path stays."""
    there = operations(document)
    if len(there) > 1:
        item, method, _ = random.choice(there)
        item.pop(method)


def add_parameter(document: Object, random: Random) -> None:
    """Adds a parameter to an operation."""
    if there := operations(document):
        *_, operation = random.choice(there)
        own = cast("list[Object]", operation.setdefault("parameters", []))
        if "extra" not in json.dumps(own):
            schema = dict(random.choice(_TYPES))
            own.append({"name": "extra", "in": "query", "schema": schema})


def remove_parameter(document: Object, random: Random) -> None:
    """Removes a parameter that is no part of a path."""
    listed = [
        cast("list[Object]", o.get("parameters", [])) for *_, o in operations(document)
    ]
    if loose := [(own, p) for own in listed for p in own if p.get("in") == "query"]:
        own, parameter = random.choice(loose)
        own.remove(parameter)


def reorder(document: Object, random: Random) -> None:
    """Puts the members of an object in another order."""
    places = [("paths",), ("components", "schemas")]
    there = [member(document, *keys) for keys in places]
    there += [member(owner, "properties") for owner in _schemas(document)]
    chosen = random.choice([each for each in there if each])
    items = list(chosen.items())
    random.shuffle(items)
    chosen.clear()
    chosen |= dict(items)


def word_the_frame(document: Object, random: Random) -> None:
    """Changes what is said of the whole."""
    member(document, "info")["version"] = f"{random.randint(1, 9)}.0.0"


Edit: TypeAlias = Callable[[Object, Random], None]

EDITS: tuple[Edit, ...] = (
    *(describe, retype, rename_property, add_property, remove_property, require),
    *(rename_schema, add_schema, remove_schema, rename_operation, move),
    *(add_operation, remove_operation, add_parameter, remove_parameter, reorder),
    word_the_frame,
)
