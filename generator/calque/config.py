"""What a package's maker decides beside the document: `calque.toml`."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from keyword import iskeyword
from pathlib import Path
from typing import TypeVar, cast

from calque.diagnostics import Focus, PlacedError
from calque.operation_table import WrongSetting, unknown_key
from calque.page_settings import PageSetting, page_setting
from calque.poll_settings import PollSetting, poll_setting
from calque.stream_settings import stream_setting
from calque.whereabouts import Whereabouts, unread

T = TypeVar("T")

FILE, PYPROJECT = FILES = "calque.toml", "pyproject.toml"

PLACES = ("spec", "output", "source", "sha256", "packages")
"""The keys that say what is made of what; `calque.project` reads them."""

PEP_440 = (
    r"\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9]+(\.[a-z0-9]+)*)?"
)
"""A public version, in its normal form."""

TAKEN = sys.stdlib_module_names | {"anyio", "httpcore2", "httpx2", "msgspec"}
"""The modules that a package would hide, or be hidden by: Python's, and those in use."""

# What each setting has to look like, and how that is said.
_FORMS = {
    "package": (r"[a-z_][a-z0-9_]*", "an import name such as `pet_store`"),
    "distribution": (r"[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?", "a project's name"),
    "client": (
        r"[A-Z][A-Za-z0-9]*Client",
        "a class name that ends in `Client`, such as `PetStoreClient`",
    ),
    "environment": (r"[A-Z][A-Z0-9_]*", "a prefix such as `PET_STORE`"),
    "version": (PEP_440, "a version (PEP 440) such as `1.0.0`"),
}
_PATTERN = r"(tag|path|id):.+"
_TABLES = {
    "calls": (
        r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*",
        "a resource and a method, such as `pets.get`",
    ),
    "resources": (r"[a-z][a-z0-9_]*", "an attribute such as `pets`"),
    "models": (r"[A-Z][A-Za-z0-9_]*", "a class name such as `Pet`"),
    "extend": (
        r"[a-z_][a-z0-9_]*\.[A-Z][A-Za-z0-9_]*",
        "a module of `custom/` and a class in it, such as `pets.PetMethods`",
    ),
}


class ConfigError(PlacedError):
    """`calque.toml` can't be read as one; the text says where and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one package; whatever is None is taken from the document.

    `package` is the import name, `distribution` the project's, `client` the class,
    `environment` the prefix of the environment variables that the client reads, and
    `version` the package's own (PEP 440). `include` and `exclude` choose operations by
    patterns: `tag:pets`, `path:/pets/*`, `id:getPet*`. `calls` says how operations are
    called, by operationId or `GET /pets`: `pets.get`; `resources` how those of a tag are
    reached, and `models` what the classes of schemas are called. `extend` names for
    generated classes what they derive from too: `pets.PetMethods` of the package's
    `custom/` folder. `strict` takes every fault of the document as an error, however
    slight. `testing`: whether the package has fakes, for tests. `overlays` are files that
    are applied to the document, in order. `templates` is a folder whose files take the
    place of calque's own templates. `pagination` says how pages follow one another, None
    that there are none; `*` stands for all operations that are not named. `polling` says in
    the same way how operations go on after they were answered, and `streams` what the data
    of the last server-sent event is.
    """

    package: str | None = None
    distribution: str | None = None
    client: str | None = None
    environment: str | None = None
    version: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    calls: Mapping[str, str] = field(default_factory=dict[str, str])
    resources: Mapping[str, str] = field(default_factory=dict[str, str])
    models: Mapping[str, str] = field(default_factory=dict[str, str])
    extend: Mapping[str, str] = field(default_factory=dict[str, str])
    strict: bool = False
    testing: bool = True
    overlays: tuple[Path, ...] = ()
    templates: Path | None = None
    pagination: Mapping[str, PageSetting | None] = field(
        default_factory=dict[str, PageSetting | None]
    )
    polling: Mapping[str, PollSetting | None] = field(
        default_factory=dict[str, PollSetting | None]
    )
    streams: Mapping[str, str] = field(default_factory=dict[str, str])
    at: Whereabouts | None = field(default=None, compare=False, repr=False)

    def wrong(self, message: str, *keys: str | int) -> ConfigError:
        """What does not go together with the document, at the place of a key."""
        if self.at is None:
            return ConfigError(f"{FILE}: {message}")
        return ConfigError(message, self.at.location(*keys, focus=Focus.KEY))


def said(table: Mapping[str, T], keys: Sequence[str], default: T) -> T:
    """What a table of settings says of what goes by one of some keys."""
    return next((table[key] for key in keys if key in table), default)


def read(folder: Path) -> Config:
    """The settings in a folder's `calque.toml`, or in its pyproject.toml; else all None.

    Raises ConfigError for a file that is no TOML, an unknown key, or a value that is not
    as it has to be.
    """
    for path in (folder / FILE, folder / PYPROJECT):
        found = table(path)
        if found is not None:
            return parsed(Whereabouts(path, (above(path),)), found)
    return Config()


def table(path: Path) -> dict[str, object] | None:
    """What a file says to calque: `[tool.calque]` in pyproject.toml, all of any other."""
    if not path.is_file():
        return None
    try:
        found: object = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(*unread(path, error)) from error
    for key in above(path):
        tables = cast("dict[str, object]", found) if isinstance(found, dict) else {}
        found = tables.get(key)
    return cast("dict[str, object]", found) if isinstance(found, dict) else None


