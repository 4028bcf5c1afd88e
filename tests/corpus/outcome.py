"""What becomes of one real document: a row of the corpus's table."""

from __future__ import annotations

import json
import shutil
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from calque.config import Config
from calque.diagnostics import Severity, render
from calque.document import load
from calque.document.node import Json
from calque.model import members, whole
from calque.naming import name
from calque.pipeline import package, understand
from calque.resolve import resolve
from calque.write import write
from tests.corpus.examine import examine
from tests.corpus.fidelity import fidelity
from tests.corpus.state import digest

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@dataclass(kw_only=True)
class Row:
    """A document and what came of it.

    `status` is generated, refused or crashed; `reasons` are the errors, each with its
    place, or the end of the traceback. `faults` are those of the package: modules that
    do not import, decoders that do not build. `kept` counts the examples that are read
    and written as they are, `unfit` those that do not fit their own schema, `untried`
    those of what the package has no use for; `altered` are the others. `code` is the
    state of calque that all this is of; `made` the digest of the package, `checked` that
    of the package that type checkers saw.
    """

    document: str
    package: str
    size: int
    code: str = ""
    made: str = ""
    checked: str = ""
    status: str = "crashed"
    seconds: float = 0.0
    operations: int = 0
    methods: int = 0
    warnings: int = 0
    reasons: list[str] = field(default_factory=list[str])
    faults: list[str] = field(default_factory=list[str])
    kept: int = 0
    unfit: int = 0
    untried: int = 0
    altered: list[str] = field(default_factory=list[str])
    mypy: list[str] | None = None
    pyright: list[str] | None = None

    @property
    def stale(self) -> bool:
        """Whether type checkers have not seen the package as it is now."""
        return self.mypy is None or self.pyright is None or self.checked != self.made

    @property
    def miscounted(self) -> list[str]:
        """That the package can call more or fewer operations than the document has."""
        if self.status != "generated" or self.operations == self.methods:
            return []
        return [f"{self.operations} operations, of which {self.methods} can be called"]

    @property
    def wrong(self) -> list[str]:
        """All that should not be: everything but documents that are refused."""
        return [
            *(self.reasons if self.status == "crashed" else ()),
            *self.faults,
            *self.altered,
            *(self.mypy or ()),
            *(self.pyright or ()),
            *self.miscounted,
        ]

    def save(self, folder: Path) -> None:
        """Writes the row down, so that a later run need not make it again."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.package}.json").write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, path: Path) -> Self:
        """The row that an earlier run wrote down."""
        return cls(**json.loads(path.read_text()))


def outcome(path: Path, root: Path, out: Path, state: str) -> Row:
    """Generates a document's package below `out`, and looks at it closely."""
    relative, size = path.relative_to(root).as_posix(), path.stat().st_size
    row = Row(document=relative, package=name_of(relative), size=size, code=state)
    start = time.process_time()
    try:
        _generate(row, path, out)
    except Exception:
        row.reasons = traceback.format_exc().splitlines()[-6:]
    row.seconds = time.process_time() - start
    if row.status == "generated":
        row.methods, row.faults = examine(out / row.package, row.package)
    if row.status == "generated" and not row.faults:
        _exemplify(row, path)
    return row


def name_of(relative: str) -> str:
    """The import name of a document's package: its path, as far as names allow."""
    plain = "".join(c if c.isalnum() else "_" for c in relative.removesuffix(".json"))
    return f"c_{plain.lower()}"


def _generate(row: Row, path: Path, out: Path) -> None:
    document: Json = json.loads(path.read_bytes())
    row.operations = operations(document)
    result = understand(path)
    errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
    row.warnings = len(result.diagnostics) - len(errors)
    if result.value is None:
        row.status = "refused"
        row.reasons = [render(d, result.locator).split("\n")[0] for d in errors]
        return
    # What a run that was stopped left behind is of no use.
    shutil.rmtree(out / row.package, ignore_errors=True)
    made = package(result.value, Config(package=row.package), "")
    write(out / row.package, made.files, None)
    row.made = digest(sorted((out / row.package).rglob("*.py")))
    row.status = "generated"


def _exemplify(row: Row, path: Path) -> None:
    """Tries the document's examples on its package, which was imported before."""
    loaded = load(path).document
    document: Json = json.loads(path.read_bytes())
    if loaded is None or not isinstance(document, dict):
        return
    resolved = resolve(loaded)
    api = whole(resolved, members(resolved))
    names = name(api, Config(package=row.package), {})
    found = fidelity(document, resolved, api, names)
    row.kept, row.unfit, row.untried = found.kept, found.unfit, found.untried
    row.altered = found.altered


def operations(document: Json) -> int:
    """How many operations a document has, counted without calque."""
    paths = document.get("paths") if isinstance(document, dict) else None
    items = paths.values() if isinstance(paths, dict) else ()
    return sum(
        key in METHODS and isinstance(value, dict)
        for item in (_referred(document, item) for item in items)
        for key, value in (*item.items(), *_more(item))
    )


def _more(item: dict[str, Json]) -> list[tuple[str, Json]]:
    """What OpenAPI 3.2 has besides the usual methods, each as if it was one of them."""
    more = item.get("additionalOperations")
    named = list(more.values()) if isinstance(more, dict) else []
    return [("get", operation) for operation in (*named, item.get("query"))]


def _referred(document: Json, item: Json) -> dict[str, Json]:
    """A path item with what its `$ref` names, which is another one of the document."""
    if not isinstance(item, dict):
        return {}
    reference, found = item.get("$ref"), document
    if not isinstance(reference, str):
        return item
    for token in reference.removeprefix("#/").split("/"):
        key = unquote(token).replace("~1", "/").replace("~0", "~")
        found = found.get(key) if isinstance(found, dict) else None
    return {**found, **item} if isinstance(found, dict) else item
