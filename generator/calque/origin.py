"""Where a document comes from: a URL, a file, a place in a git repository; and what came last."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from calque.document.limits import Limits
from calque.document.remote import Fetcher, Unfetched

_GIT = "git+"


class OriginError(Exception):
    """A document can't be had from where it comes, or is not what it has to be.

    `key` is the setting that says so.
    """

    key = "source"


class Unpinned(OriginError):
    """A document is not the one that its SHA-256 is told of."""

    key = "sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is known of a document that was got: from where, its hash, its version there."""

    source: str
    sha256: str
    etag: str = ""


def record(spec: Path) -> Path:
    """The file that says where a document came from, which stands beside it."""
    return spec.with_name(f"{spec.name}.origin.json")


def recorded(spec: Path) -> Origin | None:
    """Where a document came from, if that was noted."""
    try:
        return Origin(**json.loads(record(spec).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def written(origin: Origin) -> str:
    """The text of a record."""
    return json.dumps(asdict(origin), indent=2) + "\n"


def get(source: str, spec: Path, pinned: str | None) -> tuple[bytes, Origin]:
    """The document as it is at its source now; raises OriginError.

    `source` is an http(s) URL, a file as seen from the folder of `spec`, or
    `git+REPOSITORY@REVISION#PATH`, where the repository is a URL or as seen from there.
    What is `pinned` must have that SHA-256.
    """
    before = recorded(spec)
    etag = before.etag if before and before.source == source and spec.is_file() else ""
    content, now = _content(source, spec, etag)
    digest = sha256(content).hexdigest()
    if pinned and digest != pinned:
        raise Unpinned(
            f"{source} is pinned, but has changed: its SHA-256 is {digest}, not {pinned}; "
            "look at what changed, and put the new one into `sha256`"
        )
    return content, Origin(source=source, sha256=digest, etag=now)


def _content(source: str, spec: Path, etag: str) -> tuple[bytes, str]:
    if source.startswith(_GIT):
        return _from_git(source.removeprefix(_GIT), spec.parent), ""
    if not source.lower().startswith(("http://", "https://")):
        path = spec.parent / source
        if not path.is_file():
            raise OriginError(f"{path} is not there")
        return path.read_bytes(), ""
    found = Fetcher(Limits()).fetch(source, etag)
    if isinstance(found, Unfetched):
        raise OriginError(f"{source}: {found.message}; {found.help}")
    if found.content is None:
        return spec.read_bytes(), etag
    return found.content, found.etag


def _from_git(source: str, beside: Path) -> bytes:
    place, _, path = source.partition("#")
    repository, at, revision = place.rpartition("@")
    if not (path and at and repository) or revision.startswith("-"):
        raise OriginError(f"git+{source} must be git+REPOSITORY@REVISION#PATH")
    if (beside / repository).is_dir():
        repository = str((beside / repository).resolve())
    with TemporaryDirectory() as folder:
        _git(folder, "init", "--quiet")
        _git(folder, "fetch", "--quiet", "--depth=1", "--", repository, revision)
        return _git(folder, "show", f"FETCH_HEAD:{path}")


def _git(folder: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments], capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise OriginError("git is not installed") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise OriginError(f"git {arguments[0]}: {said}")
    return done.stdout
