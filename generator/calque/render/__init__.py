"""How an API under its names becomes the text of a package's files."""

from __future__ import annotations

from functools import partial

from calque.config import Config
from calque.model.api import Api
from calque.naming import Names
from calque.render import fakes
from calque.render.client import client_view
from calque.render.engine import fill
from calque.render.models import model_module, model_modules
from calque.render.package import (
    model_exports,
    package_exports,
    package_version,
    package_view,
)
from calque.render.parts import Digests, Parts, Past, digest_of
from calque.render.rendered import Rendered, rendered
from calque.render.resources import resource_module, resources
from calque.render.response_headers import MODULE, headers_module
from calque.render.shadow import check_made, fitting
from calque.render.surface import surface
from calque.render.webhooks import WEBHOOKS, webhooks_module
from calque.render.written_surface import written_surface

__all__ = [
    "Digests",
    "Past",
    "Rendered",
    "digest_of",
    "render",
    "surface",
    "written_surface",
]


def render(
    api: Api,
    names: Names,
    config: Config,
    past: Past | None = None,
    digests: Digests | None = None,
) -> Rendered:
    """The files of the package, by their paths below its folder.

    Those of an earlier one, `past`, are kept where they would be the same; `digests` are
    those of members that were taken before. Raises ConfigError where templates of the
    maker's own do not fit.
    """
    version = package_version(api, config)
    package = package_view(api, names, version, testing=config.testing)
    headers = headers_module(api, names)
    webhooks = webhooks_module(api, names)
    context = {
        "client": client_view(api, names, version),
        "exports": package_exports(api, names),
        "models": model_exports(api, names),
        "package": package,
    }
    own = fitting(config, context)
    parts = Parts(api, names, past, own, digests or Digests(digest_of))
    fake = {fakes.MODULE: fakes.fakes_view(api, names, parts)} if config.testing else {}
    filled = fill(
        {
            "package": {names.package: package},
            "module": _modules(api, names, parts),
            MODULE: {MODULE: headers} if headers else {},
            WEBHOOKS: {WEBHOOKS: webhooks} if webhooks else {},
            fakes.MODULE: fake,
            "resource": _resources(api, names, parts),
        },
        context,
        own,
    )
    check_made(filled)
    return rendered(filled, parts, past)


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