def above(path: Path) -> tuple[str, ...]:
    """The keys below which a file speaks to calque."""
    return ("tool", "calque") if path.name == PYPROJECT else ()


def parsed(at: Whereabouts, settings: Mapping[str, object]) -> Config:
    """The settings in a table, which stands at a place; raises ConfigError."""
    _check_keys(at, settings)
    return Config(
        **{key: _text(at, key, settings[key]) for key in _FORMS if key in settings},
        include=_patterns(at, "include", settings),
        exclude=_patterns(at, "exclude", settings),
        calls=_table(at, settings, "calls"),
        resources=_table(at, settings, "resources"),
        models=_table(at, settings, "models"),
        extend=_table(at, settings, "extend"),
        strict=_flag(at, "strict", settings, usual=False),
        testing=_flag(at, "testing", settings, usual=True),
        overlays=_files(at, "overlays", settings),
        templates=_folder(at, "templates", settings),
        pagination=_by_operation(at, settings, "pagination", page_setting),
        polling=_by_operation(at, settings, "polling", poll_setting),
        streams=_by_operation(at, settings, "streams", stream_setting),
        at=at,
    )


def _check_keys(at: Whereabouts, settings: Mapping[str, object]) -> None:
    names = (each.name for each in fields(Config) if each.name != "at")
    known = [*names, *PLACES]
    for key in settings:
        if key not in known:
            place = at.location(key, focus=Focus.KEY)
            raise ConfigError(unknown_key(key, known), place)


def _text(at: Whereabouts, key: str, value: object) -> str:
    form, words = _FORMS[key]
    fits = isinstance(value, str) and re.fullmatch(form, value)
    if key == "package" and isinstance(value, list):
        words = "several packages are `[[packages]]`"
        raise ConfigError(words, at.location(key, focus=Focus.KEY))
    if not fits:
        raise ConfigError(f"`{key}` must be {words}, in quotes", at.location(key))
    name = str(value)
    if key == "package" and (iskeyword(name) or name in TAKEN):
        words = f"`{name}` means something else in Python; try `{name}_client`"
        raise ConfigError(words, at.location(key))
    return name


def _flag(
    at: Whereabouts, key: str, settings: Mapping[str, object], *, usual: bool
) -> bool:
    value = settings.get(key, usual)
    if not isinstance(value, bool):
        raise ConfigError(f"`{key}` must be true or false", at.location(key))
    return value


def _files(
    at: Whereabouts, key: str, settings: Mapping[str, object]
) -> tuple[Path, ...]:
    """Files by their names as seen from the folder of `calque.toml`."""
    words = 'a list of files such as "fix.yaml"'
    names = _listed(at, key, settings, "(?s:.+)", words)
    return tuple(at.file.parent / name for name in names)


def _folder(at: Whereabouts, key: str, settings: Mapping[str, object]) -> Path | None:
    """A folder by its name as seen from that of `calque.toml`."""
    value = settings.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        words = f'`{key}` must be a folder such as "my-templates"'
        raise ConfigError(words, at.location(key))
    return at.file.parent / value


def _patterns(
    at: Whereabouts, key: str, settings: Mapping[str, object]
) -> tuple[str, ...]:
    words = "a list of patterns such as `tag:pets`, `path:/pets/*` or `id:getPet*`"
    return _listed(at, key, settings, _PATTERN, words)


def _listed(
    at: Whereabouts, key: str, settings: Mapping[str, object], form: str, words: str
) -> tuple[str, ...]:
    """A list of texts, each of which has a form."""
    value = settings.get(key, [])
    entries = cast("list[object]", value) if isinstance(value, list) else [value]
    found: list[str] = []
    for index, entry in enumerate(entries):
        if not isinstance(entry, str) or not re.fullmatch(form, entry):
            raise ConfigError(f"`{key}` must be {words}", at.location(key, index))
        found.append(entry)
    return tuple(found)


def _entries(
    at: Whereabouts, settings: Mapping[str, object], name: str
) -> dict[str, object]:
    """The entries of a table, by their keys."""
    entries = settings.get(name, {})
    if not isinstance(entries, dict):
        raise ConfigError(f"`{name}` must be a table: `[{name}]`", at.location(name))
    return cast("dict[str, object]", entries)


def _table(
    at: Whereabouts, settings: Mapping[str, object], name: str
) -> dict[str, str]:
    form, words = _TABLES[name]
    entries = _entries(at, settings, name)
    for key, value in entries.items():
        parts = value.split(".") if isinstance(value, str) else [""]
        if not re.fullmatch(form, str(value)) or any(map(iskeyword, parts)):
            place = at.location(name, key)
            raise ConfigError(f"`{name}.{key}` must be {words}, in quotes", place)
    return {key: str(value) for key, value in entries.items()}


def _by_operation(
    at: Whereabouts,
    settings: Mapping[str, object],
    name: str,
    read_one: Callable[[str, object], T],
) -> dict[str, T]:
    """A table of settings by operationId."""
    found: dict[str, T] = {}
    for key, value in _entries(at, settings, name).items():
        try:
            found[key] = read_one(key, value)
        except WrongSetting as wrong:
            place = at.location(name, key, *wrong.keys, focus=Focus.KEY)
            raise ConfigError(f"`{name}.{wrong}", place) from None
    return found
