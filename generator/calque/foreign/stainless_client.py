"""What a `stainless.yml` says of the client: its names, its credentials, where it goes."""

from __future__ import annotations

import re
from collections import Counter

from calque.document.node import Node
from calque.foreign.carried import Carrying, members
from calque.foreign.known import Known
from calque.naming.words import pascal, snake

_PREFIX = re.compile(r"[A-Z][A-Z0-9_]*")


def client(root: Node, known: Known, carrying: Carrying) -> None:
    """Carries over the names of a package, and the credentials that its client takes."""
    _names(root, carrying)
    for name, target in root.below("targets").items():
        if name != "python":
            carrying.leave(target, "this is said of another language")
    settings = root.below("client_settings")
    _environment(settings, known, carrying)
    for option in members(settings.below("opts")):
        _credential(option, known, carrying)
    _elsewhere(root, known, carrying)


def _names(root: Node, carrying: Carrying) -> None:
    organisation = root.below("organization").below("name")
    if isinstance(organisation.value, str):
        carrying.set(organisation, "client", f"{pascal(organisation.value)}Client")
    python = root.below("targets").below("python")
    package, project = python.below("package_name"), python.below("project_name")
    if isinstance(package.value, str):
        carrying.set(package, "package", snake(package.value))
        if package.value != snake(package.value):
            carrying.leave(package, f"it is imported as `{snake(package.value)}`")
    if isinstance(project.value, str):
        carrying.set(project, "distribution", project.value)


def _environment(settings: Node, known: Known, carrying: Carrying) -> None:
    """The prefix of environment variables: as it is said, or as most variables have it."""
    said = settings.below("default_env_prefix")
    if isinstance(said.value, str) and _PREFIX.fullmatch(said.value.strip("_")):
        carrying.set(said, "environment", said.value.strip("_"))
        return
    found: Counter[str] = Counter()
    for option in members(settings.below("opts")):
        variable, read = _variable(option, known, "X"), option.text("read_env")
        end = (variable or "").removeprefix("X")
        if variable and read and read.endswith(end):
            found[read.removesuffix(end)] += 1
    fitting = [prefix for prefix, _ in found.most_common() if _PREFIX.fullmatch(prefix)]
    if fitting:
        carrying.settings["environment"] = fitting[0]


def _variable(option: Node, known: Known, prefix: str) -> str | None:
    """The variable that calque reads in the place of an option, if it is a credential."""
    auth = option.below("auth")
    scheme = auth.text("security_scheme")
    return known.variable(scheme, auth.text("role") or "", prefix) if scheme else None


def _credential(option: Node, known: Known, carrying: Carrying) -> None:
    auth, read = option.below("auth"), option.below("read_env")
    scheme = auth.text("security_scheme")
    if scheme is None:
        return
    prefix = str(carrying.settings.get("environment", "PREFIX"))
    variable = _variable(option, known, prefix)
    if variable is None:
        carrying.leave(auth, f"the document has no security scheme `{scheme}`")
        return
    carrying.take(auth, *(option.below(name) for name in ("type", "nullable")))
    if read.value == variable:
        carrying.take(read)
    elif isinstance(read.value, str):
        carrying.leave(read, f"this credential is read from `{variable}`")


def _elsewhere(root: Node, known: Known, carrying: Carrying) -> None:
    """What the document says too has not to be said again."""
    urls = {server.url for server in known.api.servers}
    for url in members(root.below("environments")):
        if url.value in urls:
            carrying.take(url)
        else:
            carrying.leave(
                url, "say it as one of `servers` in the document, or an overlay"
            )
    schemes = {scheme.name for scheme in known.api.schemes}
    for name, scheme in root.below("security_schemes").items():
        if name in schemes:
            carrying.take(scheme)
        else:
            carrying.leave(scheme, "say it in the document, or in an overlay")
    for needed in root.below("security").elements():
        if needed.mapping().keys() <= schemes:
            carrying.take(needed)
        else:
            carrying.leave(needed, "say it in the document, or in an overlay")
