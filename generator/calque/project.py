"""Which packages are made of which documents: what `calque.toml` says of a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from calque.config import FILE, PYPROJECT, Config, ConfigError, parsed, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One package to make: of which document (a URL if it is a text), where, and how.

    `file` is where the settings stand, if anywhere. `source` is where the document comes
    from, and `sha256` what it has to be, for `calque update`; `content` is what came from
    there, while that is not on the disk.
    """

    spec: Path | str
    output: Path
    config: Config
    file: Path | None = None
    source: str | None = None
    sha256: str | None = None
    content: bytes | None = None


def job(spec: Path | str, output: Path | None) -> Job:
    """The job of a document that is named, by the settings beside it, or by those above
    it that speak of it. Raises ConfigError where nothing says in which folder it goes.
    """
    found = _spoken(spec)
    if found is None:
        return _plain(spec, _given(output, spec))
    file, _, entry = found
    if "spec" in entry:
        return _job(file, entry, spec, output or _whole(file, entry).output)
    return _job(file, entry, spec, _given(output, spec))


def _spoken(spec: Path | str) -> tuple[Path, int, dict[str, object]] | None:
    """The settings that speak of a document: their file, and which of its packages."""
    folder = spec.parent if isinstance(spec, Path) else Path()
    for file in _files(folder):
        entries = list(_entries(file))
        for number, entry in enumerate(entries):
            if "spec" in entry and _is(spec, file, entry):
                return file, number, entry
        beside = file.parent.resolve() == folder.resolve()
        if beside and not any("spec" in entry for entry in entries):
            return file, 0, entries[0]
    return None


def place_of(spec: Path) -> tuple[Path, str, int]:
    """Where the settings of a document stand: the file, the table's header, which of those."""
    found = _spoken(spec)
    if found is None:
        return spec.parent / FILE, "", 0
    file, number, _ = found
    above = "tool.calque" if file.name == PYPROJECT else ""
    if "packages" in (table(file) or {}):
        return file, f"[[{above}{'.' if above else ''}packages]]", number
    return file, f"[{above}]" if above else "", 0


def config_of(spec: Path | str) -> Config:
    """The settings that a document is read with, wherever its package goes."""
    return job(spec, Path()).config


def _is(spec: Path | str, file: Path, entry: Mapping[str, object]) -> bool:
    """Whether some settings are those of a document."""
    return isinstance(spec, Path) and _path(file, entry, "spec") == spec.resolve()


def _plain(spec: Path | str, output: Path) -> Job:
    return Job(spec=spec, output=output, config=Config())


def _given(output: Path | None, spec: Path | str) -> Path:
    if output is None:
        raise ConfigError(f"{spec}: in which folder? name it, as `-o DIR`")
    return output


def jobs(folder: Path, file: Path | None = None) -> tuple[Job, ...]:
    """The jobs of the nearest settings at or above a folder; raises ConfigError for none."""
    for found in [file] if file else _files(folder):
        entries = [entry for entry in _entries(found) if "spec" in entry]
        if entries:
            return tuple(_whole(found, entry) for entry in entries)
    raise ConfigError(
        f"no {FILE} here or above names a document: name one as SPEC, with its folder as "
        f"`-o DIR`, or say `spec` and `output` in {FILE} (`calque init` writes one)"
    )


def settings(folder: Path, file: Path | None = None) -> tuple[Config, ...]:
    """The settings of each package in the nearest file with settings, if there is one."""
    nearest = file or next(_files(folder), None)
    if nearest is None:
        return ()
    return tuple(parsed(nearest, entry) for entry in _entries(nearest))


def _files(folder: Path) -> Iterator[Path]:
    """The files with settings at and above a folder."""
    here = folder.resolve()
    for above in (here, *here.parents):
        for path in (above / FILE, above / PYPROJECT):
            if table(path) is not None:
                yield path


def _entries(file: Path) -> Iterator[dict[str, object]]:
    """The settings of each package, those for all of them among each."""
    settings = table(file) or {}
    common = {key: value for key, value in settings.items() if key != "packages"}
    listed = settings.get("packages")
    if listed is None:
        yield common
        return
    packages = cast("list[object]", listed) if isinstance(listed, list) else [listed]
    for package in packages:
        if not isinstance(package, dict):
            raise ConfigError(f"{file}: `packages` must be tables: [[packages]]")
        yield {**common, **cast("dict[str, object]", package)}


def _whole(file: Path, entry: Mapping[str, object]) -> Job:
    if "output" not in entry:
        raise ConfigError(
            f"{file}: `{entry['spec']}` needs an `output`, the package's folder"
        )
    spec, output = (shown(_path(file, entry, key)) for key in ("spec", "output"))
    return _job(file, entry, spec, output)


def _job(
    file: Path, entry: Mapping[str, object], spec: Path | str, output: Path
) -> Job:
    return Job(
        spec=spec,
        output=output,
        config=parsed(file, entry),
        file=file,
        source=_text(file, entry, "source"),
        sha256=_text(file, entry, "sha256"),
    )


def _path(file: Path, entry: Mapping[str, object], key: str) -> Path:
    return (file.parent / (_text(file, entry, key) or "")).resolve()


def _text(file: Path, entry: Mapping[str, object], key: str) -> str | None:
    value = entry.get(key)
    if value is None or (isinstance(value, str) and value):
        return value
    raise ConfigError(f"{file}: `{key}` must be a text, in quotes")


def shown(path: Path) -> Path:
    """A path as seen from here, where it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
