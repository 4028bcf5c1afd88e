"""How an API under its names becomes the text of a package's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from calque.config import Config
from calque.model.api import Api
from calque.naming import Names
from calque.render import fakes
from calque.render.client import client_view
from calque.render.engine import NONE, Filled, fill
from calque.render.models import model_module, model_modules
from calque.render.package import (
    model_exports,
    package_exports,
    package_version,
    package_view,
)
from calque.render.parts import Parts, Past
from calque.render.resources import resource_module, resources
from calque.render.response_headers import MODULE, headers_module
from calque.render.runtime import without_unused
from calque.render.shadow import check_made, fitting
from calque.render.surface import surface
from calque.render.webhooks import WEBHOOKS, webhooks_module
from calque.render.written_surface import written_surface

__all__ = ["Past", "Rendered", "render", "surface", "written_surface"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files of a package: some to be laid out, some as they were, some copied."""

    filled: Filled
    parts: Parts

    def whole(self, laid_out: Mapping[str, str]) -> dict[str, str]:
        """All files, once those that were written have their layout."""
        return {**self.filled.copied, **self.filled.kept, **laid_out}

    def past(self, texts: Mapping[str, str]) -> Past:
        """What can be told to the next package, once the final texts are known."""
        places = self.filled.places
        parts = {
            key: part if part.text else replace(part, text=texts[places[key]])
            for key, part in self.parts.made.items()
        }
        return Past(self.parts.basis, parts)


def render(
    api: Api, names: Names, config: Config, past: Past | None = None
) -> Rendered:
    """The files of the package, by their paths below its folder.

    Those of an earlier one, `past`, are kept where they would be the same. Raises
    ConfigError where templates of the maker's own do not fit.
    """
    version = package_version(api, config)
    package = package_view(api, names, version, testing=config.testing)
    testing = {fakes.MODULE: fakes.fakes_view(api, names)} if config.testing else {}
    headers = headers_module(api, names)
    webhooks = webhooks_module(api, names)
    context = {
        "client": client_view(api, names, version),
        "exports": package_exports(api, names),
        "models": model_exports(api, names),
        "package": package,
    }
    own = fitting(config.templates, context) if config.templates else NONE
    parts = Parts(api, names, past, own)
    filled = fill(
        {
            "package": {names.package: package},
            "module": _modules(api, names, parts),
            MODULE: {MODULE: headers} if headers else {},
            WEBHOOKS: {WEBHOOKS: webhooks} if webhooks else {},
            fakes.MODULE: testing,
            "resource": _resources(api, names, parts),
        },
        context,
        own,
    )
    check_made(filled)
    used = without_unused({**filled.written, **filled.kept}, filled.copied)
    return Rendered(replace(filled, copied=used), parts)


def _modules(api: Api, names: Names, parts: Parts) -> dict[str, object]:
    return {
        file: parts.part(
            ("module", file), members, partial(model_module, file, members)
        )
        for file, members in model_modules(api, names).items()
    }


def _resources(api: Api, names: Names, parts: Parts) -> dict[str, object]:
    return {
        file: parts.part(
            ("resource", file),
            resource.members,
            partial(resource_module, resource),
            *(resource.group, resource.former),
        )
        for file, resource in resources(api, names).items()
    }
