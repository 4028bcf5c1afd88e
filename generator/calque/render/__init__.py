"""How an API under its names becomes the text of a package's files."""

from __future__ import annotations

from calque.config import Config
from calque.model.api import Api
from calque.naming import Names
from calque.render.client import client_view
from calque.render.engine import NONE, Filled, fill
from calque.render.models import model_modules
from calque.render.package import (
    model_exports,
    package_exports,
    package_version,
    package_view,
)
from calque.render.resources import resource_modules
from calque.render.response_headers import MODULE, headers_module
from calque.render.runtime import without_unused
from calque.render.shadow import check_made, fitting
from calque.render.surface import surface

__all__ = ["render", "surface"]


def render(api: Api, names: Names, config: Config) -> Filled:
    """The files of the package, by their paths below its folder.

    Raises ConfigError where templates of the maker's own do not fit.
    """
    version = package_version(api, config)
    modules = model_modules(api, names)
    package = package_view(api, names, version)
    headers = headers_module(api, names)
    context = {
        "client": client_view(api, names, version),
        "exports": package_exports(api, names),
        "models": model_exports(api, names, modules),
        "package": package,
    }
    own = fitting(config.templates, context) if config.templates else NONE
    filled = fill(
        {
            "package": {names.package: package},
            "module": {module.file: module for module in modules},
            MODULE: {MODULE: headers} if headers else {},
            "resource": {r.file: r for r in resource_modules(api, names)},
        },
        context,
        own,
    )
    check_made(filled)
    return Filled(filled.written, without_unused(filled.written, filled.copied))
