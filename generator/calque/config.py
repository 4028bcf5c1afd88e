"""What a package's maker decides beside the document: `calque.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

FILE = "calque.toml"

# What each setting has to look like, and how that is said.
_FORMS = {
    "package": (r"[a-z_][a-z0-9_]*", "an import name such as `pet_store`"),
    "distribution": (r"[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?", "a project's name"),
    "client": (r"[A-Z][A-Za-z0-9]*", "a class name such as `PetStoreClient`"),
    "environment": (r"[A-Z][A-Z0-9_]*", "a prefix such as `PET_STORE`"),
    "version": (r"[0-9][0-9A-Za-z.+]*", "a version (PEP 440) such as `1.0.0`"),
}


class ConfigError(ValueError):
    """`calque.toml` can't be read as one; the text says where and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one package; whatever is None is taken from the document.

    `package` is the import name, `distribution` the project's, `client` the class,
    `environment` the prefix of the environment variables that the client reads, and
    `version` the package's own (PEP 440).
    """

    package: str | None = None
    distribution: str | None = None
    client: str | None = None
    environment: str | None = None
    version: str | None = None


def read(folder: Path) -> Config:
    """The settings in a folder's `calque.toml`; those of no file are all None.

    Raises ConfigError for a file that is no TOML, an unknown key, or a value that is not
    text.
    """
    path = folder / FILE
    if not path.is_file():
        return Config()
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    known = [field.name for field in fields(Config)]
    for key, value in settings.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            advice = (
                f"did you mean `{near[0]}`?" if near else f"known: {', '.join(known)}"
            )
            raise ConfigError(f"{path}: unknown key `{key}`; {advice}")
        form, words = _FORMS[key]
        if not isinstance(value, str) or not re.fullmatch(form, value):
            raise ConfigError(f"{path}: `{key}` must be {words}, in quotes")
    return Config(**settings)
