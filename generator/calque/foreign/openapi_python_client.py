"""What a configuration of openapi-python-client says: names of the package and its classes."""

from __future__ import annotations

from calque.document.node import Node
from calque.foreign.carried import Carrying
from calque.foreign.known import Known
from calque.naming.words import pascal, snake

KEYS = frozenset(
    [
        "class_overrides",
        "content_type_overrides",
        "project_name_override",
        "package_name_override",
        "package_version_override",
        "use_path_prefixes_for_title_model_names",
        "post_hooks",
        "docstrings_on_attributes",
        "field_prefix",
        "generate_all_tags",
        "http_timeout",
        "literal_enums",
    ]
)
"""The keys of such a file."""


def carry(root: Node, known: Known) -> Carrying:
    """The settings that a file has a counterpart for."""
    carrying = Carrying()
    project = root.below("project_name_override")
    package = root.below("package_name_override")
    version = root.below("package_version_override")
    if isinstance(project.value, str):
        carrying.set(project, "distribution", project.value)
        carrying.settings["package"] = snake(project.value)
    if isinstance(package.value, str):
        carrying.set(package, "package", package.value)
    if version.value is not None:
        carrying.set(version, "version", str(version.value))
    for name, override in root.below("class_overrides").items():
        _renamed(name, override, known, carrying)
    prefix = root.below("field_prefix")
    if prefix.value is not None:
        carrying.leave(prefix, "a name that Python can't take is spelled out instead")
    literals = root.below("literal_enums")
    if literals.value is not None:
        carrying.leave(literals, "an enumeration takes its plain values anyway")
    return carrying


def _renamed(name: str, override: Node, known: Known, carrying: Carrying) -> None:
    class_, schema = override.below("class_name"), known.schema(name)
    module = override.below("module_name")
    if isinstance(module.value, str):
        carrying.leave(module, "models are in modules by the resources that use them")
    if not isinstance(class_.value, str):
        return
    if schema is None:
        carrying.leave(class_, f"no class comes of a schema `{name}`")
    else:
        carrying.put(class_, "models", schema, pascal(class_.value))
