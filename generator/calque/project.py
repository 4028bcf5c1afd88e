"""Which packages are made of which documents: what `calque.toml` says of a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from calque.config import FILE, PYPROJECT, Config, ConfigError, above, parsed, table
from calque.toml_places import Keys
from calque.whereabouts import Whereabouts, shown


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


def job(spec: Path | str, output: Path | None, file: Path | None = None) -> Job:
    """The job of a document that is named, by the settings beside it, or by those that
    speak of it; or by those of a file that is named. Raises ConfigError where nothing says
    in which folder it goes.
    """
    found = _named(spec, _there(file)) if file else _spoken(spec, output)
    if output is not None:
        _check_free(spec, output)
    if found is None:
        return _plain(spec, _given(output, spec))
    _, entry = found
    if "spec" in entry.says:
        return _job(entry, spec, output or _whole(entry).output)
    return _job(entry, spec, _given(output, spec))


@dataclass(frozen=True, slots=True)
class _Entry:
    """The settings of one package, and where they stand; `listed` in `[[packages]]`."""

    at: Whereabouts
    says: Mapping[str, object]
    listed: bool = False

    @property
    def file(self) -> Path:
        return self.at.file


def _spoken(spec: Path | str, output: Path | None = None) -> tuple[int, _Entry] | None:
    """The settings that speak of a document, and which of their file's packages it is.

    They are beside the document or above it; else at or above the folder of the package,
    or the one that the command is run in.
    """
    folder = spec.parent if isinstance(spec, Path) else Path()
    for file in _files(folder):
        if (own := _own(file, spec, output)) is not None:
            return own
        entries = list(_entries(file))
        beside = file.parent.resolve() == folder.resolve()
        if beside and not any("spec" in entry.says for entry in entries):
            return 0, entries[0]
    around = [Path(), *([output.resolve().parent] if output else [])]
    found = (_own(f, spec, output) for each in around for f in _files(each))
    return next((own for own in found if own is not None), None)


def _own(
    file: Path, spec: Path | str, output: Path | None
) -> tuple[int, _Entry] | None:
    """The settings in a file that name a document; of several packages of it, those of
    the one in the folder `output`, or else the first.
    """
    own = [(n, e) for n, e in enumerate(_entries(file)) if _is(spec, e)]
    there = (each for each in own if output and _goes_to(output, each[1]))
    return next(there, next(iter(own), None))


def _named(spec: Path | str, file: Path) -> tuple[int, _Entry]:
    """The settings in a file that hold for a document: its own, or those of no other."""
    entries = list(enumerate(_entries(file)))
    own = (each for each in entries if _is(spec, each[1]))
    others = (each for each in entries if "spec" not in each[1].says)
    for found in (*own, *others):
        return found
    raise ConfigError(f"{shown(file)} speaks of other documents than `{spec}`")


def place_of(spec: Path) -> tuple[Path, Keys]:
    """Where the settings of a document stand: the file, and the way to them in it."""
    found = _spoken(spec)
    if found is None:
        return spec.parent / FILE, ()
    number, entry = found
    keys = above(entry.file)
    several = "packages" in (table(entry.file) or {})
    return entry.file, (*keys, "packages", number) if several else keys


def config_of(spec: Path | str) -> Config:
    """The settings that a document is read with, wherever its package goes."""
    found = _spoken(spec)
    return parsed(found[1].at, found[1].says) if found else Config()


def _check_free(spec: Path | str, output: Path) -> None:
    """Raises ConfigError for a folder that settings above it give to another document."""
    for file in _files(output.resolve().parent):
        for entry in _entries(file):
            theirs = "spec" in entry.says and _goes_to(output, entry)
            if theirs and not _is(spec, entry):
                words = (
                    f"`{output}` is for the package of `{entry.says['spec']}`; name "
                    f"another folder for that of `{spec}`, or change this"
                )
                raise ConfigError(words, entry.at.location("output"))


def _goes_to(output: Path, entry: _Entry) -> bool:
    """Whether a folder is that of the package of some settings."""
    return "output" in entry.says and _path(entry, "output") == output.resolve()


def _is(spec: Path | str, entry: _Entry) -> bool:
    """Whether some settings are those of a document."""
    if not isinstance(spec, Path) or "spec" not in entry.says:
        return False
    return _path(entry, "spec") == spec.resolve()


def _plain(spec: Path | str, output: Path) -> Job:
    return Job(spec=spec, output=output, config=Config())


def _given(output: Path | None, spec: Path | str) -> Path:
    if output is None:
        raise ConfigError(f"{spec}: in which folder? name it, as `-o DIR`")
    return output


def jobs(folder: Path, file: Path | None = None) -> tuple[Job, ...]:
    """The jobs of the nearest settings at or above a folder; raises ConfigError for none.

    Settings that name no document may be wrong in what was to name it.
    """
    for found in [_there(file)] if file else _files(folder):
        entries = list(_entries(found))
        if any(entry.listed or "spec" in entry.says for entry in entries):
            return tuple(map(_whole, entries))
    settings(folder, file)
    raise ConfigError(
        f"no {FILE} here or above names a document: name one as SPEC, with its folder as "
        f"`-o DIR`, or say `spec` and `output` in {FILE} (`calque init` writes one)"
    )


def settings(folder: Path, file: Path | None = None) -> tuple[Config, ...]:
    """The settings of each package in the nearest file with settings, if there is one."""
    nearest = _there(file) if file else next(_files(folder), None)
    if nearest is None:
        return ()
    return tuple(parsed(entry.at, entry.says) for entry in _entries(nearest))


def _there(file: Path) -> Path:
    """A file with settings that was named."""
    if not file.is_file():
        raise ConfigError(f"there is no file `{file}`; check the path")
    return file


def _files(folder: Path) -> Iterator[Path]:
    """The files with settings at and above a folder."""
    here = folder.resolve()
    for parent in (here, *here.parents):
        for path in (parent / FILE, parent / PYPROJECT):
            if table(path) is not None:
                yield path


def _entries(file: Path) -> Iterator[_Entry]:
    """The settings of each package, those for all of them among each."""
    says, keys = table(file) or {}, above(file)
    common = {key: value for key, value in says.items() if key != "packages"}
    listed = says.get("packages")
    if listed is None:
        yield _Entry(Whereabouts(file, (keys,)), common)
        return
    packages = cast("list[object]", listed) if isinstance(listed, list) else [listed]
    outputs: set[Path] = set()
    for number, package in enumerate(packages):
        at = Whereabouts(file, ((*keys, "packages", number), keys))
        if not isinstance(package, dict):
            place = Whereabouts(file, (keys,)).location("packages", number)
            raise ConfigError("`packages` must be tables: [[packages]]", place)
        says = {**common, **cast("dict[str, object]", package)}
        entry = _Entry(at, says, listed=True)
        _check_output(entry, outputs)
        yield entry


def _check_output(entry: _Entry, others: set[Path]) -> None:
    """Notes the folder of a package, which it shares with no other."""
    if "spec" not in entry.says:
        parsed(entry.at, entry.says)  # Another key may be meant for it.
        words = "this package needs a `spec`, its document"
        raise ConfigError(words, entry.at.location("spec"))
    if "output" not in entry.says:
        return
    output = _path(entry, "output")
    if output in others:
        words = (
            f"`{entry.says['output']}` is another package's `output`; each has its own"
        )
        raise ConfigError(words, entry.at.location("output"))
    others.add(output)


def _whole(entry: _Entry) -> Job:
    if "output" not in entry.says:
        words = f"`{entry.says['spec']}` needs an `output`, the package's folder"
        raise ConfigError(words, entry.at.location("spec"))
    spec, output = (shown(_path(entry, key)) for key in ("spec", "output"))
    return _job(entry, spec, output)


def _job(entry: _Entry, spec: Path | str, output: Path) -> Job:
    return Job(
        spec=spec,
        output=output,
        config=parsed(entry.at, entry.says),
        file=entry.file,
        source=_text(entry, "source"),
        sha256=_text(entry, "sha256"),
    )


def _path(entry: _Entry, key: str) -> Path:
    return (entry.file.parent / (_text(entry, key) or "")).resolve()


def _text(entry: _Entry, key: str) -> str | None:
    value = entry.says.get(key)
    if value is None or (isinstance(value, str) and value):
        return value
    raise ConfigError(f"`{key}` must be a text, in quotes", entry.at.location(key))
